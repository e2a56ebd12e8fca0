"""WordPress: the REST list of posts (`/wp-json/wp/v2/posts`), which gives every post with time and offset.

Source: developer.wordpress.org/rest-api/reference/posts/ (parameters `per_page` ≤ 100, `page`, `after`, `before`,
`_fields`; headers `X-WP-Total`, `X-WP-TotalPages`) and …/rest-api/using-the-rest-api/discovery/.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta, timezone
from typing import Any
from urllib.parse import urlencode

from crawler.discovery.article_paths import article_score
from crawler.discovery.found import Found, Problem, Window, failure, unique
from crawler.discovery.page_heads import related
from crawler.discovery.paging import next_by_number
from crawler.discovery.platforms.answers import parse_json, plain, records_of, text_at
from crawler.discovery.platforms.platform import Platform
from crawler.page import Link, LinkKind, Page
from crawler.urls import clean, normalise

API_RELATION = "https://api.w.org/"
PER_PAGE = 100
FIELDS = "id,date,date_gmt,modified,modified_gmt,link,title,type,status"
QUARTER = 15
"""Offsets of time zones are whole quarters of an hour."""


def lists(page: Page, window: Window) -> tuple[Link, ...]:
    """The first page of the REST list, from the root that the page names in its head or its `Link` header."""
    root = related(page, API_RELATION)
    url = posts_url(root, window) if root else None
    return (Link(url, "rest", found_on=page.url, kind=LinkKind.REST, score=0.9),) if url else ()


def posts_url(root: str, window: Window) -> str | None:
    """The address of the newest posts within a window, below the REST root (`/wp-json/` or `/?rest_route=/`)."""
    query = {"per_page": str(PER_PAGE), "page": "1", "orderby": "date", "order": "desc", "_fields": FIELDS}
    if window.since is not None:
        query["after"] = f"{_day(window.since) - timedelta(days=1)}T00:00:00"
    if window.until is not None:
        query["before"] = f"{_day(window.until) + timedelta(days=2)}T00:00:00"
    route = f"{root.rstrip('/')}/wp/v2/posts"
    return normalise(f"{route}{'&' if '?' in route else '?'}{urlencode(query, safe=',')}")


def _day(value: date) -> date:
    return value.date() if isinstance(value, datetime) else value


def read(page: Page, window: Window) -> Found:
    """The posts of one page of the list, and the next page as a link of kind `rest`."""
    answer = parse_json(page.body)
    if isinstance(answer, dict) and answer.get("code") == "rest_post_invalid_page_number":
        return Found()
    if not isinstance(answer, list):
        return failure("not_a_list", text_at(answer, "code") or "no JSON list")
    links = [link for post in records_of(answer) if (link := _link(post, page.url)) is not None]
    wanted = [link for link in links if window.admits(link.date)]
    lost = len(answer) - len(links)
    problems = (Problem("bad_url", f"{lost} posts without a usable link"),) if lost else ()
    return Found(unique([*wanted, *_next_page(page, bool(answer))]), problems, _number(page.header("x-wp-total")))


def _link(post: dict[str, Any], url: str) -> Link | None:
    address = clean(text_at(post, "link"), url) if text_at(post, "link") else None
    if address is None or text_at(post, "status") not in {"", "publish"}:
        return None
    return Link(
        url=address,
        source="rest",
        found_on=url,
        title=plain(text_at(post, "title", "rendered")),
        date=with_offset(text_at(post, "date"), text_at(post, "date_gmt")),
        date_modified=with_offset(text_at(post, "modified"), text_at(post, "modified_gmt")),
        score=max(article_score(address), 0.9),
    )


def with_offset(local: str, utc: str) -> str | None:
    """A site's local time with the offset that its UTC time shows; without an offset where there is no UTC time."""
    try:
        here = datetime.fromisoformat(local).replace(tzinfo=None)
    except ValueError:
        return None
    try:
        minutes = (here - datetime.fromisoformat(utc).replace(tzinfo=None)).total_seconds() / 60
    except ValueError:
        return here.isoformat()
    offset = round(minutes / QUARTER) * QUARTER
    if abs(offset) > 14 * 60:
        return here.isoformat()
    return here.replace(tzinfo=timezone(timedelta(minutes=offset))).isoformat()


def _next_page(page: Page, has_posts: bool) -> tuple[Link, ...]:
    total = _number(page.header("x-wp-totalpages"))
    match = re.search(r"[?&]page=(\d+)", page.url)
    number = int(match[1]) if match else 1
    following = next_by_number(page.url, "page") if has_posts and (total is None or number < total) else None
    return (Link(following, "rest", found_on=page.url, kind=LinkKind.REST, score=0.9),) if following else ()


def _number(text: str | None) -> int | None:
    return int(text) if text and text.strip().isdecimal() and len(text) < 12 else None


PLATFORM = Platform(
    name="wordpress",
    generator=re.compile(r"WordPress\b", re.IGNORECASE),
    marks=("/wp-content/themes/", "https://api.w.org/"),
    lists=lists,
    list_path=re.compile(r"/wp/v2/\w+"),
    read=read,
    paged_feed="paged",
)
