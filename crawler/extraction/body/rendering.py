"""The kept blocks as plain text and as Markdown (CommonMark with GitHub's tables)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from crawler.extraction.body.blocks import FLAGS, PRE_FLAG, Segments
from crawler.extraction.body.inline import InlineRenderer
from crawler.extraction.document import Document

LISTS = frozenset({"ul", "ol", "menu"})
NESTED = FLAGS["ul"] | FLAGS["ol"] | FLAGS["blockquote"]
DEEPEST = 6
"""Levels of lists and quotes that are indented; what lies deeper stands on the deepest level."""
_LANGUAGE = re.compile(r"\b(?:language|lang|highlight-source|brush:)[- :]?([a-z0-9+#]+)", re.IGNORECASE)


def render_text(segments: Segments, kept: list[int]) -> str:
    """Kept blocks separated by one blank line."""
    return "\n\n".join(segments.texts[block] for block in kept)


def render_markdown(segments: Segments, kept: list[int]) -> str:
    """Kept blocks as Markdown: headings, nested lists, quotes, fenced code, tables, links, emphasis."""
    return _Writer(segments, kept).write()


@dataclass(slots=True)
class _Cell:
    block: int
    row: int
    table: int


class _Writer:
    def __init__(self, segments: Segments, kept: list[int]) -> None:
        self.segments = segments
        self.document: Document = segments.document
        self.kept = kept
        self.inline = InlineRenderer(segments)
        self.started: set[int] = set()
        """List items whose bullet has been written."""
        self.numbers: dict[int, int] = {}
        """Items of ordered lists and their numbers."""

    def write(self) -> str:
        parts: list[str] = []
        last = -1
        for run in self._runs():
            prefix, following, outermost = self._prefixes(run[0])
            first, *others = (self._table(run) if len(run) > 1 else self._single(run[0])).split("\n")
            if parts:
                parts.append(self._gap(outermost if outermost == last else -1, is_item=bool(prefix.strip())))
            after = [following + line if line else following.rstrip() for line in others]
            parts.append("\n".join([prefix + first, *after]))
            last = outermost
        return "".join(parts)

    def _gap(self, container: int, *, is_item: bool) -> str:
        """What stands between two blocks of the same outermost list or quote (-1: they share none)."""
        if container >= 0 and self.document.tags[container] == "blockquote":
            return "\n>\n"
        return "\n" if container >= 0 and is_item else "\n\n"

    def _runs(self) -> Iterator[list[int]]:
        """Blocks one by one, the cells of one data table together."""
        position = 0
        cells = {block: cell for block in self.kept if (cell := self._cell(block))}
        while position < len(self.kept):
            run = [self.kept[position]]
            first = cells.get(run[0])
            while first and position + len(run) < len(self.kept):
                following = cells.get(self.kept[position + len(run)])
                if following is None or following.table != first.table:
                    break
                run.append(following.block)
            if len(run) > 1 and not self._is_data(run):
                run = run[:1]
            yield run
            position += len(run)

    def _cell(self, block: int) -> _Cell | None:
        tags, parents = self.document.tags, self.document.parents
        holder = self.segments.holders[block]
        if tags[holder] not in ("td", "th"):
            return None
        row = parents[holder]
        table = parents[row] if row >= 0 else -1
        if table >= 0 and tags[table] in ("tbody", "thead", "tfoot"):
            table = parents[table]
        return _Cell(block, row, table) if table >= 0 and tags[row] == "tr" and tags[table] == "table" else None

    def _is_data(self, run: list[int]) -> bool:
        """Whether cells are a table of data: more than one in a row, and never two blocks in one cell."""
        holders = [self.segments.holders[block] for block in run]
        rows = {self.document.parents[holder] for holder in holders}
        return len(rows) < len(holders) == len(set(holders))

    def _table(self, run: list[int]) -> str:
        by_holder = {self.segments.holders[block]: block for block in run}
        rows: list[list[str]] = []
        for row in dict.fromkeys(self.document.parents[holder] for holder in by_holder):
            cells = [at for at in self._children(row) if self.document.tags[at] in ("td", "th")]
            rows.append([self._cell_text(by_holder[at]) if at in by_holder else "" for at in cells])
        width = max(map(len, rows))
        lines = ["| " + " | ".join(row + [""] * (width - len(row))) + " |" for row in rows]
        return "\n".join([lines[0], "|" + " --- |" * width, *lines[1:]])

    def _children(self, position: int) -> Iterator[int]:
        child, end = position + 1, self.document.ends[position]
        while child < end:
            yield child
            child = self.document.ends[child]

    def _cell_text(self, block: int) -> str:
        return self.inline.render(block).replace("  \n", " ").replace("\n", " ").replace("|", "\\|")

    def _single(self, block: int) -> str:
        holder = self.segments.holders[block]
        if self.segments.flags[holder] & PRE_FLAG:
            return self._code(block, holder)
        text = self.inline.render(block)
        tag = self.document.tags[holder]
        if len(tag) == 2 and tag[0] == "h" and tag[1] in "123456":
            return "#" * int(tag[1]) + " " + text.replace("  \n", " ")
        return text

    def _code(self, block: int, holder: int) -> str:
        text = self.segments.texts[block]
        longest = max((len(run) for run in re.findall("`{3,}", text)), default=2)
        fence = "`" * (longest + 1)
        names = [
            self.document.classes[at] or ""
            for at in (holder, holder + 1, self.document.parents[holder])
            if at < len(self.document.classes)
        ]
        language = next((found[1].lower() for name in names if (found := _LANGUAGE.search(name))), "")
        return f"{fence}{language}\n{text}\n{fence}"

    def _prefixes(self, block: int) -> tuple[str, str, int]:
        """What stands before the first line and before the others; the outermost list or quote, or -1."""
        holder = self.segments.holders[block]
        if not self.segments.flags[holder] & NESTED:
            return "", "", -1
        first, following, outermost = "", "", -1
        for position in self._nesting(holder):
            is_quote = self.document.tags[position] == "blockquote"
            if outermost < 0:
                outermost = position if is_quote else self.document.parents[position]
            if is_quote:
                first, following = first + "> ", following + "> "
                continue
            bullet = self._bullet(position)
            first += " " * len(bullet) if position in self.started else bullet
            following += " " * len(bullet)
            self.started.add(position)
        return first, following, outermost

    def _nesting(self, holder: int) -> list[int]:
        """List items and quotes around a block, outermost first; an item whose bullet is due wins over those around."""
        tags, parents = self.document.tags, self.document.parents
        found = []
        position = holder
        while position >= 0 and self.segments.flags[position] & NESTED:
            if tags[position] == "blockquote" or (tags[position] == "li" and tags[parents[position]] in LISTS):
                found.append(position)
            position = parents[position]
        return found[::-1][:DEEPEST]

    def _bullet(self, item: int) -> str:
        parent = self.document.parents[item]
        if self.document.tags[parent] != "ol":
            return "- "
        if item not in self.numbers:
            items = [child for child in self._children(parent) if self.document.tags[child] == "li"]
            self.numbers.update(zip(items, range(self._start(parent), self._start(parent) + len(items)), strict=True))
        return f"{self.numbers[item]}. "

    def _start(self, ordered: int) -> int:
        start = self.document.elements[ordered].get("start") or ""
        return int(start) if start.isdecimal() and len(start) < 8 else 1
