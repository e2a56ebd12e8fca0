"""Dates in a list of facts beside the article, where nothing but the address dates it."""

from __future__ import annotations

from collections.abc import Iterable

from crawler.extraction.document import Document
from crawler.extraction.evidence import Candidate, Level
from crawler.extraction.fields.date_sources import Dated
from crawler.extraction.moments import parse_machine

LISTS = frozenset({"ul", "ol", "dl"})
MOST_DATES = 2
"""Dates of one article in such a list: those of publication and of the last change."""


def listed_dates(document: Document, known: Iterable[Dated]) -> list[Dated]:
    """The `<time>` elements of a list of facts, publication first; none where `known` dates are not the address's own.

    Material for MkDocs prints them into a `<nav>` beside the post, where other pages have links to other posts. The
    list holds the day of the address; where that has none, it must be the only one of the page with dates.
    """
    days = {date.value.day for date in known if date.source == "url"}
    if any(date.source != "url" for date in known):
        return []
    groups: dict[int, list[Dated]] = {}
    for position in document.by_tag.get("time", ()):
        around = list_of_facts(document, position)
        moment = parse_machine(document.elements[position].get("datetime") or "")
        if around is not None and moment is not None:
            dated = Candidate(moment, "markup", "time[datetime] in a list", Level.BOUND, position)
            groups.setdefault(around, []).append(dated)
    if days:
        groups = {around: dates for around, dates in groups.items() if dates[0].value.day in days}
    found = next(iter(groups.values()), []) if len(groups) == 1 else []
    return found if len(found) <= MOST_DATES else []


def list_of_facts(document: Document, position: int) -> int | None:
    """The list that a date stands in, where its entry is the date alone; comments and other posts have links."""
    entry = position
    for around in document.ancestors(position):
        if document.tags[around] in LISTS:
            return None if document.inside("a", entry) else around
        entry = around
    return None
