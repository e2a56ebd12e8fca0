"""The element that prints the main headline: what candidates there are and which agrees with the page's titles."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum

from crawler.extraction.document import Document
from crawler.extraction.readers.jsonld import folded
from crawler.extraction.site_names import is_site_name

HEADLINE_CLASS = re.compile(
    r"(?:^|[\s_-])(?:entry|post|article|story|news|page|content|main|blog|single|item|detail|hed|art|node|artikel"
    r"|beitrag)?[_-]{0,2}(?:title|headline|hed|heading|titel|titre|titulo|titolo|überschrift)(?:$|[\s_-])",
    re.IGNORECASE,
)
"""Class names that themes give to the headline."""

FOREIGN_CLASS = re.compile(
    r"related|recommend|sidebar|widget|comment|footer|(?:^|[\s_-])(?:nav|menu|modal|popup|dialog|offcanvas|cookie"
    r"|consent|gdpr|newsletter|subscribe|teaser|promo|trending|popular|latest|recent|breadcrumb|navbar|logo|brand"
    r"|branding|site-?title|site-name|blog-title|banner|advert|ticker|paywall|login|author-?box|prev|next"
    r"|more-?(?:from|stories|news))(?:$|[\s_-])",
    re.IGNORECASE,
)
"""Class names of what surrounds articles and prints headings of its own."""

HIDDEN_CLASS = re.compile(
    r"(?:^|[\s_-])(?:visually-?hidden|sr-only|screen-reader(?:-text)?|hidden|d-none|hide|assistive-text|a11y)(?:$|\s)",
    re.IGNORECASE,
)
"""Class names of text for screen readers."""

FOREIGN_TAGS = frozenset({"nav", "aside", "footer", "dialog", "form", "noscript", "template", "figure", "button"})
"""Elements that surround articles."""


Titles = tuple[list[str], list[frozenset[str]]]
"""The declared titles as folded keys, and as sets of words."""


class Agreement(IntEnum):
    """How well a printed text fits the titles that the page declares."""

    NONE = 0
    OVERLAP = 1
    """Most words are shared."""
    PART = 2
    """One contains the other."""
    EQUAL = 3


@dataclass(frozen=True, slots=True)
class Printed:
    """A heading that may be the main headline."""

    position: int
    text: str
    mark: str
    """What made it a candidate: `itemprop=headline`, `h1.entry-title`, `h1`, `h2`."""
    rank: int
    """Lower is better: the place of its mark in the order below."""
    agreement: Agreement
    is_foreign: bool
    """Hidden, or inside something that is not the article."""


def printed_headlines(document: Document, titles: Sequence[str]) -> list[Printed]:
    """Candidates down to the first tier that has an acceptable one: marked and rank 1 headings, then lower ones."""
    keys = [folded(title) for title in titles]
    words = [frozenset(title.casefold().split()) for title in titles]
    found: list[Printed] = []
    seen: set[int] = set()
    for tier in (
        _first_tier(document),
        _headings(document, "h2"),
        _headings(document, "h3"),
        _headings(document, "h4"),
    ):
        for position, mark, rank in tier:
            if position not in seen:
                seen.add(position)
                found += _judge(document, position, (mark, rank), (keys, words))
        if any(item.agreement >= Agreement.PART and not item.is_foreign for item in found):
            break
    return [item for item in found if item.agreement or (item.rank < 3 and not item.is_foreign)]


def preference(item: Printed) -> tuple[int, int, int, int]:
    """Sort key: the likelier headline has the greater one."""
    return (item.agreement - 2 * item.is_foreign, item.agreement, -item.rank, -item.position)


def _first_tier(document: Document) -> Iterator[tuple[int, str, int]]:
    for position in document.by_itemprop.get("headline", ())[:3]:
        yield position, "itemprop=headline", 0
    for position in document.by_tag.get("h1", ())[:10]:
        name = document.classes[position]
        marked = bool(name and HEADLINE_CLASS.search(name))
        yield position, "h1", 1 if marked else 2


def _headings(document: Document, tag: str) -> Iterator[tuple[int, str, int]]:
    for position in document.by_tag.get(tag, ())[:30]:
        name = document.classes[position]
        marked = bool(name and HEADLINE_CLASS.search(name))
        yield position, tag, (3 if marked else 4) + 2 * (int(tag[1]) - 2)


def _judge(document: Document, position: int, mark: tuple[str, int], titles: Titles) -> Iterator[Printed]:
    text = document.text(position)
    if not text or len(text) > 400:
        return
    key = folded(text)
    agreement = agreement_of(key, text, titles)
    if agreement < Agreement.EQUAL and is_site_name(text, document):
        return
    yield Printed(position, text, *mark, agreement, is_foreign(document, position))


def agreement_of(key: str, text: str, titles: Titles) -> Agreement:
    """How well a text fits the best of the titles."""
    keys, words = titles
    if key in keys:
        return Agreement.EQUAL
    if any(_is_part(key, other) for other in keys):
        return Agreement.PART
    own = frozenset(text.casefold().split())
    if any(len(own & other) >= max(2, 0.5 * min(len(own), len(other))) for other in words):
        return Agreement.OVERLAP
    return Agreement.NONE


def _is_part(key: str, other: str) -> bool:
    short, long = sorted((key, other), key=len)
    return len(short) > 5 and len(short) >= 0.3 * len(long) and short in long


def is_foreign(document: Document, position: int) -> bool:
    """Whether an element is hidden or stands in a part of the page that is not the article."""
    element = document.elements[position]
    style = (element.get("style") or "").replace(" ", "").lower()
    if "display:none" in style or element.get("hidden") is not None or element.get("aria-hidden") == "true":
        return True
    own = document.classes[position]
    if own and (HIDDEN_CLASS.search(own) or FOREIGN_CLASS.search(own)):
        return True
    for above in document.ancestors(position):
        tag, name = document.tags[above], document.classes[above]
        if tag in ("body", "main", "article", "html"):
            return False
        if tag in FOREIGN_TAGS or (name and FOREIGN_CLASS.search(name)):
            return True
    return False
