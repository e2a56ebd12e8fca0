"""A small network over a page's blocks: what each is like, what stands beside it, what its parent's and its kin are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from crawler.extraction.body.passes import Hopeful

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

CONTEXTS = 6
"""What the second layer sees of each block: itself, the one before, the one after, and the means of the page, of its
parent's children and of the blocks written alike."""

FEW = 250_000
"""Multiplications of matrices that are done at once. OpenBLAS starts threads for more than 262,144 of them, which costs
more than it saves on pages, the more so beside other workers."""


class Weights(NamedTuple):
    """The network as it is trained and stored."""

    scale: Floats
    """Rows: lowest and highest value of each feature, beyond which it is cut, its mean and its deviation."""
    first: Floats
    """Weights of the first layer, one row a feature; the last row is added."""
    second: Floats
    """The same of the second layer, one row a unit of each context."""
    output: Floats
    """Weights of the output; the last is added."""


@dataclass(frozen=True, slots=True)
class Network:
    """Two layers of rectified units and an output; between the layers each block looks around."""

    lowest: Floats
    highest: Floats
    first: Floats
    """One row a unit, the scale of the features in it."""
    first_added: Floats
    second: Floats
    """For each context, one row a unit of the second layer."""
    second_added: Floats
    output: Floats
    output_added: float

    def log_odds(self, matrix: Floats, hopeful: Hopeful) -> Floats:
        """Log-odds of each column of the matrix, whose columns are the hopeful blocks of one page in order."""
        cut = np.minimum(np.maximum(matrix, self.lowest), self.highest)
        hidden = np.maximum(_times(self.first, cut) + self.first_added, 0)
        # The second layer is linear in what a block sees, so that its units are averaged instead of the first's.
        own, before, after, page, parent, kin = _times(self.second, hidden).reshape(CONTEXTS, -1, hidden.shape[1])
        seen = own + (page.mean(axis=1, keepdims=True) + self.second_added)
        seen[:, 1:] += before[:, :-1]
        seen[:, :-1] += after[:, 1:]
        seen += _means(parent, hopeful.parent)
        seen += _means(kin, hopeful.kin)
        result: Floats = self.output @ np.maximum(seen, 0) + np.float32(self.output_added)
        return result


def ready(weights: Weights) -> Network:
    """The network in the form that is evaluated: features in rows, their scale within the first weights."""
    lowest, highest, mean, deviation = (row[:, None] for row in weights.scale)
    first = (weights.first[:-1] / deviation).T
    units = len(first)
    second = weights.second[:-1].reshape(CONTEXTS, units, -1).transpose(0, 2, 1).reshape(-1, units)
    return Network(
        lowest, highest, np.ascontiguousarray(first), weights.first[-1][:, None] - first @ mean,
        np.ascontiguousarray(second), weights.second[-1][:, None], weights.output[:-1], float(weights.output[-1]),
    )  # fmt: skip


def _times(weights: Floats, values: Floats) -> Floats:
    """The product of two matrices, some columns at a time."""
    width = max(FEW // weights.size, 1)
    count = values.shape[1]
    if count <= width:
        return weights @ values
    parts = [weights @ values[:, start : start + width] for start in range(0, count, width)]
    return np.concatenate(parts, axis=1)


def _means(values: Floats, group: Ints) -> Floats:
    """For each block the mean over its group, of every row."""
    order = np.argsort(group, kind="stable")
    count = np.bincount(group)
    starts = np.cumsum(count) - count
    means = np.add.reduceat(values[:, order], starts, axis=1) / count
    return means.astype(np.float32)[:, group]
