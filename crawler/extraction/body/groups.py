"""Blocks that belong together: children of one element, rows of one list, blocks marked up alike."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from crawler.extraction.body.blocks import BOX_FLAGS, Segments
from crawler.extraction.document import Document

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
Row = NDArray[Any]
"""One value a block: numbers or truth values."""


NAMES = ("parent", "grandparent", "alike", "box")


@dataclass(frozen=True, slots=True)
class Groups:
    """Numbers of the groups that each block is in."""

    document: Document
    holders: Ints
    by_name: dict[str, Ints]
    """`parent`, `grandparent`, `alike` (same tag and classes, same classes of the parent), `box` (outermost list or
    table)."""
    sizes: dict[str, Ints]
    """Number of blocks in the group of each block."""

    def describe(self, rows: dict[str, Row], weight: Floats, links: Floats, dense: NDArray[np.bool_]) -> None:
        """Add size, share of the page's text, link share, mean length and density of each group."""
        total = weight.sum()
        linked, running = weight * links, np.where(dense, weight, 0)
        all_running = max(float(running.sum()), 1.0)
        for name, group in self.by_name.items():
            count, mass = np.bincount(group), np.bincount(group, weight)
            shares = {
                "size": np.minimum(count, 50),
                "share": mass / total,
                "links": np.bincount(group, linked) / mass,
                "mean": np.log1p(mass / count),
                "dense": np.bincount(group, dense) / count,
                "running": np.bincount(group, running) / all_running,
            }
            for what, row in shares.items():
                rows[f"{name}_{what}"] = row[group]

    def describe_container(self, rows: dict[str, Row], prefix: str, mass: Floats) -> None:
        """Add each block's place relative to the element whose children hold the most mass."""
        path = self._heaviest_path(mass)
        count, depth = len(mass), len(path)
        if not depth:
            for name in ("up", "inside", "before", "first", "last"):
                rows[prefix + name] = np.zeros(count, np.float32)
            return
        starts = np.array(path)
        ends = np.array([self.document.ends[position] for position in path])
        common = np.minimum(
            np.searchsorted(starts, self.holders, "right"), depth - np.searchsorted(ends[::-1], self.holders, "right")
        )
        summed = np.concatenate(([0.0], np.cumsum(mass)))
        inside = summed[np.searchsorted(self.holders, ends)] - summed[np.searchsorted(self.holders, starts)]
        heavy = np.flatnonzero((mass > 0) & (common >= depth - 1))
        index = np.arange(count)
        rows[prefix + "up"] = np.minimum(depth - common, 12)
        rows[prefix + "inside"] = (inside / summed[-1])[np.maximum(common - 1, 0)]
        rows[prefix + "before"] = summed[:-1] / summed[-1]
        rows[prefix + "first"] = within(index - heavy[0], -15, 40)
        rows[prefix + "last"] = within(index - heavy[-1], -40, 15)

    def _heaviest_path(self, mass: Floats) -> list[int]:
        """Root to the element whose children hold the most mass; empty where nothing has any."""
        group = self.by_name["parent"]
        sums = np.bincount(group, mass)
        best = int(np.argmax(sums))
        if sums[best] <= 0:
            return []
        child = int(self.holders[np.argmax(group == best)])
        return list(self.document.ancestors(child))[::-1] or [child]


def within(row: Row, low: int, high: int) -> Row:
    """Numbers cut to bounds; `np.clip` does the same in three times the time on as few as a page has."""
    return np.minimum(np.maximum(row, low), high)


def group_blocks(segments: Segments) -> Groups:
    """The groups of a page's blocks."""
    document = segments.document
    parents, classes, tags = document.parents, document.classes, document.tags
    by_parent, by_grandparent, by_kind, by_box = _numberings()
    around: dict[int, tuple[int, int, int, str | None]] = {}
    found: tuple[list[int], ...] = ([], [], [], [])
    add_parent, add_grandparent, add_kind, add_box = (column.append for column in found)
    for holder in segments.holders:
        parent = parents[holder] if holder else 0
        known = around.get(parent)
        if known is None:
            known = around[parent] = (
                by_parent.setdefault(parent, len(by_parent)),
                by_grandparent.setdefault(parents[parent], len(by_grandparent)),
                by_box.setdefault(outermost_box(document, segments.flags, parent), len(by_box)),
                classes[parent],
            )
        kind = (tags[holder], classes[holder], known[3])
        add_parent(known[0])
        add_grandparent(known[1])
        add_kind(by_kind.setdefault(kind, len(by_kind)))
        add_box(known[2])
    by_name = {name: np.array(column, int) for name, column in zip(NAMES, found, strict=True)}
    sizes = {name: np.bincount(group)[group] for name, group in by_name.items()}
    return Groups(document, np.array(segments.holders, int), by_name, sizes)


def _numberings() -> tuple[dict[object, int], ...]:
    return {}, {}, {}, {}


def outermost_box(document: Document, flags: list[int], position: int) -> int:
    """The outermost list or table around an element; the element itself where it is in none."""
    found = position
    while flags[position] & BOX_FLAGS:
        found = position
        position = document.parents[position]
    return found
