"""Candidates, their evidence levels, and the choice among them; a choice keeps the rivals that it beat."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import Generic, TypeVar

from crawler.items import Evidence

T = TypeVar("T")


class Level(IntEnum):
    """How much a source is believed. Bands, not scores: within a band the order of the field's table decides."""

    INFERRED = 1
    """Read off something that serves another purpose: an address, a phrase."""
    DECLARED = 2
    """Said of the page as a whole: `<meta>`, headers."""
    BOUND = 3
    """Printed for the reader and bound to the main headline or the author box; a platform's own markup."""
    STATED = 4
    """Said of exactly this article in structured form: JSON-LD of the main entity, a REST answer, a feed entry."""


@dataclass(frozen=True, slots=True)
class Candidate(Generic[T]):
    """One value that one source offers for a field."""

    value: T
    source: str
    """Kind of source, as in `items.Evidence.source`."""
    where: str
    """The place: a property path, a selector, a rule's id."""
    level: Level
    position: int | None = None
    """Position in `Document` of the element it was read from, for sources that are visible."""

    def evidence(self) -> Evidence:
        """The short form that an item carries."""
        return Evidence(self.source, self.where, self.level.name.lower())


@dataclass(frozen=True, slots=True)
class Choice(Generic[T]):
    """The value chosen for a field, or none, with all that was considered."""

    value: T | None = None
    winner: Candidate[T] | None = None
    rivals: tuple[Candidate[T], ...] = ()
    """The candidates that were not chosen, best first."""
    reason: str | None = None
    """Why the winner won, or why there is no value."""
