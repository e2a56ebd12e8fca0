"""Language."""

from __future__ import annotations

from crawler.extraction.body import Body
from crawler.extraction.document import Document
from crawler.extraction.evidence import Choice


def choose_language(document: Document, body: Body) -> Choice[str]:
    """BCP 47 language of the text."""
    return Choice(reason="not found")
