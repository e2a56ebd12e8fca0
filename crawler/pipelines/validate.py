"""Second pipeline: what is no article goes, and what cannot be true is left out. Every case is counted."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Self

from scrapy.exceptions import DropItem

from crawler.items import Article

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.statscollectors import StatsCollector

SLACK = timedelta(days=1)
"""A date without offset may lie this far ahead of UTC (the zones reach to +14:00), and so may a day."""


class Validate:
    """Drops what is no article, and removes values that contradict the rest."""

    def __init__(self, stats: StatsCollector | None = None) -> None:
        self._stats = stats

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """The validation that counts in the crawl's stats."""
        return cls(crawler.stats)

    def process_item(self, item: Article) -> Article:
        """The article, all of it plausible. Raises DropItem with one of few reasons, which the report counts."""
        if item.page_type == "gone":
            return item
        reason = rejection(item)
        if reason:
            raise DropItem(reason, log_level="INFO")
        valid, removed = without_implausible(item)
        for name in removed:
            if self._stats:
                self._stats.inc_value(f"validate/removed/{name}")
        return valid


def rejection(article: Article) -> str | None:
    """Why an item must not be written, or None."""
    if article.page_type != "article":
        return f"not an article: {article.page_type}"
    missing = next((name for name in ("title", "body") if not getattr(article, name)), None)
    return f"no {missing}" if missing else None


def without_implausible(article: Article) -> tuple[Article, tuple[str, ...]]:
    """The article without values that cannot be true, and the names of the fields that lost one.

    A date that is no date, lies after the fetch, or says "modified" before "published"; an address that is not http(s).
    """
    found = {**_dates(article), **_addresses(article)}
    changed = {name: value for name, value in found.items() if value != getattr(article, name)}
    if not changed:
        return article, ()
    removed = tuple(name for name in changed if name != "date_precision")
    evidence = {name: where for name, where in article.evidence.items() if changed.get(name, where)}
    return replace(article, **changed, evidence=evidence), removed


def _dates(article: Article) -> dict[str, Any]:
    latest = _day(article.fetched_at)
    published = article.date if _is_between(article.date, None, latest) else None
    modified = article.date_modified if _is_between(article.date_modified, published, latest) else None
    precision = article.date_precision if published else None
    return {"date": published, "date_precision": precision, "date_modified": modified}


def _is_between(date: str | None, earliest: str | None, latest: datetime | None) -> bool:
    moment, first = _day(date), _day(earliest)
    if moment is None or (first and moment < first - SLACK):
        return False
    return latest is None or moment <= latest + SLACK


def _day(iso: str | None) -> datetime | None:
    """Midnight of the date's day, without offset; None where it is no ISO 8601 date. `2024` and `2024-05` are dates."""
    text = (iso or "")[:10]
    try:
        return datetime.fromisoformat(text + "-01-01"[len(text) - 4 :] if len(text) in {4, 7} else text)
    except ValueError:
        return None


def _addresses(article: Article) -> dict[str, Any]:
    return {
        "canonical_url": article.canonical_url if _is_web(article.canonical_url) else None,
        "authors": [
            replace(
                author,
                url=author.url if _is_web(author.url) else None,
                avatar=author.avatar if _is_web(author.avatar) else None,
            )
            for author in article.authors
        ],
        "latest_posts": [post for post in article.latest_posts if _is_web(post.url)],
        "images": [image for image in article.images if _is_web(image.url)],
    }


def _is_web(url: str | None) -> bool:
    return (url or "").lower().startswith(("http://", "https://"))
