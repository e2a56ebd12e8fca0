"""What the first pass said of the page, as features of the second."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from crawler.extraction.body.blocks import Segments
from crawler.extraction.body.clues import read_clues
from crawler.extraction.body.features import Features, shift, stack
from crawler.extraction.body.groups import Row, within

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

SURE = 0.6
"""A block with this probability and 60 characters is taken for body when the body's edges are measured."""
MOST_KIN = 30
"""Blocks written alike beyond which it is no matter how many there are."""
TINY = 1e-3
_SMOOTH = np.ones(7, np.float32) / 7
_EDGE = np.zeros(3, np.float32)


@dataclass(frozen=True, slots=True)
class Hopeful:
    """The blocks that the first pass does not rule out, and which of them belong together."""

    at: Ints
    """Their indexes, in document order."""
    parent: Ints
    """For each of them the number of its group: children of one element,"""
    kin: Ints
    """elements of one tag and the same classes on the page,"""
    siblings: Ints
    """the same within one parent."""


def gather(segments: Segments, at: Ints) -> Hopeful:
    """The blocks at these indexes, grouped."""
    document = segments.document
    tags, classes, parents = document.tags, document.classes, document.parents
    holders = [segments.holders[block] for block in at.tolist()]
    parent = _numbered([parents[holder] for holder in holders])
    kin = _numbered([(tags[holder], classes[holder]) for holder in holders])
    return Hopeful(at, parent, kin, _numbered(list(zip(parent.tolist(), kin.tolist(), strict=True))))


def _numbered(keys: list[Any]) -> Ints:
    numbers: dict[Any, int] = {}
    return np.array([numbers.setdefault(key, len(numbers)) for key in keys], np.int64)


def second_matrix(segments: Segments, features: Features, matrix: Floats, scores: Floats, hopeful: Hopeful) -> Floats:
    """What the second pass is told of the hopeful blocks: one row a feature, one column a block."""
    at = hopeful.at
    passed, clues = second_rows(features, scores), read_clues(segments, at.tolist())
    clues |= kin_rows(hopeful, features.weight[at], scores[at])
    first, second = len(matrix), len(passed)
    joined = np.empty((first + second + len(clues), len(at)), np.float32)
    np.take(matrix, at, axis=1, out=joined[:first])
    np.take(stack(passed), at, axis=1, out=joined[first : first + second])
    for index, row in enumerate(clues.values(), first + second):
        joined[index] = row
    return joined


def second_names(segments: Segments, features: Features) -> list[str]:
    """The names of the rows of `second_matrix`."""
    scores = np.zeros(len(segments), np.float32)
    kin = kin_rows(gather(segments, np.array([0])), features.weight[:1], scores[:1])
    return [*features.rows, *second_rows(features, scores), *read_clues(segments, [0]), *kin]


def kin_rows(hopeful: Hopeful, weight: Floats, scores: Floats) -> dict[str, Row]:
    """What the first pass said of the hopeful blocks' kin; weight and scores are those of the hopeful blocks."""
    rows: dict[str, Row] = {}
    for name, group in (("kin", hopeful.kin), ("sibling", hopeful.siblings)):
        size = np.bincount(group)[group]
        # The mean of the others, drawn towards doubt where they are few.
        rows[f"{name}_others"] = (np.bincount(group, scores)[group] - scores + 0.3) / size
        rows[f"{name}_size"] = np.minimum(size, MOST_KIN)
    group, parent, mass = hopeful.siblings, hopeful.parent, weight * scores
    rows["sibling_share"] = np.bincount(group, weight)[group] / np.bincount(parent, weight)[parent]
    rows["sibling_held"] = np.bincount(group, mass)[group] / np.maximum(np.bincount(parent, mass), TINY)[parent]
    return rows


def second_rows(features: Features, scores: Floats) -> dict[str, Row]:
    """Features that the second pass knows beyond those of the first."""
    rows: dict[str, Row] = {"p": scores}
    for by in (-3, -2, -1, 1, 2, 3):
        rows[f"p{by:+d}"] = shift(scores, by, -0.1)
    weight, groups = features.weight, features.groups
    mass = scores * weight
    total = max(float(mass.sum()), 1.0)
    for name, group in groups.by_name.items():
        size = groups.sizes[name]
        held = np.bincount(group, mass)
        rows[f"{name}_p"] = (held / np.bincount(group, weight))[group]
        rows[f"{name}_others"] = (np.bincount(group, scores)[group] - scores + 0.3) / size
        rows[f"{name}_held"] = (held / total)[group]
    passed = np.cumsum(mass)
    rows["p_before"] = (passed - mass) / total
    rows["p_total"] = np.full(len(mass), np.log1p(total))
    rows["p_smooth"] = np.convolve(np.concatenate((_EDGE, scores, _EDGE)), _SMOOTH, "valid")
    above = features.above
    rows["heading_p"] = np.where(above >= 0, scores[above], 0.5)
    rows["heading_words"] = np.where(above >= 0, features.rows["words_text"][above], 0.0)
    _describe_edges(rows, np.flatnonzero((scores > SURE) & (weight > 60)), len(mass))
    groups.describe_container(rows, "sure_", np.where(scores > 0.5, mass, 0))
    return rows


def _describe_edges(rows: dict[str, Row], sure: NDArray[np.int64], count: int) -> None:
    index = np.arange(count)
    if not len(sure):
        for name in ("from_first", "from_last", "to_next", "to_previous"):
            rows[name] = np.full(count, 40)
        return
    after, before = np.searchsorted(sure, index, "right"), np.searchsorted(sure, index, "left") - 1
    rows["from_first"] = within(index - sure[0], -15, 40)
    rows["from_last"] = within(index - sure[-1], -40, 15)
    behind, ahead = sure[np.minimum(after, len(sure) - 1)] - index, index - sure[np.maximum(before, 0)]
    rows["to_next"] = np.where(after < len(sure), within(behind, 0, 40), 40)
    rows["to_previous"] = np.where(before >= 0, within(ahead, 0, 40), 40)
