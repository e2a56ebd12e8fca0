"""Squarespace: every collection answers `?format=rss` and `?format=json`; the JSON names the next page."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

from crawler.discovery.found import Found, Window, failure, unique
from crawler.discovery.platforms.answers import parse_json, plain, records_of, text_at
from crawler.discovery.platforms.platform import Platform
from crawler.page import Link, LinkKind, Page
from crawler.urls import clean, normalise

LIST_MARKS = ("BlogList", "blog-list", "collection-type-blog", "type-blog")
"""Classes by which a page shows that it is a collection of posts."""


def lists(page: Page, window: Window) -> tuple[Link, ...]:
    """The JSON form of the page itself, where it is a collection of posts."""
    del window
    url = normalise("?format=json", page.url)
    if url is None or not any(mark in page.text for mark in LIST_MARKS):
        return ()
    return (Link(url, "rest", found_on=page.url, kind=LinkKind.REST, score=0.9),)


def read(page: Page, window: Window) -> Found:
    """The posts of one page of a collection, and the next page."""
    answer = parse_json(page.body)
    items = records_of(answer.get("items")) if isinstance(answer, dict) else []
    if not items:
        return failure("not_a_list", "JSON without items")
    links = [link for item in items if (link := _link(item, page.url)) is not None]
    wanted = [link for link in links if window.admits(link.date)]
    return Found(unique([*wanted, *_next_page(answer, page.url)]))


def _link(item: dict[str, Any], url: str) -> Link | None:
    address = clean(text_at(item, "fullUrl"), url) if text_at(item, "fullUrl") else None
    if address is None:
        return None
    author = text_at(item, "author", "displayName")
    return Link(
        url=address,
        source="rest",
        found_on=url,
        title=plain(text_at(item, "title")),
        date=_moment(item.get("publishOn")),
        date_modified=_moment(item.get("updatedOn")),
        authors=(author,) if author else (),
        score=0.9,
    )


def _moment(milliseconds: Any) -> str | None:
    """Milliseconds since 1970 as ISO 8601, UTC."""
    if not isinstance(milliseconds, int) or not 0 < milliseconds < 32_503_680_000_000:
        return None
    return datetime.fromtimestamp(milliseconds // 1000, UTC).isoformat()


def _next_page(answer: dict[str, Any], url: str) -> list[Link]:
    following = text_at(answer, "pagination", "nextPageUrl")
    address = normalise(following, url) if following else None
    if address is None:
        return []
    address += "" if "format=json" in address else ("&" if "?" in address else "?") + "format=json"
    return [Link(address, "rest", found_on=url, kind=LinkKind.REST, score=0.9)]


PLATFORM = Platform(
    name="squarespace",
    generator=re.compile("Squarespace", re.IGNORECASE),
    marks=("<!-- This is Squarespace. -->",),
    lists=lists,
    list_path=re.compile(r"[?&]format=json(?:&|$)"),
    read=read,
)
