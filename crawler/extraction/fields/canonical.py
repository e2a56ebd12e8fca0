"""Canonical."""

from __future__ import annotations

from crawler.extraction.document import Document
from crawler.extraction.evidence import Choice


def choose_canonical(document: Document) -> Choice[str]:
    """The absolute address that the page names as its own."""
    return Choice(reason="not found")
