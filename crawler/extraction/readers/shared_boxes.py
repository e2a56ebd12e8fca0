"""Boxes about several authors, taken apart: one for each name."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection
from dataclasses import replace
from itertools import pairwise

from crawler.extraction.document import Document
from crawler.extraction.names import name_key
from crawler.extraction.readers.author_boxes import FoundBox


def apart(document: Document, box: FoundBox, names: Collection[str]) -> list[FoundBox]:
    """One box for each author whose name stands alone in the box; the box itself where that is one or none."""
    heads = _heads(document, box, names)
    if len(heads) < 2:
        return [box]
    around = next((p for p in document.ancestors(heads[0]) if document.ends[p] > heads[-1]), None)
    if around is None:
        return [box]
    children = _children(document, around)
    firsts = [bisect_left(children, head + 1) - 1 for head in heads]
    if len(set(firsts)) < len(firsts):
        return [box]  # a line that names them all, or one name inside of the other
    firsts = [first - (first > 0 and _is_portrait(document, children[first - 1])) for first in firsts]
    firsts.append(min(len(children), 2 * firsts[-1] - firsts[-2]))
    runs = [children[first:last] for first, last in pairwise(firsts)]
    return [_part(document, box, run, head) for run, head in zip(runs, heads, strict=True)]


def _is_portrait(document: Document, position: int) -> bool:
    """Whether an element holds a picture and nothing else: that of the name behind it."""
    return "img" in document.tags[position : document.ends[position]] and not document.text(position)


def _heads(document: Document, box: FoundBox, names: Collection[str]) -> list[int]:
    """The last element in a box that holds nothing but a name, for each name, in document order."""
    found: dict[str, int] = {}
    for position in range(box.position, box.end):
        text = document.elements[position].text
        if text and text.strip() and name_key(text) in names:
            found[name_key(text)] = position
    return sorted(found.values())


def _children(document: Document, parent: int) -> list[int]:
    found: list[int] = []
    position = parent + 1
    while position < document.ends[parent]:
        found.append(position)
        position = document.ends[position]
    return found


def _part(document: Document, box: FoundBox, run: list[int], head: int) -> FoundBox:
    """The siblings from one name to the next as a box of its own."""
    first, end = run[0], document.ends[run[-1]]
    marked = tuple(position for position in box.bios if first <= position < end) if box.marked else ()
    return replace(
        box, position=first, end=end, bios=marked or tuple(run), marked=bool(marked), names=(head,), of_author=False,
        together=not marked,
    )  # fmt: skip
