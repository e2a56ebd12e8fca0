"""The frontier over a SQL database: every operation of `Store`, whichever database answers."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol

from crawler.frontier import sightings
from crawler.frontier import statements as sql
from crawler.frontier.records import Host, Line, NewUrl, Outcome, Record, RobotsAnswer, Settlement, State
from crawler.frontier.rows import blank_row, record_of, row_of, settlement_row, sighting_of
from crawler.frontier.schedule import next_article_visit

ROUND_LONGEST = 86400.0
"""Seconds that an unfinished round of a publication is continued before listings are asked for anew."""

_CHUNK = 500
"""Keys looked up in one statement."""


class Database(Protocol):
    """The few things that differ between databases."""

    def transaction(self, *, durable: bool = False) -> AbstractContextManager[None]:
        """A transaction that excludes other writers of the same rows.

        `durable`: when it is over, it and all before it survive a power cut. Others may be undone by one, all or none.
        """

    def rows(self, statement: str, **parameters: Any) -> list[tuple[Any, ...]]:
        """All rows of a statement."""

    def run(self, statement: str, parameters: Sequence[Mapping[str, Any]]) -> int:
        """Execute for each set of parameters; returns the rows touched."""

    def known(self, keys: Sequence[str]) -> list[tuple[Any, ...]]:
        """The records (`statements.COLUMNS`) of those keys that are known."""

    def scope(self, publications: Sequence[str]) -> None:
        """Fill the connection's own table `scope`."""

    def register(self, run_id: str, deadline: float) -> int:
        """A new row of `workers`, and the sign of life that goes with it."""

    def is_alive(self, worker: int) -> bool:
        """Whether the process that registered is still there, as far as can be told."""

    def forget(self, worker: int) -> None:
        """Remove the worker's sign of life."""

    def clock(self) -> Callable[[], float]:
        """Unix time as all who use the database have it."""

    def close(self) -> None:
        """Disconnect."""


class SqlStore:
    """`Store` over a `Database`."""

    def __init__(self, database: Database, *, lease_seconds: float = 120.0) -> None:
        self._db = database
        self._lease_seconds = lease_seconds

    def clock(self) -> Callable[[], float]:
        """See `Store`."""
        return self._db.clock()

    # workers

    def begin(self, run_id: str, publications: Iterable[str], *, now: float) -> int:
        """See `Store`."""
        self._db.scope(sorted(set(publications)))
        return self._db.register(run_id, now + self._lease_seconds)

    def heartbeat(self, worker: int, *, now: float) -> bool:
        """See `Store`."""
        with self._db.transaction():
            statement = "UPDATE workers SET deadline = :deadline WHERE id = :worker"
            return self._db.run(statement, [{"deadline": now + self._lease_seconds, "worker": worker}]) == 1

    def release_dead(self, *, now: float) -> int:
        """See `Store`."""
        with self._db.transaction():
            workers = self._db.rows("SELECT id, deadline FROM workers")
            dead = [number for number, deadline in workers if deadline < now or not self._db.is_alive(number)]
            released = sum(self._release_worker(number) for number in dead)
        for number in dead:
            self._db.forget(number)
        return released

    def _release_worker(self, worker: int) -> int:
        touched = [self._db.run(statement, [{"worker": worker}]) for statement in sql.RELEASE_WORKER]
        return touched[1]

    def end(self, worker: int) -> None:
        """See `Store`."""
        with self._db.transaction():
            for (host,) in self._db.rows("SELECT host FROM hosts WHERE worker = :worker", worker=worker):
                self._db.run(sql.DRAINED, [{"host": host}])
            self._release_worker(worker)
        self._db.forget(worker)

    # URLs in

    def add(self, urls: Sequence[NewUrl], *, now: float) -> int:
        """See `Store`."""
        with self._db.transaction():
            known = self._known([url.key for url in urls])
            fresh: dict[str, NewUrl] = {}
            for url in urls:
                if url.key in known:
                    self._meet_again(known, url, now=now)
                elif url.key in fresh:
                    fresh[url.key] = _richer(fresh[url.key], url)
                else:
                    fresh[url.key] = url
            count = self._db.run(sql.INSERT, [row_of(url, now=now) for url in fresh.values()])
            self._wake(url for url in fresh.values() if not url.skip)
            return count

    def _known(self, keys: Sequence[str]) -> dict[str, Record]:
        unique = list(dict.fromkeys(keys))
        chunks = (unique[start : start + _CHUNK] for start in range(0, len(unique), _CHUNK))
        return {record.key: record for chunk in chunks for record in map(record_of, self._db.known(chunk))}

    def _meet_again(self, known: dict[str, Record], url: NewUrl, *, now: float) -> None:
        record = known[url.key]
        links = sightings.merge(record.links, url.link)
        if links is not record.links:
            self._db.run(sql.SIGHT, [{"key": url.key, "now": now, **sighting_of(links, record.url)}])
        if _must_queue(record, url):
            better = record.fetched is None and url.priority < record.priority
            kind, priority = (url.link.kind, url.priority) if better else (record.kind, record.priority)
            row = {"key": url.key, "due": url.due, "kind": str(kind), "priority": priority}
            self._db.run(sql.REQUEUE, [row])
            self._wake([url])

    def _wake(self, urls: Iterable[NewUrl]) -> None:
        earliest: dict[tuple[str, str], float] = {}
        for url in urls:
            queue = (url.publication, url.host)
            earliest[queue] = min(url.due, earliest.get(queue, url.due))
        rows = [{"publication": p, "host": host, "due": due} for (p, host), due in earliest.items()]
        self._db.run(sql.KNOW_HOST, rows)
        self._db.run(sql.QUEUE, rows)

    # URLs out

    def claim_hosts(self, worker: int, *, limit: int, now: float) -> list[tuple[str, Host]]:
        """See `Store`."""
        with self._db.transaction():
            rows = self._db.rows(sql.READY_HOSTS, worker=worker, now=now, limit=limit)
            self._db.run(sql.TAKE_HOST, [{"worker": worker, "host": row[1]} for row in rows])
            return [(publication, Host(host, *rest)) for publication, host, *rest in rows]

    def lease(self, worker: int, queue: tuple[str, str], *, limit: int, now: float) -> list[Record]:
        """See `Store`."""
        publication, host = queue
        with self._db.transaction():
            rows = self._db.rows(
                sql.LEASE, worker=worker, publication=publication, host=host, now=now, limit=limit
            )  # fmt: skip
        return sorted(map(record_of, rows), key=lambda record: (record.priority, record.due or 0.0))

    def release_host(self, worker: int, host: str, *, now: float, pause: float) -> None:
        """See `Store`."""
        with self._db.transaction():
            self._db.run(sql.DRAINED, [{"host": host}])
            self._db.run(sql.LEAVE_HOST, [{"worker": worker, "host": host, "now": now, "pause": pause}])

    def idle_workers(self, worker: int, *, now: float) -> int:
        """See `Store`."""
        return int(self._db.rows(sql.IDLE_WORKERS, worker=worker, now=now)[0][0])

    def is_share_left(self, worker: int, *, now: float) -> bool:
        """See `Store`."""
        return bool(self._db.rows(sql.HAS_SEVERAL, worker=worker, now=now))

    def settle(self, settlements: Sequence[Settlement], *, worker: int) -> None:
        """See `Store`."""
        with self._db.transaction(durable=any(settlement.run_id for settlement in settlements)):
            self._db.run(sql.SETTLE, [settlement_row(settlement, worker) for settlement in settlements])
            self._db.run(sql.WAKE, [{"key": settlement.key} for settlement in settlements if settlement.queued])
            contents = [{"key": each.key, "content": each.content} for each in settlements if each.content]
            self._db.run(sql.PUT_CONTENT, contents)
            self._free_aliases([known for known in settlements if known.outcome in (Outcome.GONE, Outcome.REDIRECT)])

    def _free_aliases(self, lost: Sequence[Settlement]) -> None:
        rows = [{"key": settlement.key, "fetched": settlement.fetched or 0.0} for settlement in lost]
        if self._db.run(sql.FREE_ALIASES, rows):
            self._db.run(sql.WAKE_ALIASES, rows)

    def release(self, keys: Sequence[str], *, worker: int) -> None:
        """See `Store`."""
        with self._db.transaction():
            self._db.run(sql.RELEASE, [{"key": key, "worker": worker} for key in keys])
            self._db.run(sql.WAKE, [{"key": key} for key in keys])

    def adopt(self, url: NewUrl, *, worker: int, now: float) -> Record | None:
        """See `Store`."""
        with self._db.transaction():
            if url.key not in self._known([url.key]):
                self._db.run(sql.INSERT, [row_of(url, now=now)])
            taken = self._db.run(sql.TAKE, [{"key": url.key, "worker": worker, "kind": str(url.link.kind)}])
            return self._known([url.key])[url.key] if taken else None

    def holds(self, key: str, *, worker: int) -> bool:
        """See `Store`."""
        return bool(self._db.rows(sql.HOLDS, key=key, worker=worker))

    def get(self, key: str) -> Record | None:
        """See `Store`."""
        return self._known([key]).get(key)

    def original(self, publication: str, content: str) -> str | None:
        """See `Store`."""
        rows = self._db.rows(sql.ORIGINAL, publication=publication, content=content)
        return str(rows[0][0]) if rows else None

    # after a crash

    def reconcile(self, lines: Sequence[Line], *, now: float) -> set[int]:
        """See `Store`."""
        with self._db.transaction(durable=True):
            return {index for index, line in enumerate(lines) if not self._reconcile(line, now=now)}

    def _reconcile(self, line: Line, *, now: float) -> bool:
        rows = self._db.rows(
            "SELECT u.state, u.revision, u.run_id, u.worker, w.run_id FROM urls u"
            " LEFT JOIN workers w ON w.id = u.worker WHERE u.key = :key", key=line.key
        )  # fmt: skip
        if rows:
            state, revision, run_id, worker, holder = rows[0]
            if revision >= line.revision:
                return bool(run_id == line.run_id)
            if state == State.LEASED and holder not in (None, line.run_id) and self._db.is_alive(worker):
                return False
        self._mark_written(line, now=now)
        return True

    def _mark_written(self, line: Line, *, now: float) -> None:
        fetched = line.fetched or now
        self._db.run(sql.INSERT, [blank_row(line, now=now)])
        outcome = Outcome.GONE if line.gone else Outcome.NEW if line.revision == 1 else Outcome.UPDATED
        row = {
            "key": line.key, "url": line.url, "revision": line.revision, "run_id": line.run_id, "fetched": fetched,
            "field_hashes": line.field_hashes, "outcome": str(outcome),
            "due": None if line.gone else next_article_visit(now=fetched, changed=fetched),
        }  # fmt: skip
        self._db.run(sql.RECONCILED, [row])

    def revive(self, *, now: float) -> int:
        """See `Store`."""
        with self._db.transaction():
            rows = self._db.rows(sql.REVIVABLE)
            queues = [{"publication": publication, "host": host, "due": now} for publication, host in rows]
            self._db.run(sql.QUEUE, queues)
            return self._db.run(sql.REVIVE, [{}])

    def readmit(self, publication: str, *, reason: str, since: float, until: float, now: float) -> int:
        """See `Store`."""
        with self._db.transaction():
            row = {"publication": publication, "reason": reason, "since": since, "until": until, "now": now}
            count = self._db.run(sql.READMIT, [row])
            hosts = self._db.rows(sql.READMITTED, publication=publication) if count else []
            self._db.run(sql.QUEUE, [{"publication": publication, "host": host, "due": now} for (host,) in hosts])
            return count

    def skipped(self, publication: str, *, reason: str, after: str, limit: int) -> list[tuple[str, str, str]]:
        """See `Store`."""
        return self._db.rows(sql.SKIPPED, publication=publication, reason=reason, after=after, limit=limit)

    def requeue(self, publication: str, keys: Sequence[str], *, now: float) -> None:
        """See `Store`."""
        with self._db.transaction():
            self._db.run(sql.UNSKIP, [{"key": key, "now": now} for key in keys])
            hosts = self._db.rows(sql.READMITTED, publication=publication) if keys else []
            self._db.run(sql.QUEUE, [{"publication": publication, "host": host, "due": now} for (host,) in hosts])

    def next_due(self, worker: int, *, without: Collection[str] = ()) -> float | None:
        """See `Store`."""
        rows = self._db.rows(sql.NEXT_DUE, worker=worker, most=len(without) + 1)
        return next((due for host, due in rows if host not in without), None)

    def hosts_of(self, publication: str) -> Mapping[str, int | None]:
        """See `Store`."""
        return dict(self._db.rows(sql.HOSTS_OF, publication=publication))

    # hosts and robots

    def host(self, name: str) -> Host:
        """See `Store`."""
        rows = self._db.rows(sql.HOST, host=name)
        return Host(*rows[0]) if rows else Host(name)

    def put_host(self, host: Host) -> None:
        """See `Store`."""
        with self._db.transaction():
            row = {"host": host.name, "delay": host.delay, "not_before": host.not_before, "reason": host.reason}
            self._db.run(sql.PUT_HOST, [row])

    def robots(self, origin: str) -> RobotsAnswer | None:
        """See `Store`."""
        rows = self._db.rows(sql.ROBOTS, origin=origin)
        return RobotsAnswer(rows[0][0], rows[0][1], bytes(rows[0][2]), rows[0][3]) if rows else None

    def put_robots(self, answer: RobotsAnswer) -> None:
        """See `Store`."""
        with self._db.transaction():
            row = {"origin": answer.origin, "status": answer.status, "body": answer.body, "fetched": answer.fetched}
            self._db.run(sql.PUT_ROBOTS, [row])

    # accounts

    def census(self, publication: str) -> Mapping[tuple[str, str], int]:
        """See `Store`."""
        return {(kind, what): count for kind, what, count in self._db.rows(sql.CENSUS, publication=publication)}

    def queued(self) -> Mapping[str, int]:
        """See `Store`."""
        return dict(self._db.rows(sql.QUEUED))

    def articles_by_sources(self, publication: str) -> Mapping[str, int]:
        """See `Store`."""
        return dict(self._db.rows(sql.BY_SOURCES, publication=publication))

    def examples_by_sources(self, publication: str) -> Mapping[str, tuple[str, ...]]:
        """See `Store`."""
        rows = self._db.rows(sql.EXAMPLES, publication=publication)
        return {sources: tuple(dict.fromkeys(urls)) for sources, *urls in rows}

    def start_visit(self, publication: str, run_id: str, *, now: float) -> float:
        """See `Store`."""
        with self._db.transaction():
            last = self._db.rows(sql.LAST_VISIT, publication=publication)
            unfinished = bool(last) and not last[0][1] and last[0][0] > now - ROUND_LONGEST
            start = float(last[0][0]) if unfinished else now
            row = {"publication": publication, "run_id": run_id, "round_start": start, "now": now}
            self._db.run(sql.START_VISIT, [row])
            self._db.run(sql.SCOPE_ROUND, [{"publication": publication, "round_start": start}])
            return start

    def finish_visit(self, publication: str, run_id: str, report: Mapping[str, object], *, now: float) -> None:
        """See `Store`."""
        with self._db.transaction():
            row = {"publication": publication, "run_id": run_id, "now": now, "report": json.dumps(report)}
            self._db.run(sql.FINISH_VISIT, [{**row, "complete": int(bool(report.get("complete")))}])

    def visits(self, publication: str, *, limit: int) -> list[dict[str, object]]:
        """See `Store`."""
        rows = self._db.rows(sql.VISITS, publication=publication, limit=limit)
        return [
            {"run_id": run_id, "started": started, "finished": finished, **json.loads(report or "{}")}
            for run_id, started, finished, report in rows
        ]

    def baseline(self, publication: str) -> Mapping[str, object]:
        """See `Store`."""
        rows = self._db.rows(sql.BASELINE, publication=publication)
        return json.loads(rows[0][0]) if rows else {}

    def put_baseline(self, publication: str, content: Mapping[str, object]) -> None:
        """See `Store`."""
        with self._db.transaction():
            self._db.run(sql.PUT_BASELINE, [{"publication": publication, "content": json.dumps(content)}])

    def close(self) -> None:
        """See `Store`."""
        self._db.close()


def _must_queue(record: Record, url: NewUrl) -> bool:
    """Whether a new sighting brings a known record (back) into the queue, or forward in it."""
    if url.skip or record.state == State.LEASED:
        return False
    if record.state == State.QUEUED:
        return record.fetched is None and url.priority < record.priority
    if record.outcome == Outcome.SKIPPED:
        return True
    return url.visit_before is not None and (record.fetched or 0.0) < url.visit_before


def _richer(first: NewUrl, second: NewUrl) -> NewUrl:
    """Of two sightings of one URL in one batch, the one that is fetched earlier."""
    return second if second.priority < first.priority else first
