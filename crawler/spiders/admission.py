"""Which links become records of a publication, and which patterns of addresses have cost enough."""

from __future__ import annotations

import math
from collections import Counter, OrderedDict
from collections.abc import Iterable, Iterator

from crawler.discovery import Window
from crawler.discovery.found import DOCUMENT_KINDS
from crawler.discovery.traps import TRAP_BUDGET, pattern_of, trap_reason
from crawler.frontier.records import NewUrl, Record
from crawler.frontier.schedule import DAY, unix
from crawler.frontier.visits import OUTSIDE, new_url
from crawler.page import Link, LinkKind
from crawler.publications import Publication
from crawler.urls import is_same_site

PATTERNS_KEPT = 10_000
"""Patterns that are counted at a time; those not met for longest are forgotten first."""


class Admission:
    """Links of one publication in, new URLs out."""

    def __init__(self, publication: Publication, window: Window) -> None:
        self._publication = publication
        self._window = window

    def admit(self, links: Iterable[Link], *, now: float) -> Iterator[NewUrl]:
        """The links that belong to the publication, those not to be fetched with the reason."""
        for link in links:
            if self._is_own(link):
                skip = self._skip(link)
                yield new_url(
                    link, publication=self._publication.slug, now=now, skip=skip, visit_before=_stated_change(link, now)
                )  # fmt: skip

    def _is_own(self, link: Link) -> bool:
        if link.kind in (LinkKind.FEED, LinkKind.SITEMAP) and link.source in ("robots", "seed"):
            return True  # cross-site sitemaps are allowed where robots.txt names them; feeds where the operator does
        return is_same_site(link.url, self._publication.url, subdomains=self._publication.subdomains)

    def _skip(self, link: Link) -> str | None:
        if any(pattern.search(link.url) for pattern in self._publication.exclude):
            return "excluded"
        if link.kind == LinkKind.PAGE_PART:
            return "part of an article"
        if link.kind != LinkKind.ARTICLE:
            return None
        if self._publication.include and not any(p.search(link.url) for p in self._publication.include):
            return "not included"
        return None if self._window.admits(link.date) else OUTSIDE


def _stated_change(link: Link, now: float) -> float | None:
    """Unix time of the change that a feed or sitemap states; None where it states none, or one that cannot be."""
    if link.kind not in (LinkKind.ARTICLE, LinkKind.SITEMAP):
        return None
    stated = unix(link.date_modified)
    return (
        stated if stated is not None and len(link.date_modified or "") > len("2024-01-31") and stated <= now else None
    )


class TrapBook:
    """Counts pages that brought nothing, by pattern of address; after `TRAP_BUDGET` of them a pattern is closed."""

    def __init__(self) -> None:
        self._barren: OrderedDict[tuple[str, str], int] = OrderedDict()
        self.closed: Counter[tuple[str, str]] = Counter()
        """(publication, pattern) → addresses that were left out."""

    def refuses(self, record: Record) -> str | None:
        """The reason not to fetch a record, where its pattern is closed."""
        pattern = self._pattern(record)
        if self._barren.get((record.publication, pattern), 0) < TRAP_BUDGET:
            return None
        self.closed[(record.publication, pattern)] += 1
        return f"trap: {pattern}"

    def visited(self, record: Record, *, fruitful: bool) -> None:
        """A page was read; did it bring an article, or the address of one?"""
        suspicious = trap_reason(record.url) is not None
        key = (record.publication, self._pattern(record))
        self._barren[key] = 0 if fruitful and not suspicious else self._barren.get(key, 0) + 1
        self._barren.move_to_end(key)
        if len(self._barren) > PATTERNS_KEPT:
            self._barren.popitem(last=False)

    def _pattern(self, record: Record) -> str:
        return trap_reason(record.url) or pattern_of(record.url)


def is_document(kind: str) -> bool:
    """Whether a kind of link leads to more links rather than to an article."""
    return kind in DOCUMENT_KINDS


def bounds(window: Window) -> tuple[float, float]:
    """The Unix times between which a publication date is admitted, with the window's leeway of a day for offsets."""
    since = unix(window.since.isoformat()) if window.since else None
    until = unix(window.until.isoformat()) if window.until else None
    return (since - DAY if since else -math.inf, until + 2 * DAY if until else math.inf)
