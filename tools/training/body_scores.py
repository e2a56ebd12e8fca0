"""Scores of kept blocks against gold bodies: four-token shingles, whole body identical, segments."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from statistics import mean

import numpy as np
from numpy.typing import NDArray

from tools.training.body_examples import Example

_TOKEN = re.compile(r"\w+")
READABLE = 0.5
"""Pages whose gold text stands in the markup to a smaller share say nothing of the choice of blocks."""


def score_examples(examples: list[Example], kept: dict[int, NDArray[np.bool_]]) -> dict[str, dict[str, float]]:
    """Per source: F1 of shingles, share of bodies that are exactly right, F1 of marked segments."""
    bodies: dict[str, list[tuple[str, str]]] = defaultdict(list)
    segments: dict[str, Counter[str]] = defaultdict(Counter)
    for number, keep in kept.items():
        example = examples[number]
        text = "\n\n".join(text for text, is_kept in zip(example.segments.texts, keep, strict=True) if is_kept)
        if example.record.get("body") and (example.covered or 0) > READABLE:
            bodies[example.source].append((example.record["body"], text))
        _count_segments(segments[example.source], example, text)
    scores: dict[str, dict[str, float]] = {}
    for source, pairs in bodies.items():
        exact = mean(_TOKEN.findall(gold) == _TOKEN.findall(text) for gold, text in pairs)
        scores[source] = {"f1": shingle_f1(pairs), "exact": round(exact, 3), "pages": len(pairs)}
    for source, counts in segments.items():
        if counts["right"]:
            f1 = 2 * counts["right"] / (2 * counts["right"] + counts["wrong"] + counts["missing"])
            scores.setdefault(source, {})["segments_f1"] = round(f1, 4)
    return scores


def shingle_f1(pairs: Iterable[tuple[str, str]]) -> float:
    """F1 of the mean precision and mean recall of four-token shingles over (gold, text) pairs."""
    precisions, recalls = [], []
    for gold, text in pairs:
        wanted, found = _shingles(gold), _shingles(text)
        right = (wanted & found).total()
        if found:
            precisions.append(right / found.total())
        recalls.append(right / wanted.total() if wanted else 1.0)
    precision, recall = (mean(values) if values else 0.0 for values in (precisions, recalls))
    return round(2 * precision * recall / (precision + recall), 4) if precision + recall else 0.0


def _shingles(text: str) -> Counter[tuple[str, ...]]:
    words = _TOKEN.findall(text)
    return Counter(tuple(words[start : start + 4]) for start in range(max(1, len(words) - 3)) if words)


def _count_segments(counts: Counter[str], example: Example, text: str) -> None:
    folded = " ".join(text.split())
    for sample in example.record.get("must_have") or []:
        counts["right" if " ".join(sample.split()) in folded else "missing"] += 1
    for sample in example.record.get("must_not") or []:
        counts["wrong"] += " ".join(sample.split()) in folded
