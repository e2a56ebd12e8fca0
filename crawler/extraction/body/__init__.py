"""Main content: the article's own blocks, labelled, as text and Markdown."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from crawler.extraction.body.blocks import segment
from crawler.extraction.body.features import base_features
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
    segments = segment(document)
    if not segments.texts:
        return Body()
    features, names, groups = base_features(segments, headline)
    at = {name: index for index, name in enumerate(names)}
    scores = (features[at["hv_up"]] <= 1) & (features[at["links"]] < 0.5)
    scores &= features[at["is_head"]] + features[at["eq_head"]] + features[at["in_figcaption"]] == 0
    blocks = [
        Block(text, "paragraph", bool(score), holder, float(score))
        for text, holder, score in zip(segments.texts, segments.holders, np.asarray(scores), strict=True)
    ]
    text = "\n\n".join(block.text for block in blocks if block.is_body) or None
    return Body(tuple(blocks), text, text)
