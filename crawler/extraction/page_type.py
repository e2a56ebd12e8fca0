"""Is it an article? A decision with a reason for every page."""

from __future__ import annotations

from dataclasses import dataclass

from crawler.extraction.body import Body
from crawler.extraction.document import Document
from crawler.extraction.layout import Layout


@dataclass(frozen=True, slots=True)
class PageType:
    """What a page is."""

    name: str
    """`article`, `listing`, `front_page`, `author_page`, `product`, `forum`, `error`, `consent_wall`, …"""
    reason: str
    """The grounds, in words."""


def decide_page_type(document: Document, body: Body, layout: Layout) -> PageType:
    """What the page is, with the grounds."""
    return PageType("article", "not yet decided")
