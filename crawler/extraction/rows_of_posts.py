"""Rows of boxes made alike that each link to a page and print a date: lists of other posts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain, islice

from crawler.extraction.document import Document

LEVELS, LARGEST = 4, 30
"""Levels above a date or a name, and elements, within which the box of one post ends."""

SHORTEST_TITLE = 4
"""Letters of a link that may be a title: those of Chinese and Japanese pages are short."""

LONGEST_REST = 80
"""Characters of a date, a name and their labels beside the title; more are a summary, or the text of a comment."""

BOXES = frozenset({"li", "div", "article", "section"})
"""Elements that hold one entry of a list. Paragraphs stand in rows as well: a byline, and a sentence with a link."""

_DATED = re.compile(r"\d\d")
_NO_POST = re.compile(
    r"/(?:authors?|autor(?:en|es)?|auteurs?|users?|people|profile|writers?|categor(?:y|ies)|tags?|topics?)/",
    re.IGNORECASE,
)
"""Paths of what the line of a post's author and date links to."""


def stands_in_row(document: Document, position: int, headline: int | None) -> bool:
    """Whether a date or a name belongs to one of several boxes that each link to another page and print its date."""
    for around in islice(chain((position,), document.ancestors(position)), LEVELS + 1):
        end = document.ends[around]
        if end - around > LARGEST or (headline is not None and around <= headline < end):
            return False
        if document.tags[around] not in BOXES:
            continue
        if _is_post(document, around, position) and any(_is_post(document, p, p) for p in _twins(document, around)):
            return True
    return False


def _twins(document: Document, box: int) -> Iterator[int]:
    """The neighbours that have an element's tag and class."""
    element = document.elements[box]
    for other in (element.getprevious(), element.getnext()):
        if other is not None and other.tag == element.tag and other.get("class") == element.get("class"):
            yield document.positions[other]


def _is_post(document: Document, box: int, own: int) -> bool:
    """Whether a small box titles another page beside an element, and prints a date and little more besides."""
    if document.ends[box] - box > LARGEST:
        return False
    links = (p for p in document.inside("a", box) if own == box or not document.is_within(p, own))
    title = next((document.text(p) for p in links if _may_title(document, p)), None)
    rest = "" if title is None else document.text(box).replace(title, "", 1)
    return len(rest) <= LONGEST_REST and _DATED.search(rest) is not None


def _may_title(document: Document, link: int) -> bool:
    address = document.elements[link].get("href") or ""
    is_page = bool(address) and not address.startswith(("#", "mailto:", "javascript:"))
    return is_page and not _NO_POST.search(address) and len(document.text(link)) >= SHORTEST_TITLE
