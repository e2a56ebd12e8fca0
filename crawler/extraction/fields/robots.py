"""Restrictions that a page puts on what a robot may do with it, from headers and meta elements."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from crawler.extraction.document import Document
from crawler.extraction.evidence import Candidate, Choice, Level
from crawler.page import Page


@dataclass(frozen=True, slots=True)
class Restriction:
    """How one directive is reported."""

    directive: str
    """As pages write it, lower case, without blanks."""
    reported: tuple[str, ...]
    """The item's values for it."""
    source: str
    """Who defines it."""


RESTRICTIONS = (
    Restriction("noindex", ("noindex",), "Google, Bing: robots meta element and X-Robots-Tag"),
    Restriction("nofollow", ("nofollow",), "robots meta element, 1996"),
    Restriction("none", ("noindex", "nofollow"), "robots meta element, 1996"),
    Restriction("noarchive", ("noarchive",), "Google, Bing; Bing: content is not used for chat answers"),
    Restriction("nocache", ("noarchive",), "Bing: the same as noarchive"),
    Restriction("nosnippet", ("nosnippet",), "Google, Bing"),
    Restriction("max-snippet:0", ("nosnippet",), "Google: the same as nosnippet"),
    Restriction("notranslate", ("notranslate",), "Google"),
    Restriction("noimageindex", ("noimageindex",), "Google"),
    Restriction("max-image-preview:none", ("max-image-preview:none",), "Google"),
    Restriction("max-video-preview:0", ("max-video-preview:0",), "Google"),
    Restriction("noai", ("noai",), "DeviantArt, 2022; since taken over by publishing software"),
    Restriction("noimageai", ("noimageai",), "DeviantArt, 2022"),
    Restriction("noml", ("noml",), "NoML proposal of Mojeek, 2023"),
)
_REPORTED = {row.directive: row.reported for row in RESTRICTIONS}

_EXPIRY = re.compile(r"unavailable_after\s*:\s*(.+)", re.IGNORECASE | re.DOTALL)
_PART = re.compile(r"[,;]")
_USAGE_REFUSED = re.compile(r"([a-z][a-z-]*)\s*=\s*n\b", re.IGNORECASE)
_AGENT_PREFIX = re.compile(r"\s*([a-z0-9][a-z0-9_.-]*)\s*:\s*(?=\S)", re.IGNORECASE)


def choose_robots(document: Document) -> Choice[tuple[str, ...]]:
    """Every restriction once, in the order found; those for one crawler carry its name (`googlebot:noindex`).

    Sources: X-Robots-Tag, `<meta name=robots|agent>`, the TDM Reservation Protocol (W3C community report, 2022:
    header or meta `tdm-reservation: 1`) and the header Content-Usage (IETF aipref draft). Directives that permit
    (`index`, `max-image-preview:large`) are no restrictions and are not listed.
    """
    found = list(_candidates(document.page))
    values = tuple(dict.fromkeys(value for candidate in found for value in candidate.value))
    if not values:
        return Choice(reason="no restriction stated")
    return Choice(values, found[0], tuple(found[1:]), "all sources together")


def _candidates(page: Page) -> Iterator[Candidate[tuple[str, ...]]]:
    readings = (
        ("header", "X-Robots-Tag", _from_header(page.header("x-robots-tag") or "")),
        ("meta", "robots", [v for text in page.meta.get("robots", ()) for v in _directives(text)]),
        ("meta", "agent", list(_from_agents(page))),
        ("header", "tdm-reservation", _reservation([page.header("tdm-reservation") or ""])),
        ("meta", "tdm-reservation", _reservation(page.meta.get("tdm-reservation", []))),
        ("header", "Content-Usage", _usage(page.header("content-usage") or "")),
    )
    for source, where, values in readings:
        if values:
            yield Candidate(tuple(values), source, where, Level.DECLARED)


@cache
def _agents() -> frozenset[str]:
    lines = Path(__file__).with_suffix(".txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


def _from_agents(page: Page) -> Iterator[str]:
    for name, texts in page.meta.items():
        for text in texts if name in _agents() else ():
            yield from (f"{name}:{value}" for value in _directives(text))


def _from_header(header: str) -> list[str]:
    """An agent's name holds for the directives behind it, until the next name; several headers arrive comma-joined."""
    values: list[str] = []
    agent = ""
    for part in _split(header):
        prefix = _AGENT_PREFIX.match(part)
        rest = part
        if prefix and prefix[1].lower() not in {"unavailable_after", *_SETTINGS}:
            agent, rest = f"{prefix[1].lower()}:", part[prefix.end() :]
        values += [agent + value for value in _directives(rest)]
    return values


_SETTINGS = ("max-snippet", "max-image-preview", "max-video-preview")


def _split(text: str) -> list[str]:
    """Comma-separated directives; the date of `unavailable_after` may hold commas of its own and ends the list."""
    expiry = _EXPIRY.search(text)
    head = text[: expiry.start()] if expiry else text
    parts = [part.strip() for part in _PART.split(head) if part.strip()]
    if expiry and head.rstrip().endswith(":"):
        parts[-1:] = [f"{parts[-1]} {expiry[0]}"]
    elif expiry:
        parts.append(expiry[0])
    return parts


def _directives(text: str) -> list[str]:
    values: list[str] = []
    for part in _split(text):
        expiry = _EXPIRY.match(part)
        if expiry:
            values.append("unavailable_after:" + " ".join(expiry[1].split()))
            continue
        compact = "".join(part.lower().split())
        words = [compact] if compact in _REPORTED or ":" in compact else part.lower().split()
        values += [value for word in words for value in _REPORTED.get(word, ())]
    return values


def _reservation(values: list[str]) -> list[str]:
    return ["tdm-reservation"] if any(value.strip() == "1" for value in values) else []


def _usage(header: str) -> list[str]:
    return [f"content-usage:{name.lower()}=n" for name in _USAGE_REFUSED.findall(header)]
