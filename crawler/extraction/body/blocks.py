"""Segmentation: the readable text of a document as blocks, each with the element that holds it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate

from crawler.extraction.document import Document
from crawler.extraction.readers.visibility import READ_ALOUD, is_read_aloud, signs

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
WITHOUT_BODY = {tag: bit for tag, bit in FLAGS.items() if tag != "head"}
"""The same for a document without `<body>`, which HTML allows: libxml2 then puts `<main>` into the head."""

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

LINE_NUMBERS = (
    "gutter", "rouge-gutter", "linenos", "linenodiv", "lineno", "ln", "lnt", "lntd", "line-number", "line-numbers",
    "linenumber", "hljs-ln-numbers", "react-syntax-highlighter-line-number", "crayon-nums", "blob-num",
)  # fmt: skip
"""Classes of the numbers that highlighters print beside lines of code: Hexo, Rouge, Pygments, Chroma (which calls both
cells `lntd`), Prism, highlight.js, Crayon, GitHub."""

SPLITTING_BREAKS = 2
"""So many `<br>` in a row end a paragraph."""

MOST_BLOCKS = 20_000
"""Blocks of a page that are read, from its start: three times those of the longest page of the development corpora."""


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
    is_cut: bool = False
    """Whether the page has more blocks than are read."""

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
    """The readable text of the page's first `MOST_BLOCKS` blocks, split at separate elements and at two `<br>`."""
    walk = _walk(document)
    holders, starts, kept, breaks = _group(document, walk)
    is_cut = len(holders) > MOST_BLOCKS
    if is_cut:
        starts = starts[: MOST_BLOCKS + 1]
        holders, kept, breaks = holders[:MOST_BLOCKS], kept[: starts[-1]], breaks[: starts[-1]]
    pieces = [walk.pieces[index] for index in kept]
    owners = [walk.owners[index] for index in kept]
    texts = [
        _text(pieces, breaks, start, stop, is_pre=bool(walk.flags[holder] & PRE_FLAG))
        for holder, start, stop in zip(holders, starts, starts[1:], strict=False)
    ]
    return Segments(document, holders, texts, starts, owners, pieces, breaks, walk.flags, is_cut)


def _walk(document: Document) -> _Walk:
    """Everything that segmentation reads of the elements, in two loops over all of them."""
    count = len(document.tags)
    walk = _Walk([0] * count, [0] * count, [False] * count, [False] * count, [], [])
    _mark(document, walk)
    _leave_unread(document, walk.flags)
    _collect(document, walk)
    return walk


def _mark(document: Document, walk: _Walk) -> None:
    """Flags and holders of the elements; which separate blocks and which break lines. Inside `<pre>` none separates."""
    holders, flags, separate, lines = walk.holders, walk.flags, walk.separate, walk.lines
    flag_of = (FLAGS if "body" in document.tags else WITHOUT_BODY).get
    for position, (tag, parent) in enumerate(zip(document.tags, document.parents, strict=True)):
        inherited = flags[parent]
        flags[position] = inherited | flag_of(tag, 0)
        if tag not in SEPARATE:
            lines[position] = tag == "br"
            holders[position] = holders[parent]
        elif inherited & PRE_FLAG:
            lines[position] = True
            holders[position] = holders[parent]
        else:
            separate[position] = True
            holders[position] = position


def _leave_unread(document: Document, flags: list[int]) -> None:
    """Mark numbers of lines, signs of links and inline text that is only read aloud as no text of a block."""
    counted, aloud = (
        [position for name in names for position in document.by_class.get(name, ())]
        for names in (LINE_NUMBERS, READ_ALOUD)
    )
    left = [p for p in counted if "".join(document.text(p).split()).isdigit()]
    left += [p for p in aloud if document.tags[p] not in SEPARATE and is_read_aloud(document.classes[p] or "")]
    left += signs(document)
    for position in left:
        for inside in range(position, document.ends[position]):
            flags[inside] |= UNREAD_FLAG


def _collect(document: Document, walk: _Walk) -> None:
    """Text nodes in document order. A tail waits on a stack until its element has ended."""
    parents, ends, flags, separate = document.parents, document.ends, walk.flags, walk.separate
    add_owner, add_piece = walk.owners.append, walk.pieces.append
    waiting: list[tuple[int, int, str]] = [(len(flags) + 1, 0, "")]
    for position, element in enumerate(document.elements):
        while waiting[-1][0] <= position:
            _, owner, text = waiting.pop()
            add_owner(owner)
            add_piece(text)
        if not flags[position] & UNREAD_FLAG:
            own = element.text
            if own and not (separate[position] and own.isspace()):
                add_owner(position)
                add_piece(own)
        elif flags[parents[position]] & UNREAD_FLAG:
            continue
        tail = element.tail
        if tail and not (separate[position] and tail.isspace()):
            waiting.append((ends[position], ~position, tail))
    for _, owner, text in waiting[:0:-1]:
        add_owner(owner)
        add_piece(text)


def _group(document: Document, walk: _Walk) -> tuple[list[int], list[int], list[int], list[int]]:
    """Holder and first piece of each block; for each piece kept, its index and the line breaks before it.

    Two text nodes belong to one block where the same element holds both and no separate element began in between.
    """
    parents, ends, flags = document.parents, document.ends, walk.flags
    began, broken = list(accumulate(walk.separate)), list(accumulate(walk.lines))
    found: tuple[list[int], list[int], list[int], list[int]] = ([], [], [], [])
    holders, starts, kept, breaks = found
    last, last_broken = (-1, -1), 0
    for index, (owner, piece) in enumerate(zip(walk.owners, walk.pieces, strict=True)):
        place = owner if owner >= 0 else ends[~owner] - 1  # the last element that has begun before the text
        holder = walk.holders[owner if owner >= 0 else parents[~owner]]
        here, gap = (holder, began[place]), broken[place] - last_broken
        blank, is_pre = piece.isspace(), flags[holder] & PRE_FLAG
        if here != last or (gap >= SPLITTING_BREAKS and not is_pre):
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
            last, last_broken = here, broken[place]
    starts.append(len(kept))
    return found


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
