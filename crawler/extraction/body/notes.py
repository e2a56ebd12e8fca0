"""What markup says of blocks whatever the model makes of them: notes belong to the text, captions do not."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable

from crawler.extraction.body.blocks import FLAGS, Segments
from crawler.extraction.document import Document

CAPTION_FLAG = FLAGS["figcaption"]
LONGEST_CAPTION = 250
"""Characters of what a figure says below its picture."""
TEXTUAL = frozenset({"table", "pre", "blockquote", "p", "li", "h2", "h3"})
"""What a figure that is more than a picture holds."""


def captions(segments: Segments) -> list[int]:
    """Blocks that are captions of pictures: a short `<figcaption>`, where its figure holds nothing else of the text.

    The caption of a table, code or quotation belongs to what it explains; pictures with much text make up a gallery.
    """
    document, figures = segments.document, dict[int, list[int]]()
    for block, holder in enumerate(segments.holders):
        if segments.flags[holder] & CAPTION_FLAG:
            around = next(
                (p for p in (holder, *document.ancestors(holder)) if document.tags[p] == "figcaption"), holder
            )
            figures.setdefault(document.parents[around], []).append(block)
    found: list[int] = []
    for figure, blocks in figures.items():
        inside = document.tags[figure : document.ends[figure]]
        is_short = sum(len(segments.texts[block]) for block in blocks) <= LONGEST_CAPTION
        if is_short and "img" in inside and not TEXTUAL.intersection(inside):
            found += blocks
    return found


def notes(segments: Segments, kept: Collection[int]) -> list[int]:
    """Blocks of footnotes: list items to which a link in the kept text leads, and which lead back into it."""
    document = segments.document
    links = [(position, address[1:]) for position, address, _ in document.anchors if address[:1] == "#"]
    targets = {name for _, name in links}
    items = document.by_tag.get("li", ()) if targets else ()
    named = [(item, name) for item in items if (name := document.elements[item].get("id")) in targets]
    if not named:
        return []
    text = _Places(document, {segments.holders[block] for block in kept})
    reached = {name for position, name in links if text.hold(position)}
    places = _Places(document, (item for item, name in named if name in reached and _leads_back(item, links, text)))
    found = (block for block, holder in enumerate(segments.holders) if places.hold(holder))
    return [block for block in found if any(map(str.isalnum, segments.texts[block]))]


def _leads_back(item: int, links: list[tuple[int, str]], text: _Places) -> bool:
    """Whether a link in an item leads to an element of the text outside of it."""
    document = text.document
    first, last = (bisect_left(links, (end, "")) for end in (item, document.ends[item]))
    back = (document.by_id.get(name) for _, name in links[first:last])
    return any(p is not None and not document.is_within(p, item) and text.hold(p) for p in back)


class _Places:
    """Some elements with all that they hold, as disjoint ranges of positions."""

    def __init__(self, document: Document, positions: Iterable[int]) -> None:
        self.document = document
        self.starts: list[int] = []
        end = -1
        for position in sorted(positions):
            if position >= end:
                self.starts.append(position)
                end = document.ends[position]

    def hold(self, position: int) -> bool:
        """Whether a position lies in one of them."""
        index = bisect_right(self.starts, position) - 1
        return index >= 0 and position < self.document.ends[self.starts[index]]
