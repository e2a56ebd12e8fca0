"""What one document of discovery reveals: links, the problems met, and a bound in time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from crawler.page import Link, LinkKind

DOCUMENT_KINDS = frozenset(
    {
        LinkKind.FRONT_PAGE,
        LinkKind.SECTION,
        LinkKind.TAG,
        LinkKind.AUTHOR,
        LinkKind.DATE_ARCHIVE,
        LinkKind.PAGINATION,
        LinkKind.FEED,
        LinkKind.SITEMAP,
        LinkKind.REST,
    }
)
"""Kinds of links that lead to more links."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in a document that kept links from being read."""

    code: str
    """`empty`, `truncated`, `too_large`, `too_many`, `bad_gzip`, `bad_url`, `entities`, `build_dates`, `not_xml`,
    `not_a_sitemap`, `not_a_feed`, `not_a_list`."""
    detail: str = ""
    """What was met, in words."""


@dataclass(frozen=True, slots=True)
class Found:
    """The answer of every reader of this package; problems stand beside the links that could be read."""

    links: tuple[Link, ...] = ()
    """Links in the document's order, each address once."""
    problems: tuple[Problem, ...] = ()
    """What went wrong."""
    total: int | None = None
    """How many articles the source says it has, where it says so."""

    def articles(self) -> tuple[Link, ...]:
        """The links that lead to articles, as far as the source tells."""
        return tuple(link for link in self.links if link.kind == LinkKind.ARTICLE)

    def documents(self) -> tuple[Link, ...]:
        """The links that lead to more links: child sitemaps, feeds, listings, further pages."""
        return tuple(link for link in self.links if link.kind in DOCUMENT_KINDS)

    @property
    def failed(self) -> bool:
        """Whether nothing could be read, for a reason that is named."""
        return bool(self.problems) and not self.links


def failure(code: str, detail: str = "") -> Found:
    """A document of which nothing could be read."""
    return Found(problems=(Problem(code, detail),))


def unique(links: Iterable[Link]) -> tuple[Link, ...]:
    """The links, the first of every address and kind."""
    first: dict[tuple[str, str], Link] = {}
    for link in links:
        first.setdefault((link.url, link.kind), link)
    return tuple(first.values())


@dataclass(frozen=True, slots=True)
class Window:
    """The days that a crawl is interested in, both included; open where None."""

    since: date | None = None
    until: date | None = None

    def admits(self, iso: str | None) -> bool:
        """Whether a date may lie in the window: True where there is none, or it cannot be read.

        Offsets move a moment by up to 14 hours, so a moment is admitted if any offset would bring it in: the neighbour
        days count as inside.
        """
        day = _day(iso)
        if day is None:
            return True
        return not (
            (self.since is not None and (_as_date(self.since) - day).days > 1)
            or (self.until is not None and (day - _as_date(self.until)).days > 1)
        )

    def admits_span(self, first: date, last: date) -> bool:
        """Whether a span of days touches the window."""
        return not (
            (self.since is not None and last < _as_date(self.since))
            or (self.until is not None and first > _as_date(self.until))
        )

    @property
    def is_open(self) -> bool:
        """Whether every date is admitted."""
        return self.since is None and self.until is None


def _as_date(value: date) -> date:
    return value.date() if isinstance(value, datetime) else value


def _day(iso: str | None) -> date | None:
    """The day of an ISO date that has one."""
    try:
        return date.fromisoformat((iso or "")[:10])
    except ValueError:
        return None
