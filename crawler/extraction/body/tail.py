"""A body without the author's biography that it ended with, or consists of."""

from __future__ import annotations

from dataclasses import replace

from crawler.extraction.body import Block, Body

APART = "\n\n"
"""What stands between two blocks of a text."""


def without_tail(body: Body, first: int, end: int) -> Body:
    """The body without its last blocks, where all of them lie at the positions from `first` to before `end`.

    Unchanged where the text does not end with these blocks as they stand, or where nothing would be left.
    """
    own = [index for index, block in enumerate(body.blocks) if block.is_body]
    tail = [index for index in own if first <= body.blocks[index].position < end]
    if not tail or len(tail) == len(own) or tail != own[-len(tail) :]:
        return body
    texts, marked = (body.text or "").split(APART), (body.markdown or "").split(APART)
    if texts[-len(tail) :] != [body.blocks[index].text for index in tail] or len(texts) != len(marked):
        return body
    blocks = _as_author_box(body, set(tail))
    return replace(body, blocks=blocks, text=APART.join(texts[: -len(tail)]), markdown=APART.join(marked[: -len(tail)]))


def unless_all_in(body: Body, biography: str) -> Body:
    """The body; an empty one where each of its blocks stands in the biography, as on a page that hides its text."""
    own = {index for index, block in enumerate(body.blocks) if block.is_body}
    if not all(" ".join(body.blocks[index].text.split()) in biography for index in own):
        return body
    return replace(body, blocks=_as_author_box(body, own), text=None, markdown=None)


def _as_author_box(body: Body, left: set[int]) -> tuple[Block, ...]:
    """All blocks, those at the indexes `left` as parts of the author box."""
    return tuple(
        block._replace(label="author_box", is_body=False) if index in left else block
        for index, block in enumerate(body.blocks)
    )
