"""Main content: the article's own blocks, labelled, as text and Markdown."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import repeat
from typing import NamedTuple

from crawler.extraction.body.blocks import segment
from crawler.extraction.body.decision import choose
from crawler.extraction.body.inline import escape
from crawler.extraction.body.labels import label_block
from crawler.extraction.body.model import load_model
from crawler.extraction.body.rendering import render_markdown, render_text
from crawler.extraction.body.stated import prefer_stated, stated_paragraphs
from crawler.extraction.document import Document


class Block(NamedTuple):
    """One block of text in document order."""

    text: str
    """Its text: white space folded, a line break for every `<br>`; code as written."""
    label: str
    """`paragraph`, `heading`, `list_item`, `quote`, `code`, `table` for the article's own; else `caption`,
    `author_box`, `related`, `newsletter`, `comment`, `share`, `advertisement`, `tags`, `byline`, `navigation`,
    `header`, `footer`, `sidebar`, `consent`, `other`."""
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
    is_cut: bool = False
    """Whether the page has more blocks than are read, and so perhaps more text."""
    own: tuple[Block, ...] = field(init=False, repr=False, compare=False)
    """The blocks that belong to the article's own text."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "own", tuple([block for block in self.blocks if block.is_body]))


def read_body(document: Document, headline: int | None) -> Body:
    """The article's own text; `headline` is the position of the element that prints the headline, where known.

    Never raises on a page's content; a page without an article's text has no text.
    """
    segments = segment(document)
    if not segments.texts:
        return _with_stated(document, Body())
    scores, features, words = load_model().score(segments, headline)
    chosen = choose(segments, features, scores)
    kept = [False] * len(segments)
    for block in chosen:
        kept[block] = True
    flags = segments.flags
    labels = [
        named if named and not is_body else label_block(flags[holder], named, is_body=is_body)
        for holder, named, is_body in zip(segments.holders, words.labels, kept, strict=True)
    ]
    columns = zip(segments.texts, labels, kept, segments.holders, scores.tolist(), strict=True)
    blocks = tuple(map(tuple.__new__, repeat(Block), columns))  # `Block._make` does the same in three times the time
    if not chosen:
        return _with_stated(document, Body(blocks, is_cut=segments.is_cut))
    text, markdown = render_text(segments, chosen), render_markdown(segments, chosen)
    return _with_stated(document, Body(blocks, text, markdown, is_cut=segments.is_cut))


def _with_stated(document: Document, body: Body) -> Body:
    """The body that the page states in JSON-LD, where the markup holds little of it."""
    paragraphs = document.once(stated_paragraphs)
    if not paragraphs or not prefer_stated(paragraphs, body.text or ""):
        return body
    markdown = "\n\n".join(map(escape, paragraphs))
    return Body(body.blocks, "\n\n".join(paragraphs), markdown, "json-ld", body.is_cut)
