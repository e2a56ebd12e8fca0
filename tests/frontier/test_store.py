"""Every frontier store does this, whichever database it is."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.errors import StorageError
from crawler.frontier.identity import key_of
from crawler.frontier.records import Host, Line, NewUrl, Outcome, RobotsAnswer, Settlement, State
from crawler.frontier.rejudging import rejudge
from crawler.frontier.sqlite import open_sqlite
from crawler.frontier.store import Store
from crawler.frontier.visits import new_url
from crawler.page import Link, LinkKind

Opening = Callable[[], Store]
NOW = 1_000_000.0
LATER = NOW + 121
"""Beyond the deadline of a worker that registered at NOW."""
QUEUE = ("paper", "example.org")


def url(name: str, source: str = "sitemap", **facts: object) -> NewUrl:
    link = Link(f"https://example.org/{name}", source, **facts)  # type: ignore[arg-type]
    return new_url(link, publication="paper", now=NOW)


def worker(store: Store, run: str = "run-1", *, now: float = NOW) -> int:
    number = store.begin(run, ["paper"], now=now)
    store.start_visit("paper", run, now=now)
    return number


def lease(store: Store, number: int, *, limit: int = 10, now: float = NOW) -> list[str]:
    store.claim_hosts(number, limit=10, now=now)
    return [record.url.rsplit("/", 1)[1] for record in store.lease(number, QUEUE, limit=limit, now=now)]


def done(name: str, **facts: object) -> Settlement:
    return Settlement(url(name).key, Outcome.NEW, revision=1, fetched=NOW, **facts)  # type: ignore[arg-type]


def test_a_url_is_remembered_once_under_all_its_variants(store: Store) -> None:
    worker(store)
    variants = ["https://example.org/a", "http://www.example.org/a/", "https://example.org/a?utm_source=x"]
    urls = [new_url(Link(each, "feed"), publication="paper", now=NOW) for each in variants]
    assert store.add(urls, now=NOW) == 1
    assert store.add(urls, now=NOW) == 0


def test_documents_come_first_then_likely_articles_then_the_long_tail(store: Store) -> None:
    number = worker(store)
    store.add(
        [
            url("tag", kind=LinkKind.TAG), url("unlikely", score=0.1), url("likely", score=0.9),
            url("feed", kind=LinkKind.FEED),
        ], now=NOW,
    )  # fmt: skip
    assert lease(store, number) == ["feed", "likely", "unlikely", "tag"]


def test_a_record_is_leased_to_one_worker_and_comes_back_when_that_ends(store: Store, opening: Opening) -> None:
    first = worker(store)
    store.add([url("a")], now=NOW)
    assert lease(store, first) == ["a"]
    other = opening()
    second = worker(other, "run-2")
    assert lease(other, second) == []
    store.end(first)
    assert lease(other, second) == ["a"]


def test_a_host_belongs_to_one_worker_at_a_time(store: Store, opening: Opening) -> None:
    first = worker(store)
    store.add([url("a"), url("b")], now=NOW)
    assert lease(store, first, limit=1) == ["a"]
    other = opening()
    second = worker(other, "run-2")
    assert other.claim_hosts(second, limit=5, now=NOW) == []
    store.release_host(first, QUEUE[1], now=NOW, pause=0.0)
    assert [host.name for _, host in other.claim_hosts(second, limit=5, now=NOW)] == [QUEUE[1]]


def test_leases_of_a_worker_without_a_sign_of_life_come_back_after_its_deadline(store: Store, opening: Opening) -> None:
    first = worker(store)
    store.add([url("a")], now=NOW)
    lease(store, first)
    other = opening()
    second = worker(other, "run-2", now=NOW + 100)
    assert other.release_dead(now=NOW + 100) == 0
    assert other.release_dead(now=NOW + 121) == 1
    assert lease(other, second, now=NOW + 121) == ["a"]
    assert not store.heartbeat(first, now=NOW + 122)
    store.settle([done("a")], worker=first)
    record = store.get(url("a").key)
    assert record is not None
    assert record.state == State.LEASED  # the slow worker's outcome is not taken


def test_a_sign_of_life_prolongs_leases(store: Store, opening: Opening) -> None:
    first = worker(store)
    store.add([url("a")], now=NOW)
    lease(store, first)
    assert store.heartbeat(first, now=NOW + 100)
    other = opening()
    worker(other, "run-2", now=NOW + 150)
    assert other.release_dead(now=NOW + 150) == 0


def test_what_is_settled_is_not_leased_again_until_a_later_round_finds_it_due(store: Store) -> None:
    number = worker(store)
    store.add([url("a")], now=NOW)
    lease(store, number)
    store.settle([done("a", due=NOW + 10)], worker=number)
    assert lease(store, number, now=NOW + 50) == []
    store.finish_visit("paper", "run-1", {"complete": True}, now=NOW + 60)
    store.start_visit("paper", "run-2", now=NOW + 100)
    assert store.revive(now=NOW + 100) == 1
    assert lease(store, number, now=NOW + 100) == ["a"]


def test_an_unfinished_round_is_continued_and_a_finished_one_is_not(store: Store) -> None:
    worker(store)
    assert store.start_visit("paper", "run-2", now=NOW + 50) == NOW
    store.finish_visit("paper", "run-2", {"complete": True}, now=NOW + 60)
    assert store.start_visit("paper", "run-3", now=NOW + 100) == NOW + 100
    assert store.start_visit("paper", "run-4", now=NOW + 100 + 90_000) == NOW + 100 + 90_000


def test_a_retry_waits_for_its_time_and_says_when_that_is(store: Store) -> None:
    number = worker(store)
    store.add([url("a")], now=NOW)
    lease(store, number)
    store.release_host(number, QUEUE[1], now=NOW, pause=0.0)
    waiting = Settlement(url("a").key, Outcome.WAITING, "HTTP 503", due=NOW + 30, queued=True, attempts=1)
    store.settle([waiting], worker=number)
    assert store.next_due(number) == NOW + 30
    assert lease(store, number, now=NOW + 29) == []
    assert lease(store, number, now=NOW + 30) == ["a"]


def test_a_host_that_is_left_alone_gives_no_work_until_then(store: Store) -> None:
    number = worker(store)
    store.add([url("a")], now=NOW)
    store.put_host(Host(QUEUE[1], None, NOW + 500, "HTTP 429"))
    assert store.claim_hosts(number, limit=5, now=NOW) == []
    assert store.next_due(number) == NOW + 500
    assert store.next_due(number, without={QUEUE[1]}) is None


def test_every_source_that_named_a_url_is_remembered_with_its_date(store: Store) -> None:
    worker(store)
    store.add([url("a", "listing")], now=NOW)
    store.add([url("a", "feed", date="2024-05-01T10:31:00+02:00", title="T"), url("a", "listing")], now=NOW)
    record = store.get(url("a").key)
    assert record is not None
    assert [(link.source, link.date) for link in record.links] == [
        ("listing", None), ("feed", "2024-05-01T10:31:00+02:00")
    ]  # fmt: skip


def test_a_stated_change_brings_an_article_back_and_an_old_date_does_not(store: Store) -> None:
    number = worker(store)
    store.add([url("a")], now=NOW)
    lease(store, number)
    store.settle([done("a")], worker=number)
    store.add([replace(url("a"), visit_before=NOW - 5)], now=NOW)
    assert lease(store, number) == []
    store.add([replace(url("a"), visit_before=NOW + 5)], now=NOW + 10)
    assert lease(store, number, now=NOW + 10) == ["a"]


def test_what_lay_outside_the_window_comes_when_the_window_is_moved(store: Store) -> None:
    number = worker(store)
    store.add([replace(url("a"), skip="outside", published=500.0)], now=NOW)
    assert lease(store, number) == []
    assert store.readmit("paper", reason="outside", since=501.0, until=900.0, now=NOW) == 0
    assert store.readmit("paper", reason="outside", since=100.0, until=900.0, now=NOW) == 1
    assert lease(store, number) == ["a"]


def test_what_a_rule_kept_out_comes_when_the_rule_is_gone_and_the_rest_stays(store: Store) -> None:
    number = worker(store)
    store.add([replace(url(name), skip="excluded") for name in ("a", "b", "c")], now=NOW)
    store.add([replace(url("d"), skip="outside")], now=NOW)

    def rule(address: str, _: str) -> str | None:
        return "excluded" if address.endswith("b") else None

    assert rejudge(store, "paper", rule, reason="excluded", now=NOW) == 2
    assert sorted(lease(store, number)) == ["a", "c"]


def line(name: str, run: str, revision: int = 1) -> Line:
    return Line(url(name).key, f"https://example.org/{name}", "paper", revision, run, "{}", NOW, gone=False)


def test_lines_that_a_killed_run_wrote_are_not_fetched_again(store: Store, opening: Opening) -> None:
    first = worker(store)
    store.add([url("a"), url("b")], now=NOW)
    lease(store, first)
    store.close()  # the process is gone, its leases are not given back
    other = opening()
    second = worker(other, "run-2", now=LATER)
    assert other.reconcile([line("a", "run-1"), line("never-queued", "run-1")], now=NOW) == set()
    other.release_dead(now=LATER)
    assert lease(other, second) == ["b"]


def test_a_line_is_dropped_where_another_run_has_written_it_or_is_about_to(store: Store, opening: Opening) -> None:
    other = opening()
    second = worker(other, "run-2")
    other.add([url("a"), url("b")], now=NOW)
    assert lease(other, second) == ["a", "b"]
    other.settle([done("a", run_id="run-2")], worker=second)
    worker(store, "run-3")
    lines = [line("a", "run-1"), line("b", "run-1"), line("c", "run-1")]
    assert store.reconcile(lines, now=NOW) == {0, 1}
    assert store.reconcile(lines[2:], now=NOW) == set()  # repaired twice: kept twice, it is its own line


def test_a_canonical_address_is_adopted_unless_it_is_under_way(store: Store) -> None:
    number = worker(store)
    adopted = store.adopt(url("canonical"), worker=number, now=NOW)
    assert adopted is not None
    assert store.holds(adopted.key, worker=number)
    assert store.adopt(url("canonical"), worker=number, now=NOW) is None


def test_robots_answers_and_hosts_outlive_the_process(store: Store, opening: Opening) -> None:
    store.put_robots(RobotsAnswer("https://example.org", 200, b"User-agent: *", NOW))
    store.put_host(Host("example.org", 7.5, 0.0, None))
    other = opening()
    assert other.robots("https://example.org") == RobotsAnswer("https://example.org", 200, b"User-agent: *", NOW)
    assert other.host("example.org").delay == 7.5


def test_what_is_no_frontier_is_named_and_left_as_it_is(tmp_path: Path) -> None:
    other = tmp_path / "notes.txt"
    other.write_text("not a database " * 100)
    with pytest.raises(StorageError, match=r"notes\.txt"):
        open_sqlite(other)
    assert other.read_text() == "not a database " * 100


def test_a_frontier_of_a_newer_version_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "frontier.sqlite"
    open_sqlite(path).close()
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(StorageError, match="newer"):
        open_sqlite(path)


def test_leases_of_a_process_that_is_gone_come_back_at_once_on_one_machine(tmp_path: Path) -> None:
    dead = open_sqlite(tmp_path / "frontier.sqlite")
    number = worker(dead)
    dead.add([url("a")], now=NOW)
    assert lease(dead, number) == ["a"]
    dead.close()
    alive = open_sqlite(tmp_path / "frontier.sqlite")
    second = worker(alive, "run-2")
    assert alive.release_dead(now=NOW) == 1
    assert lease(alive, second) == ["a"]
    alive.close()


OPERATIONS = st.lists(
    st.one_of(
        st.tuples(st.just("add"), st.integers(0, 20)), st.tuples(st.just("lease"), st.integers(1, 5)),
        st.tuples(st.just("done"), st.integers(0, 20)), st.tuples(st.just("retry"), st.integers(0, 20)),
        st.tuples(st.just("die"), st.just(0)),
    ), max_size=40,
)  # fmt: skip


class Model:
    """A store that is driven step by step, and what ought to be in it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.runs = 0
        self.added: set[str] = set()
        self.held: set[str] = set()
        self.written: list[str] = []
        self.open()

    def open(self) -> None:
        self.store = open_sqlite(self.path)
        self.number = worker(self.store, f"run-{self.runs}")

    def add(self, value: int) -> None:
        self.store.add([url(f"n{value}")], now=NOW)
        self.added.add(f"n{value}")

    def lease(self, value: int) -> None:
        self.held |= set(lease(self.store, self.number, limit=value))

    def done(self, value: int) -> None:
        if f"n{value}" in self.held:
            self.held.remove(f"n{value}")
            self.store.settle([done(f"n{value}")], worker=self.number)
            self.written.append(f"n{value}")

    def retry(self, value: int) -> None:
        if f"n{value}" in self.held:
            self.held.remove(f"n{value}")
            waiting = Settlement(url(f"n{value}").key, Outcome.WAITING, "x", due=NOW, queued=True, attempts=1)
            self.store.settle([waiting], worker=self.number)

    def die(self, _: int) -> None:
        self.store.close()
        self.runs += 1
        self.held.clear()
        self.open()
        self.store.release_dead(now=NOW)


@settings(max_examples=40, deadline=None)
@given(OPERATIONS)
def test_whatever_happens_every_url_is_in_exactly_one_state_and_none_is_written_twice(
    tmp_path_factory: pytest.TempPathFactory, operations: list[tuple[str, int]]
) -> None:
    model = Model(tmp_path_factory.mktemp("frontier") / "f.sqlite")
    for what, value in operations:
        getattr(model, what)(value)
    rest = set(lease(model.store, model.number, limit=100))
    assert len(model.written) == len(set(model.written))
    assert not rest & (model.held | set(model.written))
    assert rest | model.held | set(model.written) == model.added
    model.store.close()


def test_keys_are_equal_for_variants_and_differ_otherwise() -> None:
    assert key_of("https://www.example.org/a/?utm_source=b") == key_of("http://example.org/a")
    assert key_of("https://example.org/a") != key_of("https://example.org/b")
