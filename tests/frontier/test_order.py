"""What names many articles is read before the articles: it says more about them."""

from __future__ import annotations

from crawler.frontier.frontier import Frontier
from crawler.frontier.options import FrontierOptions
from crawler.frontier.store import Store
from crawler.frontier.visits import Validators, Visit, new_url
from crawler.page import Link, LinkKind

NOW = 1_000_000.0
HOME = "https://paper.example"


def frontier(store: Store) -> Frontier:
    found = Frontier(store, run_id="run-1", publications=["paper"], options=FrontierOptions(), clock=lambda: NOW)
    add(found, f"{HOME}/list?page=1", LinkKind.REST)
    add(found, f"{HOME}/bridge/", LinkKind.ARTICLE)
    return found


def add(found: Frontier, url: str, kind: LinkKind) -> None:
    found.add([new_url(Link(url, "rest", kind=kind, score=1.0), publication="paper", now=NOW)])


def test_articles_wait_while_the_answer_of_a_list_is_read(store: Store) -> None:
    found = frontier(store)
    first = found.next()
    assert first is not None
    found.traffic.ended(first.host)  # the answer is here, its addresses are not
    assert first.url.endswith("page=1")
    assert found.next() is None
    add(found, f"{HOME}/list?page=2", LinkKind.REST)
    found.settle(Visit(first, NOW).listed(Validators(), digest="1"), first)
    second = found.next()
    assert second is not None
    assert second.url.endswith("page=2")


def test_a_list_that_cannot_be_had_keeps_nothing_waiting(store: Store) -> None:
    found = frontier(store)
    first = found.next()
    assert first is not None
    found.traffic.ended(first.host)
    found.settle(Visit(first, NOW).rejected("HTTP 404"), first)
    second = found.next()
    assert second is not None
    assert second.url == f"{HOME}/bridge/"
