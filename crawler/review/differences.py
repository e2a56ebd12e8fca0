"""What changed between two revisions of an article, field by field and word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, NamedTuple

from crawler.review.values import as_text

COMPARED = (
    "title", "subtitle", "byline", "date", "date_modified", "body", "author_bio", "latest_posts", "section", "tags",
    "language", "images", "canonical_url", "access", "body_complete", "page_type",
)  # fmt: skip
_WORDS = re.compile(r"\s+|\w+(?:[.,:'’-]\w+)*|[^\w\s]")
"""White space, words and numbers (2.6 is one), other signs one by one."""
MAX_WORDS = 2000
"""Words of two paragraphs that are compared with one another; longer ones are shown as one text instead of another:
the comparison takes time with their product."""


class Piece(NamedTuple):
    """A stretch of text."""

    kind: str
    """`same`, `gone` or `new`."""
    text: str


@dataclass(frozen=True, slots=True)
class Difference:
    """A field that differs."""

    name: str
    paragraphs: list[list[Piece]]
    """The text of both revisions; unchanged paragraphs far from a change are left out."""
    left_out: int
    """Paragraphs that are the same and not shown."""


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Difference]:
    """The fields in which two items differ, in the order of the schema."""
    found = []
    for name in COMPARED:
        old, new = as_text(before.get(name)), as_text(after.get(name))
        if old != new:
            paragraphs = list(compare(old.split("\n\n"), new.split("\n\n")))
            shown = [one for one in paragraphs if any(piece.kind != "same" for piece in one)]
            found.append(Difference(name, shown, len(paragraphs) - len(shown)))
    return found


def compare(old: Sequence[str], new: Sequence[str]) -> Iterator[list[Piece]]:
    """Two lists of paragraphs as one, with what is gone and what is new."""
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            yield from ([Piece("same", text)] for text in old[a:b])
            continue
        pairs = min(b - a, d - c)
        yield from (_words(old[a + n], new[c + n]) for n in range(pairs))
        yield from ([Piece("gone", text)] for text in old[a + pairs : b] if text)
        yield from ([Piece("new", text)] for text in new[c + pairs : d] if text)


def _words(old: str, new: str) -> list[Piece]:
    before, after = _WORDS.findall(old), _WORDS.findall(new)
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    if len(before) > MAX_WORDS or len(after) > MAX_WORDS or matcher.ratio() < 0.3:
        return [piece for piece in (Piece("gone", old), Piece("new", new)) if piece.text]
    pieces = []
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            pieces.append(Piece("same", "".join(before[a:b])))
        else:
            both = (Piece("gone", "".join(before[a:b])), Piece("new", "".join(after[c:d])))
            pieces += [piece for piece in both if piece.text]
    return pieces
