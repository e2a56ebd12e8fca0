"""The weights that tell articles from other pages, and what speaks for a verdict.

`page_model.json` holds them with the corpora, digest and scores of the training, which `tools/training/page_type.py`
does.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

MIN_ARTICLE = 0.35
"""Probability from which a page is kept as an article: a dropped article is a greater loss than a kept page."""
GROUNDS = 4
"""How many of the strongest signals a reason names."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """The most probable kind of a page."""

    name: str
    """`article`, `listing`, `product`, `forum`, `documentation` or `page`."""
    probability: float
    """Of this kind, 0 to 1."""
    rival: str
    """The kind that came next."""
    grounds: tuple[str, ...]
    """The signals that decided between the two, the strongest first."""


@dataclass(frozen=True, slots=True)
class Weights:
    """A linear model: one row of weights per kind."""

    kinds: tuple[str, ...]
    bias: tuple[float, ...]
    signals: Mapping[str, tuple[float, ...]]
    """Signal → its weight for every kind."""


@cache
def weights() -> Weights:
    """The model of the package."""
    read = json.loads(Path(__file__).with_suffix(".json").read_text(encoding="utf-8"))
    rows = {name: tuple(values) for name, values in read["signals"].items()}
    return Weights(tuple(read["kinds"]), tuple(read["bias"]), rows)


def weigh(signals: Mapping[str, float]) -> Verdict:
    """The kind that the signals speak for; `article` where its probability reaches MIN_ARTICLE."""
    model = weights()
    known = [(name, value, model.signals[name]) for name, value in signals.items() if name in model.signals]
    scores = [bias + sum(value * row[i] for _, value, row in known) for i, bias in enumerate(model.bias)]
    top = max(scores)
    parts = [math.exp(score - top) for score in scores]
    chances = [part / sum(parts) for part in parts]
    order = sorted(range(len(chances)), key=lambda i: -chances[i])
    article = model.kinds.index("article")
    first = article if chances[article] >= MIN_ARTICLE else next(i for i in order if i != article)
    rival = next(i for i in order if i != first)
    gains = sorted(((value * (row[first] - row[rival]), name) for name, value, row in known), reverse=True)
    grounds = tuple(name for gain, name in gains[:GROUNDS] if gain > 0)
    return Verdict(model.kinds[first], chances[first], model.kinds[rival], grounds)
