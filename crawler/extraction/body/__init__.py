"""Main content: the article's own blocks, labelled, as text and Markdown."""

from __future__ import annotations

from dataclasses import dataclass

from crawler.extraction.document import Document


@dataclass(frozen=True, slots=True)
class Block:
    """One block of text in document order."""

    text: str
    """Its text, white space folded."""
    label: str
    """`paragraph`, `heading`, `list_item`, `quote`, `code`, `table`, `caption`, `author_box`, `related`, …"""
    is_body: bool
    """Whether it belongs to the article's own text."""
    position: int
    """Position in `Document` of the element that holds it."""
    score: float = 0.0
    """Probability of `is_body`, before the final decision."""


@dataclass(frozen=True, slots=True)
class Body:
    """The main content of a page."""

    blocks: tuple[Block, ...] = ()
    """Every text block of the page."""
    text: str | None = None
    """The body as plain text, blocks separated by one blank line."""
    markdown: str | None = None
    """The body as Markdown."""
    source: str = "markup"
    """Where the text was taken from: `markup` or `json-ld`."""


def read_body(document: Document, headline: int | None) -> Body:
    """The article's own text."""
    blocks = [Block(document.text(p), "paragraph", True, p, 1.0) for p in document.by_tag.get("p", [])]
    blocks = [block for block in blocks if block.text]
    text = "\n\n".join(block.text for block in blocks) or None
    return Body(tuple(blocks), text, text)
