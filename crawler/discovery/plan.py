"""Where to look first: a publication's address to the documents that may list its articles."""

from __future__ import annotations

from crawler.discovery.found import Window, unique
from crawler.discovery.robots import Robots
from crawler.page import Link, LinkKind
from crawler.urls import clean, normalise, origin

SITEMAPS = (
    "/sitemap.xml",
    "/wp-sitemap.xml",
    "/sitemap_index.xml",
    "/sitemap-news.xml",
    "/news-sitemap.xml",
    "/sitemap.txt",
)
FEEDS = ("/feed/", "/rss.xml", "/atom.xml", "/feed.xml", "/index.xml", "/feeds/posts/default", "/feed.json")


def first_links(seed: str, *, window: Window | None = None) -> tuple[Link, ...]:
    """Front page, well-known sitemaps and feeds of a publication, to be tried in this order."""
    home = normalise(seed)
    if home is None:
        return ()
    start = origin(home)
    links = [Link(home, "seed", kind=LinkKind.FRONT_PAGE)]
    links += [Link(start + path, "well_known", kind=LinkKind.SITEMAP) for path in SITEMAPS]
    links += [Link(start + path, "well_known", kind=LinkKind.FEED) for path in FEEDS]
    return unique(links)


def after_robots(robots: Robots, seed: str) -> tuple[Link, ...]:
    """The sitemaps that a robots.txt names; they may lie on another host (sitemaps.org, "Sitemaps & Cross Submits")."""
    addresses = (clean(address, seed) for address in robots.sitemaps)
    return unique(Link(address, "robots", kind=LinkKind.SITEMAP) for address in addresses if address)
