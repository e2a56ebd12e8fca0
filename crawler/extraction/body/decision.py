"""From probabilities to the choice of blocks."""

from __future__ import annotations

import re

import numpy as np
from numpy.typing import NDArray

from crawler.extraction.body.blocks import Segments
from crawler.extraction.body.features import Features
from crawler.extraction.body.words import name_words

Floats = NDArray[np.float32]

USUAL = 0.5
LOWEST = 0.1
"""Bounds of the probability that a block needs."""
SHARE_OF_TYPICAL = 0.6
"""On a page where the model is unsure of everything, a block needs this share of what the body's middle has."""
CERTAIN = 0.9
"""A page with a block as probable as this is laid out as usual; what the model doubts there, comments say, is out."""
WORTH_DOUBT = 250
"""The probability is lowered only where so many characters are gained by it."""

LONG = 60
"""Characters from which on a text is prose, and one that stands there again is a copy of it."""
LONGEST_LABEL = 120
BYLINE_NAMES = frozenset(
    {
        "byline",
        "signature",
        "author",
        "authors",
        "autor",
        "auteur",
        "auteurs",
        "autore",
        "dateline",
        "timestamp",
        "pubdate",
    }
)
"""Words of an element's own class that mark a byline or a date. One beside other words (`post-author`) counts as well,
so only short blocks are asked."""
ADVERTISEMENTS = frozenset(
    {
        "advertisement",
        "advertising",
        "ad",
        "ads",
        "anzeige",
        "werbung",
        "publicité",
        "publicidad",
        "pubblicità",
        "reklama",
    }
)
"""Labels over advertisements."""
_BY = re.compile(r"(?:by|von|par|por|di|door|av|autor(?:in)?:|author:)\s+\S.{0,70}(?<![.!?…])$", re.IGNORECASE)
"""A byline before the first paragraph."""


def keep(scores: Floats, weight: Floats) -> NDArray[np.bool_]:
    """Which blocks are the article's own text."""
    kept: NDArray[np.bool_] = scores >= threshold(scores, weight)
    return kept


def threshold(scores: Floats, weight: Floats) -> float:
    """The probability that a block needs on this page: less where none is high, as on pages laid out unusually."""
    order = np.argsort(-scores, kind="stable")
    passed = np.cumsum((scores * weight)[order])
    if not len(order) or passed[-1] <= 0 or scores.max() >= CERTAIN:
        return USUAL
    typical = float(scores[order][np.searchsorted(passed, passed[-1] / 2)])
    lowered = max(LOWEST, SHARE_OF_TYPICAL * typical)
    return lowered if lowered < USUAL and weight[scores >= lowered].sum() >= WORTH_DOUBT else USUAL


def choose(segments: Segments, features: Features, scores: Floats) -> list[int]:
    """The article's own blocks: those that the model keeps, but never headline, byline, advertisement or a copy."""
    kept = np.flatnonzero(keep(scores, features.weight)).tolist()
    seen: set[str] = set()
    chosen: list[int] = []
    in_prose = False
    for block in kept:
        text = segments.texts[block]
        if text in seen or _is_label(text, segments, block):
            continue
        if not in_prose and (features.rows["repeats_title"][block] or _BY.match(text)):
            continue
        if len(text) >= LONG:
            seen.add(text)
            in_prose = True
        chosen.append(block)
    return chosen


def _is_label(text: str, segments: Segments, block: int) -> bool:
    """Whether a short text is marked up as byline or date, or announces an advertisement."""
    if len(text) > LONGEST_LABEL:
        return False
    if text.strip(" :.-–—").casefold() in ADVERTISEMENTS:
        return True
    classes = segments.document.classes[segments.holders[block]] or ""
    return not BYLINE_NAMES.isdisjoint(name_words(classes[:400]))
