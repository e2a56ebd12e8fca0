"""The frontier as one run sees it: what to fetch next, and what became of it. No Scrapy here."""

from __future__ import annotations

import json
import logging
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from crawler.frontier.examples import Examples
from crawler.frontier.options import FrontierOptions
from crawler.frontier.recent import RecentSightings
from crawler.frontier.records import Host, Line, NewUrl, Outcome, Record, Settlement
from crawler.frontier.sharing import HOLD_BACK, LOOK_EVERY, WAIT_FOR_SHARE, surplus
from crawler.frontier.store import Store
from crawler.frontier.traffic import Traffic
from crawler.page import Link, LinkKind

Queue = tuple[str, str]
"""Publication and host."""

UNLIMITED = frozenset({LinkKind.FRONT_PAGE, LinkKind.FEED, LinkKind.SITEMAP, LinkKind.REST})
AHEAD = 10
"""Priorities below this are those of documents that name many articles."""


@dataclass(slots=True)
class _Buffer:
    """Leased records of one queue that wait for their turn."""

    records: deque[Record] = field(default_factory=deque)
    look_again: float = 0.0
    """Unix time before which the store is not asked again."""


EXPECTED = frozenset({Outcome.NEW, Outcome.UNCHANGED, Outcome.LISTED, Outcome.ALIAS, Outcome.REDIRECT})
"""Outcomes that are logged at DEBUG; the others, at INFO, say why an address gave no article."""

logger = logging.getLogger(__name__)


class Frontier:
    """Hands out records and takes outcomes, in memory between two transactions.

    What is in memory is bounded by `hosts` × `batch`, whatever the size of the store. What is lost with the process
    is what was not flushed: those records are still leased, and come back when the worker is seen to be dead.
    """

    def __init__(
        self, store: Store, *, run_id: str, publications: Iterable[str], options: FrontierOptions,
        clock: Callable[[], float],
    ) -> None:  # fmt: skip
        self.store = store
        self.run_id = run_id
        self.options = options
        self.clock = clock
        self.publications = tuple(publications)
        self.tally: Counter[tuple[str, str, str]] = Counter()
        """(publication, outcome, reason) → how many in this run; `examples`: some of their addresses."""
        self.examples = Examples()
        self.rounds: dict[str, float] = {}
        """Publication → Unix time at which this round over its listings began."""
        self.traffic = Traffic(per_host=options.per_host)
        self._buffers: dict[Queue, _Buffer] = {}
        self._held: dict[str, Record] = {}
        self._awaited: dict[str, tuple[Record, Settlement]] = {}
        self._new: list[NewUrl] = []
        self._overtaken: set[Queue] = set()
        self._sightings = RecentSightings()
        self._settled: list[Settlement] = []
        self._flushed = self._beat = self._progress = self._looked = self._shared = clock()
        self._written = 0
        self._worker = self._begin()

    def _begin(self) -> int:
        now = self.clock()
        worker = self.store.begin(self.run_id, self.publications, now=now)
        for publication in self.publications:
            self.rounds[publication] = self.store.start_visit(publication, self.run_id, now=now)
        return worker

    # in

    def add(self, urls: Iterable[NewUrl]) -> None:
        """Remember URLs; they are in the store with the next flush."""
        new = self._sightings.fresh(urls)
        self._new.extend(new)
        self._overtaken.update((url.publication, url.host) for url in new if url.priority < AHEAD)
        self._flush_if_due()

    def links_of(self, record: Record) -> tuple[Link, ...]:
        """Who named a URL, as is known now; the record was leased a while ago."""
        known = self.store.get(record.key)
        return known.links if known else record.links

    def add_now(self, urls: Sequence[NewUrl]) -> int:
        """Remember URLs at once; returns how many were not known before."""
        fresh = self._sightings.fresh(urls)
        added = self.store.add(fresh, now=self.clock()) if fresh else 0
        if added:  # there is something to take, whenever it was last looked for
            self._looked = 0.0
            for buffer in self._buffers.values():
                buffer.look_again = 0.0
        return added

    # out

    def next(self) -> Record | None:
        """The next record to fetch, or None where nothing may be fetched now."""
        now = self.clock()
        if self._is_limited():
            return None
        self._part()
        record = self._take(now)
        if record is None and self._look(now):
            record = self._take(now)
        if record is not None:
            self._progress = now
            self._held[record.key] = record
            self.traffic.started(record.host)
        return record

    def _take(self, now: float) -> Record | None:
        for queue in list(self._buffers):
            if not self.traffic.is_free(queue[1], now=now):
                continue
            buffer = self._buffers[queue]
            if queue in self._overtaken:
                self._put_back(queue, buffer)
            if buffer.records or self._refill(queue, buffer, now):
                if buffer.records[0].priority >= AHEAD and self._is_listing(queue):
                    continue
                self._buffers[queue] = self._buffers.pop(queue)  # to the end: hosts take turns
                return buffer.records.popleft()
        return None

    def _is_listing(self, queue: Queue) -> bool:
        """Whether a document that names many articles is under way or being read: it may say more of the next ones."""
        held = self._held.values()
        return any(record.priority < AHEAD and (record.publication, record.host) == queue for record in held)

    def _put_back(self, queue: Queue, buffer: _Buffer) -> None:
        """Give leased articles back where a document was found that comes before them: it may say more about them."""
        self._overtaken.discard(queue)
        self.flush()
        self.store.release([record.key for record in buffer.records], worker=self._worker)
        buffer.records.clear()
        buffer.look_again = 0.0

    def _refill(self, queue: Queue, buffer: _Buffer, now: float) -> bool:
        if buffer.look_again > now and not self._new:
            return False
        self.flush()
        limit = 1 if self.options.limit is not None else self.options.batch
        buffer.records.extend(self.store.lease(self._worker, queue, limit=limit, now=now))
        if buffer.records:
            return True
        buffer.look_again = now + 1.0
        if self.traffic.is_idle(queue[1]):
            self._leave(queue)
        return False

    def _leave(self, queue: Queue) -> None:
        del self._buffers[queue]
        if not any(host == queue[1] for _, host in self._buffers):
            self.traffic.leave(queue[1])
            pause = self.options.pauses.get(queue[0], 0.0)
            self.store.release_host(self._worker, queue[1], now=self.clock(), pause=pause)

    def _look(self, now: float) -> bool:
        """Reserve more hosts, where there may be some; True if there were."""
        is_early = now < self._shared or (not self._new and now < self._looked + 1.0)
        if is_early or len(self._buffers) >= self.options.hosts:
            return False
        self.flush()
        self._looked = now
        claimed = self.store.claim_hosts(self._worker, limit=self.options.hosts - len(self._buffers), now=now)
        for publication, host in claimed:
            if host.name not in self.traffic.set_aside:
                self._buffers.setdefault((publication, host.name), _Buffer())
                self.traffic.meet(host.name, not_before=host.not_before)
        return bool(claimed)

    def _is_limited(self) -> bool:
        limit = self.options.limit
        if limit is None:
            return False
        under_way = sum(record.kind not in UNLIMITED for record in self._held.values())
        return self._written + len(self._awaited) + under_way >= limit

    @property
    def set_aside(self) -> Mapping[str, str]:
        """Host → why it is left alone for the rest of this run."""
        return self.traffic.set_aside

    def left(self) -> Mapping[str, int]:
        """Publication of this run → addresses that wait for a visit; counted anew each time."""
        queued = self.store.queued()
        return {name: queued.get(name, 0) for name in self.publications}

    @property
    def is_at_limit(self) -> bool:
        """Whether as many articles were written as were asked for."""
        return self.options.limit is not None and self._written + len(self._awaited) >= self.options.limit

    def is_pending(self) -> bool:
        """Whether there is, or will be within the run's patience, something to do."""
        if self._held or self.is_at_limit:
            return bool(self._held)
        if self._new or any(buffer.records for buffer in self._buffers.values()):
            return True
        self.flush()
        due = self.store.next_due(self._worker, without=self.traffic.set_aside)
        if due is not None and due <= max(self.clock(), self._progress + self.options.patience):
            return True
        return self._may_get_share()

    # outcomes

    def settle(self, settlement: Settlement, record: Record) -> None:
        """A visit is over."""
        if self._held.pop(record.key, None) is None:
            return
        self._count(record, settlement)
        self._settled.append(settlement)
        self._flush_if_due()

    def await_writing(self, settlement: Settlement, record: Record) -> None:
        """A visit is over as soon as the article's line is durable (see `written`) or dropped (see `dropped`)."""
        self._held.pop(record.key, None)
        self._awaited[record.key] = (record, settlement)

    def original(self, publication: str, content: str) -> str | None:
        """The key of an article with this `Settlement.content` that was written, or is about to be; None if none is."""
        for record, settlement in self._awaited.values():
            if (record.publication, settlement.content) == (publication, content):
                return record.key
        return self.store.original(publication, content)

    def remembered(self, key: str) -> Mapping[str, str] | None:
        """The field hashes of the article's last line, {} where they are not known; None where it has no line."""
        record, _ = self._awaited[key]
        found: dict[str, str] = json.loads(record.field_hashes or "{}")
        return found if record.revision else None

    def note(self, key: str, hashes: Mapping[str, str]) -> None:
        """The field hashes of the line that is about to be written."""
        record, settlement = self._awaited[key]
        self._awaited[key] = (record, replace(settlement, field_hashes=json.dumps(hashes)))

    def written(self, keys: Iterable[str]) -> None:
        """Lines are durable: their records are settled, at once."""
        for key in keys:
            if key in self._awaited:
                record, settlement = self._awaited.pop(key)
                self._written += 1
                self._count(record, settlement)
                self._settled.append(settlement)
        self.flush()

    def dropped(self, key: str, settlement: Settlement) -> None:
        """An article was not written after all."""
        if key in self._awaited:
            record, _ = self._awaited.pop(key)
            self._count(record, settlement)
            self._settled.append(settlement)
            self._flush_if_due()

    def awaited(self, key: str) -> tuple[Record, Settlement] | None:
        """The visit that waits for the writing of an article."""
        return self._awaited.get(key)

    def _count(self, record: Record, settlement: Settlement) -> None:
        outcome, reason = str(settlement.outcome), settlement.reason or ""
        self.tally[(record.publication, outcome, reason)] += 1
        self.examples.note((record.publication, outcome, reason), record.url)
        level = logging.DEBUG if settlement.outcome in EXPECTED else logging.INFO
        logger.log(level, "%s %s%s", outcome, record.url, f" ({reason})" if reason else "")

    def reconcile(self, lines: Iterable[Line]) -> Iterator[bool]:
        """For each line that a killed run left: True to keep it, False to drop it (another run wrote it)."""
        for line in lines:
            yield not self.store.reconcile([line], now=self.clock())

    # canonical addresses

    def adopt(self, url: NewUrl, *, key: str) -> Record | None:
        """Lease the record of an article's canonical address `key`; None where it is under way already."""
        url = replace(url, key=key)
        self.flush()
        if (
            url.key in self._held
            or url.key in self._awaited
            or any(record.key == url.key for buffer in self._buffers.values() for record in buffer.records)
        ):
            return None
        record = self.store.adopt(url, worker=self._worker, now=self.clock())
        if record is not None:
            self._held[record.key] = record
        return record

    # hosts

    def pause(self, host: str, until: float, reason: str) -> bool:
        """Leave a host alone until then; False where that is longer than this run waits: it is set aside."""
        self.traffic.pause(host, until=until)
        self.store.put_host(replace(self.store.host(host), not_before=until, reason=reason))
        if until > self.clock() + self.options.patience:
            self.leave_alone(host, reason)
            return False
        return True

    def leave_alone(self, host: str, reason: str) -> None:
        """Set a host aside for the rest of this run."""
        self.traffic.set_aside[host] = reason
        self._hand_back(host)

    def _hand_back(self, host: str) -> None:
        for queue in [queue for queue in self._buffers if queue[1] == host]:
            keys = [record.key for record in self._buffers[queue].records]
            self.store.release(keys, worker=self._worker)
            self._leave(queue)

    def _share(self, now: float) -> None:
        """Give hosts to workers that have none, and do not take them back at once."""
        hosts = list(dict.fromkeys(host for _, host in self._buffers))
        if len(hosts) < 2 or now < self._shared + LOOK_EVERY:
            return
        self._shared = now
        count = surplus(len(hosts), idle=self.store.idle_workers(self._worker, now=now))
        self.traffic.parting.update(islice(reversed(hosts), count))
        self._shared += HOLD_BACK if count else 0.0

    def _part(self) -> None:
        """Let go of hosts that were given away, as soon as no request to them is under way."""
        for host in filter(self.traffic.is_idle, tuple(self.traffic.parting)):
            self.traffic.parting.discard(host)
            self._hand_back(host)

    def _may_get_share(self) -> bool:
        """Whether another worker may soon give this one, which has nothing to do, a host of its own."""
        now = self.clock()
        return now < self._progress + WAIT_FOR_SHARE and self.store.is_share_left(self._worker, now=now)

    def know_delay(self, host: str, delay: float | None) -> None:
        """Remember the crawl delay of a host."""
        known = self.store.host(host)
        if known.delay != delay:
            self.store.put_host(Host(host, delay, known.not_before, known.reason))

    # time

    def tick(self) -> None:
        """To be called now and then: flush, sign of life, leases of the dead."""
        now = self.clock()
        self._flush_if_due()
        self._share(now)
        if now < self._beat + self.options.heartbeat:
            return
        self._beat = now
        if not self.store.heartbeat(self._worker, now=now):
            self._begin_again()
        self.store.release_dead(now=now)

    def _begin_again(self) -> None:
        """This worker was taken for dead (suspended, clock changed): what it held belongs to others now."""
        self._buffers.clear()
        self.traffic.parting.clear()
        self._held.clear()
        self._settled.clear()
        self._worker = self._begin()

    def is_mine(self, record: Record) -> bool:
        """Whether this worker may write the article of a record: its lease has not gone to another."""
        if self.clock() < self._beat + 2 * self.options.heartbeat:
            return True
        return self.store.holds(record.key, worker=self._worker)

    def _flush_if_due(self) -> None:
        size = len(self._new) + len(self._settled)
        if size >= self.options.flush_size or (size and self.clock() >= self._flushed + self.options.flush_seconds):
            self.flush()

    def flush(self) -> None:
        """Write what is known to the store. Raises `StorageError`; nothing is lost by trying again."""
        self._flushed = self.clock()
        if self._new:
            self.store.add(self._new, now=self._flushed)
            self._new = []
        if self._settled:
            self.store.settle(self._settled, worker=self._worker)
            self._settled = []

    def close(self) -> None:
        """Flush, and give back what was leased and not visited."""
        self.flush()
        self.store.end(self._worker)
