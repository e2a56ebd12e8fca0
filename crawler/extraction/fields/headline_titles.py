"""How well a printed text fits the titles that a page declares."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from crawler.extraction.readers.jsonld import folded

SEPARATORS = frozenset("-–—|:·•»«/([")
"""What divides the parts of a title."""

MIN_PART_SHARE = 0.3
"""Share of the longer text that the shorter must have to be its part; less is a word in common."""


class Agreement(IntEnum):
    """How well a printed text fits the titles that the page declares."""

    NONE = 0
    OVERLAP = 1
    """Most words are shared."""
    PART = 2
    """One contains the other."""
    EQUAL = 3


@dataclass(frozen=True, slots=True)
class Titles:
    """The titles that the page declares, most trusted first, in the forms in which they are compared."""

    texts: tuple[str, ...]
    """In lower case."""
    keys: tuple[str, ...]
    """Letters and digits alone."""
    words: tuple[frozenset[str], ...]

    @classmethod
    def of(cls, titles: Sequence[str]) -> Titles:
        """The forms of some titles."""
        words = tuple(frozenset(title.casefold().split()) for title in titles)
        return cls(tuple(title.casefold() for title in titles), tuple(map(folded, titles)), words)

    def agreement(self, text: str) -> tuple[Agreement, int]:
        """How well a text fits the best of the titles, and which one that is."""
        key = folded(text)
        if key in self.keys:
            return Agreement.EQUAL, self.keys.index(key)
        for index, other in enumerate(self.keys):
            if _is_part(key, other):
                return Agreement.PART, index
        own = frozenset(text.casefold().split())
        for index, words in enumerate(self.words):
            if len(own & words) >= max(2, 0.5 * min(len(own), len(words))):
                return Agreement.OVERLAP, index
        return Agreement.NONE, len(self.keys)

    def has_as_part(self, text: str) -> bool:
        """Whether a text is one of the parts that separators divide a title into."""
        part = text.casefold()
        for title in self.texts:
            before, found, behind = title.partition(part)
            if found and not (before and behind) and {before.rstrip()[-1:], behind.lstrip()[:1]} & SEPARATORS:
                return True
        return False


def _is_part(key: str, other: str) -> bool:
    short, long = sorted((key, other), key=len)
    return len(short) > 5 and len(short) >= MIN_PART_SHARE * len(long) and short in long
