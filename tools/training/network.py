"""Fits the network of the second pass: Adam on batches of whole pages, with dropout; plain arrays, one thread."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from crawler.extraction.body.network import CONTEXTS, Weights
from crawler.extraction.body.passes import Hopeful

Floats = NDArray[np.float32]

UNITS = (48, 32)
"""Units of the first and of the second layer."""
EPOCHS = 12
PAGES = 48
"""Pages of a batch."""
RATE = 3e-3
WARM = 50
"""Batches until the rate is reached, from which it falls to nothing."""
DECAY = 1e-2
DROPPED = 0.5
DROPPED_FEATURES = 0.25
"""Shares of units and of features that are left out of each step."""
NAMELESS = 0.2
"""Share of the pages that a step sees without what their class names say, as those of a theme never seen."""
EXTREME = 0.01
"""Share of the values at either end of each feature that is cut."""


@dataclass(frozen=True, slots=True)
class Pages:
    """The hopeful blocks of some pages, one below the other."""

    told: Floats
    """One row a block, scaled."""
    before: Floats
    """0 for the first block of a page, else 1."""
    groups: tuple[tuple[sparse.csr_matrix, sparse.csr_matrix], ...]
    """For page, parent and kin: the sums over each group, and each block's share of its group's."""
    labels: Floats
    weight: Floats

    def forget(self, features: list[int], pages: NDArray[np.bool_]) -> None:
        """Take from these pages what these features say."""
        page = np.cumsum(self.before == 0) - 1
        self.told[np.ix_(pages[page], features)] = 0

    def around(self, hidden: Floats) -> Floats:
        """What each block sees, one context beside the other."""
        previous, following = np.zeros_like(hidden), np.zeros_like(hidden)
        previous[1:] = hidden[:-1] * self.before[1:, None]
        following[:-1] = hidden[1:] * self.before[1:, None]
        return np.concatenate([hidden, previous, following, *(b @ (a @ hidden) for a, b in self.groups)], axis=1)

    def inward(self, slope: Floats) -> Floats:
        """Slope of the hidden units from that of what is around them."""
        own, previous, following, *means = np.split(slope, CONTEXTS, axis=1)
        total = own.copy()
        total[:-1] += previous[1:] * self.before[1:, None]
        total[1:] += following[:-1] * self.before[1:, None]
        for (sums, shares), mean in zip(self.groups, means, strict=True):
            total += sums.T @ (shares.T @ mean)
        return total


@dataclass(frozen=True, slots=True)
class Page:
    """One page's blocks: `matrix` as the network is told of them."""

    matrix: Floats
    hopeful: Hopeful
    labels: Floats
    weight: Floats


@dataclass(slots=True)
class _Fit:
    """Weights on their way, with Adam's running means."""

    generator: np.random.Generator
    weights: list[Floats]
    means: list[Floats] = field(default_factory=list)
    squares: list[Floats] = field(default_factory=list)
    steps: int = 0

    def step(self, slopes: list[Floats], rate: float) -> None:
        self.steps += 1
        for weights, slope, mean, square in zip(self.weights, slopes, self.means, self.squares, strict=True):
            mean[:] += 0.1 * (slope - mean)
            square[:] += 0.001 * (slope * slope - square)
            toward = (mean / (1 - 0.9**self.steps)) / (np.sqrt(square / (1 - 0.999**self.steps)) + 1e-8)
            toward[:-1] += DECAY * weights[:-1]
            weights[:] -= rate * toward

    def kept(self, shape: tuple[int, ...], dropped: float) -> Floats:
        return ((self.generator.random(shape) >= dropped) / (1 - dropped)).astype(np.float32)


def fit_network(pages: list[Page], said_by_names: list[int], seed: int) -> Weights:
    """The network that tells the blocks of the gold bodies from the others; pages without weight are left out.

    `said_by_names` are the rows of the features that class names and ids say.
    """
    usable = [page for page in pages if page.weight.sum() > 0]
    scale = _scale(usable)
    generator = np.random.default_rng(seed)
    fit = _started(generator, usable[0].matrix.shape[0])
    batches = -(-len(usable) // PAGES)
    for _ in range(EPOCHS):
        order = generator.permutation(len(usable))
        for chosen in np.array_split(order, batches):
            left = 1 - fit.steps / (EPOCHS * batches)
            batch = _gathered([usable[page] for page in chosen], scale)
            batch.forget(said_by_names, generator.random(len(chosen)) < NAMELESS)
            fit.step(_slopes(fit, batch), RATE * min(1, (fit.steps + 1) / WARM) * left)
    first, second, output = fit.weights
    return Weights(scale, first, second, output[:, 0])


def _scale(pages: list[Page]) -> Floats:
    told = np.concatenate([page.matrix[:, ::3] for page in pages], axis=1)
    lowest, highest = np.quantile(told, [EXTREME, 1 - EXTREME], axis=1)
    cut = np.clip(told, lowest[:, None], highest[:, None])
    return np.array([lowest, highest, cut.mean(axis=1), cut.std(axis=1) + 1e-6], np.float32)


def _started(generator: np.random.Generator, features: int) -> _Fit:
    first, second = UNITS
    sizes = ((features, first), (CONTEXTS * first, second), (second, 1))
    weights = [
        np.concatenate((generator.standard_normal(size) * np.sqrt(2 / size[0]), np.zeros((1, size[1])))).astype(
            np.float32
        )
        for size in sizes
    ]
    return _Fit(generator, weights, [np.zeros_like(w) for w in weights], [np.zeros_like(w) for w in weights])


def _gathered(pages: list[Page], scale: Floats) -> Pages:
    lowest, highest, mean, deviation = scale
    sizes = [page.matrix.shape[1] for page in pages]
    starts = np.cumsum([0, *sizes[:-1]])
    before = np.ones(sum(sizes), np.float32)
    before[starts] = 0
    told = np.concatenate([page.matrix for page in pages], axis=1).T
    groups = [np.repeat(starts, sizes)]
    for name in ("parent", "kin"):
        numbers = zip(pages, starts, strict=True)
        groups.append(np.concatenate([getattr(page.hopeful, name) + start for page, start in numbers]))
    return Pages(
        ((np.clip(told, lowest, highest) - mean) / deviation).astype(np.float32),
        before,
        tuple(_averaging(group) for group in groups),
        np.concatenate([page.labels for page in pages]),
        np.concatenate([page.weight for page in pages]),
    )


def _averaging(group: NDArray[np.int64]) -> tuple[sparse.csr_matrix, sparse.csr_matrix]:
    count = np.bincount(group)
    blocks, size = np.arange(len(group)), (len(count), len(group))
    sums = sparse.csr_matrix((np.ones(len(group), np.float32), (group, blocks)), shape=size)
    shares = sparse.csr_matrix(((1 / count[group]).astype(np.float32), (blocks, group)), shape=size[::-1])
    return sums, shares


def _slopes(fit: _Fit, batch: Pages) -> list[Floats]:
    """Slopes of the mean log loss by each layer's weights."""
    first, second, output = fit.weights
    told = batch.told * fit.kept(batch.told.shape, DROPPED_FEATURES)
    raw = told @ first[:-1] + first[-1]
    mask = fit.kept(raw.shape, DROPPED) * (raw > 0)
    around = batch.around(raw * mask)
    raw_around = around @ second[:-1] + second[-1]
    mask_around = fit.kept(raw_around.shape, DROPPED) * (raw_around > 0)
    seen = raw_around * mask_around
    chance = 1 / (1 + np.exp(-(seen @ output[:-1] + output[-1])[:, 0]))
    wrong = (batch.weight * (chance - batch.labels) / max(float(batch.weight.sum()), 1e-6)).astype(np.float32)[:, None]
    slope_seen = (wrong @ output[:-1].T) * mask_around
    slope_hidden = batch.inward(slope_seen @ second[:-1].T) * mask
    pairs = ((told, slope_hidden), (around, slope_seen), (seen, wrong))
    return [np.concatenate((values.T @ slope, slope.sum(axis=0, keepdims=True))) for values, slope in pairs]
