"""Further pages of a list that come as JSON, for "load more" buttons: objects with addresses, or HTML in strings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import orjson

from crawler.discovery.article_paths import article_score
from crawler.discovery.dates import iso_date
from crawler.discovery.found import Found, Window, failure, unique
from crawler.discovery.link_kinds import kind_of_path
from crawler.discovery.listings import MAX_LINKS, read_listing
from crawler.discovery.paging import next_by_number, page_number
from crawler.page import Link, LinkKind, Page
from crawler.urls import clean, identity, is_same_site

ADDRESSES = ("url", "link", "href", "permalink", "canonical_url", "path", "uri", "web_url", "webUrl")
"""Members that hold the address of an entry, in this order."""
TITLES = ("title", "headline", "name", "heading")
DATES = ("published_at", "publishedAt", "datePublished", "date_published", "published", "date", "pubDate",
         "publishDate", "publicationDate", "firstPublishedAt", "createdAt", "created_at")  # fmt: skip
FOLLOWING = ("next", "next_url", "nextUrl", "next_page", "nextPage", "next_page_url", "nextPageUrl", "next_link")
"""Members that hold the address of the next page; one that is null or false says that there is none."""
PARAMETERS = ("page", "paged", "pg", "p")
MAX_VALUES = 50_000
"""Values of a document that are looked at."""
WORTH = 0.5
"""Score of an entry with a title: an address that a list gives is an article's sooner than one beside it."""


def is_json(page: Page) -> bool:
    """Whether a document is JSON by what it begins with; servers send it as HTML too."""
    return page.body[:64].lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"[")


def read_json_list(page: Page, *, window: Window | None = None, subdomains: bool = False) -> Found:
    """The entries that have an address and a title, links of HTML within strings, and the next page.

    Where nothing names the next page and this one has entries, its number counts up; `not_a_list` on what is no JSON.
    """
    try:
        document = orjson.loads(page.body.removeprefix(b"\xef\xbb\xbf"))
    except orjson.JSONDecodeError:
        return failure("not_a_list", "no JSON")
    bounds = window or Window()
    links: list[Link] = []
    following: list[str | None] = []
    for value in values_of(document):
        if isinstance(value, dict):
            following += following_of(value, page)
            links += entries_of(value, page)
        elif "<a " in value:
            inner = Page(value.encode("utf-8", "replace"), page.url, {"Content-Type": "text/html; charset=utf-8"})
            links += read_listing(inner, subdomains=subdomains, window=bounds).links
    own = [link for link in links if is_same_site(link.url, page.url, subdomains=subdomains)]
    wanted = [link for link in own if bounds.admits(link.date)]
    return Found(unique([*_next(page, following, has_entries=bool(own)), *wanted])[:MAX_LINKS])


def values_of(document: Any) -> Iterator[dict[str, Any] | str]:
    """The objects and texts of a document, in its order."""
    waiting, seen = [document], 0
    while waiting and seen < MAX_VALUES:
        value, seen = waiting.pop(), seen + 1
        if isinstance(value, dict | str):
            yield value
        if isinstance(value, dict | list):
            waiting += reversed(list(value.values()) if isinstance(value, dict) else value)


def entries_of(value: Mapping[str, Any], page: Page) -> Iterator[Link]:
    """The link of an object that has an address and a title."""
    address, title = _text(value, ADDRESSES), _text(value, TITLES)
    url = clean(address, page.url) if address and title else None
    if url:
        kind = kind_of_path(url) or LinkKind.ARTICLE
        score = max(WORTH, article_score(url))
        date = iso_date(_text(value, DATES) or "")
        yield Link(url, "listing", found_on=page.url, kind=kind, title=title, date=date, score=score)


def _text(value: Mapping[str, Any], names: tuple[str, ...]) -> str | None:
    texts = (value.get(name) for name in names)
    return next((" ".join(text.split()) for text in texts if isinstance(text, str) and text.strip()), None)


def following_of(value: Mapping[str, Any], page: Page) -> Iterator[str | None]:
    """The addresses of the list's next page that an object holds; None where it says that there is none."""
    for name in FOLLOWING:
        target = value.get(name, ...)
        if target is None or target is False or target == "":
            yield None
        elif isinstance(target, str) and (url := clean(target, page.url)) and _is_further(url, page.url):
            yield url


def _is_further(url: str, own: str) -> bool:
    here, there = page_number(own), page_number(url)
    return there is not None and identity(there[0]) == identity(here[0] if here else own) and there != here


def _next(page: Page, named: list[str | None], *, has_entries: bool) -> Iterator[Link]:
    url = next(filter(None, named), None)
    if not named and has_entries and page_number(page.url):
        parameter = next((name for name in PARAMETERS if f"?{name}=" in page.url or f"&{name}=" in page.url), None)
        url = next_by_number(page.url, parameter) if parameter else None
    if url:
        yield Link(url, "pagination", found_on=page.url, kind=LinkKind.PAGINATION, score=0.5)
