"""Substack: the archive that its own pages load (`/api/v1/archive?sort=new&offset=&limit=`)."""

from __future__ import annotations

import re
from typing import Any

from crawler.discovery.dates import iso_date
from crawler.discovery.found import Found, Window, failure, unique
from crawler.discovery.paging import next_by_number
from crawler.discovery.platforms.answers import parse_json, plain, records_of, text_at
from crawler.discovery.platforms.platform import Platform
from crawler.page import Link, LinkKind, Page
from crawler.urls import clean, normalise

LIMIT = 50
"""Posts in one answer; the archive gives no more."""


def lists(page: Page, window: Window) -> tuple[Link, ...]:
    """The archive from the newest post on, which takes no bounds in time."""
    del window
    url = normalise(f"/api/v1/archive?sort=new&offset=0&limit={LIMIT}", page.url)
    return (Link(url, "rest", found_on=page.url, kind=LinkKind.REST, score=0.9),) if url else ()


def read(page: Page, window: Window) -> Found:
    """The posts of one answer; the next one as a link of kind `rest`, until an answer is empty or before the window."""
    answer = parse_json(page.body)
    if not isinstance(answer, list):
        return failure("not_a_list", "no JSON list")
    links = [link for post in records_of(answer) if (link := _link(post, page.url)) is not None]
    wanted = [link for link in links if window.admits(link.date)]
    may_go_on = bool(links) and (bool(wanted) or Window(since=window.since).admits(links[-1].date))
    following = next_by_number(page.url, "offset", step=len(answer), first=0) if may_go_on else None
    more = [Link(following, "rest", found_on=page.url, kind=LinkKind.REST, score=0.9)] if following else []
    return Found(unique([*wanted, *more]))


def _link(post: dict[str, Any], url: str) -> Link | None:
    address = clean(text_at(post, "canonical_url"), url) if text_at(post, "canonical_url") else None
    if address is None:
        return None
    names = (text_at(author, "name") for author in records_of(post.get("publishedBylines")))
    return Link(
        url=address,
        source="rest",
        found_on=url,
        title=plain(text_at(post, "title")),
        date=iso_date(text_at(post, "post_date")),
        authors=tuple(dict.fromkeys(name for name in names if name)),
        score=0.9,
    )


PLATFORM = Platform(
    name="substack",
    generator=None,
    marks=("https://substackcdn.com",),
    lists=lists,
    list_path=re.compile(r"^/api/v1/archive\?"),
    read=read,
)
