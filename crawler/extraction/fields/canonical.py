"""The address that a page names as its own, unless it cannot be that."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote, urljoin, urlsplit

from crawler.extraction.document import Document
from crawler.extraction.evidence import Candidate, Choice, Level
from crawler.extraction.readers.jsonld import main_entities
from crawler.page import Page

MAX_LENGTH = 2000
"""No browser or server agrees on longer addresses; pages that name one are broken."""

_LINK_HEADER = re.compile(r"<([^<>]*)>\s*((?:;[^,;<]*)*)")
_SECOND_LEVEL = 3
"""`co.uk`, `com.au`: a name of so few letters before a country's domain is no site by itself."""


def choose_canonical(document: Document) -> Choice[str]:
    """The absolute http(s) address that the page names as its own.

    Order: `<link rel=canonical>` of the head (RFC 6596), the Link header, og:url, JSON-LD. An address on another site
    comes last and only where its last path segment is this page's: a syndicated copy names its source, a template
    fault names anything. Two different canonical links cancel each other, as search engines hold it.
    """
    found = [candidate for candidate in _candidates(document) if _is_address(candidate.value)]
    fit = [candidate for candidate in found if _is_possible(candidate.value, document.page.url)]
    fit.sort(key=lambda candidate: not _is_same_site(candidate.value, document.page.url))
    rivals = (*fit[1:], *(candidate for candidate in found if candidate not in fit))
    if not fit:
        return Choice(None, None, rivals, "no address stated" if not found else "no stated address can be this page's")
    return Choice(fit[0].value, fit[0], rivals, "first of the order that can be this page's address")


def _candidates(document: Document) -> Iterator[Candidate[str]]:
    page = document.page
    links = dict(_links(document))
    if len(links) == 1:
        for address, position in links.items():
            yield Candidate(address, "markup", "link[rel=canonical]", Level.DECLARED, position)
    for address in _from_header(page):
        yield Candidate(address, "header", "Link: rel=canonical", Level.DECLARED)
    for name in ("og:url", "twitter:url"):
        for address in page.meta.get(name, ())[:1]:
            yield Candidate(_absolute(address, page.url), "meta", name, Level.DECLARED)
    yield from _from_json_ld(document)


def _from_json_ld(document: Document) -> Iterator[Candidate[str]]:
    for entity in main_entities(document):
        for name in ("url", "mainEntityOfPage"):
            for address in _addresses(entity.values(name))[:1]:
                absolute = _absolute(address, document.page.url)
                yield Candidate(absolute, "json-ld", f"{entity.kind}.{name}", Level.STATED)


def _links(document: Document) -> Iterator[tuple[str, int]]:
    """Canonical links of the head; one in the body is a commenter's or an embedded document's."""
    body = document.by_tag.get("body", [len(document.elements)])[0]
    for position in document.by_tag.get("link", ()):
        element = document.elements[position]
        address = (element.get("href") or "").strip()
        if position < body and address and "canonical" in (element.get("rel") or "").lower().split():
            yield _absolute(address, document.page.url), position


def _from_header(page: Page) -> Iterator[str]:
    for address, parameters in _LINK_HEADER.findall(page.header("link") or ""):
        if re.search(r"rel\s*=\s*\"?[^\";]*\bcanonical\b", parameters, re.IGNORECASE):
            yield _absolute(address, page.url)


def _addresses(values: list[object]) -> list[str]:
    objects = [value.get("@id") or value.get("url") if isinstance(value, dict) else value for value in values]
    return [value for value in objects if isinstance(value, str) and "/" in value and "#" not in value]


def _absolute(address: str, base: str) -> str:
    try:
        return urljoin(base, "".join(address.split("\n")).strip())
    except ValueError:
        return ""


def _is_address(address: str) -> bool:
    try:
        parts = urlsplit(address)
        return parts.scheme in {"http", "https"} and "." in (parts.hostname or "") and len(address) <= MAX_LENGTH
    except ValueError:
        return False


def _is_possible(address: str, url: str) -> bool:
    named, own = urlsplit(address), urlsplit(url)
    if not named.path.strip("/") and not named.query:
        return not own.path.strip("/") and _is_same_site(address, url)
    return _is_same_site(address, url) or (bool(_slug(own.path)) and _slug(named.path) == _slug(own.path))


def _is_same_site(address: str, url: str) -> bool:
    return _site(address) == _site(url)


def _site(address: str) -> str:
    """The registrable domain as far as it can be told without the public suffix list."""
    labels = (urlsplit(address).hostname or "").split(".")
    if labels and labels[-1].isdigit():
        return ".".join(labels)
    wide = len(labels) > 2 and len(labels[-1]) == 2 and len(labels[-2]) <= _SECOND_LEVEL
    return ".".join(labels[-3:] if wide else labels[-2:])


def _slug(path: str) -> str:
    return unquote(path).rstrip("/").rpartition("/")[2].lower()
