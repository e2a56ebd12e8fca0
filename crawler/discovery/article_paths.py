"""What the shape of an address tells: how much it looks like an article's, and which day it names."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from urllib.parse import unquote

from crawler.discovery.sitemap_names import span

_DATED = re.compile(r"/((?:19|20)\d\d)/(?:(0?[1-9]|1[0-2])(?:/(0?[1-9]|[12]\d|3[01]))?(?=/|$))?")
_COMPACT = re.compile(r"/((?:19|20)\d\d)-?(0[1-9]|1[0-2])-?(0[1-9]|[12]\d|3[01])(?=[/-])")
_LONG_ID = re.compile(r"(?<![a-z0-9])(?:[a-z]{0,3}-?\d{5,}|[0-9a-f]{8,})(?![a-z0-9])")
_FILE = re.compile(r"\.(?:html?|php|aspx?|shtml|ece|jhtml|cms|story|article)$", re.IGNORECASE)


def path_of(url: str) -> str:
    """The path of a normalised URL, from its first slash."""
    return "/" + url.partition("://")[2].partition("?")[0].partition("/")[2]


def segments_of(url: str) -> list[str]:
    """The path's segments, empty ones left out, percent-encoding resolved, lower case."""
    return [unquote(segment).lower() for segment in path_of(url).split("/") if segment]


@lru_cache(maxsize=8192)
def date_span(url: str) -> tuple[date, date] | None:
    """First and last day of the date in an address (`/2024/05/12/slug`, `/2024-05-12-slug`), or None."""
    path = path_of(url)
    if match := _COMPACT.search(path):
        return span(int(match[1]), int(match[2]), int(match[3]))
    if match := _DATED.search(path):
        year, month, day = (int(part) if part else None for part in match.groups())
        return span(year or 0, month, day)
    return None


@lru_cache(maxsize=8192)
def article_score(url: str) -> float:
    """How much an address looks like an article's, 0 to 1.

    Long slugs, dates and long numbers speak for it; the root, short single words and bare numbers against it.
    """
    segments = segments_of(url)
    if not segments:
        return 0.0
    last = _FILE.sub("", segments[-1])
    words = [word for word in re.split(r"[-_]", last) if word]
    score = 0.2 + min(len(words), 5) * 0.1
    score += 0.2 if date_span(url) else 0.0
    score += 0.15 if _LONG_ID.search(last) else 0.0
    score += 0.15 if len(last) > 20 and len(words) == 1 else 0.0
    return min(round(score, 2), 1.0)
