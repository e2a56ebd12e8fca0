"""Dates that a page prints for its readers near the main headline, and which of them are its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from lxml import etree

from crawler.extraction.date_words import rows
from crawler.extraction.document import Document
from crawler.extraction.evidence import Candidate, Level
from crawler.extraction.fields.date_sources import Dated
from crawler.extraction.fields.headline_places import is_foreign
from crawler.extraction.moments import Moment, find_moments, parse_machine

DATE_CLASS = re.compile(
    r"date|time(?!line)|publish|posted|(?:^|[\s_-])(?:meta|byline|pub|datum|fecha|data|dateline|created|updated|entry-meta|post-meta"
    r"|post-info|article-info|infos?|submitted|author)(?:$|[\s_-])",
    re.IGNORECASE,
)
"""Class names of what prints dates."""

HEADER_CLASS = re.compile(
    r"(?:^|[\s_-])(?:top-?bar|top|header|head|masthead|today|current|info-left|nav(?:bar)?|ticker|weather)(?:$|[\s_-])",
    re.IGNORECASE,
)
"""Class names of page headers above the article (`ul.info-left` of a theme family prints `Mon. Mar 4th, 2024`)."""

VISIT_CLASS = re.compile(r"today|current[_-]?(?:date|time|day)|date[_-]?now|now[_-]?date|clock", re.IGNORECASE)
"""Class names of what prints the day of the visit."""

BEFORE, AFTER = 60, 150
"""How many elements before and after the headline are looked at."""

PROSE = 400
"""Characters of paragraphs after which the article has begun and the date line is past."""

_YEAR = re.compile(r"(?:1[89]|20|25)\d\d|[./-]\d\d\b|[٠-٩۰-۹๐-๙]{2}")
_MAX_TEXT = 200


@cache
def _labels() -> tuple[tuple[str, str], ...]:
    return tuple((word, kind) for word, kind in rows("date_labels.tsv"))


def kind_of(words: str) -> str:
    """`modified`, `other` or `published`, by the words that stand nearest to a date."""
    text = words.lower()
    nearest = max(((text.rfind(word), kind) for word, kind in _labels()), default=(-1, "published"))
    return nearest[1] if nearest[0] >= 0 else "published"


def printed_dates(document: Document, headline: int | None, language: str | None) -> list[tuple[str, Dated]]:
    """(kind, date) of every date near the headline, nearest first."""
    found: list[tuple[int, str, Dated]] = []
    taken = -1
    for position in _window(document, headline):
        if position < taken or not _may_print_date(document, position):
            continue
        dates = list(_dates_of(document, position, language))
        if dates and not is_foreign(document, position) and not _is_of_visit(document, position, headline):
            taken = document.ends[position]
            found += [(_distance(position, headline), kind, date) for kind, date in dates]
    return [(kind, date) for _, kind, date in sorted(found, key=lambda row: row[0])]


def _window(document: Document, headline: int | None) -> Iterator[int]:
    start = max((headline or 0) - BEFORE, 0)
    prose = 0
    for position in range(start, min(len(document.tags), (headline or 0) + AFTER)):
        if document.tags[position] == "p" and headline is not None and position > headline:
            prose += len(document.elements[position].text or "")
        if prose > PROSE:
            return
        yield position


def _is_of_visit(document: Document, position: int, headline: int | None) -> bool:
    """Whether a date stands in the page's header, which prints the day of the visit."""
    if headline is None or position > headline:
        return False
    if VISIT_CLASS.search(document.classes[position] or ""):
        return True
    around = (above for above in document.ancestors(position) if not document.is_within(headline, above))
    return any(
        document.tags[above] == "header" or HEADER_CLASS.search(document.classes[above] or "") for above in around
    )


def _distance(position: int, headline: int | None) -> int:
    distance = position - (headline or 0)
    return distance if distance >= 0 else -3 * distance


def _may_print_date(document: Document, position: int) -> bool:
    tag, name = document.tags[position], document.classes[position]
    if tag == "time" or (name and DATE_CLASS.search(name)):
        return True
    element = document.elements[position]
    return any(piece and len(piece) < _MAX_TEXT and _YEAR.search(piece) for piece in (element.text, element.tail))


def _dates_of(document: Document, position: int, language: str | None) -> Iterator[tuple[str, Dated]]:
    element = document.elements[position]
    name = document.classes[position] or ""
    where = f"{document.tags[position]}{'.' + name.split()[0] if name.split() else ''}"
    exact = parse_machine(element.get("datetime") or "")
    text = document.text(position)
    if exact and exact.precision not in ("year", "month"):
        before = "" if name else _text_before(element)
        yield _kind_by_class(name, f"{before} {text}"), _dated(exact, f"{where}[datetime]", position)
    elif 5 < len(text) < _MAX_TEXT:
        for words, moment in find_moments(text, language=language):
            yield kind_of(words) if words else _kind_by_class(name, ""), _dated(moment, where, position)
    elif element.tail and len(element.tail) < _MAX_TEXT:
        for words, moment in find_moments(element.tail, language=language):
            yield kind_of(words), _dated(moment, where, position)


def _text_before(element: etree._Element) -> str:
    """The words in front of an element: its parent's text, or the tail of the element before."""
    before = element.getprevious()
    parent = element.getparent()
    return (before.tail if before is not None else parent.text if parent is not None else None) or ""


def _kind_by_class(name: str, words: str) -> str:
    if re.search(r"publish|entry-date|pubdate|created", name, re.IGNORECASE):
        return "published"
    return kind_of(f"{name} {words}")


def _dated(moment: Moment, where: str, position: int) -> Dated:
    return Candidate(moment, "markup", where, Level.BOUND, position)
