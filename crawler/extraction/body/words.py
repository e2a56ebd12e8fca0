"""What the words of class names, ids and the text itself say about a block: sums of learned weights."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from crawler.extraction.body.blocks import Segments
from crawler.extraction.document import Document

Floats = NDArray[np.float32]

_NAME = re.compile(r"[a-z]+|[A-Z][a-z]+|[A-Z]+(?![a-z])")
LONG_TEXT = 240
"""Of texts longer than this only the first and last words are weighed."""
REMEMBERED = 50_000
"""Spellings of elements whose weights are kept; sites repeat theirs on every page."""


@lru_cache(maxsize=REMEMBERED)
def name_words(names: str) -> tuple[str, ...]:
    """Words of class names and ids, each once: `entry-content relatedPosts` → content, entry, posts, related."""
    return tuple(sorted({word.lower() for word in _NAME.findall(names) if len(word) > 1}))


def text_words(text: str) -> list[str]:
    """The words that tell what a block is: all of a short one, the first and last of a long one."""
    if len(text) > LONG_TEXT:
        head, tail = text[:40].lower().split()[:3], text[-40:].lower().split()[-3:]
        return ["<" + word for word in head] + [">" + word for word in tail]
    words = text.lower().split()
    if words:
        ends = ["<" + words[0], ">" + words[-1], "<" + " ".join(words[:2]), ">" + " ".join(words[-2:])]
        words = words + ends
    return words


def spelling(document: Document, position: int) -> str:
    """How an element is written: its tag, and every attribute that names or hides it."""
    get = document.elements[position].get
    names = document.classes[position] or ""
    for attribute in ("id", "itemprop", "data-testid"):
        value = get(attribute)
        if value:
            names = f"{names} {value}"
    style = get("style")
    hidden = (
        get("hidden") is not None
        or get("aria-hidden") == "true"
        or (style is not None and "display:none" in style.replace(" ", ""))
    )
    return f"{document.tags[position]}\0{names}\0{'hidden' if hidden else ''}"


def element_words(spelled: str) -> tuple[str, ...]:
    """The words of an element as `spelling` gives it."""
    tag, names, hidden = spelled.split("\0", 2)
    words = (f"@{tag}", *name_words(names[:400]))
    return (*words, "@hidden") if hidden else words


@dataclass(frozen=True, slots=True)
class WordScores:
    """What the words say of each block, one value a block; positive speaks for the body."""

    near: Floats
    """Of the element that holds it, and of inline elements around its first words."""
    parent: Floats
    """Of the parent of that element."""
    far: Floats
    """Sum over the ancestors beyond."""
    far_lowest: Floats
    """The ancestor that speaks most against."""
    far_highest: Floats
    """The ancestor that speaks most for it."""
    text: Floats
    """Of its own words."""
    depth: Floats
    """Number of ancestors of the element that holds it."""


@dataclass(frozen=True, slots=True)
class WordModel:
    """Weights of words."""

    names: dict[str, tuple[float, float, float]]
    """Word of a name → its weight in the holder, in the parent, farther up."""
    texts: dict[str, float]
    """Word of a text → its weight."""
    known: dict[str, tuple[float, float, float]] = field(default_factory=dict, repr=False, compare=False)
    """Weights of elements seen before, by spelling."""

    def of_element(self, spelled: str) -> tuple[float, float, float]:
        """The sums of an element's words."""
        found = self.known.get(spelled)
        if found is None:
            rows = [self.names[word] for word in element_words(spelled) if word in self.names]
            found = (sum(row[0] for row in rows), sum(row[1] for row in rows), sum(row[2] for row in rows))
            if len(self.known) >= REMEMBERED:
                self.known.clear()
            self.known[spelled] = found
        return found

    def of_text(self, text: str) -> float:
        """The sum of a text's words."""
        weights = self.texts
        return sum([weights[word] for word in text_words(text) if word in weights])

    def score(self, segments: Segments) -> WordScores:
        """The scores of every block of a page."""
        document = segments.document
        parents = document.parents
        ancestry = _Ancestry(self, document)
        near: list[float] = []
        above: list[tuple[float, float, float, float, float]] = []
        for block, holder in enumerate(segments.holders):
            owner = segments.owners[segments.starts[block]]
            inner = owner if owner >= 0 else parents[~owner]
            value = ancestry.weights(holder)[0]
            while inner > holder:
                value += ancestry.weights(inner)[0]
                inner = parents[inner]
            near.append(value)
            above.append(ancestry.above(holder))
        columns = np.array(above, np.float32).T.copy()
        texts = np.array([self.of_text(text) for text in segments.texts], np.float32)
        return WordScores(
            np.array(near, np.float32), columns[0], columns[1], columns[2], columns[3], texts, columns[4]
        )


class _Ancestry:
    """Weights of elements and sums along their ancestors, each computed once a page."""

    def __init__(self, model: WordModel, document: Document) -> None:
        self.model = model
        self.document = document
        self.elements: dict[int, tuple[float, float, float]] = {}
        self.paths: dict[int, tuple[float, float, float, int]] = {-1: (0.0, 0.0, 0.0, -1), 0: (0.0, 0.0, 0.0, 0)}
        """Element → sum, lowest and highest far weight of it and its ancestors below the root; its depth."""

    def weights(self, position: int) -> tuple[float, float, float]:
        found = self.elements.get(position)
        if found is None:
            found = self.elements[position] = self.model.of_element(spelling(self.document, position))
        return found

    def above(self, holder: int) -> tuple[float, float, float, float, float]:
        """Parent's weight; sum, lowest and highest beyond it; depth of the holder."""
        parents = self.document.parents
        parent = parents[holder]
        if parent < 0:
            return 0.0, 0.0, 0.0, 0.0, 0.0
        total, lowest, highest, depth = self._path(parents[parent])
        return self.weights(parent)[1], total, lowest, highest, depth + 2.0

    def _path(self, position: int) -> tuple[float, float, float, int]:
        chain = []
        while position not in self.paths:
            chain.append(position)
            position = self.document.parents[position]
        total, lowest, highest, depth = self.paths[position]
        for element in reversed(chain):
            weight = self.weights(element)[2]
            total, lowest, highest, depth = total + weight, min(lowest, weight), max(highest, weight), depth + 1
            self.paths[element] = total, lowest, highest, depth
        return self.paths[chain[0]] if chain else self.paths[position]


def pack(words: Iterable[str]) -> NDArray[np.uint8]:
    """Words as bytes, for the model file."""
    return np.frombuffer("\n".join(words).encode(), np.uint8)


def unpack(data: NDArray[np.uint8]) -> list[str]:
    """The words of `pack`."""
    return data.tobytes().decode().split("\n")
