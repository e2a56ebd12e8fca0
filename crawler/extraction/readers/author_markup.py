"""Bylines that the page prints: elements marked as author, links to author pages, lines that begin with "By"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from crawler.extraction.document import Document
from crawler.extraction.evidence import Level
from crawler.extraction.layout import Layout
from crawler.extraction.names import is_given_name, labelled
from crawler.extraction.readers.author_claims import AuthorClaim
from crawler.extraction.readers.printed import is_author_link, printed
from crawler.extraction.readers.regions import Region

LONGEST_BYLINE = 220
"""Characters; a longer text is prose, a biography or a list of posts."""

LONGEST_BARE = 100
"""Characters of a byline without any mark: name, job title, date."""

MARKED = frozenset({"microdata", "rel", "class"})
"""Rules by which markup itself says that a text names the author."""

PLAIN = frozenset({"p", "div", "span", "li", "address", "td", "strong", "b", "h5", "h6", "dd"})
"""Elements that hold such a byline; links and headings lead to or head other things."""

_MARKED = re.compile(
    r"^.*(?:author|byline|by-line|\bautor|auteur|autore|verfasser|writer|contributor|journalist|byname|reporter|posted-?by|"
    r"redact(?:eu|o)r|redakteur|signature|forfatter|skribent|creator|firma\b|tac-gia|vcard|\bfn\b|editor-?name|user-?name|avtor|penulis|yazar).*$",
    re.IGNORECASE | re.MULTILINE,
)
_NOT_THE_NAME = re.compile(
    r"avatar|image|img|photo|\bpic|picture|thumb|social|share|follow|comment|bio\b|biograph|descri|about|desc$|"
    r"icon|posts-by|more|related|twitter|facebook|email|hentry|type-post|status-|authori[tz]|job|role|position|"
    r"headline|prep\b|login|regist|category|-cat\b|count|recent|latest|contact|title$|info-text|excerpt|summary|credit|caption|subscri|rating",
    re.IGNORECASE,
)
_AUTHOR_PROPERTY = etree.XPath("//*[contains(@rel, 'author') or contains(@property, 'author') or contains(@data-testid, 'uthor') or contains(@data-testid, 'yline')]")


@dataclass(frozen=True, slots=True)
class _Seed:
    position: int
    rule: str


def printed_authors(document: Document, layout: Layout) -> Iterator[AuthorClaim]:
    """The bylines near the main headline and the body, in page order; those of other posts and comments are left out."""
    region = Region(document, layout)
    end = -1
    seeds = sorted(_seeds(document, region), key=lambda seed: seed.position)
    for index, seed in enumerate(seeds):
        if seed.position < end or seed.position in region.shared:
            continue
        claim = _claim(document, seed, region)
        if claim is None:
            continue
        end = document.ends[seed.position]
        inner = [_claim(document, other, region) for other in seeds[index + 1 :] if other.position < end]
        yield AuthorClaim(**{**_fields(claim), "parts": tuple(part for part in inner if part)})


def _fields(claim: AuthorClaim) -> dict[str, object]:
    return {name: getattr(claim, name) for name in AuthorClaim.__slots__}


def _seeds(document: Document, region: Region) -> Iterator[_Seed]:
    found: dict[int, str] = {}
    for position in document.by_itemprop.get("author", ()):
        found.setdefault(position, "microdata")
    for element in _AUTHOR_PROPERTY(document.page.root):
        found.setdefault(document.positions[element], "rel")
    for token in _MARKED.findall("\n".join(document.by_class)):
        if not _NOT_THE_NAME.search(token):
            for position in document.by_class[token]:
                found.setdefault(position, "class")
    for position in document.by_tag.get("a", ()):
        if position not in found and region.is_near(position) and is_author_link(document.elements[position]):
            found[position] = "link"
    for position in region.near():
        text = document.elements[position].text
        if text and position not in found and len(text) < LONGEST_BYLINE and labelled(text):
            found[position] = "label"
    for position in document.by_tag.get("address", ()):
        found.setdefault(position, "address")
    for position in region.opening():
        if position not in found and document.tags[position] in PLAIN and _is_bare_name(document.elements[position].text):
            found[position] = "bare"
    return (_Seed(position, rule) for position, rule in found.items())


def _is_bare_name(text: str | None) -> bool:
    """Whether an element's text begins with a full name, as bylines without any mark do."""
    if not text or not 5 < len(text) < LONGEST_BARE:
        return False
    words = text.split(None, 1)
    return len(words) == 2 and is_given_name(words[0]) and words[1][0].isupper()


def _claim(document: Document, seed: _Seed, region: Region) -> AuthorClaim | None:
    element = document.elements[seed.position]
    if element.tag in ("meta", "link", "html", "body", "head", "input", "form", "article", "main"):
        return None
    text = printed(element, LONGEST_BYLINE)
    if not text or not any(map(str.isalpha, text)):
        return None
    zone = region.zone(seed.position, marked=seed.rule in MARKED)
    if not zone:
        return None
    return AuthorClaim(
        text=text,
        source="microdata" if seed.rule == "microdata" else "markup",
        where=f"{seed.rule}:{element.tag}.{document.classes[seed.position] or ''}".rstrip("."),
        level=Level.BOUND,
        rule="bare" if seed.rule == "bare" else zone,
        position=seed.position,
        url=_first_address(element),
        trusted=seed.rule in MARKED,
    )


def _first_address(element: etree._Element) -> str | None:
    if element.tag == "a":
        return element.get("href")
    return next((link.get("href") for link in element.iter("a") if is_author_link(link)), None)
