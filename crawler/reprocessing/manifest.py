"""Which inputs of a job are done: a small JSON file for each, written when its output is complete."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass, field
from typing import Any

import orjson

FOLDER = "_manifest"
"""Within the output's folder; readers of data sets pass over names that begin with an underscore."""
MAX_PROBLEMS = 50
"""Problems that are told in words; beyond that they are counted."""


@dataclass(slots=True)
class Tally:
    """What an input, or all of them, came to."""

    pages: int = 0
    """Archived pages that were read."""
    items: int = 0
    """Articles among them that were written."""
    dropped: Counter[str] = field(default_factory=Counter)
    """Reason → pages that became no line."""
    problems: list[str] = field(default_factory=list)
    """What went wrong, in words, the first ones."""
    problem_count: int = 0
    """How much went wrong."""

    def problem(self, text: str) -> None:
        """Note one."""
        self.problem_count += 1
        if len(self.problems) < MAX_PROBLEMS:
            self.problems.append(text)

    def add(self, other: Tally) -> None:
        """Take another tally in."""
        self.pages += other.pages
        self.items += other.items
        self.dropped.update(other.dropped)
        self.problem_count += other.problem_count
        self.problems += other.problems[: MAX_PROBLEMS - len(self.problems)]

    def as_json(self) -> bytes:
        """One JSON object."""
        return orjson.dumps({**asdict(self), "dropped": dict(self.dropped.most_common())}, option=orjson.OPT_INDENT_2)

    @classmethod
    def from_json(cls, text: bytes) -> Tally:
        """The tally of a manifest. Raises ValueError where it is none."""
        found: dict[str, Any] = orjson.loads(text)
        try:
            return cls(**{**found, "dropped": Counter(found["dropped"])})
        except (KeyError, TypeError) as error:
            raise ValueError(f"no manifest of this program: {error}") from error
