"""Dates that a page prints for its readers, near the main headline and behind the text, and what they are dates of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from lxml import etree

from crawler.extraction.date_words import rows
from crawler.extraction.document import Document
from crawler.extraction.evidence import Candidate, Level
from crawler.extraction.fields.date_sources import Dated
from crawler.extraction.moments import Moment, find_moments, parse_machine

DATE_CLASS = re.compile(
    r"date(?!base)|time(?!line|out)|publish|posted|(?:^|[\s_-])(?:meta|byline|pub|datum|fecha|data|dateline|created|updated"
    r"|infos?|submitted|author)(?:$|[\s_-])|meta-|-meta",
    re.IGNORECASE,
)
"""Class names of what prints dates."""

FOREIGN_CLASS = re.compile(
    r"(?:^|[\s_-])(?:related|recommend\w*|comments?|nav|navbar|menu|widget|popular|trending|latest|recent|newsletter"
    r"|caption|credits?|copyright|rating|reviews?|events?|most-?read|prev|next|more-?(?:news|posts|stories)|teasers?|cards?"
    r"|ticker|weather|breadcrumbs?|promo|read-?(?:more|next)|top-?bar|masthead|site-header|info-left|today"
    r"|current[_-]?(?:date|time|day)|date[_-]?now|clock)(?:$|[\s_-])",
    re.IGNORECASE,
)
"""Class names of parts that print the dates of other things, or the day of the visit (`ul.info-left` of one theme)."""

FOREIGN_TAGS = frozenset({"nav", "figure", "figcaption", "blockquote", "table", "select", "form", "head"})
"""Elements that print the dates of other things."""

TIME_TAGS = frozenset({"time", "relative-time", "time-ago", "local-time", "faceplate-timeago"})
"""Elements made for dates: HTML's own, and the web components of large platforms."""

ATTRIBUTES = ("datetime", "ts", "content", "title", "data-date", "data-datetime")
"""Where such elements carry the date for machines (`abbr.published[title]` is hAtom's)."""

BEFORE, AFTER = 40, 120
"""How many elements before and after the headline are looked at."""

UNMARKED = 15
"""What an element that nothing marks as a date stands further away, in elements."""

PROSE = 500
"""Characters of paragraphs after which the article has begun and the date line is past."""

MAX_MARKED, MAX_UNMARKED = 200, 90
"""Length of a line that prints a date; longer ones are prose."""

_YEAR = re.compile(r"(?:1[89]|20|25)\d\d|[./-]\d\d\b|[٠-٩۰-۹๐-๙]{2}")
_NAMED_PUBLISHED = re.compile(r"publish|entry-date|pubdate|created|post-date", re.IGNORECASE)


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
def _labels() -> tuple[tuple[str, str], ...]:
    return tuple((word, kind) for word, kind in rows("date_labels.tsv"))


def kind_of(words: str) -> str:
    """`modified`, `other` or `published`, by the words that stand nearest to a date."""
    text = words.lower()
    nearest = max(((text.rfind(word), kind) for word, kind in _labels()), default=(-1, "published"))
    return nearest[1] if nearest[0] >= 0 else "published"


def dates_near(document: Document, headline: int | None, language: str | None) -> list[PrintedDate]:
    """The dates around the headline, nearest first; without a headline the marked ones, in page order."""
    found: list[PrintedDate] = []
    taken = -1
    for position in _window(document, headline):
        if position >= taken:
            dates = list(_dates_at(document, position, headline, language))
            found += dates
            taken = document.ends[position] if dates else taken
    return sorted(found, key=lambda printed: printed.distance)


def dates_behind(document: Document, headline: int, language: str | None) -> list[PrintedDate]:
    """Marked dates in the rest of the article's container: some templates print the date line below the text."""
    container = next(
        (above for above in document.ancestors(headline) if document.tags[above] in ("article", "main", "body")), 0
    )
    marked = [position for tag in TIME_TAGS for position in document.by_tag.get(tag, ())]
    marked += [position for position, name in enumerate(document.classes) if name and _is_date_class(name)]
    positions = sorted(position for position in set(marked) if headline < position < document.ends[container])
    return [printed for position in positions[:60] for printed in _dates_at(document, position, headline, language)]


def _window(document: Document, headline: int | None) -> Iterator[int]:
    if headline is None:
        yield from (position for position in range(len(document.tags)) if _is_marked(document, position))
        return
    prose = 0
    for position in range(max(headline - BEFORE, 0), min(len(document.tags), headline + AFTER)):
        if document.tags[position] == "p" and position > headline:
            prose += len(document.elements[position].text or "")
        if prose > PROSE:
            return
        yield position


def _is_marked(document: Document, position: int) -> bool:
    name = document.classes[position]
    return document.tags[position] in TIME_TAGS or (name is not None and _is_date_class(name))


@lru_cache(maxsize=8192)
def _is_date_class(name: str) -> bool:
    return DATE_CLASS.search(name) is not None


@lru_cache(maxsize=8192)
def _is_foreign_class(name: str) -> bool:
    return FOREIGN_CLASS.search(name) is not None


def _dates_at(document: Document, position: int, headline: int | None, language: str | None) -> Iterator[PrintedDate]:
    """The dates that an element prints, in its attribute, its text or behind it."""
    is_marked = _is_marked(document, position)
    element = document.elements[position]
    if not is_marked and not any(
        piece and _YEAR.search(piece[:MAX_UNMARKED]) for piece in (element.text, element.tail)
    ):
        return
    found = list(_read(document, position, is_marked, language))
    if not found or _is_foreign(document, position, headline):
        return
    distance = abs(position - headline) if headline is not None else position
    for kind, moment, where in found:
        date = Candidate(moment, "markup", where, Level.BOUND, position)
        yield PrintedDate(kind, date, distance + (0 if is_marked else UNMARKED), is_marked)


def _read(
    document: Document, position: int, is_marked: bool, language: str | None
) -> Iterator[tuple[str, Moment, str]]:
    element, name = document.elements[position], document.classes[position] or ""
    where = f"{document.tags[position]}{'.' + name.split()[0] if name.split() else ''}"
    exact = _exact(element) if is_marked else None
    if exact is not None:
        words = (
            ""
            if _NAMED_PUBLISHED.search(name)
            else f"{name} {_text_before(element)} {document.text(position)[:MAX_MARKED]}"
        )
        yield kind_of(words), exact[1], f"{where}[{exact[0]}]"
        return
    text = document.text(position) if is_marked or element.tag != "a" else ""
    if 5 < len(text) <= (MAX_MARKED if is_marked else MAX_UNMARKED):
        before = "" if _NAMED_PUBLISHED.search(name) else f"{name} {_text_before(element)}"
        for words, moment in find_moments(text, language=language):
            yield kind_of(words or before), moment, where
            before = ""
    elif element.tail and 5 < len(element.tail) <= MAX_UNMARKED:
        for words, moment in find_moments(element.tail, language=language):
            yield kind_of(f"{element.text or ''} {words}"), moment, f"{where} + text"


def _exact(element: etree._Element) -> tuple[str, Moment] | None:
    for name in ATTRIBUTES:
        moment = parse_machine(element.get(name) or "")
        if moment is not None and moment.precision not in ("year", "month"):
            return name, moment
    return None


def _text_before(element: etree._Element) -> str:
    """The words in front of an element: its parent's text, or the tail of the element before, or that element's text."""
    before, parent = element.getprevious(), element.getparent()
    if before is not None:
        return (before.tail or "").strip() or (before.text or "")[:30]
    return (parent.text or "") if parent is not None else ""


def _is_foreign(document: Document, position: int, headline: int | None) -> bool:
    """Whether a date stands in something else than the article: never in what holds the headline as well."""
    for around in (position, *document.ancestors(position)):
        if headline is not None and around <= headline < document.ends[around]:
            return False
        name, tag = document.classes[around], document.tags[around]
        if tag in FOREIGN_TAGS or (name and _is_foreign_class(name)) or _is_page_part(document, around, headline):
            return True
    return False


def _is_page_part(document: Document, around: int, headline: int | None) -> bool:
    """Whether an element is a header, footer or aside of the page rather than of the article around the headline."""
    if document.tags[around] not in ("header", "footer", "aside", "article"):
        return False
    if headline is None:
        return document.tags[around] != "article"
    inner = next(iter(document.ancestors(around)), 0)
    return not (inner <= headline < document.ends[inner] and document.tags[inner] != "body")
