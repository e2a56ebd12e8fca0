"""Addresses that a server makes without end: how to recognise them, and the pattern under which they are counted.

A reason given here bounds what is fetched, it forbids nothing: `TRAP_BUDGET` pages of a trap are read in a run.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from crawler.discovery.article_paths import path_of, segments_of
from crawler.discovery.path_words import path_words
from crawler.page import LinkKind

TRAP_BUDGET = 50
"""Pages that one trap may cost a run."""
MAX_DEPTH = 12
"""Path segments; publications' own addresses stay below 10."""
MAX_REPEATS = 2
"""How often one path segment may occur (`/2011/11/11/` is a day)."""
MAX_PARAMETERS = 7
"""Query parameters; an article of Joomla without short addresses has six."""
MAX_URL = 1500
"""Characters; a percent-encoded headline in a script of three octets reaches about 900."""


@dataclass(frozen=True, slots=True)
class TrapParameter:
    """A row: a query parameter that multiplies pages."""

    name: re.Pattern[str]
    """The whole name, lower case."""
    value: re.Pattern[str]
    """Searched in the value."""
    reason: str
    evidence: str


def _row(name: str, reason: str, evidence: str, value: str = "") -> TrapParameter:
    return TrapParameter(re.compile(name), re.compile(value, re.IGNORECASE), reason, evidence)


PARAMETERS = (
    _row(r"tribe-bar-date|tribe_event_display|eventdisplay|outlook-ical|ical", "calendar", "The Events Calendar"),
    _row(r"ai1ec|mec_\w+|em_\w+", "calendar", "All-in-One Event Calendar, Modern Events Calendar, Events Manager"),
    _row(r"(?:cal|calendar|start|end)?_?(?:date|month|day|week)", "calendar", "calendars", r"^\d{1,4}(-\d\d?){0,2}$"),
    _row(r"f(?:%5b|\[)\d+(?:%5d|\])|facets?|refinements?", "facets", "Drupal Facets; shops"),
    _row(r"filters?|filter(?:_|%5b|\[).*", "facets", "shops"),
    _row(r"(?:sort|order)(?:_?by|_?dir(?:ection)?)?|product_orderby", "facets", "sortable lists"),
    _row(r"(?:min|max)_(?:price|date)|colou?r|size|per_?page|limit|items_per_page", "facets", "shops; Drupal Views"),
    _row(r"s|q|query|search|keywords?|search_?(?:word|term|query|text)", "search", "search forms", r"^[^/]+$"),
    _row(r".*(?:sess|token|ticket|nonce|csrf).*|sid", "session_id", "a random value by name", r"^[\w-]{16,}$"),
    _row(r"(?:redirect|return|next|dest(?:ination)?|goto|continue|backurl)(?:_?(?:to|url|uri))?", "return_address",
         "links to log in and to share", r"^(?:/|%2f|https?)"),
    _row(r"u|ur[li]|href|link|permalink|share_?url", "return_address", "links to share, to print, to send",
         r"^https?(?::|%3a)"),
    _row(r"add-to-cart|add_to_wishlist|remove_item", "action", "WooCommerce"),
    _row(r"action|do|task", "action", "wikis, forums, Joomla",
         r"^(?:add|edit|delete|login|register|email|print|reply|report|vote|compose|history|diff)$"),
)  # fmt: skip
"""First match wins."""

_CALENDAR_SCRIPT = re.compile(r"/(?:calend[ae]r|kalender|calendario|calendrier|agenda)(?:\.\w{2,5})?/?$", re.IGNORECASE)
_CALENDAR_PARAMETER = re.compile(r"(?:^|&)(?:y|yr|year|m|mm|mon|month|monat|jahr|d|day|date|tag)=\d", re.IGNORECASE)
"""Scripts named after what they draw, asked for a day: `calendar.php?m=5&y=2024`."""
_CALENDAR_PATH = re.compile(
    r"/(?:events?|calendar|agenda|kalender|calendario|calendrier|veranstaltungen|termine|whats-on)/(?:[a-z_-]+/)*"
    r"(?:\d{4}-\d\d?(?:-\d\d?)?|\d{4}/\d\d?(?:/\d\d?)?|today|(?:list|month|week|day|map|photo)/?)/?$",
    re.IGNORECASE,
)
"""Days and months of event calendars, which go on for ever."""
_MACHINE_LIST = re.compile(
    r"/wp/v2/|rest_route=|/api/v\d|/feeds?(?:/|$)|sitemap|\.(?:xml|rss|atom|json)(?:$|\?)", re.IGNORECASE
)
"""Lists of platforms, feeds and sitemaps are sorted and cut by parameters without being traps."""
_NUMBER = re.compile(r"\d+")
_HASH = re.compile(r"(?<![a-z0-9])(?=[0-9a-f]*\d)[0-9a-f]{8,}(?![a-z0-9])")


@lru_cache(maxsize=8192)
def pattern_of(url: str) -> str:
    """The shape of an address: host and path with numbers as `9`, hashes as `h`, names of listings as `*`; and the
    names of its parameters.
    """
    rest = url.partition("://")[2]
    location, _, query = rest.partition("?")
    host, _, path = location.partition("/")
    folded = [_NUMBER.sub("9", _HASH.sub("h", segment.lower())) for segment in path.split("/") if segment]
    names = sorted({pair.partition("=")[0] for pair in query.split("&") if pair})
    shape = "/".join([host, *_listing_names_folded(folded)])
    return shape + ("?" + "&".join(names) if names else "")


def _listing_names_folded(segments: list[str]) -> list[str]:
    """`tag/x` → `tag/*`: the tags of a site are one pattern."""
    for position, segment in enumerate(segments[:-1]):
        row = path_words().get(segment)
        if row and row.place == "before" and row.kind != LinkKind.DATE_ARCHIVE and row.strength == "sure":
            return [*segments[: position + 1], "*", *segments[position + 2 :]]
    return segments


def trap_reason(url: str, *, today: date | None = None) -> str | None:
    """Why an address looks like one of a trap's, or None.

    `long_url`, `deep_path`, `repeating_path`, `calendar`, `facets`, `search`, `session_id`, `return_address`, `action`,
    `future_archive` (with `today`: archives of days that have not come).
    """
    if len(url) > MAX_URL:
        return "long_url"
    segments = segments_of(url)
    if len(segments) > MAX_DEPTH:
        return "deep_path"
    if _repeats(segments):
        return "repeating_path"
    if _is_calendar(url):
        return "calendar"
    return _reason_of_query(url) or _reason_of_year(segments, today)


def _is_calendar(url: str) -> bool:
    path, query = path_of(url), url.partition("?")[2]
    by_script = query and _CALENDAR_SCRIPT.search(path) and _CALENDAR_PARAMETER.search(query)
    return bool(by_script or _CALENDAR_PATH.search(path))


def is_variation(url: str, of: str) -> bool:
    """Whether an address is another with parameters added: filters that a page offers of itself name nothing new."""
    location, _, query = url.partition("?")
    own_location, _, own_query = of.partition("?")
    if not own_query or location != own_location or url == of:
        return False
    return set(own_query.split("&")) <= set(query.split("&"))


def _repeats(segments: list[str]) -> bool:
    """One segment more than twice, or two and more segments repeated at once (`/a/b/a/b`)."""
    if any(count > MAX_REPEATS for count in Counter(segments).values()):
        return True
    for length in range(2, len(segments) // 2 + 1):
        for start in range(len(segments) - 2 * length + 1):
            if segments[start : start + length] == segments[start + length : start + 2 * length]:
                return True
    return False


def _reason_of_query(url: str) -> str | None:
    query = url.partition("?")[2]
    if not query or _MACHINE_LIST.search(url):
        return None
    pairs = [pair.partition("=") for pair in query.split("&") if pair]
    if len(pairs) > MAX_PARAMETERS:
        return "facets"
    reasons = (row.reason for name, _, value in pairs for row in PARAMETERS if _matches(row, name, value))
    return next(reasons, None)


def _matches(row: TrapParameter, name: str, value: str) -> bool:
    return row.name.fullmatch(name.lower()) is not None and row.value.search(value) is not None


def _reason_of_year(segments: list[str], today: date | None) -> str | None:
    """An archive, nothing but numbers from the year on, of a year that is at least two years ahead."""
    numbers = [int(segment) for segment in segments if segment.isascii() and segment.isdecimal()]
    is_archive = bool(numbers) and segments[-1].isdecimal() and 1000 <= numbers[0] <= 9999
    return "future_archive" if is_archive and today is not None and numbers[0] > today.year + 1 else None
