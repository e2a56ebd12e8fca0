"""Section."""

from __future__ import annotations

from crawler.extraction.document import Document
from crawler.extraction.evidence import Choice
from crawler.extraction.layout import Layout


def choose_section(document: Document, layout: Layout) -> Choice[str]:
    """The section or main category."""
    return Choice(reason="not found")
