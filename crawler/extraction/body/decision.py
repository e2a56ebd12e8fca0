"""From probabilities to the choice of blocks."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

USUAL = 0.5
LOWEST = 0.1
"""Bounds of the probability that a block needs."""
SHARE_OF_TYPICAL = 0.6
"""On a page where the model is unsure of everything, a block needs this share of what the body's middle has."""


def keep(scores: Floats, weight: Floats) -> NDArray[np.bool_]:
    """Which blocks are the article's own text."""
    kept: NDArray[np.bool_] = scores >= threshold(scores, weight)
    return kept


def threshold(scores: Floats, weight: Floats) -> float:
    """The probability that a block needs on this page: less where none is high, as on pages laid out unusually."""
    order = np.argsort(-scores, kind="stable")
    passed = np.cumsum((scores * weight)[order])
    if not len(order) or passed[-1] <= 0:
        return USUAL
    typical = float(scores[order][np.searchsorted(passed, passed[-1] / 2)])
    return min(USUAL, max(LOWEST, SHARE_OF_TYPICAL * typical))
