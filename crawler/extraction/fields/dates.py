"""Publication and modification date."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from crawler.extraction.document import Document
from crawler.extraction.evidence import Choice
from crawler.extraction.fields.date_sources import (
    MODIFIED_META,
    PUBLISHED_META,
    Dated,
    from_address,
    from_json_ld,
    from_meta,
    from_microdata,
    linked,
)
from crawler.extraction.fields.printed_dates import printed_dates
from crawler.extraction.layout import Layout
from crawler.extraction.moments import Moment

EARLIEST = "1900"
"""Years before are typing errors or subjects of the text."""


@dataclass(frozen=True, slots=True)
class Dates:
    """What was chosen for `date` and `date_modified`."""

    published: Choice[Moment]
    modified: Choice[Moment]


def choose_dates(document: Document, layout: Layout) -> Dates:
    """When the article was published and last changed."""
    language = declared_language(document)
    printed = printed_dates(document, layout.headline, language)
    published = list(_plausible(document, _published(document, printed, language)))
    modified = list(_plausible(document, _modified(document, printed, language)))
    chosen = _choose(published, "no date")
    return Dates(chosen, _choose([c for c in modified if not _is_before(c, chosen)], "no modification date"))


def declared_language(document: Document) -> str | None:
    """The language that the root element names, with its region."""
    return document.page.root.get("lang") or document.page.root.get("xml:lang") or document.page.profile.language


def _published(document: Document, printed: list[tuple[str, Dated]], language: str | None) -> Iterator[Dated]:
    """Candidates in the order in which they are believed."""
    yield from linked(document, "date")
    yield from from_json_ld(document, "datePublished")
    yield from from_meta(document, PUBLISHED_META[:-1], language)
    yield from from_microdata(document, ("datePublished",), language)
    yield from (date for kind, date in printed if kind == "published")
    yield from from_meta(document, PUBLISHED_META[-1:], language)
    yield from from_address(document)
    yield from from_json_ld(document, "dateCreated", "uploadDate")
    yield from from_microdata(document, ("dateCreated", "uploadDate"), language)
    yield from (date for kind, date in printed if kind == "modified")


def _modified(document: Document, printed: list[tuple[str, Dated]], language: str | None) -> Iterator[Dated]:
    yield from linked(document, "date_modified")
    yield from from_json_ld(document, "dateModified")
    yield from from_meta(document, MODIFIED_META, language)
    yield from from_microdata(document, ("dateModified",), language)
    yield from (date for kind, date in printed if kind == "modified")


def _plausible(document: Document, dates: Iterable[Dated]) -> Iterator[Dated]:
    """Dates that are neither in the future of the visit nor before there were publications of this kind."""
    fetched = document.page.fetched_at
    latest = (fetched + timedelta(days=1)).date().isoformat() if fetched else "2100"
    return (date for date in dates if EARLIEST <= date.value.day <= latest)


def _is_before(date: Dated, published: Choice[Moment]) -> bool:
    return published.value is not None and date.value.day < published.value.day


def _choose(candidates: list[Dated], absent: str) -> Choice[Moment]:
    if not candidates:
        return Choice(reason=absent)
    first = candidates[0]
    same_day = [date for date in candidates if date.value.day == first.value.day]
    best = max(same_day, key=lambda date: len(date.value.iso)) if first.value.precision == "day" else first
    rivals = tuple(date for date in candidates if date is not best)
    return Choice(best.value, best, rivals, f"first of {len(candidates)}, {len(same_day)} name the day")
