"""Dates and times as pages print them: text to `Moment`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Moment:
    """A point in time, only as exact as it was given."""

    iso: str
    """ISO 8601: `2023-06-26`, `2023-06-26T09:12+02:00`; no offset where none was given."""
    precision: str
    """`second`, `minute`, `day`, `month` or `year`."""


def parse_moment(text: str, *, language: str | None = None, now: datetime | None = None) -> Moment | None:
    """The date that a text states, or None where it states none, or more than one reading is possible."""
    return None
