"""JSON Feed (jsonfeed.org, versions 1 and 1.1) to links."""

from __future__ import annotations

from typing import Any

import orjson

from crawler.discovery.dates import iso_date
from crawler.discovery.found import Found, Window, failure, unique
from crawler.discovery.link_kinds import kind_of_entry
from crawler.page import Link, LinkKind
from crawler.urls import clean

MAX_ENTRIES = 10_000


def read_json_feed(body: bytes, url: str, *, window: Window | None = None) -> Found:
    """The items as links of kind `article`, `next_url` as one of kind `feed`; `not_a_feed` where it is none."""
    try:
        feed = orjson.loads(body.removeprefix(b"\xef\xbb\xbf"))
    except orjson.JSONDecodeError:
        return failure("not_a_feed", "neither XML nor JSON")
    items = feed.get("items") if isinstance(feed, dict) else None
    if not isinstance(items, list) or "jsonfeed.org" not in str(feed.get("version")):
        return failure("not_a_feed", "JSON without the members of a feed")
    bounds = window or Window()
    links = [link for item in items[:MAX_ENTRIES] if (link := _link(item, url)) is not None]
    wanted = [link for link in links if bounds.admits(link.date or link.date_modified)]
    following = clean(_text(feed.get("next_url")), url) if feed.get("next_url") else None
    if following and wanted and following != url:
        wanted.append(Link(following, "feed", found_on=url, kind=LinkKind.FEED, score=0.0))
    return Found(unique(wanted))


def _text(value: Any) -> str:
    return " ".join(value.split()) if isinstance(value, str) else ""


def _link(item: Any, url: str) -> Link | None:
    if not isinstance(item, dict):
        return None
    named = (_text(item.get(name)) for name in ("url", "external_url"))
    identifier = _text(item.get("id"))
    address = next((text for text in named if text), identifier if identifier.startswith("http") else "")
    target = clean(address, url) if address else None
    if target is None:
        return None
    return Link(
        url=target,
        source="feed",
        found_on=url,
        title=_text(item.get("title")) or None,
        date=iso_date(_text(item.get("date_published"))),
        date_modified=iso_date(_text(item.get("date_modified"))),
        authors=_authors(item),
        kind=kind_of_entry(target),
        score=0.9,
    )


def _authors(item: dict[str, Any]) -> tuple[str, ...]:
    listed = item.get("authors")
    people = listed if isinstance(listed, list) else [item.get("author")]
    names = (_text(person.get("name")) for person in people if isinstance(person, dict))
    return tuple(dict.fromkeys(name for name in names if name))
