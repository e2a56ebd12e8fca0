"""What the words of class names, ids and the text itself say about a block: sums of learned weights."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import repeat

import numpy as np
from numpy.typing import NDArray

from crawler.extraction.body.blocks import Segments
from crawler.extraction.body.labels import label_of_words
from crawler.extraction.document import Document

Floats = NDArray[np.float32]
Element = tuple[float, float, float, str | None]
"""Weights of an element as holder, as parent and farther up; the label that its names give."""

_NAME = re.compile(r"[a-z]+|[A-Z][a-z]+|[A-Z]+(?![a-z])")
LONG_TEXT = 240
"""Of texts longer than this only the first and last words are weighed."""
NAMING = frozenset({"id", "itemprop", "data-testid"})
"""Attributes that name an element, beside its class."""
HIDING = frozenset({"hidden", "aria-hidden", "style"})
"""Attributes that may hide an element."""
BOILERPLATE = 60
"""Characters up to which a text is looked for among those read before."""
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
    tag, classes, element = document.tags[position], document.classes[position], document.elements[position]
    present = element.keys()
    if len(present) == (classes is not None):
        return f"{tag}\0{classes}\0" if classes else f"{tag}\0\0"
    names, hidden = classes or "", ""
    for attribute in present:
        if attribute in NAMING:
            names = f"{names} {element.get(attribute)}"
        elif attribute in HIDING and is_hiding(attribute, element.get(attribute) or ""):
            hidden = "hidden"
    return f"{tag}\0{names}\0{hidden}"


def is_hiding(attribute: str, value: str) -> bool:
    """Whether an attribute of `HIDING` keeps its element from the reader."""
    if attribute == "style":
        return "display:none" in value.replace(" ", "")
    return attribute == "hidden" or value == "true"


def element_words(spelled: str) -> tuple[str, ...]:
    """The words of an element as `spelling` gives it."""
    tag, names, hidden = spelled.split("\0", 2)
    words = (f"@{tag}", *name_words(names[:400]))
    return (*words, "@hidden") if hidden else words


def label_of(spelled: str) -> str | None:
    """The label that an element's names give it; none for elements that hold the whole page."""
    tag, names, _ = spelled.split("\0", 2)
    return None if tag in ("html", "body", "main") or not names else label_of_words(name_words(names[:400]))


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
    labels: list[str | None]
    """What the names of the holder, else of the nearest telling ancestor, say that the block is."""


@dataclass(frozen=True, slots=True)
class WordModel:
    """Weights of words."""

    names: dict[str, tuple[float, float, float]]
    """Word of a name → its weight in the holder, in the parent, farther up."""
    texts: dict[str, float]
    """Word of a text → its weight."""
    known: dict[str, Element] = field(default_factory=dict, repr=False, compare=False)
    """Elements seen before, by spelling."""
    read: dict[str, float] = field(default_factory=dict, repr=False, compare=False)
    """Sums of short texts read before: menus, labels and footers stand on every page of a site."""

    def of_element(self, spelled: str) -> Element:
        """The sums of an element's words, and the label that they give."""
        found = self.known.get(spelled)
        if found is None:
            rows = [self.names[word] for word in element_words(spelled) if word in self.names]
            near, parent, far = (sum(column) for column in zip(*rows, strict=True)) if rows else (0.0, 0.0, 0.0)
            found = (near, parent, far, label_of(spelled))
            if len(self.known) >= REMEMBERED:
                self.known.clear()
            self.known[spelled] = found
        return found

    def of_text(self, text: str) -> float:
        """The sum of a text's words, as `text_words` gives them."""
        if len(text) > BOILERPLATE:
            return self._sum_of_text(text)
        found = self.read.get(text)
        if found is None:
            found = self._sum_of_text(text)
            if len(self.read) >= REMEMBERED:
                self.read.clear()
            self.read[text] = found
        return found

    def _sum_of_text(self, text: str) -> float:
        get = self.texts.get
        if len(text) > LONG_TEXT:
            return sum([get(word, 0.0) for word in text_words(text)])
        words = text.lower().split()
        if not words:
            return 0.0
        first, last = words[0], words[-1]
        start, end = (f"{first} {words[1]}", f"{words[-2]} {last}") if len(words) > 1 else (first, last)
        total = get("<" + first, 0.0) + get(">" + last, 0.0) + get("<" + start, 0.0) + get(">" + end, 0.0)
        return total + sum(map(get, words, repeat(0.0)))

    def score(self, segments: Segments) -> WordScores:
        """The scores of every block of a page."""
        parents = segments.document.parents
        ancestry = _Ancestry(self, segments.document)
        elements, weights = ancestry.elements, ancestry.weights
        near: list[float] = []
        above: list[tuple[float, float, float, float, float]] = []
        places: list[int] = []
        labels: list[str | None] = []
        shared: dict[int, tuple[int, str | None]] = {}
        owners = map(segments.owners.__getitem__, segments.starts)
        for holder, owner in zip(segments.holders, owners, strict=False):
            own = elements.get(holder) or weights(holder)
            near.append(own[0] if owner == holder else own[0] + ancestry.inside(owner, holder))
            parent = parents[holder]
            around = shared.get(parent)
            if around is None:
                sums, label = ancestry.around(parent)
                around = shared[parent] = (len(above), label)
                above.append(sums)
            places.append(around[0])
            labels.append(own[3] or around[1])
        of_parent, far, low, high, depth = np.take(np.array(above, np.float32).T, places, axis=1)
        first, texts = np.array(near, np.float32), self._of_texts(segments.texts)
        return WordScores(first, of_parent, far, low, high, texts, depth, labels)

    def _of_texts(self, texts: list[str]) -> Floats:
        known = zip(texts, map(self.read.get, texts), strict=True)
        return np.array([self.of_text(text) if found is None else found for text, found in known], np.float32)


class _Ancestry:
    """Weights of elements and sums along their ancestors, each computed once a page."""

    def __init__(self, model: WordModel, document: Document) -> None:
        self.model = model
        self.document = document
        self.elements: dict[int, Element] = {}
        nothing = (0.0, 0.0, 0.0, 0, None)
        self.paths: dict[int, tuple[float, float, float, int, str | None]] = {-1: (0.0, 0.0, 0.0, -1, None), 0: nothing}
        """Element → sum, lowest and highest far weight of it and its ancestors below the root, depth, label."""

    def weights(self, position: int) -> Element:
        """Weights and label of an element."""
        found = self.elements.get(position)
        if found is None:
            spelled = spelling(self.document, position)
            found = self.elements[position] = self.model.known.get(spelled) or self.model.of_element(spelled)
        return found

    def inside(self, owner: int, holder: int) -> float:
        """Near weights of the inline elements between a text node and its holder."""
        parents = self.document.parents
        inner = owner if owner >= 0 else parents[~owner]
        total = 0.0
        while inner > holder:
            total += self.weights(inner)[0]
            inner = parents[inner]
        return total

    def around(self, parent: int) -> tuple[tuple[float, float, float, float, float], str | None]:
        """For the children of an element: its weight; sum, lowest and highest beyond it; their depth; its label."""
        if parent < 0:
            return (0.0, 0.0, 0.0, 0.0, 0.0), None
        total, lowest, highest, depth, label = self._path(self.document.parents[parent])
        own = self.weights(parent)
        return (own[1], total, lowest, highest, depth + 2.0), own[3] or label

    def _path(self, position: int) -> tuple[float, float, float, int, str | None]:
        parents, paths = self.document.parents, self.paths
        chain = []
        while position not in paths:
            chain.append(position)
            position = parents[position]
        found = paths[position]
        for element in reversed(chain):
            total, lowest, highest, depth, label = found
            own = self.weights(element)
            far = own[2]
            found = paths[element] = (
                total + far, min(lowest, far), max(highest, far), depth + 1, own[3] or label
            )  # fmt: skip
        return found


def pack(words: Iterable[str]) -> NDArray[np.uint8]:
    """Words as bytes, for the model file."""
    return np.frombuffer("\n".join(words).encode(), np.uint8)


def unpack(data: NDArray[np.uint8]) -> list[str]:
    """The words of `pack`."""
    return data.tobytes().decode().split("\n")
