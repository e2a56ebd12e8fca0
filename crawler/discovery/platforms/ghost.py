"""Ghost: the sitemap of posts and the paged feed, both public without a key (ghost.org/docs/faq/using-rss-feeds/)."""

from __future__ import annotations

import re

from crawler.discovery.found import Window
from crawler.discovery.platforms.platform import Platform
from crawler.page import Link, LinkKind, Page
from crawler.urls import normalise

LISTS = (("sitemap-posts.xml", LinkKind.SITEMAP), ("rss/", LinkKind.FEED))


def lists(page: Page, window: Window) -> tuple[Link, ...]:
    """The sitemap of posts, then the feed of the newest."""
    del window  # neither list takes bounds in time
    addresses = ((normalise(f"/{path}", page.url), kind) for path, kind in LISTS)
    return tuple(
        Link(url, str(kind), found_on=page.url, kind=kind, score=0.9) for url, kind in addresses if url is not None
    )


PLATFORM = Platform(name="ghost", generator=re.compile(r"Ghost\b"), marks=(), lists=lists)
