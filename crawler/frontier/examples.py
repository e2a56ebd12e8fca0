"""A few addresses behind each number of a run: bounded, however long it runs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

EACH = 20
"""Addresses kept of one publication, outcome and reason: the first ones."""
MOST = 20_000
"""Addresses kept of a run."""

Ending = tuple[str, str, str]
"""Publication, outcome, reason."""


class Examples:
    """The first addresses that ended in one way."""

    def __init__(self) -> None:
        self._kept: defaultdict[str, dict[tuple[str, str], list[str]]] = defaultdict(dict)
        self._size = 0

    def note(self, ending: Ending, url: str) -> None:
        """Keep the address, where there is room."""
        if self._size >= MOST:
            return
        publication, outcome, reason = ending
        urls = self._kept[publication].setdefault((outcome, reason), [])
        if len(urls) < EACH:
            urls.append(url)
            self._size += 1

    def of(self, publication: str) -> Mapping[str, Mapping[str, list[str]]]:
        """Outcome → reason (empty where there is none) → addresses."""
        found: dict[str, dict[str, list[str]]] = {}
        for (outcome, reason), urls in self._kept.get(publication, {}).items():
            found.setdefault(outcome, {})[reason] = list(urls)
        return found
