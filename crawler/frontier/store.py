"""What a frontier store can do. SQLite is the embedded one; any other passes the same tests."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Protocol

from crawler.frontier.records import Host, Line, NewUrl, Record, RobotsAnswer, Settlement


class Store(Protocol):
    """The table of URL records, shared by every worker. Every method is one transaction.

    A method raises `StorageError` (or `DiskFullError`, `LockedError`) where the store cannot be read or written.
    Times are Unix times; the caller passes them, so that a test owns the clock.
    """

    def clock(self) -> Callable[[], float]:
        """Unix time as all workers on this store have it."""

    def begin(self, run_id: str, publications: Iterable[str], *, now: float) -> int:
        """Register this process as a worker for some publications; returns its number."""

    def heartbeat(self, worker: int, *, now: float) -> bool:
        """Prolong the worker's leases. False: they had expired and belong to others; begin again."""

    def release_dead(self, *, now: float) -> int:
        """Give back the leases of workers that are gone or gave no sign of life in time; returns how many records."""

    def end(self, worker: int) -> None:
        """Give back everything that the worker still holds and forget it."""

    def add(self, urls: Sequence[NewUrl], *, now: float) -> int:
        """Remember URLs and who named them; returns how many were not known before."""

    def claim_hosts(self, worker: int, *, limit: int, now: float) -> list[tuple[str, Host]]:
        """Pairs of publication and host with work that is due, now reserved for this worker, longest waiting first."""

    def lease(self, worker: int, queue: tuple[str, str], *, limit: int, now: float) -> list[Record]:
        """Up to `limit` due records of one (publication, host), by priority, then due time."""

    def release_host(self, worker: int, host: str, *, now: float, pause: float) -> None:
        """Let other workers have the host, after `pause` seconds or its crawl delay, when its records are due."""

    def idle_workers(self, worker: int, *, now: float) -> int:
        """How many other workers live and have no host in hand."""

    def is_share_left(self, worker: int, *, now: float) -> bool:
        """Whether another worker that lives has several hosts of this one's publications in hand."""

    def settle(self, settlements: Sequence[Settlement], *, worker: int) -> None:
        """Write down what visits came to. A record that the worker no longer holds is left alone.

        Where an article is gone, or leads elsewhere, its other addresses are queued: one of them may have it still.
        """

    def release(self, keys: Sequence[str], *, worker: int) -> None:
        """Put leased records back as they were."""

    def adopt(self, url: NewUrl, *, worker: int, now: float) -> Record | None:
        """The record of a canonical address, leased by this worker for writing; None where another visit has it."""

    def holds(self, key: str, *, worker: int) -> bool:
        """Whether the worker still has the lease of a record."""

    def get(self, key: str) -> Record | None:
        """A record, or None."""

    def original(self, publication: str, content: str) -> str | None:
        """The key of an article with this `Settlement.content` that was written and is still there, or None."""

    def reconcile(self, lines: Sequence[Line], *, now: float) -> set[int]:
        """Mark lines that a killed run wrote as written; returns the indexes of those that must be dropped.

        A line is dropped where another run has written the same revision since, or is about to.
        """

    def revive(self, *, now: float) -> int:
        """Queue settled records that were due when the round of their publication began; returns how many."""

    def readmit(self, publication: str, *, reason: str, since: float, until: float, now: float) -> int:
        """Queue what was skipped for a reason and was published between two times; returns how many."""

    def skipped(self, publication: str, *, reason: str, after: str, limit: int) -> Sequence[tuple[str, str, str]]:
        """Key, address and kind of records that were skipped for a reason, by key, those behind the key `after`."""

    def requeue(self, publication: str, keys: Sequence[str], *, now: float) -> None:
        """Queue settled records of a publication."""

    def next_due(self, worker: int, *, without: Collection[str] = ()) -> float | None:
        """The earliest time at which a host of the worker's publications that no other worker holds has work.

        `without`: hosts that do not count.
        """

    def hosts_of(self, publication: str) -> Mapping[str, int | None]:
        """Host of a publication → the worker that has it in hand, or None."""

    def host(self, name: str) -> Host:
        """What is known of a host."""

    def put_host(self, host: Host) -> None:
        """Remember it."""

    def robots(self, origin: str) -> RobotsAnswer | None:
        """The last robots.txt of an origin."""

    def put_robots(self, answer: RobotsAnswer) -> None:
        """Keep it."""

    def census(self, publication: str) -> Mapping[tuple[str, str], int]:
        """(kind, state or outcome) → how many records."""

    def queued(self) -> Mapping[str, int]:
        """Publication → how many records wait for a visit, due or not."""

    def articles_by_sources(self, publication: str) -> Mapping[str, int]:
        """Comma-separated sources → how many written articles they named together."""

    def examples_by_sources(self, publication: str) -> Mapping[str, tuple[str, ...]]:
        """Comma-separated sources → one or two addresses of written articles that they named together."""

    def start_visit(self, publication: str, run_id: str, *, now: float) -> float:
        """Note that a run visits a publication; returns when its round began: earlier, if the last did not finish."""

    def finish_visit(self, publication: str, run_id: str, report: Mapping[str, object], *, now: float) -> None:
        """Note how it ended. `report` carries at least `verdict` and `complete`."""

    def visits(self, publication: str, *, limit: int) -> list[dict[str, object]]:
        """The last visits, newest first."""

    def baseline(self, publication: str) -> Mapping[str, object]:
        """What `put_baseline` kept; empty at first."""

    def put_baseline(self, publication: str, content: Mapping[str, object]) -> None:
        """Keep what the publication's runs are usually like, as JSON."""

    def close(self) -> None:
        """Let go of the store."""
