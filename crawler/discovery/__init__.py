"""Bytes to links: sitemaps, feeds, platforms' own lists, HTML pages, robots.txt. Pure: no Scrapy and no I/O."""

from __future__ import annotations

from crawler.discovery.feeds import read_feed
from crawler.discovery.found import Found, Problem, Window
from crawler.discovery.listings import read_listing
from crawler.discovery.sitemaps import read_sitemap
from crawler.page import LinkKind, Page

__all__ = ["Found", "Problem", "Window", "read"]


def read(page: Page, *, kind: str, window: Window | None = None) -> Found:
    """The links of one fetched document, read as what it was queued for (a value of `LinkKind`)."""
    if kind == LinkKind.SITEMAP:
        return read_sitemap(page.body, page.url, window=window)
    if kind == LinkKind.FEED:
        return read_feed(page.body, page.url, window=window)
    return read_listing(page)
