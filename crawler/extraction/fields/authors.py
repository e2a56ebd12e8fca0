"""Authors and byline."""

from __future__ import annotations

from crawler.extraction.document import Document
from crawler.extraction.evidence import Choice
from crawler.extraction.layout import Layout
from crawler.items import Author


def choose_authors(document: Document, layout: Layout) -> Choice[tuple[Author, ...]]:
    """Everybody credited with the article, in the page's order, with URL and avatar where the page gives them."""
    return Choice(reason="no byline")


def byline_of(authors: tuple[Author, ...]) -> str | None:
    """The display string: each name once."""
    return ", ".join(dict.fromkeys(author.name for author in authors)) or None
