"""How workers on one frontier share hosts: who has many gives some to who has none."""

from __future__ import annotations

from math import ceil

LOOK_EVERY = 1.0
"""Seconds between two looks for workers without a host."""
HOLD_BACK = 1.5
"""Seconds for which a worker that gave hosts away takes none, so that the others find them."""
WAIT_FOR_SHARE = 5.0
"""Seconds that a worker without a host waits while others have several."""


def surplus(held: int, *, idle: int) -> int:
    """How many of the hosts in hand to give away, so that as many are left as each of the idle workers can have."""
    return held - ceil(held / (idle + 1))
