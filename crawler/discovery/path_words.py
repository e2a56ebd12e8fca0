"""The rows of `path_words.tsv`: words in a path that name a kind of listing, or a page that is no article."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from crawler.page import LinkKind


@dataclass(frozen=True, slots=True)
class PathWord:
    """A row."""

    word: str
    kind: LinkKind
    place: str
    """`before`: a name follows, or nothing; `first`: as the first segment; `any`: as any segment."""
    strength: str
    """`sure` or `likely`: whether articles lie behind the word too."""
    evidence: str


@cache
def path_words() -> dict[str, PathWord]:
    """Word → its row."""
    text = files("crawler.discovery").joinpath("path_words.tsv").read_text(encoding="utf-8")
    lines = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    rows = (PathWord(word, LinkKind(kind), *rest) for word, kind, *rest in lines)
    return {row.word: row for row in rows}
