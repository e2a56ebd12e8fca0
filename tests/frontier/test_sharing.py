"""Workers share the hosts of their publications, and a host keeps its pause when it changes hands."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from crawler.frontier.frontier import Frontier
from crawler.frontier.options import FrontierOptions
from crawler.frontier.records import Host
from crawler.frontier.sharing import surplus
from crawler.frontier.store import Store
from crawler.frontier.visits import Visit, new_url
from crawler.page import Link

Opening = Callable[[], Store]
NOW = 1_000_000.0


class Clock:
    """Unix time as the test says it is."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> float:
        return self.now


def frontier(store: Store, clock: Clock, run: str, *, pause: float = 0.0) -> Frontier:
    return Frontier(
        store, run_id=run, publications=["paper"], options=FrontierOptions(pauses={"paper": pause}), clock=clock
    )  # fmt: skip


def fill(worker: Frontier, *, hosts: int, each: int = 3) -> None:
    links = (Link(f"https://{host}.example/{n}", "sitemap") for host in range(hosts) for n in range(each))
    worker.add([new_url(link, publication="paper", now=NOW) for link in links])
    worker.flush()


def visit_next(worker: Frontier, clock: Clock, *, after: float = 0.0) -> str | None:
    """Fetch and settle one record some seconds later; returns its host."""
    clock.now += after
    record = worker.next()
    if record is not None:
        worker.traffic.ended(record.host)
        worker.settle(Visit(record, worker.clock()).rejected("HTTP 400"), record)
    return record.host if record else None


@pytest.mark.parametrize(("held", "idle", "given"), [(8, 0, 0), (8, 1, 4), (8, 3, 6), (3, 1, 1), (2, 5, 1), (1, 1, 0)])
def test_as_many_hosts_stay_as_each_idle_worker_can_have(held: int, idle: int, given: int) -> None:
    assert surplus(held, idle=idle) == given


def test_a_worker_that_has_every_host_gives_half_of_them_to_one_that_comes(store: Store, opening: Opening) -> None:
    clock = Clock()
    first = frontier(store, clock, "run-1")
    fill(first, hosts=4)
    assert visit_next(first, clock, after=1.1)
    second = frontier(opening(), clock, "run-2")
    assert visit_next(second, clock, after=1.1) is None
    assert second.is_pending()  # others have several: a share may come
    first.tick()
    visited_by_first = {visit_next(first, clock) for _ in range(4)}
    visited_by_second = {visit_next(second, clock, after=1.1) for _ in range(4)}
    assert len(visited_by_first) == len(visited_by_second) == 2
    assert not visited_by_first & visited_by_second


def test_a_worker_beside_one_with_a_single_host_does_not_wait(store: Store, opening: Opening) -> None:
    clock = Clock()
    first = frontier(store, clock, "run-1")
    fill(first, hosts=1)
    assert visit_next(first, clock, after=1.1)
    second = frontier(opening(), clock, "run-2")
    assert visit_next(second, clock, after=1.1) is None
    assert not second.is_pending()


@pytest.mark.parametrize(("crawl_delay", "pause"), [(None, 2.0), (7.0, 7.0), (1.0, 2.0)])
def test_a_host_that_changes_hands_is_left_alone_for_its_pause(
    store: Store, opening: Opening, crawl_delay: float | None, pause: float
) -> None:
    clock = Clock()
    first = frontier(store, clock, "run-1", pause=2.0)
    fill(first, hosts=1, each=1)
    assert visit_next(first, clock, after=1.1) == "0.example"
    store.put_host(Host("0.example", crawl_delay))
    assert visit_next(first, clock, after=0.1) is None  # drained, and let go
    second = frontier(opening(), clock, "run-2", pause=2.0)
    fill(second, hosts=1, each=2)
    assert visit_next(second, clock, after=pause - 0.1) is None
    assert visit_next(second, clock, after=1.1) == "0.example"
