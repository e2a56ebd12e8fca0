"""Between rows of the store and records."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from typing import Any

from crawler.frontier import sightings
from crawler.frontier.records import Line, NewUrl, Outcome, Record, Settlement, State
from crawler.page import Link
from crawler.urls import host_key


def record_of(row: Sequence[Any]) -> Record:
    """A record from the columns of `statements.COLUMNS`."""
    values = dict(zip(_RECORD, row, strict=True))
    outcome = values["outcome"]
    values["state"] = State(values["state"])
    values["outcome"] = Outcome(outcome) if outcome else None
    values["links"] = sightings.decode(values["links"], values["url"])
    return Record(**values)


def row_of(url: NewUrl, *, now: float) -> dict[str, Any]:
    """The parameters of an insert."""
    return {
        "key": url.key,
        "url": url.link.url,
        "host": url.host,
        "publication": url.publication,
        "kind": str(url.link.kind),
        "state": int(State.SETTLED if url.skip else State.QUEUED),
        "priority": url.priority,
        "due": None if url.skip else url.due,
        "hops": url.hops,
        "outcome": str(Outcome.SKIPPED) if url.skip else None,
        "reason": url.skip,
        "changed": url.published,
        "now": now,
        **sighting_of((url.link,), url.link.url),
    }


def sighting_of(links: tuple[Link, ...], url: str) -> dict[str, str]:
    """The two columns that say who named a URL."""
    return {"sources": sightings.sources(links), "links": sightings.encode(links, url)}


def settlement_row(settlement: Settlement, worker: int) -> dict[str, Any]:
    """The parameters of a settlement."""
    row = {name: getattr(settlement, name) for name in _SETTLEMENT}
    row["state"] = int(State.QUEUED if settlement.queued else State.SETTLED)
    row["outcome"] = str(settlement.outcome)
    row["worker"] = worker
    return row


_RECORD = tuple(field.name for field in fields(Record))
_SETTLEMENT = tuple(field.name for field in fields(Settlement))


def blank_row(line: Line, *, now: float) -> dict[str, Any]:
    """The parameters of an insert for an article that is known by its line alone."""
    link = Link(line.url, "output")
    return row_of(NewUrl(line.key, host_key(line.url), line.publication, link, 20, now), now=now)
