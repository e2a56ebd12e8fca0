"""The word lists that tell names from what stands around them; the lists are data files in `names_data`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


def _lines(name: str) -> list[str]:
    text = files("crawler.extraction").joinpath("names_data", name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line.strip() and not line.startswith("#")]


@cache
def words(name: str) -> frozenset[str]:
    """The entries of one list, case-folded."""
    return frozenset(line.strip().casefold() for line in _lines(f"{name}.txt"))


@dataclass(frozen=True, slots=True)
class Label:
    """A phrase before names that says what they did."""

    role: str | None
    """None for the text itself."""
    leading: bool
    """Whether it counts only at the beginning of a part, because it may also be part of a name or sentence."""
    needs_colon: bool
    """Whether a colon or a break must follow, because it is an ordinary noun."""


@cache
def labels() -> dict[str, Label]:
    """Case-folded phrase → what it says."""
    found: dict[str, Label] = {}
    for line in _lines("labels.tsv"):
        phrase, role = line.split("\t")
        mark = phrase[0] if phrase[0] in "^=" else ""
        label = Label(None if role == "-" else role, bool(mark), mark == "=")
        found.setdefault(phrase.lstrip("^=").strip().casefold(), label)
    return found


def alternatives(phrases: list[str]) -> str:
    """A regular expression of phrases, longest first, any white space between their words."""
    ordered = sorted(phrases, key=lambda phrase: (-len(phrase), phrase))
    return "|".join(re.escape(phrase).replace(r"\ ", r"\s+") for phrase in ordered)
