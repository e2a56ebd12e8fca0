"""What the head of an HTML page says of other addresses: feeds, the canonical address, the next page, the REST root."""

from __future__ import annotations

import re
from collections.abc import Iterator

from crawler.discovery.anchors import base_of
from crawler.page import Page
from crawler.urls import clean

FEED_TYPES = ("application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml")
"""Media types of feeds; `application/json` and `text/xml` name other things as well."""
_COMMENT_FEED = re.compile(
    r"/comments/(?:feed|default)|comments?[-_/]?(?:feed|rss)|[?&]feed=comments|/feeds/\d+/comments/", re.IGNORECASE
)
"""WordPress and Blogger name the feeds of comments beside those of posts."""
_LINK_HEADER = re.compile(r"<([^<>]*)>((?:\s*;\s*[\w!#$&+.^`|~*-]+\s*=\s*(?:\"[^\"]*\"|[^\s;,\"]+))*)")
"""RFC 8288, section 3."""
_REL = re.compile(r";\s*rel\s*=\s*(?:\"([^\"]*)\"|([^\s;,\"]+))", re.IGNORECASE)


def head_links(page: Page) -> Iterator[tuple[frozenset[str], str, str]]:
    """Relations (lower case), media type and clean URL of every `<link>` and `Link` header that resolves."""
    base = base_of(page)
    for element in page.root.iter("link"):
        url = clean(element.get("href") or "", base) if element.get("href") else None
        if url:
            media_type = (element.get("type") or "").partition(";")[0].strip().lower()
            yield frozenset((element.get("rel") or "").lower().split()), media_type, url
    for target, parameters in _LINK_HEADER.findall(page.header("link") or ""):
        relation = _REL.search(parameters)
        url = clean(target, page.url)
        if relation and url:
            yield frozenset((relation[1] or relation[2]).lower().split()), "", url


def feeds_of(page: Page) -> tuple[str, ...]:
    """The feeds that a page names as its alternates, those of comments left out."""
    found = [url for rel, kind, url in head_links(page) if "alternate" in rel and kind in FEED_TYPES]
    return tuple(dict.fromkeys(url for url in found if not _COMMENT_FEED.search(url)))


def related(page: Page, relation: str) -> str | None:
    """The first address that stands in a relation to the page (`next`, `canonical`, `https://api.w.org/`), or None."""
    return next((url for rel, _, url in head_links(page) if relation in rel), None)
