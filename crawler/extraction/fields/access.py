"""Whether the article is free to read: what the page states of it, else the paywall that it prints."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from crawler.extraction.body import Body
from crawler.extraction.document import Document
from crawler.extraction.evidence import Candidate, Choice, Level
from crawler.extraction.readers.jsonld import main_entities
from crawler.extraction.readers.visibility import is_hidden_by_attribute

TIERS = {"free": "free", "public": "free", "metered": "metered", "registered": "metered", "locked": "paid",
         "paid": "paid", "premium": "paid", "subscriber": "paid", "members": "paid"}  # fmt: skip
"""Values of `article:content_tier` (Facebook, for publishers) and of its imitations."""

PREMIUM_META = {"adv:premium": ("yes", "no"), "paid": ("true", "false"), "premium": ("true", "false"),
                "cxenseparse:stp-article_ispaidcontent": ("true", "false")}  # fmt: skip
"""Meta elements of paywall and recommendation services → their words for paid and free."""

SHORT = 320
"""A paywall's sentence stands in a block of its own; longer blocks are prose that may quote one."""

REACH = 150
"""Elements behind the body among which its paywall stands."""
NEXT = 16
"""Blocks that are looked at, from the last three of the body on: a wall may have been taken for body."""


def choose_access(document: Document, body: Body) -> Choice[str]:
    """`free`, `metered` or `paid`.

    Order: schema.org `isAccessibleForFree` of the article's node, `article:content_tier`, other meta elements, the
    wall that the page prints behind the text. A page that says nothing is not called free.
    """
    found = list(_candidates(document, body))
    if not found:
        return Choice(reason="nothing tells")
    return Choice(found[0].value, found[0], tuple(found[1:]), "first of the order that tells")


def _candidates(document: Document, body: Body) -> Iterator[Candidate[str]]:
    tier = _tier(document)
    for entity in main_entities(document):
        free = truth(entity.node.get("isAccessibleForFree"))
        if free is not None:
            free = free and not paid_part(entity.node)
            paid = "metered" if tier and tier.value == "metered" else "paid"
            where = f"{entity.kind}.isAccessibleForFree"
            yield Candidate("free" if free else paid, "json-ld", where, Level.STATED)
    if tier:
        yield tier
    for name, words in PREMIUM_META.items():
        for text in document.page.meta.get(name, ())[:1]:
            if text.lower() in words:
                yield Candidate("paid" if text.lower() == words[0] else "free", "meta", name, Level.DECLARED)
    yield from _printed(document, body)


def truth(value: Any) -> bool | None:
    """A JSON-LD boolean in any of its spellings (`true`, `"False"`, `"http://schema.org/True"`), or None."""
    word = re.split(r"[/#:]", str(value).strip().lower())[-1]
    return {"true": True, "false": False, "yes": True, "no": False, "1": True, "0": False}.get(word)


def paid_part(node: Mapping[str, Any]) -> list[str]:
    """CSS selectors of the parts that the node says are not free (Google's paywalled-content markup)."""
    parts = node.get("hasPart")
    parts = parts if isinstance(parts, list) else [parts]
    paid = [part for part in parts if isinstance(part, dict) and truth(part.get("isAccessibleForFree")) is False]
    values = [part.get("cssSelector") for part in paid]
    return [
        text for value in values for text in (value if isinstance(value, list) else [value]) if isinstance(text, str)
    ]


def _tier(document: Document) -> Candidate[str] | None:
    for name in ("article:content_tier", "og:article:content_tier", "content_tier"):
        for text in document.page.meta.get(name, ())[:1]:
            if text.strip().lower() in TIERS:
                return Candidate(TIERS[text.strip().lower()], "meta", name, Level.DECLARED)
    return None


def _printed(document: Document, body: Body) -> Iterator[Candidate[str]]:
    wall = wall_of(document, body)
    if wall:
        yield wall


def wall_of(document: Document, body: Body) -> Candidate[str] | None:
    """The wall that the page prints at or behind the end of the text: `paid` or `metered` with its element."""
    own = [index for index, block in enumerate(body.blocks) if block.is_body]
    first, last = (own[-3:][0], body.blocks[own[-1]].position) if own else (0, 0)
    near = [block for block in body.blocks[first : first + NEXT] if len(block.text) <= SHORT]
    near = [block for block in near if block.position <= last + REACH]
    if not _has_phrase("\n".join(block.text for block in near)):
        return None
    for block in near:
        kind = _meaning(block.text)
        if kind and not _is_hidden(document, block.position):
            return Candidate(kind, "markup", "paywall phrase", Level.INFERRED, block.position)
    return None


def _has_phrase(text: str) -> bool:
    """Whether a text holds any of the phrases; plain searches are sooner done than the pattern's alternatives."""
    return any(map(_plain(text).__contains__, (phrase for _, phrase in _rows())))


def _meaning(text: str) -> str | None:
    match = _phrases().search(_plain(text))
    return match.lastgroup if match else None


def _plain(text: str) -> str:
    return text.casefold().replace("’", "'")


@cache
def _rows() -> tuple[tuple[str, str], ...]:
    """Kind and phrase of each row."""
    rows = Path(__file__).with_name("paywall.tsv").read_text(encoding="utf-8").splitlines()
    pairs = (row.partition("\t") for row in rows if "\t" in row and not row.startswith("#"))
    return tuple((kind, phrase) for kind, _, phrase in pairs)


@cache
def _phrases() -> re.Pattern[str]:
    kinds = {kind: "|".join(re.escape(phrase) for k, phrase in _rows() if k == kind) for kind in ("metered", "paid")}
    return re.compile("|".join(f"(?P<{kind}>{phrases})" for kind, phrases in kinds.items()))


def _is_hidden(document: Document, position: int) -> bool:
    for place in (position, *document.ancestors(position)):
        element = document.elements[place]
        if is_hidden_by_attribute(element) or element.get("aria-hidden") == "true":
            return True
    return False
