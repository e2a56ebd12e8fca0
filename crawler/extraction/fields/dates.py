"""Publication and modification date."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from crawler.extraction.date_words import region_of
from crawler.extraction.document import Document
from crawler.extraction.evidence import Candidate, Choice, Level
from crawler.extraction.fields.date_agreement import choose
from crawler.extraction.fields.date_order import other_readings
from crawler.extraction.fields.date_places import shares_container, teaser_of
from crawler.extraction.fields.date_sources import (
    MODIFIED_META,
    PUBLISHED_META,
    Dated,
    from_address,
    from_container,
    from_json_ld,
    from_meta,
    from_microdata,
    from_page_data,
    from_rdfa,
    linked,
)
from crawler.extraction.fields.listed_dates import listed_dates
from crawler.extraction.fields.printed_dates import PrintedDate, dates_elsewhere, dates_near
from crawler.extraction.layout import Layout
from crawler.extraction.moments import WEIGHTLESS, Moment, parse_moment
from crawler.extraction.readers.jsonld import folded, main_entities

EARLIEST = "1900"
"""Years before are typing errors or subjects of the text."""

TOGETHER = 8
"""Elements between two dates of one date line."""

LINKED_HEADING = 2
"""The surer way in which a teaser titles another page."""

LONGEST_TAG = 7
"""Letters of a language tag with a script and no more: `pt-BR`, `zh-Hant`."""

WEAK_META = ("dcterms.date", "dcterms.created", "dc.date.created", "dc.date", "date")
"""Names that say too little to be believed before what the page prints."""


@dataclass(frozen=True, slots=True)
class Dates:
    """What was chosen for `date` and `date_modified`."""

    published: Choice[Moment]
    modified: Choice[Moment]


def choose_dates(document: Document, layout: Layout) -> Dates:
    """When the article was published and last changed."""
    language = declared_language(document)
    chosen = _read(document, layout, language)
    if chosen.published.value is not None:
        return chosen
    read = [_read(document, layout, reading) for reading in other_readings(document, layout, language)]
    told = {dates.published.value.day: dates for dates in read if dates.published.value}
    # the other order gives no date, or one from the future
    return next(iter(told.values())) if len(told) == 1 else chosen


def _read(document: Document, layout: Layout, language: str | None) -> Dates:
    headline = layout.headline
    stated = list(_stated(document, language))
    printed = _own(document, layout, _printed(document, headline, language, stated))
    shown = _shown(document, printed, language, headline)
    published = _unless_of_page_alone(document, _plausible(document, (*stated, *shown)))
    listed = list(_plausible(document, listed_dates(document, published)))
    published += listed[:1] if published else []
    if not published:
        printed = _own(document, layout, _further_dates(document, layout, language))
        published = list(_plausible(document, _last_resorts(document, printed, language)))
    if not published:
        published = list(_plausible(document, from_page_data(document, _titles(document, layout)))) or listed[:1]
    modified = [
        *_plausible(document, _modified(document, printed, language)),
        *(listed[1:] if published[-1:] == listed[:1] else ()),
    ]
    chosen = choose(published, absent="no date")
    later = [date for date in modified if not _is_before(date, chosen)]
    return Dates(chosen, choose(later, absent="no modification date", prefers_earlier=False))


def _titles(document: Document, layout: Layout) -> frozenset[str]:
    """The page's titles in the form in which they are compared."""
    places = [*document.by_tag.get("title", ())[:1], *([] if layout.headline is None else [layout.headline])]
    texts = [*map(document.text, places), *document.page.meta.get("og:title", ())[:1]]
    return frozenset(filter(None, map(folded, texts)))


def _own(document: Document, layout: Layout, printed: list[PrintedDate]) -> list[PrintedDate]:
    """The dates without those that teasers of other pages print behind the text: below linked headings, or in a row."""
    end = layout.body_end
    behind = [item for item in printed if end is not None and (item.date.position or 0) > end]
    if not behind:
        return printed
    alike = Counter(item.date.where for item in behind)
    teasers = {
        item.date.position
        for item in behind
        if (kind := teaser_of(document, item.date.position or 0, layout.headline))
        and (kind == LINKED_HEADING or alike[item.date.where] > 1)
    }
    return [item for item in printed if item.date.position not in teasers]


def _further_dates(document: Document, layout: Layout, language: str | None) -> list[PrintedDate]:
    """Dates away from the headline, or, where none was found, those above the first paragraph."""
    if layout.headline is not None:
        return dates_elsewhere(document, layout.headline, language)
    start = layout.body_start
    around = [] if start is None else dates_near(document, start, language, marked_only=False)
    return [item for item in around if start is not None and (item.date.position or 0) <= start]


def _unless_of_page_alone(document: Document, dates: Iterable[Dated]) -> list[Dated]:
    """The dates; none where JSON-LD's WebPage alone dates a WordPress page (`body.page-id-…`), not a post.

    SEO plugins date pages (prices, products, about us) that no reader sees dated: 6 of 7 in the development corpora.
    """
    found = list(dates)
    is_page_alone = all(date.source == "json-ld" and date.level is Level.DECLARED for date in found)
    return [] if is_page_alone and _is_wordpress_page(document) else found


def _is_wordpress_page(document: Document) -> bool:
    bodies = document.by_tag.get("body", ())[:1]
    return any(" page-id-" in f" {document.classes[position] or ''}" for position in bodies)


def declared_language(document: Document) -> str | None:
    """The language that the root element, `og:locale` or the profile names, with a region where one is known."""
    root, page = document.page.root, document.page
    meta = (text for name in ("og:locale", "content-language") for text in page.meta.get(name, ())[:1])
    named = (root.get("lang"), root.get("xml:lang"), *meta, *_of_json_ld(document), page.profile.language)
    languages = [str(name).replace("_", "-") for name in named if name]
    full: str | None = next((name for name in languages if "-" in name), None)
    language: str | None = languages[0] if languages else None
    if full and language and full.partition("-")[0] == language:
        return full
    region = region_of(page.url)
    return f"en-{region}" if region and language in (None, "en") else language


def _of_json_ld(document: Document) -> list[str]:
    """`inLanguage` of the article's nodes, where it is a tag and no name."""
    named = (entity.text("inLanguage") for entity in main_entities(document))
    return [name for name in named if name and len(name) <= LONGEST_TAG]


def _printed(document: Document, headline: int | None, language: str | None, stated: list[Dated]) -> list[PrintedDate]:
    """Dates near the headline; unmarked ones, which cost more to find, only where they can change the answer."""
    marked = dates_near(document, headline, language, marked_only=True) if stated else []
    is_open = len({date.value.day for date in stated}) != 1 or _is_of_a_builder(stated)
    found = marked if marked or not is_open else dates_near(document, headline, language, marked_only=False)
    return [item for item in found if not _is_of_visit(document, item.date, headline)]


def _is_of_a_builder(stated: list[Dated]) -> bool:
    """Whether what is stated may be another day than the page prints: a time in UTC, or a day that JSON-LD alone names.

    Site builders (Webflow) write into `datePublished` the day on which the page was last put online.
    """
    is_day_alone = all(date.source == "json-ld" and date.value.precision == "day" for date in stated)
    return is_day_alone or stated[0].value.iso.endswith("+00:00")


def _is_of_visit(document: Document, date: Dated, headline: int | None) -> bool:
    """Whether a date above the article is the day on which the page was fetched: page headers print today's date."""
    fetched = document.page.fetched_at
    if fetched is None or headline is None:
        return False
    return date.value.day == fetched.date().isoformat() and _is_above(document, date, headline)


def _stated(document: Document, language: str | None) -> Iterator[Dated]:
    """Dates of publication made for machines, in the order in which they are believed."""
    yield from linked(document, "date")
    yield from from_json_ld(document, "datePublished")
    yield from from_meta(document, tuple(row for row in PUBLISHED_META if row.name not in WEAK_META), language)
    yield from from_microdata(document, ("datePublished",), language)
    yield from from_rdfa(document, ("datepublished", "issued", "published"), language)


def _shown(
    document: Document, printed: list[PrintedDate], language: str | None, headline: int | None
) -> Iterator[Dated]:
    """What follows them: what the page prints, and what says less than a date of publication."""
    published = _uncontradicted(document, _of_kind(printed, "published"), headline)
    yield from published
    yield from from_meta(document, tuple(row for row in PUBLISHED_META if row.name in WEAK_META), language)
    yield from from_address(document)
    yield from from_json_ld(document, "dateCreated", "uploadDate")
    yield from from_microdata(document, ("dateCreated", "uploadDate"), language)
    yield from from_rdfa(document, ("datecreated", "created", "date"), language)
    yield from from_container(document, headline)
    yield from () if published else _of_kind(printed, "modified")


def _uncontradicted(document: Document, dates: list[Dated], headline: int | None) -> list[Dated]:
    """The dates without those above the article, in another part of the page, that the address is far from."""
    day = next((date.value.day for date in from_address(document)), None)
    if day is None or headline is None:
        return dates
    return [date for date in dates if not _is_above(document, date, headline) or _is_close(date.value.day, day)]


def _is_above(document: Document, date: Dated, headline: int) -> bool:
    position = date.position
    return position is not None and position < headline and not shares_container(document, position, headline)


def _is_close(day: str, other: str) -> bool:
    """Whether two days are less than a week apart; one of unknown day is not."""
    try:
        return abs(datetime.fromisoformat(day) - datetime.fromisoformat(other)) < timedelta(days=7)
    except ValueError:
        return False


def _last_resorts(document: Document, printed: list[PrintedDate], language: str | None) -> Iterator[Dated]:
    """What is looked at where nothing else gives a date: below the text, `<meta>` in forms for the slow parser."""
    yield from _of_kind(printed, "published")
    yield from _of_kind(printed, "modified")
    for row in PUBLISHED_META:
        for text in document.page.meta.get(row.name, ())[:1]:
            moment = parse_moment(text, language=language)
            if moment:
                yield Candidate(moment, "meta", row.name, Level.DECLARED)


def _of_kind(printed: list[PrintedDate], kind: str) -> list[Dated]:
    """Those with a day before those without; of two that stand together the earlier is the publication."""
    found = [item for item in printed if item.kind == kind]
    found.sort(key=lambda item: item.date.value.precision in WEIGHTLESS)
    if (
        kind == "published"
        and len(found) > 1
        and found[1].is_marked
        and found[1].distance - found[0].distance <= TOGETHER
    ):
        found[:2] = sorted(found[:2], key=lambda item: item.date.value.day)
    return [item.date for item in found]


def _modified(document: Document, printed: list[PrintedDate], language: str | None) -> Iterator[Dated]:
    yield from linked(document, "date_modified")
    yield from from_json_ld(document, "dateModified")
    yield from from_meta(document, MODIFIED_META, language)
    yield from from_microdata(document, ("dateModified",), language)
    yield from from_rdfa(document, ("datemodified", "modified"), language)
    yield from _of_kind(printed, "modified")
    yield from linked(document, "date_modified", ("sitemap",))  # many write the time at which the sitemap was made


def _plausible(document: Document, dates: Iterable[Dated]) -> Iterator[Dated]:
    """Dates that are neither in the future of the visit nor before there were publications of this kind."""
    fetched = document.page.fetched_at
    latest = (fetched + timedelta(days=1)).date().isoformat() if fetched else "2100"
    return (date for date in dates if EARLIEST <= date.value.day <= latest)


def _is_before(date: Dated, published: Choice[Moment]) -> bool:
    return published.value is not None and date.value.day < published.value.day
