"""Segmentation: the visible text of a document as blocks, each with the element that holds it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from crawler.extraction.document import Document

Ints = NDArray[np.int64]

UNREAD = frozenset(
    "head title script style noscript template svg math iframe object embed select textarea audio video canvas "
     "datalist map".split()
)
"""Elements whose text is no part of the page as read."""

SEPARATE = frozenset(
    "html body address article aside blockquote button caption center dd details dialog dir div dl dt fieldset "
     "figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr label legend li main menu nav ol "
     "optgroup p pre section summary table tbody td tfoot th thead tr ul".split()
)
"""Elements that stand on lines of their own: text inside and outside of them belongs to different blocks."""


FLAGGED = (
    "a", "b strong", "em i cite", "nav", "header", "footer", "aside", "form fieldset", "article", "main", "figure",
    "figcaption caption", "blockquote q", "li", "ul menu", "ol", "table", "td th", "button label summary",
    "h1 h2 h3 h4 h5 h6", "p", "dl dt dd", "section", "dialog", "time", "small", "pre code", "details", "address",
)  # fmt: skip
"""Elements that say something about the text inside of them, those of one meaning together."""

FLAGS = {tag: 1 << bit for bit, tags in enumerate(FLAGGED) for tag in tags.split()}
"""Tag → its bit."""


@dataclass(frozen=True, slots=True)
class Segments:
    """The blocks of a page in document order, as parallel lists."""

    document: Document
    holders: list[int]
    """Position of the innermost block element around each block."""
    texts: list[str]
    """Text of each block: white space folded, a line break for every `<br>`; as written inside `<pre>`."""
    starts: list[int]
    """Index of each block's first piece; one entry more than there are blocks."""
    owners: list[int]
    """For each piece, the element that it is the text of; for a tail the complement (`~position`)."""
    flags: list[int]
    """For each element of the document, the `FLAGS` of itself and its ancestors."""
    pieces: list[str]
    """The text nodes that are not white space alone, with the white space around them."""

    def __len__(self) -> int:
        return len(self.holders)


def segment(document: Document) -> Segments:
    """All readable text of the page, split at block elements and at two `<br>` in a row."""
    tags, parents, ends = document.tags, document.parents, document.ends
    count = len(tags)
    separate, breaks = _boundaries(document)
    unread = _unread(document)
    owners, pieces, keys = _pieces(document, unread, separate)
    order = sorted(range(len(keys)), key=keys.__getitem__)
    owners = [owners[i] for i in order]
    pieces = [pieces[i] for i in order]
    if not pieces:
        return Segments(document, [], [], [0], [], [], [])
    holder = list(range(count))
    flags = [0] * count
    for position in range(1, count):
        parent = parents[position]
        flags[position] = flags[parent] | FLAGS.get(tags[position], 0)
        if not separate[position]:
            holder[position] = holder[parent]
    opened = np.cumsum(separate).tolist()
    broken = np.cumsum(breaks).tolist()
    last_holder, last_opened, last_broken = -1, -1, 0
    holders: list[int] = []
    starts: list[int] = []
    lines: list[int] = []
    kept: list[int] = []
    for index, owner in enumerate(owners):
        if owner >= 0:
            at, held = owner, holder[owner]
        else:
            at, held = ends[~owner] - 1, holder[parents[~owner]]
        gap = broken[at] - last_broken
        if held != last_holder or opened[at] != last_opened or (gap > 1 and tags[held] != "pre"):
            if pieces[index].isspace():
                continue
            holders.append(held)
            starts.append(len(kept))
            gap = 0
        elif pieces[index].isspace():
            kept.append(index)
            lines.append(0)
            continue
        kept.append(index)
        lines.append(gap)
        last_holder, last_opened, last_broken = held, opened[at], broken[at]
    starts.append(len(kept))
    owners = [owners[i] for i in kept]
    pieces = [pieces[i] for i in kept]
    texts = [
        _text(pieces, lines, starts[block], starts[block + 1], tags[holders[block]] == "pre")
        for block in range(len(holders))
    ]
    return Segments(document, holders, texts, starts, owners, flags, pieces)


def _boundaries(document: Document) -> tuple[Sequence[bool], Sequence[bool]]:
    """Which elements separate blocks, and which are line breaks; inside `<pre>` none separates."""
    tags, ends = document.tags, document.ends
    separate = [tag in SEPARATE for tag in tags]
    breaks = [tag == "br" for tag in tags]
    position, count = 0, len(tags)
    while position < count:
        if tags[position] == "pre":
            for inner in range(position + 1, ends[position]):
                breaks[inner] = breaks[inner] or separate[inner]
                separate[inner] = False
            position = ends[position]
        else:
            position += 1
    return separate, breaks


def _unread(document: Document) -> bytearray:
    """1 for every element whose text is not read."""
    unread = bytearray(len(document.tags))
    stop = 0
    for position, tag in enumerate(document.tags):
        if position < stop:
            unread[position] = 1
        elif tag in UNREAD:
            unread[position] = 1
            stop = document.ends[position]
    return unread


def _pieces(document: Document, unread: bytearray, separate: Sequence[bool]) -> tuple[list[int], list[str], list[int]]:
    """Owner, text and order of every text node, white space between blocks left out."""
    owners: list[int] = []
    pieces: list[str] = []
    keys: list[int] = []
    ends, parents = document.ends, document.parents
    for position, element in enumerate(document.elements):
        if not unread[position]:
            text = element.text
            if text and (not separate[position] or not text.isspace()):
                owners.append(position)
                pieces.append(text)
                keys.append(position << 33)
        elif unread[parents[position]] and parents[position] >= 0:
            continue
        tail = element.tail
        if tail and (not separate[position] or not tail.isspace()):
            owners.append(~position)
            pieces.append(tail)
            keys.append((ends[position] << 33) - position - 1)
    return owners, pieces, keys


def _text(pieces: list[str], lines: list[int], start: int, stop: int, is_pre: bool) -> str:
    if stop - start == 1 and not is_pre:
        return " ".join(pieces[start].split())
    joined = "".join("\n" * lines[index] + pieces[index] for index in range(start, stop))
    if is_pre:
        return joined.strip("\n")
    joined = "".join("\0" * lines[index] + pieces[index] for index in range(start, stop))
    return "\n".join(filter(None, (" ".join(line.split()) for line in joined.split("\0"))))
