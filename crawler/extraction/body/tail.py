"""A body without the author's biography that it began or ended with, or consists of."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import takewhile

from crawler.extraction.body import Block, Body
from crawler.extraction.readers.box_titles import is_author_title
from crawler.extraction.readers.calls import calls

SHORTEST = 20
"""Characters of a block that is known by its words to be of a biography."""

APART = "\n\n"
"""What stands between two blocks of a text."""


def without_boxes(body: Body, places: Sequence[range], bios: Sequence[str], names: Collection[str]) -> Body:
    """The body without the author boxes that it begins or ends with: blocks at their places, biographies, names.

    What stands before the text has to be word for word of a biography. Unchanged where the text does not begin or end
    with these blocks as they stand, or where nothing would be left. Calls to the reader behind a box go with it.
    """
    said = [block.text for block in body.own]
    told = [_is_told(text, bios, names) for text in said]
    inside = _inside([block.position for block in body.own], places)
    boxed = [is_told or index in inside for index, is_told in enumerate(told)]
    named = [text in names or is_author_title(text) for text in said]
    called = len(list(takewhile(calls, said[::-1])))
    before, behind = _run(told, named), _run(boxed[::-1][called:], named[::-1][called:])
    behind = behind + called if behind else _run(boxed[::-1], named[::-1])
    texts, marked = (body.text or "").split(APART), (body.markdown or "").split(APART)
    kept = slice(before, len(texts) - behind)
    ends = texts[:before] + texts[kept.stop :]
    if before + behind >= len(said) or ends != said[:before] + said[len(said) - behind :] or len(texts) != len(marked):
        return body
    own = _own(body)
    blocks = _as_author_box(body, {*own[:before], *own[len(own) - behind :]})
    return replace(body, blocks=blocks, text=APART.join(texts[kept]), markdown=APART.join(marked[kept]))


def _is_told(text: str, bios: Sequence[str], names: Collection[str]) -> bool:
    """Whether a biography says a text of some length, or what stands behind the name that it begins with."""
    folded = " ".join(text.split())
    behind = next((folded[len(name) :].lstrip() for name in names if folded.startswith(name)), folded)
    return any(len(part) >= SHORTEST and part in bio for bio in bios for part in (folded, behind))


def _inside(positions: Sequence[int], places: Sequence[range]) -> set[int]:
    """Indexes of the ascending positions that lie in one of the places."""
    found: set[int] = set()
    end = 0
    for place in sorted(places, key=lambda place: place.start):
        found.update(range(bisect_left(positions, max(place.start, end)), bisect_left(positions, place.stop)))
        end = max(end, place.stop)
    return found


def _run(boxed: Sequence[bool], named: Sequence[bool]) -> int:
    """How many blocks, from the first on, are of a box or its author's name; none where no block is of a box."""
    pairs = enumerate(zip(boxed, named, strict=True))
    count = next((index for index, flags in pairs if not any(flags)), len(boxed))
    return count if any(boxed[:count]) else 0


def unless_all_in(body: Body, biography: str) -> Body:
    """The body; an empty one where each of its blocks stands in the biography, as on a page that hides its text."""
    if not all(" ".join(block.text.split()) in biography for block in body.own):
        return body
    return replace(body, blocks=_as_author_box(body, _own(body)), text=None, markdown=None)


def _own(body: Body) -> list[int]:
    """Indexes of the article's own blocks among all."""
    return [index for index, block in enumerate(body.blocks) if block.is_body]


def _as_author_box(body: Body, left: Collection[int]) -> tuple[Block, ...]:
    """All blocks, those at the indexes `left` as parts of the author box."""
    return tuple(
        block._replace(label="author_box", is_body=False) if index in left else block
        for index, block in enumerate(body.blocks)
    )
