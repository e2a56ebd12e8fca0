"""Bylines without any mark: a full name below the headline, beside a portrait or an icon, behind a date."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import lru_cache, partial

from lxml import etree

from crawler.extraction.credit_lines import without_dates
from crawler.extraction.document import Document
from crawler.extraction.name_shapes import is_desk, is_given_name
from crawler.extraction.names import BREAK, name_key
from crawler.extraction.readers.printed import is_filing_link
from crawler.extraction.readers.regions import Region
from crawler.extraction.readers.signatures import is_signature

LONGEST_BARE = 100
"""Characters of a byline without any mark: name, job title, date."""

LONGEST_LAST = 5
"""Words after which the end of a line is no name."""

ROW = 4
"""Elements before and behind a name in a row of portrait, name and date."""

PLAIN = frozenset({"p", "div", "span", "li", "address", "td", "strong", "b", "h5", "h6", "dd", "small"})
"""Elements that hold such a byline; links and headings lead to or head other things."""

ICONS = frozenset({"i", "svg", "span", "em"})
"""Elements that hold icons: of Font Awesome, Bootstrap Icons, Material Icons and the like."""
_ICON = re.compile(
    r"(?:^|[\s_-])(?:user|author|pencil|person|profile)"
    r"(?:-(?:circle|alt|o|fill|outlined?|edit|tie|square|line|regular|solid|light))*(?:$|\s)",
    re.IGNORECASE,
)
"""Class tokens of the icon that themes put before the author's name: `fa fa-user`, `bi bi-person`."""

_NO_PERSON = re.compile(r"locat|place|categ|(?:^|[\s_-])cat(?:$|[\s_-])|section|topic|kicker|rubri", re.IGNORECASE)
"""Class tokens of what else stands in capitals below a headline."""

_OF = re.compile(r"^(?:avatar|photo|picture|image|headshot|portrait|foto|bild)\s+(?:of|von|de)?\s*", re.IGNORECASE)

_DIGIT = re.compile(r"\d")


def bare_names(document: Document, region: Region) -> Iterator[int]:
    """Elements below the headline that hold a full name, or the name of somebody pictured beside it.

    Below a standfirst a date has to stand beside the name.
    """
    opening, span = region.opening(), region.introduction()
    images = document.by_tag.get("img", [])
    near = images[bisect_left(images, span.start) : bisect_left(images, span.stop)]
    pictured = {name_key(_OF.sub("", document.elements[image].get("alt") or "")) for image in near} - {""}
    yield from _behind_icons(document, span)
    yield from _linked_in_rows(document, span)
    yield from _above(document, region.anchor)
    for position in filter(partial(_may_sign, document), span):
        element, text = document.elements[position], document.elements[position].text
        is_name = _is_bare_name(text) or _is_one_of(pictured, (text or "").strip())
        is_name = (is_name and (position in opening or _is_dated(element))) or _ends_in_name(text)
        is_name = is_name or (is_signature(text) and _is_in_row(document, position))
        if is_name or any(_ends_in_name(child.tail) for child in element):
            yield position


def _above(document: Document, headline: int) -> Iterator[int]:
    """Lines right above the headline that hold a date and end in a name, and full names beside a date."""
    for position in filter(partial(_may_sign, document), range(max(0, headline + 1 - ROW), headline)):
        element = document.elements[position]
        is_row = _ends_in_name(element.text) and _DIGIT.search(element.text or "")
        is_name = is_signature(element.text) and _is_bare_name(element.text)
        if is_row or (is_name and _is_dated(element)):
            yield position


def _is_dated(element: etree._Element) -> bool:
    """Whether nothing but a date stands right before or behind an element."""
    others = (other for other in (element.getprevious(), element.getnext()) if other is not None and not len(other))
    return _is_date(element.tail or "") or any(_is_date(other.text or "") for other in others)


def _is_date(text: str) -> bool:
    return 0 < len(text) < LONGEST_BARE and bool(_DIGIT.search(text)) and not _besides_dates(text)


def _besides_dates(text: str) -> str:
    """What a line says besides dates, times and counts, and the marks between them."""
    return without_dates(text).strip(f" {BREAK}{ROW_MARKS}")


def _may_sign(document: Document, position: int) -> bool:
    return document.tags[position] in PLAIN and not _names_no_person(document.classes[position] or "")


def _behind_icons(document: Document, span: range) -> Iterator[int]:
    """Elements that hold a name right behind the icon of a user, as text or as the next element."""
    for position in span:
        if document.tags[position] in ICONS and _is_icon(document.classes[position] or ""):
            following = document.ends[position]
            if _signs(document.elements[position].tail):
                yield document.parents[position]
            elif following in span and _signs(document.elements[following].text):
                yield following


def _linked_in_rows(document: Document, span: range) -> Iterator[int]:
    """Rows of a date and the linked name of somebody, with nothing else: `<span>May 2</span> · <a>Mara Quill</a>`."""
    for position in span:
        if document.tags[position] != "a" or is_filing_link(document.elements[position]):
            continue
        name = document.text(position) if document.ends[position] - position <= ROW else ""
        if not is_signature(name) or not is_given_name(name.split()[0]):
            continue
        row = document.text(document.parents[position])
        rest = row.replace(name, " ", 1)
        if _is_date(rest):
            yield position


def _signs(text: str | None) -> bool:
    return is_signature(text) and not is_desk((text or "").strip())


@lru_cache(maxsize=16384)
def _names_no_person(classes: str) -> bool:
    return _NO_PERSON.search(classes) is not None


@lru_cache(maxsize=4096)
def _is_icon(name: str) -> bool:
    return len(name) > 1 and bool(_ICON.search(name))


def _is_in_row(document: Document, position: int) -> bool:
    """Whether a portrait stands right before a text, and a date or the time of reading right behind it."""
    if "img" not in document.tags[max(0, position - ROW) : position]:
        return False
    behind = range(document.ends[position], min(document.ends[position] + ROW, len(document.elements)))
    return any(_is_of_row(document.elements[p].text) or _is_of_row(document.elements[p].tail) for p in behind)


def _is_of_row(text: str | None) -> bool:
    return text is not None and len(text) < LONGEST_BARE and without_dates(text) != text


def _is_one_of(names: set[str], text: str) -> bool:
    return bool(names) and len(text) < LONGEST_BARE and name_key(text) in names


def _ends_in_name(text: str | None) -> bool:
    """Whether a line of date, length and name ends in the name: `<span>May 2</span> · 3 min · Mara Quill`."""
    if not text or len(text) > LONGEST_BARE or not _MARK.search(text):
        return False
    match = _LAST.search(text.rstrip(f" \xa0\n\t{ROW_MARKS}"))  # "… · Mara Quill | <a>Suggest changes</a>"
    if match is None or not _is_bare_name(match["last"].strip()) or len(match["last"].split()) >= LONGEST_LAST:
        return False
    return match["mark"] == "·" or not _besides_dates(match["before"])


ROW_MARKS = ",|·•-–—"
"""What stands between date, time and name in one line."""
_MARK = re.compile("[·|•–—,-]")
_LAST = re.compile(r"^(?P<before>.*)(?P<mark>·|(?<=\s)[|•–—-](?=\s)|(?<=\d),(?=\s))(?P<last>[^·|•–—]*)$", re.DOTALL)


def _is_bare_name(text: str | None) -> bool:
    """Whether an element's text begins with a full name, as bylines without any mark do."""
    if not text or not 5 < len(text) < LONGEST_BARE:
        return False
    words = text.split(None, 1)
    return len(words) == 2 and is_given_name(words[0]) and words[1][0].isupper()
