"""Page → Article: a pure function of bytes, address, headers and site profile."""

from __future__ import annotations

from crawler.extraction.reading import Reading, read_page
from crawler.items import Article
from crawler.page import Page

__all__ = ["Reading", "extract", "read_page"]


def extract(page: Page) -> Article:
    """Everything that the page says about its article. Never raises on a page's content."""
    return read_page(page).article
