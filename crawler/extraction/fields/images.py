"""Images."""

from __future__ import annotations

from crawler.extraction.body import Body
from crawler.extraction.document import Document
from crawler.extraction.evidence import Choice
from crawler.extraction.layout import Layout
from crawler.items import Image


def choose_images(document: Document, body: Body, layout: Layout) -> Choice[tuple[Image, ...]]:
    """The pictures of the article, the lead picture first."""
    return Choice(reason="not found")
