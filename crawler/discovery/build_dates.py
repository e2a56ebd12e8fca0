"""Dates that a generator stamped on every entry when it ran: they are the build's, not the articles'."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from crawler.page import Link, LinkKind

MIN_ENTRIES = 5
"""Fewer entries may well be of one hour."""
BUILD_TIME = timedelta(minutes=10)
"""How long a build takes at most."""


def without_build_dates(links: Sequence[Link]) -> tuple[list[Link], bool]:
    """The links without publication or modification dates that all lie within one build, and whether any were dropped.

    Seen from mkdocs-rss-plugin (publication date from a fresh checkout) and from sitemaps of static generators, which
    put the day of the build on every page. What every entry shares tells no entry's own date.
    """
    published = _are_of_one_build([link.date for link in links if link.kind == LinkKind.ARTICLE])
    modified = _are_of_one_build([link.date_modified for link in links if link.kind != LinkKind.SITEMAP])
    if not (published or modified):
        return list(links), False
    kept = (replace(link, date=None) if published else link for link in links)
    return [replace(link, date_modified=None) if modified else link for link in kept], True


def _are_of_one_build(dates: list[str | None]) -> bool:
    moments = [moment for text in dates if text and (moment := _moment(text))]
    if len(moments) < MIN_ENTRIES:
        return False
    return max(moments) - min(moments) <= BUILD_TIME


def _moment(iso: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(iso)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
