"""The frontier at 1,000 to 1,000,000 known URLs, beside Scrapy's own queues: `python tools/bench/frontier.py [SIZES…]`.

On SQLite, and on a private PostgreSQL (durable settings, local disk) where that is installed.

Prints, for each size and each queue, what a second takes in and gives out, and the peak memory of a process of its
own. Scrapy's queues remember fingerprints only in their seen set, and forget everything but the queue at a crash.
"""

from __future__ import annotations

import argparse
import multiprocessing
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).parents[2]))
from tests.postgres_server import PrivateServer, programs

if TYPE_CHECKING:
    from crawler.frontier.store import Store

SIZES = (1_000, 10_000, 100_000, 1_000_000)
BATCH = 500
"""URLs of one document: a sitemap's page, a listing."""
LEASED = 20_000
"""Leases and completions that are timed; at a size below, all of them."""


@dataclass(frozen=True)
class Figures:
    """What one process measured."""

    inserts: float
    leases: float
    completions: float
    megabytes: float


def frontier(size: int, store: Store) -> Figures:
    """Our frontier, as the scheduler drives it: batches of links in, batched leases out, batched outcomes."""
    from crawler.frontier.records import Outcome, Settlement
    from crawler.frontier.visits import new_url
    from crawler.page import Link

    now = time.time()
    worker = store.begin("bench", ["p"], now=now)

    def insert(numbers: range) -> None:
        links = (Link(f"https://example.org/2024/{n % 366}/slug-of-article-{n}/", "sitemap") for n in numbers)
        store.add([new_url(link, publication="p", now=now) for link in links], now=now)

    inserts = rate(size, insert, batches(size))
    store.claim_hosts(worker, limit=1, now=now)
    held: list[str] = []
    timed = min(size, LEASED)

    def lease(numbers: range) -> None:
        held.extend(record.key for record in store.lease(worker, ("p", "example.org"), limit=len(numbers), now=now))

    def complete(numbers: range) -> None:
        store.settle(
            [Settlement(key, Outcome.NEW, revision=1, fetched=now) for key in held[numbers.start : numbers.stop]],
            worker=worker,
        )

    leases = rate(timed, lease, batches(timed, 64))
    completions = rate(timed, complete, batches(timed, 64))
    store.close()
    return Figures(inserts, leases, completions, peak())


def on_postgresql(size: int, folder: Path, where: Path) -> Figures:
    """The same on a server of its own; the memory is that of the worker, not the server's."""
    from crawler.frontier.postgres import open_postgres

    server = PrivateServer(where, folder, durable=True)
    try:
        return frontier(size, open_postgres(server.new_database()))
    finally:
        server.stop()


def scrapy_queue(size: int, folder: Path, *, disk: bool) -> Figures:
    """Scrapy's scheduler with its seen set; a lease is `next_request`, and there are no completions to note."""
    from scrapy import Request, Spider
    from scrapy.core.scheduler import Scheduler
    from scrapy.utils.test import get_crawler

    class Bench(Spider):
        name = "bench"

        def parse(self, response: Any) -> None:
            """Nothing."""

    # The default priority queue asks the engine for its downloads, of which there are none here
    settings = {"SCHEDULER_PRIORITY_QUEUE": "scrapy.pqueues.ScrapyPriorityQueue"}
    crawler = get_crawler(Bench, {**settings, "JOBDIR": str(folder)} if disk else settings)
    crawler.spider = Bench.from_crawler(crawler)
    scheduler = Scheduler.from_crawler(crawler)
    scheduler.open(crawler.spider)

    def insert(numbers: range) -> None:
        for n in numbers:
            url = f"https://example.org/2024/{n % 366}/slug-of-article-{n}/"
            scheduler.enqueue_request(Request(url, callback=crawler.spider.parse))

    timed = min(size, LEASED)

    def lease(numbers: range) -> None:
        for _ in numbers:
            scheduler.next_request()

    inserts = rate(size, insert, batches(size))
    leases = rate(timed, lease, batches(timed, 64))
    scheduler.close("finished")
    return Figures(inserts, leases, float("nan"), peak())


def batches(size: int, step: int = BATCH) -> Iterator[range]:
    """The numbers below `size` in steps."""
    return (range(start, min(size, start + step)) for start in range(0, size, step))


def rate(count: int, action: Callable[[range], None], steps: Iterator[range]) -> float:
    """How many a second."""
    begun = time.perf_counter()
    for step in steps:
        action(step)
    return count / (time.perf_counter() - begun)


def peak() -> float:
    """The most memory that this process had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measured(kind: str, size: int) -> Figures:
    """One measurement in a process of its own, so that its memory is its own."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(_measure, (kind, size))


def _measure(kind: str, size: int) -> Figures:
    with tempfile.TemporaryDirectory() as folder:
        if kind == "sqlite":
            from crawler.frontier.sqlite import open_sqlite

            return frontier(size, open_sqlite(Path(folder) / "frontier.sqlite"))
        if kind == "postgresql" and (where := programs()):
            return on_postgresql(size, Path(folder), where)
        return scrapy_queue(size, Path(folder), disk=kind == "scrapy disk")


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("sizes", nargs="*", type=int, default=SIZES)
    parser.add_argument("--only", action="append", metavar="QUEUE", help="sqlite, postgresql, …; may be repeated")
    options = parser.parse_args()
    kinds = ("sqlite", *(("postgresql",) if programs() else ()), "scrapy memory", "scrapy disk")
    sys.stdout.write(f"{'queue':14}{'URLs':>10}{'inserts/s':>12}{'leases/s':>12}{'completions/s':>15}{'peak MB':>10}\n")
    for size in options.sizes:
        for kind in options.only or kinds:
            f = measured(kind, size)
            done = "-" if f.completions != f.completions else f"{f.completions:,.0f}"
            sys.stdout.write(
                f"{kind:14}{size:>10,}{f.inserts:>12,.0f}{f.leases:>12,.0f}{done:>15}{f.megabytes:>10.0f}\n"
            )
            sys.stdout.flush()


if __name__ == "__main__":
    main()
