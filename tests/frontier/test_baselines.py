"""What the frontier keeps for the reports: baselines, and addresses behind numbers."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from crawler.frontier.examples import EACH, MOST, Examples
from crawler.frontier.identity import key_of
from crawler.frontier.records import Outcome, Settlement
from crawler.frontier.sqlite import open_sqlite
from crawler.frontier.store import Store
from crawler.frontier.visits import new_url
from crawler.page import Link

NOW = 1_000_000.0


def test_a_baseline_is_kept_for_each_publication_and_replaced(store: Store) -> None:
    assert store.baseline("paper") == {}
    store.put_baseline("paper", {"days": {"2026-01-01": 1}})
    store.put_baseline("paper", {"days": {"2026-01-02": 2}})
    assert store.baseline("paper") == {"days": {"2026-01-02": 2}}
    assert store.baseline("another") == {}


def test_articles_are_named_as_examples_by_those_who_named_them(store: Store) -> None:
    worker = store.begin("run-1", ["paper"], now=NOW)
    for number, sources in enumerate((["feed"], ["feed", "sitemap"], ["sitemap"], ["sitemap"], ["sitemap"])):
        url = f"https://example.org/{number}"
        for source in sources:
            store.add([new_url(Link(url, source), publication="paper", now=NOW)], now=NOW)
        store.claim_hosts(worker, limit=1, now=NOW)
        store.lease(worker, ("paper", "example.org"), limit=9, now=NOW)
        store.settle([Settlement(key_of(url), Outcome.NEW, revision=1, fetched=NOW)], worker=worker)
    assert store.examples_by_sources("paper") == {
        "feed": ("https://example.org/0",),
        "feed,sitemap": ("https://example.org/1",),
        "sitemap": ("https://example.org/2", "https://example.org/4"),
    }


def test_a_frontier_of_the_first_version_gets_the_table_of_baselines(tmp_path: Path) -> None:
    path = tmp_path / "frontier.sqlite"
    open_sqlite(path).close()
    with sqlite3.connect(path) as connection:
        connection.execute("DROP TABLE baselines")
        connection.execute("PRAGMA user_version = 1")
    connection.close()
    store = open_sqlite(path)
    store.put_baseline("paper", {})
    store.close()


def test_examples_are_bounded_by_reason_and_by_run() -> None:
    examples = Examples()
    for number in range(100):
        examples.note(("paper", "rejected", "no title"), f"https://example.org/{number}")
    assert examples.of("paper") == {"rejected": {"no title": [f"https://example.org/{n}" for n in range(EACH)]}}
    for number in range(2 * MOST):
        examples.note((f"paper-{number}", "new", ""), "https://example.org/")
    assert sum(bool(examples.of(f"paper-{number}")) for number in range(2 * MOST)) == MOST - EACH
