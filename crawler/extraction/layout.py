"""Where the parts of an article stand in its document: what fields need to know of one another."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Layout:
    """Positions in `Document`; None where a part was not found."""

    headline: int | None = None
    """The element that prints the main headline."""
    body_start: int | None = None
    """The first block of the body."""
    body_end: int | None = None
    """The last block of the body."""
