"""Dates that a page prints for its readers, near the main headline and behind the text, and what they are dates of."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from lxml import etree

from crawler.extraction.date_words import rows
from crawler.extraction.document import Document
from crawler.extraction.evidence import Candidate, Level
from crawler.extraction.fields.date_sources import Dated
from crawler.extraction.moments import Moment, find_moments, parse_machine

DATE_CLASS = re.compile(
    r"date(?!base)|time(?!line|out)|publish|posted|(?:^|[\s_-])(?:meta|byline|pub|datum|fecha|data|tarih|created|updated"
    r"|infos?|submitted|author)(?:$|[\s_-])|meta-|-meta",
    re.IGNORECASE,
)
"""Class names of what prints dates."""

FOREIGN_CLASS = re.compile(
    r"(?:^|[\s_-])(?:related|recommend\w*|comments?|nav|navbar|menu|(?<!elementor-)widget|popular|trending|latest|recent|newsletter"
    r"|caption|copyright|rating|reviews?|events?|most-?read|prev|next|more-?(?:news|posts|stories)|header-date"
    r"|ticker|weather|breadcrumbs?|promo|read-?(?:more|next)|top-?bar|masthead|site-header|info-left|today"
    r"|current[_-]?(?:date|time|day)|date[_-]?now|clock)(?:$|[\s_-])",
    re.IGNORECASE,
)
"""Class names of parts that print the dates of other things, or the day of the visit (`ul.info-left` of one theme)."""

FOREIGN_TAGS = frozenset({"nav", "figure", "figcaption", "blockquote", "select", "form", "head"})
"""Elements that print the dates of other things."""

PAGE_PARTS = frozenset({"header", "footer", "aside", "article"})
"""Elements that belong to the page or to an article, depending on where they stand."""

TIME_TAGS = frozenset({"time", "relative-time", "time-ago", "local-time", "faceplate-timeago"})
"""Elements made for dates: HTML's own, and the web components of large platforms."""

ATTRIBUTES = ("datetime", "ts", "content", "title", "data-date", "data-datetime")
"""Where such elements carry the date for machines (`abbr.published[title]` is hAtom's)."""

BEFORE, AFTER = 80, 120
"""How many elements before and after the headline are looked at."""

NAMED, UNMARKED = 5, 15
"""What an element that is only named as a date, or not even that, counts as further away."""

OWN_ARTICLE = 60
"""How far behind a headline the `<article>` may begin that it heads (Drupal prints titles in blocks of their own)."""

PROSE, LONG_PROSE = 500, 1500
"""Characters of paragraphs after which the date line is past; one that is marked may stand further down."""

MAX_SHARE = 0.5
"""Share of the page's elements above which a container is the page itself."""

MAX_ELSEWHERE = 20
"""Dates of a page that are looked at away from the headline."""

MAX_INSIDE = 30
"""Elements inside a date line; a larger one is a container."""

MAX_MARKED, MAX_UNMARKED = 200, 90
"""Length of a line that prints a date; longer ones are prose."""

_YEAR = re.compile(r"(?:1[89]|20|25)\d\d|[./-]\d\d\b|[٠-٩۰-۹๐-๙]{2}")
_PUBLISHED_WORD = re.compile(
    r"publi|posted|erschienen|veröffentlicht|eingestellt|stand:|опубликов|发布|发表|日期|時間|时间|掲載|公開|등록|입력|نشر|udgivet|publicerad"
    r"|gepubliceerd|julkaistu|opublikowan|zveřejněno|yayın|δημοσι",
    re.IGNORECASE,
)
_TIMED = re.compile(r"\d[./年-]\s?\d{1,2}[./月-]\s?\d{1,4}日?,?\s{0,3}\d{1,2}:\d\d")
_DATELINE = re.compile(r"([^.]{0,25}\d[^–—„“”\"]{3,25}?)\s?(?:[–—„“\"]|-\s)")
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


def dates_elsewhere(document: Document, headline: int, language: str | None) -> list[PrintedDate]:
    """Dates in the rest of the article's container: marked ones first, then those with a label ("Published …")."""
    around = (above for above in document.ancestors(headline) if document.tags[above] in ("article", "main", "body"))
    container = next(around, 0)
    found: list[PrintedDate] = []
    for position in range(container + 1, document.ends[container]):
        if _is_marked(document, position) or _is_labelled(document, position):
            found += _dates_at(document, position, headline, language)
        if len(found) >= MAX_ELSEWHERE:
            break
    return sorted(found, key=lambda printed: not printed.is_marked)


def _is_labelled(document: Document, position: int) -> bool:
    element = document.elements[position]
    pieces = (piece.strip() for piece in (element.text, element.tail) if piece and _YEAR.search(piece))
    return any(
        len(piece) <= MAX_UNMARKED and (_PUBLISHED_WORD.search(piece) or _TIMED.search(piece)) for piece in pieces
    )


def _window(document: Document, headline: int | None) -> Iterator[int]:
    if headline is None:
        places = range(len(document.tags))
        yield from (place for place in places if _is_marked(document, place) or _is_labelled(document, place))
        return
    prose = 0
    for position in range(max(headline - BEFORE, 0), min(len(document.tags), headline + AFTER)):
        if document.tags[position] == "p" and position > headline:
            prose += len(document.elements[position].text or "")
        if prose > LONG_PROSE:
            return
        if prose <= PROSE or _is_marked(document, position):
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
        handicap = 0 if document.tags[position] in TIME_TAGS else NAMED if is_marked else UNMARKED
        yield PrintedDate(kind, date, distance + handicap, is_marked)


def _read(
    document: Document, position: int, is_marked: bool, language: str | None
) -> Iterator[tuple[str, Moment, str]]:
    element, name = document.elements[position], document.classes[position] or ""
    where = f"{document.tags[position]}{'.' + name.split()[0] if name.split() else ''}"
    exact = _exact(element) if is_marked else None
    if exact is not None:
        shown = _shown(element)
        words = "" if _NAMED_PUBLISHED.search(name) else f"{name} {_text_before(element)} {shown}"
        yield kind_of(words), exact[1], f"{where}[{exact[0]}]"
        for _, moment in find_moments(shown, language=language):
            if moment.day != exact[1].day and len(moment.day) == len(exact[1].day):
                yield kind_of(words), moment, where
        return
    text = _words(document, position) if is_marked or element.tag != "a" else ""
    before = "" if _NAMED_PUBLISHED.search(name) else f"{name} {_text_before(element)}"
    dates = find_moments(_line(text, is_marked), language=language)
    for words, moment in dates:
        yield kind_of(words or before), moment, where
        before = ""
    tail = (element.tail or "").strip()
    if not dates and 5 < len(tail) <= MAX_UNMARKED:
        for words, moment in find_moments(tail, language=language):
            yield kind_of(f"{element.text or ''} {words}"), moment, f"{where} + text"


def _words(document: Document, position: int) -> str:
    """An element's text with a space between elements; empty where a `<time>` inside gives the date better."""
    inside = document.tags[position + 1 : document.ends[position]]
    if any(tag in TIME_TAGS for tag in inside) or len(inside) > MAX_INSIDE:
        return ""
    return _shown(document.elements[position])


def _shown(element: etree._Element) -> str:
    """An element's text with a space between the texts inside."""
    return " ".join(" ".join(map(str, element.itertext())).split())


def _line(text: str, is_marked: bool) -> str:
    """The part of a text in which a date may stand: a short line, or what a dateline puts before the dash."""
    if len(text) <= (MAX_MARKED if is_marked else MAX_UNMARKED):
        return text
    dateline = _DATELINE.match(text)
    return dateline[1] if dateline else ""


def _exact(element: etree._Element) -> tuple[str, Moment] | None:
    for name in ATTRIBUTES:
        moment = parse_machine(element.get(name) or "")
        if moment is not None and moment.precision not in ("year", "month"):
            return name, moment
    return None


def _text_before(element: etree._Element) -> str:
    """The words in front of an element: text of or behind the one before it, else the parent's class and text."""
    before, parent = element.getprevious(), element.getparent()
    if before is not None:
        return (before.tail or "").strip() or (before.text or "")[:30]
    return f"{parent.get('class') or ''} {(parent.text or '').strip()[-30:]}" if parent is not None else ""


def _is_foreign(document: Document, position: int, headline: int | None) -> bool:
    """Whether a date stands in something else than the article: never in what holds headline or page."""
    is_marked = _is_marked(document, position)
    bound = MAX_SHARE * len(document.tags)
    for around in (position, *document.ancestors(position)):
        if document.ends[around] - around > bound or (
            headline is not None and around <= headline < document.ends[around]
        ):
            return False
        name, tag = document.classes[around], document.tags[around]
        if tag in FOREIGN_TAGS or (name and _is_foreign_class(name)) or (tag == "table" and headline and not is_marked):
            return True
        if tag in PAGE_PARTS and not _belongs(document, around, headline):
            return True
    return False


def _belongs(document: Document, around: int, headline: int | None) -> bool:
    """Whether a header, footer, aside or article is the main article's: inside or itself the one with the headline."""
    if headline is None:
        return document.tags[around] in ("article", "header")
    own = document.once(_articles_of(headline))
    return around in own or (
        document.tags[around] != "article" and any(start < around < document.ends[start] for start in own)
    )


@lru_cache(maxsize=256)
def _articles_of(headline: int) -> Callable[[Document], frozenset[int]]:
    """A reader of the positions of `<article>` and `<main>` that hold a headline, or begin soon after it."""

    def read(document: Document) -> frozenset[int]:
        starts = [start for tag in ("article", "main") for start in document.by_tag.get(tag, ())]
        holding = {start for start in starts if start <= headline < document.ends[start]}
        behind = (start for start in document.by_tag.get("article", ()) if headline < start <= headline + OWN_ARTICLE)
        mains = {start for start in document.by_tag.get("main", ()) if headline < start <= headline + OWN_ARTICLE}
        return frozenset(holding | mains | set(list(behind)[:1]))

    return read
