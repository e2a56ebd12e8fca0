"""When a URL is due, and in which order: pure functions of what is known and of the time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from crawler.page import Link, LinkKind

MINUTE, HOUR, DAY = 60.0, 3600.0, 86400.0

PRIORITIES = {
    LinkKind.FRONT_PAGE: 0,
    LinkKind.FEED: 2,
    LinkKind.SITEMAP: 4,
    LinkKind.REST: 4,
    LinkKind.ARTICLE: 20,  # less its score, see `priority`
    LinkKind.SECTION: 30,
    LinkKind.PAGINATION: 40,
    LinkKind.AUTHOR: 45,
    LinkKind.TAG: 45,
    LinkKind.DATE_ARCHIVE: 45,
    LinkKind.OTHER: 60,
}
"""Documents that name many articles, then articles, then the long tail of listings: no trap can starve articles."""

ALWAYS = frozenset({LinkKind.FRONT_PAGE, LinkKind.SITEMAP})
"""Listings that every run asks for, by conditional request."""
FIRST_HAND = frozenset({LinkKind.FEED, LinkKind.REST})
"""So are these where the front page, robots.txt or the operator names them; feeds of every tag, and the later pages of
a platform's list, change less."""
FIRST_SOURCES = frozenset({"seed", "well_known", "robots"})

ARTICLE_AGES = (
    (2 * DAY, 6 * HOUR),
    (7 * DAY, 1 * DAY),
    (30 * DAY, 7 * DAY),
    (365 * DAY, 60 * DAY),
)
"""Age since the last change → pause until the next visit. Corrections are made within days; what is older than a year
comes again only when a feed or sitemap says that it changed."""

LISTING_FIRST, LISTING_LAST = 1 * DAY, 32 * DAY
"""Sections, archives and pagination: a day, doubled with each visit that found them unchanged."""
OWN_LISTS = frozenset({LinkKind.SECTION, LinkKind.ARTICLE})
"""Kinds of lists that are asked for every day where the front page names them, for it may name articles through them
alone: the front page of a magazine is often a page beside its journal. A list may be taken for an article at first."""


@dataclass(frozen=True, slots=True)
class RetryPolicy:
    """How failed requests are tried again."""

    base: float = 5.0
    """Seconds before the first retry; doubled with each."""
    longest: float = 15 * MINUTE
    """The most seconds that a back-off reaches."""
    attempts: int = 6
    """Tries in one run."""
    retry_after_cap: float = 24 * HOUR
    """A longer Retry-After is cut to this."""


def priority(kind: str, score: float) -> int:
    """The place in the queue, 0 first."""
    place = PRIORITIES.get(LinkKind(kind), 60)
    return place - round(10 * min(1.0, max(0.0, score))) if kind == LinkKind.ARTICLE else place


def next_article_visit(*, now: float, changed: float) -> float | None:
    """Unix time of the next visit of an article that last changed at `changed`; None: never by itself."""
    age = max(0.0, now - changed)
    return next((now + pause for limit, pause in ARTICLE_AGES if age < limit), None)


def longest_pause(kind: str, links: Iterable[Link]) -> float:
    """The most seconds between two visits of a listing that these sources named; 0 where every run asks for it."""
    shallow = [link for link in links if link.source in FIRST_SOURCES or (link.found_on or "").count("/") == len("///")]
    if kind in ALWAYS or (kind in FIRST_HAND and shallow):
        return 0.0
    on_front_page = any(link.source == "listing" and (link.found_on or "").endswith("/") for link in shallow)
    return LISTING_FIRST if kind in OWN_LISTS and on_front_page else LISTING_LAST


def next_listing_visit(*, longest: float, now: float, stable: int) -> float:
    """Unix time of the next visit of a listing that was unchanged for the last `stable` visits."""
    return now + min(longest, LISTING_FIRST * 2.0 ** min(stable, 5))


def retry_time(attempts: int, *, now: float, jitter: float, policy: RetryPolicy) -> float:
    """Unix time of the next try after `attempts` failures. `jitter` (0 to 1) spreads it over the upper half."""
    pause = min(policy.longest, policy.base * 2.0 ** min(max(0, attempts - 1), 30))
    return now + pause * (0.5 + jitter / 2)


def parse_retry_after(value: str | None, *, now: float, cap: float) -> float | None:
    """Unix time that a Retry-After header names (RFC 9110, 10.2.3), at most `cap` seconds ahead; None for nonsense."""
    if value is None:
        return None
    text = value.strip()
    if text.isascii() and text.isdigit():
        return now + min(float(text[:12]), cap)
    try:
        date = parsedate_to_datetime(text)
    except ValueError:
        return None
    moment = (date if date.tzinfo else date.replace(tzinfo=UTC)).timestamp()
    return min(max(moment, now), now + cap)


def unix(iso: str | None) -> float | None:
    """Unix time of an ISO 8601 date or time (UTC where no offset is given), or None."""
    if not iso:
        return None
    try:
        moment = datetime.fromisoformat(iso)
    except ValueError:
        return None
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
