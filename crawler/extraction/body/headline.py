"""Which block prints the headline."""

from __future__ import annotations

from crawler.extraction.body.blocks import Segments
from crawler.extraction.document import Document

LONGEST = 300
SHORTEST = 4
"""Bounds on a headline's length in characters."""
RANK = {"h1": 4.0, "h2": 2.0, "h3": 2.0}
"""How much more a heading counts than other elements with the same words."""


def find_headline(segments: Segments, headline: int | None) -> int:
    """Index of the block inside the element `headline`, else of the one that repeats the title; -1 where none does."""
    document = segments.document
    if headline is not None:
        end = document.ends[headline]
        for block, holder in enumerate(segments.holders):
            if headline <= holder < end:
                return block
    title = _title(document)
    longest = min(LONGEST, len(title))
    best, found = 0.0, -1
    for block, text in enumerate(segments.texts):
        if SHORTEST <= len(text) <= longest and text.casefold() in title:
            rank = len(text) * RANK.get(document.tags[segments.holders[block]], 1.0)
            if rank > best:
                best, found = rank, block
    return found if found >= 0 else _first_heading(segments)


def _first_heading(segments: Segments) -> int:
    tags = segments.document.tags
    return next((block for block, holder in enumerate(segments.holders) if tags[holder] == "h1"), -1)


def _title(document: Document) -> str:
    at = document.tags.index("title") if "title" in document.tags else -1
    parts = [" ".join((document.elements[at].text or "").split()) if at >= 0 else ""]
    return "\n".join(parts + document.page.meta.get("og:title", [])[:1]).casefold()
