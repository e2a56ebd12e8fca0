"""What only PostgreSQL has: a database that goes away, many machines, their clocks."""

from __future__ import annotations

import os
import signal
import threading
import time
from typing import Any

import pytest

from crawler.errors import StorageError
from crawler.frontier.visits import new_url
from crawler.page import Link

NOW = 1_000_000.0


def test_an_operation_outlasts_a_restart_of_the_database(postgres: Any) -> None:
    from crawler.frontier.postgres import open_postgres  # noqa: PLC0415 - optional

    store = open_postgres(postgres.new_database())
    worker = store.begin("run-1", ["paper"], now=NOW)
    store.start_visit("paper", "run-1", now=NOW)
    urls = [new_url(Link(f"https://example.org/{n}", "feed"), publication="paper", now=NOW) for n in range(50)]
    store.add(urls, now=NOW)
    postgres.stop()
    threading.Timer(1.0, postgres.start).start()
    claimed = store.claim_hosts(worker, limit=5, now=NOW)
    assert [host.name for _, host in claimed] == ["example.org"]
    assert len(store.lease(worker, ("paper", "example.org"), limit=100, now=NOW)) == 50
    store.close()


def test_a_signal_ends_the_wait_for_a_database_that_is_gone(postgres: Any) -> None:
    from crawler.frontier.postgres import open_postgres  # noqa: PLC0415 - optional

    store = open_postgres(postgres.new_database())
    store.begin("run-1", ["paper"], now=NOW)
    handled: list[int] = []
    before = signal.signal(signal.SIGTERM, lambda number, _: handled.append(number))
    postgres.stop()
    try:
        threading.Timer(1.0, os.kill, (os.getpid(), signal.SIGTERM)).start()
        begun = time.monotonic()
        with pytest.raises(StorageError, match="cannot be reached"):
            store.queued()
        assert 0.9 < time.monotonic() - begun < 3
        assert handled == [signal.SIGTERM], "the handler is called when the wait is over"
        with pytest.raises(StorageError, match="cannot be reached"):
            store.queued()
        assert time.monotonic() - begun < 4, "a run that ends does not wait again"
    finally:
        signal.signal(signal.SIGTERM, before)
        postgres.start()
        store.close()


def test_two_workers_on_one_queue_never_lease_the_same_record(postgres: Any) -> None:
    from crawler.frontier.postgres import open_postgres  # noqa: PLC0415 - optional

    url = postgres.new_database()
    store = open_postgres(url)
    urls = [new_url(Link(f"https://example.org/{n}", "feed"), publication="paper", now=NOW) for n in range(200)]
    store.begin("run-0", ["paper"], now=NOW)
    store.add(urls, now=NOW)
    leased: list[list[str]] = [[], []]

    def work(number: int) -> None:
        mine = open_postgres(url)
        worker = mine.begin(f"run-{number}", ["paper"], now=NOW)
        while records := mine.lease(worker, ("paper", "example.org"), limit=7, now=NOW):
            leased[number].extend(record.key for record in records)
        mine.close()

    threads = [threading.Thread(target=work, args=(number,)) for number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    together = leased[0] + leased[1]
    assert len(together) == len(set(together))
    assert len(together) >= 200 - 7  # a batch that the other had locked may be left for the next look
    store.close()


def test_time_is_the_databases(postgres: Any) -> None:
    from crawler.frontier.postgres import PostgresDatabase  # noqa: PLC0415 - optional

    database = PostgresDatabase(postgres.new_database())
    assert abs(database.clock()() - time.time()) < 5
    database.close()
