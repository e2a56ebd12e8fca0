"""What rules kept out is judged anew, for rules change between runs: nobody need name an address a second time."""

from __future__ import annotations

from collections.abc import Callable

from crawler.frontier.store import Store

AT_ONCE = 5000
"""Records looked at in one go."""


def rejudge(store: Store, publication: str, rule: Callable[[str, str], str | None], *, reason: str, now: float) -> int:
    """Queue what was skipped for `reason` and what `rule` (of address and kind) has nothing against now; how many."""
    count, after = 0, ""
    while rows := store.skipped(publication, reason=reason, after=after, limit=AT_ONCE):
        admitted = [key for key, url, kind in rows if rule(url, kind) is None]
        if admitted:
            store.requeue(publication, admitted, now=now)
        count, after = count + len(admitted), rows[-1][0]
    return count
