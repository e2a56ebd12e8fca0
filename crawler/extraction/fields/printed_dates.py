"""Dates that a page prints for its readers, near the main headline and behind the text, and what they are dates of."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import chain

from lxml import etree

from crawler.extraction.date_words import rows
from crawler.extraction.document import Document
from crawler.extraction.evidence import Candidate, Level
from crawler.extraction.fields.date_places import TIME_TAGS, is_elsewhere, marked_positions, shares_container
from crawler.extraction.fields.date_sources import Dated
from crawler.extraction.moments import WEIGHTLESS, Moment, find_moments, parse_known, parse_machine
from crawler.extraction.rows_of_posts import stands_in_row

ATTRIBUTES = (
    *("datetime", "ts", "content", "title", "data-date", "data-datetime", "data-time", "data-ts", "data-timestamp"),
    *("data-published", "data-pubdate", "data-iso", "data-utc", "data-unixtime"),
)
"""Where such elements carry the date for machines (`abbr.published[title]` is hAtom's)."""

BEFORE, AFTER = 80, 120
"""How many elements before and after the headline are looked at."""

NAMED, UNMARKED, APART = 5, 15, 30
"""What an element that is only named as a date, or not even that, counts as further away; so does one that stands above
the headline in another part of the page, where the day of the visit is printed."""

PROSE, LONG_PROSE = 500, 1500
"""Characters of paragraphs after which the date line is past; one that is marked may stand further down."""


MAX_ELSEWHERE = 20
"""Dates of a page that are looked at away from the headline."""

DATELINE = 45
"""Characters at the start of a paragraph in which a dateline stands."""

MAX_LABELLED = 200
"""Elements behind the headline, and at the end of its container, that are searched for labels; the middle is prose."""

FAR = 25
"""Elements before the headline beyond which a date is that of the visit, unless it is marked and near in the tree."""

LINKED_DATE = 28
"""Letters of a link that is a date and no more ("Wednesday, 25 September 2024"); longer ones lead to other posts."""

NEAR_LINK = 15
"""Elements behind the headline within which a link may be the date of the post."""

MAX_INSIDE = 30
"""Elements inside a date line; a larger one is a container."""

MAX_MARKED, MAX_UNMARKED, _SHORTEST = 200, 90, 5
"""Length of a line that prints a date; longer ones are prose."""

_DIGITS = "٠-٩۰-۹๐-๙०-९০-৯੦-੯૦-૯୦-୯௦-௯౦-౯೦-೯൦-൯၀-၉"
"""Digits of other scripts, in which newspapers print their dates."""
_ERA_ENDS = "和成國国"
"""The last characters of the eras of Japan and Taiwan."""
_YEAR = re.compile(
    rf"[12./{_DIGITS}{_ERA_ENDS}-](?:(?:(?<=1)[89]|(?<=2)[05])\d\d|(?<=1)[01]\d年|(?<=[./-])\d\d\b"
    rf"|(?<=[{_DIGITS}])[{_DIGITS}]|(?<=[{_ERA_ENDS}])\s?[\d元])"
)
"""A year, the end of a date in digits, or two digits of another script; begins with one set, which is found at once."""
_DATE_WORD = re.compile(r"^(?:datum|date|fecha|data|tarih|дата|tanggal)\b|时间|時間|日期|วันที่", re.IGNORECASE)
_TIMED = re.compile(r"\d[./年-]\s?\d{1,2}[./月-]\s?\d{1,4}日?,?\s{0,3}\d{1,2}:\d\d")
_DATELINE = re.compile(
    r"(?P<apart>[^.]{0,25}\d[^–—„“”\"]{3,25}?)\s?(?:[–—„“\"]|-\s)|(?P<inside>[^\d.]{0,25}\(\d[^)]{5,18}\))[.:]\s"
)
NAMED_PUBLISHED = re.compile(r"publish|entry-date|pubdate|created|post-date", re.IGNORECASE)
NAMED_MODIFIED = re.compile(r"updated|modified|aktualis", re.IGNORECASE)
"""Class names that settle what a date is of; `time.entry-date.published.updated` of older themes is the first."""


@dataclass(frozen=True, slots=True)
class PrintedDate:
    """One date that the page prints."""

    kind: str
    """`published`, `modified` or `other`, by the words and class names next to it."""
    date: Dated
    distance: int
    """How far from the headline, in elements; what is not marked as a date counts as further away."""
    is_marked: bool
    """Whether its element is made for dates, or named so."""


@cache
def _labels() -> dict[str, str]:
    return {word: kind for word, kind in rows("date_labels.tsv")}


@cache
def _label_pattern() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(_labels(), key=len, reverse=True))))


def kind_of(words: str) -> str:
    """`modified`, `other` or `published`, by the words that stand nearest to a date."""
    return _label_of(words) or "published"


def _label_of(words: str) -> str | None:
    """What the last label in a text says of the date behind it; None where there is no label."""
    found = _label_pattern().findall(words.lower())
    return _labels()[found[-1]] if found else None


def _is_label(words: str) -> bool:
    """Whether a text says that the date behind it is of publication or modification."""
    return _DATE_WORD.search(words) is not None or _label_of(words) in ("published", "modified")


def dates_near(
    document: Document, headline: int | None, language: str | None, *, marked_only: bool
) -> list[PrintedDate]:
    """The dates around the headline, nearest first; without a headline the marked or labelled ones, in page order.

    `marked_only` leaves out what nothing names as a date, where other sources give one: it costs most of the time.
    """
    found: list[PrintedDate] = []
    taken = -1
    for position in _window(document, headline, marked_only):
        if position >= taken:
            dates = list(_dates_at(document, position, headline, language))
            found += dates
            taken = document.ends[position] if dates else taken
    return sorted(found, key=lambda printed: printed.distance)


def dates_elsewhere(document: Document, headline: int, language: str | None) -> list[PrintedDate]:
    """Dates in the rest of the article's container: marked ones first, then those with a label ("Published …")."""
    around = (above for above in document.ancestors(headline) if document.tags[above] in ("article", "main", "body"))
    container = next(around, 0)
    inside = range(container + 1, document.ends[container])
    marked = marked_positions(document)
    near = headline + MAX_LABELLED - container
    ends = chain(inside[:near], inside[max(near, len(inside) - MAX_LABELLED) :])
    labelled = (position for position in ends if position not in marked and _is_labelled(document, position))
    found: list[PrintedDate] = []
    for position in chain(sorted(marked.intersection(inside)), labelled):
        found += _dates_at(document, position, headline, language)
        if len(found) >= MAX_ELSEWHERE:
            break
    return found


def _is_labelled(document: Document, position: int) -> bool:
    """Whether a short text in or behind an element holds a year with a label or a time of day."""
    element = document.elements[position]
    texts = (element.text, element.tail)
    # Within these bounds a text may be a date line with its indentation.
    pieces = [text.strip() for text in texts if text and _SHORTEST < len(text) < MAX_MARKED and _YEAR.search(text)]
    if not pieces:
        return False
    label = _text_before(element) if element.tag == "dd" else (element.text or "")[:MAX_UNMARKED]
    return any(
        len(piece) <= MAX_UNMARKED and (_is_label(f"{label} {piece}") or _TIMED.search(piece)) for piece in pieces
    )


def _has_year(element: etree._Element) -> bool:
    """Whether an element around the headline, or the text behind it, may hold a date. A long text may be a dateline."""
    text, tail = element.text, element.tail
    title = element.get("title")
    return bool(
        (title and _titled(element))
        or (
            text and len(text) > _SHORTEST and _YEAR.search(text, 0, MAX_MARKED if len(text) < MAX_MARKED else DATELINE)
        )
        or (tail and _SHORTEST < len(tail) < MAX_MARKED and _YEAR.search(tail))
    )


def _window(document: Document, headline: int | None, marked_only: bool) -> Iterator[int]:
    marked = marked_positions(document)
    if headline is None:
        yield from sorted(marked)
        places = range(0 if marked_only else len(document.tags))
        yield from (place for place in places if place not in marked and _is_labelled(document, place))
        return
    places = range(max(headline - BEFORE, 0), _end_of_prose(document, headline, LONG_PROSE))
    if marked_only:
        yield from sorted(marked.intersection(places))
    else:
        end = _end_of_prose(document, headline, PROSE)
        elements = document.elements
        yield from (place for place in places if place in marked or (place < end and _has_year(elements[place])))


def _end_of_prose(document: Document, headline: int, limit: int) -> int:
    """The position at which so many characters of paragraphs have gone by since the headline."""
    paragraphs = document.by_tag.get("p", [])
    last = min(headline + AFTER, len(document.tags))
    for position in paragraphs[bisect_right(paragraphs, headline) :]:
        if position >= last:
            break
        limit -= len(document.elements[position].text or "")
        if limit < 0:
            return position
    return last


def _dates_at(document: Document, position: int, headline: int | None, language: str | None) -> Iterator[PrintedDate]:
    """The dates that an element prints, in its attribute, its text or behind it."""
    is_marked = position in marked_positions(document)
    if (
        headline is not None
        and position < headline - FAR
        and not (is_marked and shares_container(document, position, headline))
    ):
        return
    found = list(_read_title(document, position, is_marked) or _read(document, position, is_marked, language))
    if not found or is_elsewhere(document, position, headline) or stands_in_row(document, position, headline):
        return
    distance = abs(position - headline) if headline is not None else position
    if headline is not None and position < headline and not shares_container(document, position, headline):
        distance += APART
    is_link = document.tags[position] == "a" and not is_marked
    if is_link and headline is not None and not 0 < position - headline <= NEAR_LINK:
        found = [item for item in found if item[2].endswith("+ text")]
    for kind, moment, where in found:
        dated = Candidate(moment, "markup", where, Level.BOUND, position)
        handicap = 0 if document.tags[position] in TIME_TAGS else NAMED if is_marked else UNMARKED
        yield PrintedDate(kind, dated, distance + handicap, is_marked)


def _read(
    document: Document, position: int, is_marked: bool, language: str | None
) -> Iterator[tuple[str, Moment, str]]:
    element, name = document.elements[position], document.classes[position] or ""
    where = f"{document.tags[position]}{'.' + name.split()[0] if name.split() else ''}"
    exact = _exact(element) if is_marked else None
    if exact is not None:
        shown = _shown(element)
        says_modified = _label_of(_label_before(element)) == "modified"
        kind = "modified" if says_modified else _kind(name, f"{_text_before(element)} {shown}")
        yield kind, exact[1], f"{where}[{exact[0]}]"
        for _, moment in find_moments(shown, language=language):
            if _is_next_day(moment, exact[1]):
                yield kind, moment, where
        return
    text = _words(document, position)
    is_title = element.tag == "a" and not is_marked and len(text) > LINKED_DATE
    before = _text_before(element)
    dates = find_moments("" if is_title else _line(text, is_marked), language=language)
    for words, moment in dates:
        if is_marked or moment.precision not in WEIGHTLESS:
            yield _kind(name, words or before), moment, where
        before = ""
    if not dates:
        yield from ((kind, moment, f"{where} + text") for kind, moment in _behind(element, language))


def _behind(element: etree._Element, language: str | None) -> Iterator[tuple[str, Moment]]:
    """The dates in the text behind an element; one without a day only where the element is its label."""
    tail, label = (element.tail or "").strip(), element.text or ""
    if not _SHORTEST < len(tail) <= MAX_UNMARKED:
        return
    for words, moment in find_moments(tail, language=language):
        if moment.precision not in WEIGHTLESS or _is_label(label):
            yield kind_of(f"{label} {words}"), moment


def _read_title(document: Document, position: int, is_marked: bool) -> list[tuple[str, Moment, str]]:
    """The date that a text such as "3 months ago" shows when it is pointed at."""
    element, name = document.elements[position], document.classes[position] or ""
    moment = None if is_marked else _titled(element)
    words = f"{_text_before(element)} {element.text}"
    return [] if moment is None else [(_kind(name, words), moment, f"{document.tags[position]}[title]")]


def _kind(name: str, words: str) -> str:
    """What a date is of: what its class says, else the words around it."""
    if NAMED_PUBLISHED.search(name):
        return "published"
    return "modified" if NAMED_MODIFIED.search(name) else kind_of(f"{name} {words}")


def _is_next_day(moment: Moment, exact: Moment) -> bool:
    """Whether a printed day is the one before or after that of the attribute, which may be in UTC."""
    if len(moment.day) < 10 or len(exact.day) < 10:
        return False
    return abs((date.fromisoformat(moment.day) - date.fromisoformat(exact.day)).days) == 1


def _words(document: Document, position: int) -> str:
    """An element's text with a space between elements; empty where a `<time>` inside gives the date better."""
    inside = document.tags[position + 1 : document.ends[position]]
    if any(tag in TIME_TAGS for tag in inside) or _has_exact_inside(document, position):
        return ""
    text = _shown(document.elements[position]) if len(inside) <= MAX_INSIDE else ""
    return text if text and len(text) <= MAX_MARKED else document.elements[position].text or text


def _has_exact_inside(document: Document, position: int) -> bool:
    """Whether an element inside is named as a date and has one for machines."""
    inside = range(position + 1, min(document.ends[position], position + MAX_INSIDE))
    marked = marked_positions(document)
    return any(place in marked and _exact(document.elements[place]) is not None for place in inside)


def _shown(element: etree._Element) -> str:
    """An element's text with a space between the texts inside."""
    return " ".join(" ".join(map(str, element.itertext())).split())


def _line(text: str, is_marked: bool) -> str:
    """The part of a text in which a date may stand: a short line, or what a dateline puts before the dash."""
    if len(text) <= (MAX_MARKED if is_marked else MAX_UNMARKED):
        return text
    dateline = _DATELINE.match(text)
    return (dateline["apart"] or dateline["inside"]) if dateline else ""


def _exact(element: etree._Element) -> tuple[str, Moment] | None:
    for name in ATTRIBUTES:
        text = element.get(name)
        moment = parse_machine(text) if text and text.strip()[:1].isdigit() else None
        if moment is not None and moment.precision not in ("year", "month"):
            return name, moment
    return None


def _titled(element: etree._Element) -> Moment | None:
    """The date in the title of an element whose text has none."""
    title, text = element.get("title"), element.text
    if not title or not text or len(title) > MAX_UNMARKED or len(text) > MAX_UNMARKED:
        return None
    if not _YEAR.search(title) or _YEAR.search(text):
        return None
    moment = parse_known(title)
    return moment if moment is not None and moment.precision not in WEIGHTLESS else None


def _label_before(element: etree._Element) -> str:
    """The words right in front of an element, without class names: templates mark each of their dates as published.

    Where an icon stands there, what its parent shows when it is pointed at: `<span title="Updated 2026-06-28"><i></i>`.
    """
    before, parent = element.getprevious(), element.getparent()
    if before is None:
        return (parent.text or "")[-30:] if parent is not None else ""
    words = f"{(before.text or '')[-30:]} {before.tail or ''}"
    return words if words.strip() or parent is None else (parent.get("title") or "")[:30]


_COUNT = re.compile(r"^\s*(?:\d[\d.,]*|no|keine?|leave a)\s+\w+\s*$", re.IGNORECASE)
"""How many comments there are: no label of the date behind."""


def _text_before(element: etree._Element) -> str:
    """The words in front of an element: text of or behind the one before it, else the parent's class and text."""
    before, parent = element.getprevious(), element.getparent()
    if before is not None:
        return (before.tail or "").strip() or _COUNT.sub("", (before.text or "")[:30])
    return f"{parent.get('class') or ''} {(parent.text or '').strip()[-30:]}" if parent is not None else ""
