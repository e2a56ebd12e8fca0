"""Blogger: the Atom feed of all posts, which pages itself and takes bounds in time.

Source: developers.google.com/blogger/docs/2.0/developers_guide_protocol, "Retrieving posts using query parameters".
"""

from __future__ import annotations

import re
from datetime import timedelta
from urllib.parse import urlencode

from crawler.discovery.found import Window
from crawler.discovery.platforms.platform import Platform
from crawler.page import Link, LinkKind, Page
from crawler.urls import normalise

MAX_RESULTS = 150
"""Posts in one answer; the server gives no more, whatever is asked for."""


def lists(page: Page, window: Window) -> tuple[Link, ...]:
    """The feed of all posts, newest first; its further pages are named by the feed itself."""
    query = {"max-results": str(MAX_RESULTS), "orderby": "published"}
    if window.since is not None:
        query["published-min"] = f"{window.since - timedelta(days=1):%Y-%m-%d}T00:00:00Z"
    if window.until is not None:
        query["published-max"] = f"{window.until + timedelta(days=2):%Y-%m-%d}T00:00:00Z"
    url = normalise(f"/feeds/posts/default?{urlencode(query, safe=':')}", page.url)
    return (Link(url, "feed", found_on=page.url, kind=LinkKind.FEED, score=0.9),) if url else ()


PLATFORM = Platform(name="blogger", generator=re.compile("blogger", re.IGNORECASE), marks=(), lists=lists)
