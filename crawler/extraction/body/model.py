"""The trained model: weights of words, two forests of symmetric trees and a network, evaluated with arrays."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from crawler.extraction.body.blocks import Segments
from crawler.extraction.body.features import Features, read_features
from crawler.extraction.body.network import Network, Weights, ready
from crawler.extraction.body.passes import gather, second_matrix
from crawler.extraction.body.words import WordModel, WordScores, unpack

Floats = NDArray[np.float32]

HOPELESS = 0.02
"""Blocks below this probability after the first pass are not looked at again."""

NETWORK_SHARE = 0.4
"""How much of the second pass' log-odds is the network's, the forest's being the rest. Their mistakes differ."""
BATCH = 2_000
"""Blocks that are evaluated at once; bounds the memory that a page of many blocks takes."""


@dataclass(frozen=True, slots=True)
class Forest:
    """Trees of one depth, every level of a tree asking the same question (as CatBoost grows them)."""

    features: NDArray[np.int32]
    """Row of the feature asked for: tree by tree, level by level."""
    borders: Floats
    """The value that has to be exceeded, in the same order."""
    leaves: Floats
    """Value of each leaf: one row a tree, the first question being the lowest bit of the index."""
    bias: float

    def probabilities(self, matrix: Floats) -> Floats:
        """The probability of each column of the matrix."""
        return probabilities(self.log_odds(matrix))

    def log_odds(self, matrix: Floats) -> Floats:
        """Log-odds of each column of the matrix."""
        if matrix.shape[1] > BATCH:
            parts = np.array_split(matrix, matrix.shape[1] // BATCH + 1, axis=1)
            return np.concatenate([self.log_odds(part) for part in parts])
        trees, size = self.leaves.shape
        depth = size.bit_length() - 1
        # Level by level: a third of the time of packing all answers of all trees at once.
        leaf = np.zeros((trees, matrix.shape[1]), np.uint8)
        for level in reversed(range(depth)):
            answers = np.take(matrix, self.features[level::depth], axis=0) > self.borders[level::depth, None]
            leaf += leaf  # numpy adds bytes many at once, and shifts them one by one
            leaf |= answers.view(np.uint8)
        index = leaf + np.arange(0, trees * size, size)[:, None]
        total: Floats = (np.take(self.leaves, index).sum(axis=0) + self.bias).astype(np.float32)
        return total


def probabilities(log_odds: Floats) -> Floats:
    """Probabilities of log-odds."""
    result: Floats = (1 / (1 + np.exp(-log_odds))).astype(np.float32)
    return result


@dataclass(frozen=True, slots=True)
class Model:
    """Everything that is learned."""

    words: WordModel
    first: Forest
    second: Forest
    network: Network

    def score(self, segments: Segments, headline: int | None) -> tuple[Floats, Features, WordScores]:
        """The probability of each block to be the article's own text, and what it was read from."""
        words = self.words.score(segments)
        features = read_features(segments, words, headline)
        matrix = features.matrix()
        scores = self.first.probabilities(matrix)
        at = np.flatnonzero(scores >= HOPELESS)
        if len(at):
            hopeful = gather(segments, at)
            told = second_matrix(segments, features, matrix, scores, hopeful)
            scores = np.where(scores < HOPELESS, 0, scores)
            scores[at] = mixed(self.second.log_odds(told), self.network.log_odds(told, hopeful))
        return scores, features, words


def mixed(forest: Floats, network: Floats) -> Floats:
    """The probabilities of the second pass from the log-odds of its two parts."""
    return probabilities((1 - NETWORK_SHARE) * forest + NETWORK_SHARE * network)


@cache
def load_model() -> Model:
    """The model that is part of the package."""
    with files("crawler.extraction.body").joinpath("model.npz").open("rb") as stream, np.load(stream) as data:
        names = dict(zip(unpack(data["names"]), map(tuple, data["name_weights"].astype(float).tolist()), strict=True))
        texts = dict(zip(unpack(data["texts"]), data["text_weights"].astype(float).tolist(), strict=True))
        first, second = (
            Forest(
                data[f"{name}_features"], data[f"{name}_borders"], data[f"{name}_leaves"], float(data[f"{name}_bias"])
            )
            for name in ("first", "second")
        )
        network = ready(Weights(*(data[f"network_{name}"] for name in Weights._fields)))
    return Model(WordModel(names, texts), first, second, network)
