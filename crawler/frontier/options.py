"""How a run works on the frontier."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from crawler.frontier.schedule import RetryPolicy


@dataclass(frozen=True, slots=True)
class FrontierOptions:
    """How a run works on the frontier."""

    hosts: int = 64
    """Hosts that one process holds at a time."""
    batch: int = 64
    """Records leased at once from one host, at most."""
    per_host: int = 1
    """Requests under way to one host."""
    patience: float = 300.0
    """Seconds that a run waits for records that are not due yet, after it fetched the last one."""
    flush_seconds: float = 0.5
    flush_size: int = 256
    """What is known is written to the store after so many seconds or entries."""
    heartbeat: float = 20.0
    """Seconds between two signs of life; a third of the lease at most."""
    limit: int | None = None
    """Articles to write in this run."""
    pauses: Mapping[str, float] = field(default_factory=dict)
    """Publication → seconds between two requests to its hosts, whichever workers make them."""
    retry: RetryPolicy = field(default_factory=RetryPolicy)
