"""The links of an HTML page, each with what it leads to."""

from __future__ import annotations

from crawler.discovery.article_paths import article_score
from crawler.discovery.found import Found, unique
from crawler.page import Link, Page
from crawler.urls import clean, is_same_site

MAX_LINKS = 3000
"""Links read from one page."""


def read_listing(page: Page, *, subdomains: bool = False) -> Found:
    """The links of a page to its own publication."""
    links: list[Link] = []
    for anchor in page.root.iter("a"):
        address = clean(anchor.get("href") or "", page.url)
        if address and is_same_site(address, page.url, subdomains=subdomains) and len(links) < MAX_LINKS:
            title = " ".join("".join(anchor.itertext()).split()) or None
            links.append(Link(address, "listing", found_on=page.url, title=title, score=article_score(address)))
    return Found(unique(links))
