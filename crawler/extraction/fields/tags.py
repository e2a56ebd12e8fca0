"""Tags."""

from __future__ import annotations

from crawler.extraction.document import Document
from crawler.extraction.evidence import Choice
from crawler.extraction.layout import Layout


def choose_tags(document: Document, layout: Layout) -> Choice[tuple[str, ...]]:
    """Tags and keywords in the order of the page."""
    return Choice(reason="not found")
