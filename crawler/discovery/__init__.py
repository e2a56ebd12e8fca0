"""Bytes to links: sitemaps, feeds, platforms' own lists, HTML pages, robots.txt. Pure: no Scrapy and no I/O."""

from __future__ import annotations

from dataclasses import replace

from crawler.discovery.common_feeds import common_feeds
from crawler.discovery.embedded_lists import embedded_links
from crawler.discovery.feeds import read_feed
from crawler.discovery.found import Found, Problem, Window, unique
from crawler.discovery.json_lists import is_json, read_json_list
from crawler.discovery.listings import read_listing
from crawler.discovery.platforms import platform_lists, read_platform_list
from crawler.discovery.sitemaps import read_sitemap
from crawler.page import Link, LinkKind, Page

__all__ = ["Found", "Problem", "Window", "read"]


def read(page: Page, *, kind: str, window: Window | None = None, subdomains: bool = False) -> Found:
    """The links of one fetched document, read as what it was queued for (a value of `LinkKind`).

    A front page gives besides its own links the lists of its platform, and the addresses to try for a feed where it
    names none. Addresses that are neither articles nor lists (kind `other`) are left out. What turns out to be
    something else gives no links and a problem. Never raises.
    """
    found = _read(page, kind, window or Window(), subdomains=subdomains)
    links = tuple(link for link in found.links if link.kind != LinkKind.OTHER)
    return replace(found, links=links)


def _read(page: Page, kind: str, bounds: Window, *, subdomains: bool) -> Found:
    if kind == LinkKind.SITEMAP:
        return read_sitemap(page.body, page.url, window=bounds)
    if kind == LinkKind.FEED:
        return read_feed(page.body, page.url, window=bounds)
    if kind == LinkKind.REST:
        return read_platform_list(page, bounds)
    if kind != LinkKind.ARTICLE and is_json(page):
        return read_json_list(page, window=bounds, subdomains=subdomains)
    found = read_listing(page, is_article=kind == LinkKind.ARTICLE, subdomains=subdomains, window=bounds)
    if kind != LinkKind.ARTICLE:
        embedded = embedded_links(page, window=bounds, subdomains=subdomains)
        found = replace(found, links=unique([*found.links, *embedded]))
    return _with_lists(page, found, bounds) if kind == LinkKind.FRONT_PAGE else found


def _with_lists(page: Page, found: Found, window: Window) -> Found:
    lists = platform_lists(page, window)
    has_feed = any(link.kind == LinkKind.FEED for link in (*found.links, *lists))
    guesses = () if has_feed else common_feeds(page)
    feeds = (Link(url, "well_known", found_on=page.url, kind=LinkKind.FEED, score=0.7) for url in guesses)
    return replace(found, links=unique([*lists, *feeds, *found.links]))
