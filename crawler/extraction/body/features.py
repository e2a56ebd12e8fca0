"""What the model is told of each block: numbers about its text, its place in the tree and its neighbours."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from crawler.extraction.body.blocks import EMPHASIS_FLAG, FLAGS, LINK_FLAG, STRONG_FLAG, Segments
from crawler.extraction.body.groups import Groups, Row, group_blocks, within
from crawler.extraction.body.headline import find_headline
from crawler.extraction.body.words import WordScores
from crawler.extraction.document import Document

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

SPACE, LETTER, UPPER, DIGIT, STOP, COMMA, QUOTE, OTHER, WIDE, SIGN = range(10)
"""Classes of characters; WIDE is a script without spaces, where a character carries more than a Latin letter."""

WIDE_RANGES = ((0x3040, 0x30FF), (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x0E00, 0x0E7F))
MARKS = ((".!?。！？…।", STOP), (",;:、，；：،", COMMA), ("\"'“”„«»‘’「」", QUOTE), ("|/»›>#@©•·–—+*", SIGN))

TAGS = ("p", "div", "li", "td", "th", "pre")
TAG_NUMBERS = {tag: number for number, tag in enumerate(TAGS, 1)}
_INLINE_COLUMN = np.array([[LINK_FLAG], [STRONG_FLAG], [EMPHASIS_FLAG]])
_TAG_COLUMN = np.arange(1, len(TAGS) + 1)[:, None]
HEADING_LEVELS = {f"h{level}": level for level in range(1, 7)}
PICTURES = frozenset({"img", "picture", "figure", "video"})
INSIDE = (
    "nav", "header", "footer", "aside", "form", "article", "main", "figure", "figcaption", "blockquote", "li", "ul",
    "ol", "table", "button", "section", "dialog", "details", "pre", "a", "dl",
)  # fmt: skip
_INSIDE_COLUMN = np.array([[FLAGS[tag]] for tag in INSIDE])
NEIGHBOURS = ("length", "links", "near", "words_text", "up")
"""Features that are also told of the two blocks before and after."""


@dataclass(frozen=True, slots=True)
class Features:
    """The features of a page's blocks."""

    rows: dict[str, Row]
    """Name → one value a block, in the model's order."""
    groups: Groups
    weight: Floats
    """Length of each block's text, a character of a script without spaces counting three."""
    headline: int
    """Index of the block that prints the headline; -1 where none does."""
    above: Ints
    """For each block, the index of the heading at or above it; -1 where none is."""
    labels: list[str | None]
    """What class names and ids say that each block is, where they say it is no body."""

    def matrix(self) -> Floats:
        """One row a feature, one column a block."""
        return stack(self.rows)


def stack(rows: dict[str, Row]) -> Floats:
    """Rows as a matrix."""
    matrix = np.empty((len(rows), len(next(iter(rows.values())))), np.float32)
    for index, row in enumerate(rows.values()):
        matrix[index] = row
    return matrix


def read_features(segments: Segments, words: WordScores, headline: int | None) -> Features:
    """The features of the first pass, for a page with at least one block."""
    counts, edges = count_characters(segments.texts)
    length = counts.sum(axis=0).astype(np.float32) - 1
    weight = length + 2 * counts[WIDE]
    rows: dict[str, Row] = {}
    shares = _shares(segments)
    _describe_text(rows, counts, edges, weight)
    rows["links"], rows["strong"], rows["emphasis"], rows["link_count"] = shares
    _describe_tags(rows, segments)
    _describe_words(rows, words)
    above = _describe_headings(rows, segments)
    groups = group_blocks(segments)
    title = _describe_place(rows, segments, groups, weight, headline)
    dense = (weight > 70) & (shares[0] < 0.34) & (counts[STOP] + counts[COMMA] > 0)
    groups.describe(rows, weight, shares[0], dense)
    groups.describe_container(rows, "", np.where(dense, weight, 0))
    add_neighbours(rows)
    return Features(rows, groups, weight, title, above, words.labels)


@cache
def _character_classes() -> NDArray[np.uint8]:
    table = np.full(0x10000, OTHER, np.uint8)
    for code in range(0x3000):
        table[code] = _class_of(chr(code))
    for low, high in WIDE_RANGES:
        table[low : high + 1] = WIDE
    table[0xAC00:0xD7A4] = LETTER
    for characters, kind in MARKS:
        table[[ord(character) for character in characters]] = kind
    return table


def _class_of(character: str) -> int:
    if character.isspace():
        return SPACE
    if character.isdigit():
        return DIGIT
    if character.isalpha() or character.isupper():
        return UPPER if character.isupper() else LETTER
    return OTHER


def count_characters(texts: list[str]) -> tuple[Ints, tuple[NDArray[np.uint8], ...]]:
    """Counts by class (rows) of each text and its end; the classes of its first, last and last but one character."""
    joined = "\n".join(texts) + "\n"
    codes = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), np.uint32)
    classes = _character_classes().take(codes, mode="clip")  # beyond 0xFFFF as its last
    lengths = np.fromiter(map(len, texts), np.int64, len(texts)) + 1
    kinds = 10
    block = np.repeat(np.arange(0, len(texts) * kinds, kinds), lengths)
    block += classes
    counts = np.bincount(block, minlength=len(texts) * kinds).reshape(-1, kinds).T
    ends = np.cumsum(lengths)
    first, last = ends - lengths, ends - 2
    return counts, (classes[first], classes[last], classes[np.maximum(last - 1, first)])


def _shares(segments: Segments) -> tuple[Floats, Floats, Floats, Floats]:
    """Shares of each block's text in links, in bold and in italics; the number of text nodes in links."""
    flags, parents = segments.flags, segments.document.parents
    owned = np.array([flags[owner if owner >= 0 else parents[~owner]] for owner in segments.owners], int)
    lengths = np.fromiter(map(len, segments.pieces), np.float64, len(owned))
    starts = np.array(segments.starts[:-1], int)
    table = np.empty((5, len(owned)))
    table[0] = lengths
    table[1:4] = (owned & _INLINE_COLUMN) > 0
    table[4] = table[1]
    table[1:4] *= lengths
    sums = np.add.reduceat(table, starts, axis=1).astype(np.float32)
    part = sums[1:4] / sums[0]
    return part[0], part[1], part[2], np.minimum(sums[4], 20)


def _describe_text(rows: dict[str, Row], counts: Ints, edges: tuple[NDArray[np.uint8], ...], weight: Floats) -> None:
    first, last, before = edges
    length = np.maximum(counts.sum(axis=0) - 1, 1)
    letters = np.maximum(counts[LETTER] + counts[UPPER] + counts[WIDE], 1)
    spaces = counts[SPACE]
    shares = counts / length
    rows["length"] = np.log1p(weight)
    rows["words"] = np.minimum(spaces, 200)
    rows["stops"] = np.minimum(counts[STOP], 10)
    rows["digits"], rows["signs"], rows["other"] = shares[DIGIT], shares[SIGN], shares[OTHER]
    rows["upper"] = counts[UPPER] / letters
    rows["wide"] = counts[WIDE] / letters
    rows["word_length"] = length / spaces
    rows["starts_upper"], rows["starts_lower"] = first == UPPER, first == LETTER
    rows["ends_stop"] = (last == STOP) | ((before == STOP) & ((last == QUOTE) | (last == OTHER)))
    rows["ends_comma"], rows["ends_digit"] = last == COMMA, last == DIGIT


def _describe_tags(rows: dict[str, Row], segments: Segments) -> None:
    tags = segments.document.tags
    number = TAG_NUMBERS.get
    held = np.array([number(tags[holder], 0) for holder in segments.holders], int)
    for tag, row in zip(TAGS, held == _TAG_COLUMN, strict=True):
        rows[f"is_{tag}"] = row
    flags = np.array([segments.flags[holder] for holder in segments.holders], int)
    for tag, row in zip(INSIDE, (flags & _INSIDE_COLUMN) > 0, strict=True):
        rows[f"in_{tag}"] = row


def _describe_words(rows: dict[str, Row], words: WordScores) -> None:
    rows["near"], rows["parent"], rows["far"] = words.near, words.parent, words.far
    rows["far_lowest"], rows["far_highest"] = words.far_lowest, words.far_highest
    rows["words_text"], rows["depth"] = words.text, words.depth


def _describe_headings(rows: dict[str, Row], segments: Segments) -> Ints:
    tags = segments.document.tags
    level_of = HEADING_LEVELS.get
    level = np.array([level_of(tags[holder], 0) for holder in segments.holders], int)
    index = np.arange(len(level))
    above: Ints = np.maximum.accumulate(np.where(level > 0, index, -1))
    rows["level"] = level
    rows["below"] = np.where(above >= 0, np.minimum(index - above, 30), 40)
    rows["level_above"] = np.where(above >= 0, level[above], 0)
    return above


def _describe_place(
    rows: dict[str, Row], segments: Segments, groups: Groups, weight: Floats, headline: int | None
) -> int:
    """Place on the page and relative to the headline; returns the headline's block."""
    count = len(weight)
    index = np.arange(count)
    passed = np.cumsum(weight)
    total = passed[-1]
    rows["place"], rows["passed"] = index / count, passed / total
    rows["blocks"], rows["total"] = np.full(count, np.log1p(count)), np.full(count, np.log1p(total))
    title = find_headline(segments, headline)
    known = title >= 0
    rows["after_title"] = within(index - title, -30, 60) if known else np.full(count, -99)
    distance = passed - passed[title]
    rows["far_title"] = np.sign(distance) * np.log1p(np.abs(distance)) if known else np.full(count, -99)
    texts = segments.texts
    words = texts[title].casefold() if known else ""
    rows["repeats_title"] = np.array([len(text) == len(words) and text.casefold() == words for text in texts], bool)
    seen = Counter(texts)
    rows["copies"] = np.minimum(np.array([seen[text] for text in texts], int), 5)
    rows["described"] = np.array(_repeats(texts, _descriptions(segments.document)), bool)
    _describe_gaps(rows, segments, groups.holders)
    return title


def _describe_gaps(rows: dict[str, Row], segments: Segments, holders: Ints) -> None:
    """What stands between a block and its neighbours: pictures, and elements of any kind."""
    by_tag = segments.document.by_tag
    images = np.array(sorted(at for tag in PICTURES for at in by_tag.get(tag, ())))
    seen = np.concatenate(([0], np.searchsorted(images, holders)))
    rows["images"] = np.minimum(seen[1:] - seen[:-1], 4)
    places = np.concatenate(([0], holders, [holders[-1] + 50]))
    gap = np.log1p(np.maximum(places[1:] - places[:-1], 0))
    rows["gap"], rows["gap_after"] = gap[:-1], gap[1:]


def _repeats(texts: list[str], descriptions: set[str]) -> list[bool]:
    if not descriptions:
        return [False] * len(texts)
    return [30 < len(text) < 400 and text.casefold() in descriptions for text in texts]


def _descriptions(document: Document) -> set[str]:
    """What the page says of itself in `<meta>`: standfirsts repeat it."""
    meta = document.page.meta
    found = meta.get("description", [])[:1] + meta.get("og:description", [])[:1]
    return {" ".join(text.split()).casefold() for text in found}


def shift(row: Floats, by: int, fill: float) -> Floats:
    """For each block, the value of the block `by` places on, or `fill` where the page has none."""
    out = np.full(row.shape, fill, np.float32)
    if abs(by) < row.shape[-1]:
        if by > 0:
            out[..., :-by] = row[..., by:]
        else:
            out[..., -by:] = row[..., :by]
    return out


def add_neighbours(rows: dict[str, Row]) -> None:
    """Tell of each block what its neighbours are like."""
    block = np.array([rows[name] for name in NEIGHBOURS], np.float32)
    for by in (-2, -1, 1, 2):
        for name, row in zip(NEIGHBOURS, shift(block, by, -1.0), strict=True):
            rows[f"{name}{by:+d}"] = row
