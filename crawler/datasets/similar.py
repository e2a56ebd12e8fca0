"""Near-duplicates among texts: MinHash signatures to find them, the texts themselves to be sure. Needs rensa."""

from __future__ import annotations

import re
import sqlite3
import struct
from collections.abc import Callable, Iterator

from rensa import RMinHash

THRESHOLD = 0.8
"""Jaccard similarity of the sets of five words in a row from which two texts count as one."""
WORDS = 5
MIN_WORDS = 20
"""Shorter texts are compared with none: stock phrases would make duplicates of them."""
BANDS, ROWS = 21, 6
"""Two texts at the threshold meet in a band with a probability of 0.998, two at 0.3 with one of 0.015."""
SEED = 1
_UNSPACED = r"\u0e00-\u0eff\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_TOKEN = re.compile(rf"[{_UNSPACED}]|[^\W{_UNSPACED}]+")
"""A word; in scripts without spaces between words, a letter."""

TABLE = "CREATE TABLE bands (band INTEGER, value BLOB, line INTEGER, PRIMARY KEY (band, value, line)) WITHOUT ROWID"


def shingles(text: str | None) -> frozenset[str]:
    """Every five words in a row, case and punctuation aside; none for a text that is too short to tell."""
    words = [match[0] for match in _TOKEN.finditer((text or "").casefold())]
    if len(words) < MIN_WORDS:
        return frozenset()
    return frozenset(" ".join(words[at : at + WORDS]) for at in range(len(words) - WORDS + 1))


def similarity(one: frozenset[str], other: frozenset[str]) -> float:
    """Jaccard: what both have, of what either has."""
    return len(one & other) / len(one | other) if one and other else 0.0


class Originals:
    """Texts that are near-duplicates of none before them. Signatures lie in a table, so memory does not grow.

    A text is compared with originals only: copies of copies do not lead from one text to quite another.
    """

    def __init__(self, connection: sqlite3.Connection, text_of: Callable[[int], str | None]) -> None:
        connection.execute(TABLE)
        self._connection = connection
        self._text_of = text_of

    def original_of(self, line: int, text: str | None) -> int | None:
        """The line of the most similar original; where there is none, the text becomes an original itself."""
        own = shingles(text)
        if not own:
            return None
        bands = list(_bands(own))
        found = [(similarity(own, shingles(self._text_of(other))), -other) for other in self._candidates(bands)]
        best, other = max(found, default=(0.0, 0))
        if best >= THRESHOLD:
            return -other
        self._connection.executemany("INSERT INTO bands VALUES (?, ?, ?)", [(*band, line) for band in bands])
        return None

    def _candidates(self, bands: list[tuple[int, bytes]]) -> set[int]:
        query = "SELECT line FROM bands WHERE band = ? AND value = ?"
        return {line for band in bands for (line,) in self._connection.execute(query, band)}


def _bands(entries: frozenset[str]) -> Iterator[tuple[int, bytes]]:
    signature = RMinHash(num_perm=BANDS * ROWS, seed=SEED)
    signature.update(sorted(entries))
    values = signature.digest()
    for band in range(BANDS):
        yield band, struct.pack(f"<{ROWS}I", *values[band * ROWS : (band + 1) * ROWS])
