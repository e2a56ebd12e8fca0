"""The table of faults: what is sent, and what has to come of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.faults.server import Reply

Item = dict[str, Any]


@dataclass(frozen=True)
class Fault:
    """One fault."""

    name: str
    reply: Reply
    outcome: str
    """What the frontier says of the faulty address afterwards: `new` for an item, else why there is none."""
    verdict: str = "done"
    """The publication's verdict; `crawler.reports.verdict.EXITS` has its exit code."""
    reason: str = ""
    """What the recorded reason says, as a part of it."""
    place: str = "article"
    """Where the fault is: `article`, `front`, `feed`, `sitemap`, `robots`."""
    item: Callable[[Item], bool] | None = None
    """What must be true of the item."""


def sends(*pieces: bytes, pause: float = 0.0, hold: float = 0.0, reset: bool = False) -> Reply:
    """A reply of some pieces."""
    return Reply(lambda url: [piece.replace(b"{url}", url.encode()) for piece in pieces], pause, hold, reset)


def is_cut(item: Item) -> bool:
    """Whether the item says that it is not the whole article."""
    return item["body_complete"] is False and bool(item["body_complete_reason"])
