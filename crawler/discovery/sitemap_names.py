"""What the name of a sitemap tells: which pages it lists, and from which time."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date

from crawler.page import LinkKind


@dataclass(frozen=True, slots=True)
class SitemapName:
    """A row: what the entries of a sitemap with such a name lead to."""

    pattern: re.Pattern[str]
    """Searched in path and query, lower case."""
    kind: LinkKind
    evidence: str


NAMES = (
    SitemapName(re.compile(r"wp-sitemap-taxonomies-post_tag|post_tag-sitemap|sitemap-(?:post_)?tags?\b|/tags?[-_]sitemap"),
                LinkKind.TAG, "WordPress core; Yoast, Rank Math; AIOSEO, Ghost"),
    SitemapName(re.compile(r"wp-sitemap-taxonomies-|category-sitemap|sitemap-(?:categor(?:y|ies)|sections?|topics?)\b"
                           r"|/(?:categor(?:y|ies)|sections?|topics?)[-_]sitemap|addl-sitemap"),
                LinkKind.SECTION, "WordPress core; Yoast, Rank Math, The SEO Framework; Ghost"),
    SitemapName(re.compile(r"wp-sitemap-users|author-sitemap|sitemap-(?:authors?|users)\b|/authors?[-_]sitemap"),
                LinkKind.AUTHOR, "WordPress core; Yoast, Rank Math; Ghost"),
    SitemapName(re.compile(r"wp-sitemap-posts-page-|(?:^|/)page-sitemap\d*\.xml"),
                LinkKind.OTHER, "plain pages: WordPress core; Yoast, Rank Math"),
)  # fmt: skip
"""First match wins; no match means articles."""

_MONTH = re.compile(r"(?<!\d)((?:19|20)\d\d)[-_/]?(0[1-9]|1[0-2])(?:[-_/]?(0[1-9]|[12]\d|3[01]))?(?!\d)")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_QUERY_YEAR = re.compile(r"[?&](?:yyyy|year|y)=((?:19|20)\d\d)")
_QUERY_MONTH = re.compile(r"[?&](?:mm|month|m)=(0?[1-9]|1[0-2])(?!\d)")


def links_of_sitemap(url: str) -> LinkKind:
    """What the entries of a sitemap lead to, as far as its name tells."""
    path = "/" + url.partition("://")[2].partition("/")[2].lower()
    return next((row.kind for row in NAMES if row.pattern.search(path)), LinkKind.ARTICLE)


def names_pages(url: str) -> bool:
    """Whether a sitemap's name says that it lists plain pages, or would say so with one of posts beside it."""
    return links_of_sitemap(url) == LinkKind.OTHER or bool(post_sitemaps_beside(url))


POSTS_BESIDE = (
    (re.compile(r"wp-sitemap-posts-page-\d+"), ("wp-sitemap-posts-post-1",)),
    (re.compile(r"(?<=/)page-sitemap\d*"), ("post-sitemap", "post-sitemap1")),
    (re.compile(r"(?<=/)sitemap-pages(?=\.xml)"), ("sitemap-posts",)),
)
"""Name of a sitemap of pages (WordPress core; Yoast, Rank Math; Ghost, whose name others give to a list of all) →
what the first one of posts is called beside it."""


def post_sitemaps_beside(url: str) -> tuple[str, ...]:
    """Addresses at which a site whose pages are listed at `url` lists its posts, where it does."""
    return tuple(
        pattern.sub(name, url, count=1) for pattern, names in POSTS_BESIDE if pattern.search(url) for name in names
    )


def span_of_sitemap(url: str) -> tuple[date, date] | None:
    """First and last day that a sitemap's name speaks of (`sitemap-2019-05.xml`, `?yyyy=2019&mm=05`), or None."""
    path = "/" + url.partition("://")[2].partition("/")[2].lower()
    if year := _QUERY_YEAR.search(path):
        month = _QUERY_MONTH.search(path)
        return span(int(year[1]), int(month[1]) if month else None)
    if match := _MONTH.search(path):
        return span(int(match[1]), int(match[2]), int(match[3]) if match[3] else None)
    if match := _YEAR.search(path):
        return span(int(match[1]))
    return None


def span(year: int, month: int | None = None, day: int | None = None) -> tuple[date, date] | None:
    """First and last day of a year, month or day; None where the calendar has no such day."""
    try:
        if month is None:
            return date(year, 1, 1), date(year, 12, 31)
        if day is None:
            return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
        return date(year, month, day), date(year, month, day)
    except ValueError:
        return None
