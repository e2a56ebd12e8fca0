"""Access."""

from __future__ import annotations

from crawler.extraction.body import Body
from crawler.extraction.document import Document
from crawler.extraction.evidence import Choice


def choose_access(document: Document, body: Body) -> Choice[str]:
    """`free`, `metered` or `paid`."""
    return Choice(reason="not found")
