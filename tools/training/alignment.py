"""Which blocks of a page are in its gold body: an order-preserving match of blocks to stretches of the gold text."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

_CJK = r"\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u0e00-\u0e7f"
_TOKEN = re.compile(rf"[{_CJK}]|[^\W{_CJK}]+")

SHORT = 7
"""Blocks up to so many tokens have to match exactly."""
MOST_PLACES = 40
"""Occurrences of a short block in the gold text that are considered."""
BAND = 4
"""Width of the diagonals that a long block's matches are gathered in."""
LEAST = 0.35
"""Share of a long block's trigrams that has to lie on one diagonal."""


@dataclass(frozen=True, slots=True)
class _Match:
    block: int
    start: int
    end: int
    weight: int


def tokens(text: str) -> list[str]:
    """Lower-case word tokens; scripts without spaces give one token a character."""
    return _TOKEN.findall(unicodedata.normalize("NFKC", text).casefold())


def align(blocks: list[str], gold: str) -> tuple[list[float], float]:
    """For each block the share of its tokens that stands in the gold text, in order; the share of the gold found."""
    words = tokens(gold)
    index: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for size in (1, 2, 3):
        for start in range(len(words) - size + 1):
            index[tuple(words[start : start + size])].append(start)
    texts = [tokens(block) for block in blocks]
    matches = [match for number, text in enumerate(texts) for match in _matches(number, text, words, index)]
    shares = [0.0] * len(blocks)
    covered = 0
    for match in _best_chain(matches, len(words)):
        shares[match.block] = match.weight / len(texts[match.block])
        covered += min(match.weight, match.end - match.start)
    return shares, covered / max(1, len(words))


def _matches(
    number: int, text: list[str], words: list[str], index: dict[tuple[str, ...], list[int]]
) -> Iterator[_Match]:
    size = len(text)
    if not size:
        return
    if size <= SHORT:
        starts = [start for start in index.get(tuple(text[:3]), ()) if words[start : start + size] == text]
        yield from (_Match(number, start, start + size, size) for start in starts[:MOST_PLACES])
        return
    votes: Counter[int] = Counter()
    for offset in range(size - 2):
        places = index.get(tuple(text[offset : offset + 3]), ())
        if len(places) <= 30:
            votes.update((place - offset) // BAND for place in places)
    for diagonal, count in votes.most_common(4):
        held = count + votes[diagonal - 1] + votes[diagonal + 1]
        extent = _extent(text, diagonal * BAND, index)
        if held >= LEAST * (size - 2) and extent:
            yield _Match(number, *extent, min(held, size - 2) + 2)


def _extent(text: list[str], diagonal: int, index: dict[tuple[str, ...], list[int]]) -> tuple[int, int] | None:
    """First and last place of the matches that follow the diagonal."""
    start = end = drift = None
    for offset in range(len(text) - 2):
        aim = diagonal + 2 if drift is None else drift
        near = [
            place - offset
            for place in index.get(tuple(text[offset : offset + 3]), ())
            if max(0, diagonal - BAND) <= place - offset <= diagonal + 2 * BAND
        ]
        if not near:
            continue
        found = min(near, key=lambda value: abs(value - aim))
        if drift is not None and found > drift + 2 and len(text) - offset < 12:
            continue
        drift = found
        start = found + offset if start is None else start
        end = found + offset + 3
    return None if start is None or end is None else (start, end)


def _best_chain(matches: list[_Match], length: int) -> list[_Match]:
    """The heaviest set of matches in which both blocks and stretches of gold follow one another."""
    matches = sorted(matches, key=lambda match: (match.block, match.start))
    best: list[tuple[float, int]] = [(0.0, -1)] * (length + 2)
    scores = [0.0] * len(matches)
    before = [-1] * len(matches)
    position = 0
    for _, group in groupby(matches, key=lambda match: match.block):
        rivals = list(group)
        for place, match in enumerate(rivals, position):
            score, before[place] = _highest(best, match.start)
            scores[place] = score + match.weight + 0.01 / (1 + match.start)
        for place, match in enumerate(rivals, position):
            _raise(best, match.end, (scores[place], place))
        position += len(rivals)
    chain = []
    place = _highest(best, length)[1]
    while place >= 0:
        chain.append(matches[place])
        place = before[place]
    return chain


def _highest(tree: list[tuple[float, int]], index: int) -> tuple[float, int]:
    """Highest entry up to an index of a Fenwick tree."""
    index += 1
    found = (0.0, -1)
    while index > 0:
        found = max(found, tree[index])
        index -= index & -index
    return found


def _raise(tree: list[tuple[float, int]], index: int, value: tuple[float, int]) -> None:
    index += 1
    while index < len(tree):
        tree[index] = max(tree[index], value)
        index += index & -index
