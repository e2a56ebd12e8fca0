"""Segmentation: the readable text of a document as blocks, each with the element that holds it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate

from crawler.extraction.document import Document

UNREAD = (
    "head title script style noscript template svg math iframe object embed select textarea audio video canvas datalist"
    " map"
)
"""Elements whose text is no part of the page as read."""

FLAGGED = (
    UNREAD, "pre", "a", "b strong", "em i cite", "nav", "header", "footer", "aside", "form fieldset", "article", "main",
    "figure", "figcaption caption", "blockquote q", "li", "ul menu", "ol", "table", "button label summary", "section",
    "dialog", "details", "code kbd samp", "h1 h2 h3 h4 h5 h6", "dl", "th", "td",
)  # fmt: skip
"""Elements that say something about all the text inside of them; those of one meaning share a bit."""

FLAGS = {tag: 1 << bit for bit, tags in enumerate(FLAGGED) for tag in tags.split()}
"""Tag → its bit."""

UNREAD_FLAG, PRE_FLAG, LINK_FLAG, STRONG_FLAG, EMPHASIS_FLAG = (1 << bit for bit in range(5))
CODE_FLAG = FLAGS["code"]
BOX_FLAGS = FLAGS["ul"] | FLAGS["ol"] | FLAGS["table"] | FLAGS["dl"]

SEPARATE = frozenset(
    [
        "html",
        "body",
        "address",
        "article",
        "aside",
        "blockquote",
        "button",
        "caption",
        "center",
        "dd",
        "details",
        "dialog",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hgroup",
        "hr",
        "label",
        "legend",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "optgroup",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
"""Elements that stand on lines of their own: text inside and outside of them belongs to different blocks."""

SPLITTING_BREAKS = 2
"""So many `<br>` in a row end a paragraph."""


@dataclass(frozen=True, slots=True)
class Segments:
    """The blocks of a page in document order, as parallel lists."""

    document: Document
    holders: list[int]
    """Position of the innermost separate element around each block."""
    texts: list[str]
    """Text of each block: white space folded, a line break for every `<br>`; as written inside `<pre>`."""
    starts: list[int]
    """Index of each block's first piece; one entry more than there are blocks."""
    owners: list[int]
    """For each piece, the element that it is the text of; for a tail the complement (`~position`)."""
    pieces: list[str]
    """The text nodes with the white space around them; between blocks, white space alone is left out."""
    breaks: list[int]
    """For each piece, how many line breaks stand before it within its block."""
    flags: list[int]
    """For each element of the document, the `FLAGS` of itself and its ancestors."""

    def __len__(self) -> int:
        return len(self.holders)


@dataclass(frozen=True, slots=True)
class _Walk:
    """What one walk over the document collects."""

    holders: list[int]
    flags: list[int]
    separate: list[bool]
    lines: list[bool]
    owners: list[int]
    pieces: list[str]


def segment(document: Document) -> Segments:
    """All readable text of the page, split at separate elements and at two `<br>` in a row."""
    walk = _walk(document)
    holders, starts, kept, breaks = _group(document, walk)
    pieces = [walk.pieces[index] for index in kept]
    owners = [walk.owners[index] for index in kept]
    texts = [
        _text(pieces, breaks, start, stop, is_pre=bool(walk.flags[holder] & PRE_FLAG))
        for holder, start, stop in zip(holders, starts, starts[1:], strict=False)
    ]
    return Segments(document, holders, texts, starts, owners, pieces, breaks, walk.flags)


def _walk(document: Document) -> _Walk:  # noqa: C901, PLR0915 - the one loop over all elements; calls double its cost
    """Text nodes in document order. A tail waits on a stack until its element has ended."""
    tags, parents, ends = document.tags, document.parents, document.ends
    count = len(tags)
    flag_of = FLAGS.get
    holders, flags = [0] * count, [0] * count
    separate, lines = [False] * count, [False] * count
    owners: list[int] = []
    pieces: list[str] = []
    waiting: list[tuple[int, int, str]] = []
    due = count + 1
    for position, element in enumerate(document.elements):
        while due <= position:
            _, owner, text = waiting.pop()
            owners.append(owner)
            pieces.append(text)
            due = waiting[-1][0] if waiting else count + 1
        parent = parents[position]
        inherited = flags[parent]
        tag = tags[position]
        flag = flags[position] = inherited | flag_of(tag, 0)
        if tag in SEPARATE:
            if inherited & PRE_FLAG:
                lines[position] = True
                holders[position] = holders[parent]
                is_separate = False
            else:
                is_separate = separate[position] = True
                holders[position] = position
        else:
            lines[position] = tag == "br"
            holders[position] = holders[parent]
            is_separate = False
        if not flag & UNREAD_FLAG:
            own = element.text
            if own and not (is_separate and own.isspace()):
                owners.append(position)
                pieces.append(own)
        elif inherited & UNREAD_FLAG:
            continue
        tail = element.tail
        if tail and not (is_separate and tail.isspace()):
            due = ends[position]
            waiting.append((due, ~position, tail))
    for _, owner, text in reversed(waiting):
        owners.append(owner)
        pieces.append(text)
    return _Walk(holders, flags, separate, lines, owners, pieces)


def _group(  # noqa: PLR0915 - the one loop over all text nodes
    document: Document, walk: _Walk
) -> tuple[list[int], list[int], list[int], list[int]]:
    """Holder and first piece of each block; for each piece kept, its index and the line breaks before it.

    Two text nodes belong to one block where the same element holds both and no separate element began in between.
    """
    parents, ends, holder_of = document.parents, document.ends, walk.holders
    began, broken = list(accumulate(walk.separate)), list(accumulate(walk.lines))
    holders: list[int] = []
    starts: list[int] = []
    kept: list[int] = []
    breaks: list[int] = []
    last_holder = last_began = -1
    last_broken = 0
    for index, (owner, piece) in enumerate(zip(walk.owners, walk.pieces, strict=True)):
        if owner >= 0:
            place, holder = owner, holder_of[owner]
        else:
            place, holder = ends[~owner] - 1, holder_of[parents[~owner]]
        gap = broken[place] - last_broken
        blank = piece.isspace()
        is_pre = walk.flags[holder] & PRE_FLAG
        if holder != last_holder or began[place] != last_began or (gap >= SPLITTING_BREAKS and not is_pre):
            if blank:
                continue
            holders.append(holder)
            starts.append(len(kept))
            gap = 0
        elif blank and not is_pre:
            gap = 0
        kept.append(index)
        breaks.append(gap)
        if not blank or is_pre:
            last_holder, last_began, last_broken = holder, began[place], broken[place]
    starts.append(len(kept))
    return holders, starts, kept, breaks


def _text(pieces: list[str], breaks: list[int], start: int, stop: int, *, is_pre: bool) -> str:
    if stop - start == 1 and not is_pre:
        return " ".join(pieces[start].split())
    if is_pre:
        joined = "".join("\n" * breaks[index] + pieces[index] for index in range(start, stop))
        return joined.strip("\n").rstrip()
    if not any(breaks[start:stop]):
        return " ".join("".join(pieces[start:stop]).split())
    joined = "".join("\0" * breaks[index] + pieces[index] for index in range(start, stop))
    return "\n".join(filter(None, (" ".join(line.split()) for line in joined.split("\0"))))
