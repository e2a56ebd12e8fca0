"""Reports of several workers as one."""

from __future__ import annotations

from typing import Any

import pytest

from crawler.reports.fleet import Ended, merged


def report(finished: str = "10:00", verdict: str = "done", **publications: dict[str, Any]) -> dict[str, Any]:
    usual = {
        "verdict": verdict, "outcomes": {}, "articles_known": 0, "queued": 0, "set_aside": None,
        "held_by_others": False, "limited": False, "items": 0, "drift": [],
    }  # fmt: skip
    whole = {slug: {**usual, **facts} for slug, facts in publications.items()}
    return {"run_id": finished, "reason": "finished", "finished": finished, "publications": whole}


def fleet(*workers: tuple[int, dict[str, Any] | None], interrupted: bool = False) -> dict[str, Any]:
    ended = [Ended(number, 100 + number, code, facts) for number, (code, facts) in enumerate(workers, 1)]
    return merged(ended, interrupted=interrupted)


def test_outcomes_are_added_and_what_is_left_is_as_the_last_worker_found_it() -> None:
    early = report("10:00", paper={"outcomes": {"new": 3, "listed": 1}, "articles_known": 9, "queued": 4, "items": 3})
    late = report("10:05", paper={"outcomes": {"new": 6}, "articles_known": 9, "items": 6})
    found = fleet((0, late), (3, early))
    assert found["publications"]["paper"]["outcomes"] == {"new": 9, "listed": 1}
    assert found["publications"]["paper"]["queued"] == 0
    assert found["publications"]["paper"]["items"] == 9
    assert (found["verdict"], found["exit_code"]) == ("done", 0)


def test_a_worker_that_found_all_in_other_hands_does_not_count() -> None:
    idle = report("10:00", "locked", paper={"held_by_others": True})
    busy = report("10:05", paper={"outcomes": {"new": 6}, "articles_known": 6})
    assert fleet((8, idle), (0, busy))["verdict"] == "done"


@pytest.mark.parametrize(
    ("codes", "interrupted", "verdict"),
    [
        ((0, 0), False, "done"),
        ((0, -9), False, "crashed"),
        ((9, -15), True, "interrupted"),
        ((0, 0), True, "interrupted"),
        ((9, 1), True, "crashed"),
        ((1, 7), False, "disk"),
        ((7, 2), False, "configuration"),
    ],
)
def test_what_ended_a_worker_before_its_time_outweighs_what_was_reached(
    codes: tuple[int, int], interrupted: bool, verdict: str
) -> None:
    done = report(paper={"outcomes": {"new": 6}, "articles_known": 6})
    assert (
        fleet(*((code, done if code >= 0 else None) for code in codes), interrupted=interrupted)["verdict"] == verdict
    )


def test_workers_that_could_not_begin_leave_the_frontier_to_whoever_holds_it() -> None:
    assert fleet((8, report()), (8, report()))["exit_code"] == 8


def test_a_drift_that_one_worker_saw_is_the_fleets() -> None:
    seen = report(paper={"outcomes": {"new": 6}, "articles_known": 6, "drift": [{"measure": "authors"}]})
    assert fleet((10, seen), (0, report(paper={"outcomes": {"new": 1}, "articles_known": 7})))["verdict"] == "drift"


def test_reasons_fields_and_addresses_are_added_up_over_the_workers() -> None:
    first = {
        "outcomes": {"new": 2, "failed": 1}, "articles_known": 2, "items": 2, "filled": {"title": 2, "date": 1},
        "median_words": 300, "languages": {"en": 2}, "lacking": {"date": ["https://example.org/a/"]},
        "reasons": {"failed": {"HTTP 500": 1}}, "urls": {"failed": {"HTTP 500": ["https://example.org/b/"]}},
        "sources": {"feed": {"found": 1, "missed": 1}},
    }  # fmt: skip
    second = {
        **first, "articles_known": 4, "urls": {"failed": {"HTTP 500": ["https://example.org/c/"]}},
        "sources": {"feed": {"found": 3, "missed": 1}},
    }  # fmt: skip
    paper = fleet((3, report("10:00", paper=first)), (3, report("10:05", paper=second)))["publications"]["paper"]
    assert paper["reasons"] == {"failed": {"HTTP 500": 2}}
    assert paper["urls"] == {"failed": {"HTTP 500": ["https://example.org/b/", "https://example.org/c/"]}}
    assert (paper["items"], paper["filled"], paper["languages"]) == (4, {"title": 4, "date": 2}, {"en": 4})
    assert paper["median_words"] is None, "medians of two workers make none"
    assert paper["sources"] == second["sources"], "what is known grows: the last worker has it all"


def test_of_workers_that_ended_in_one_second_the_one_that_found_less_left_was_the_last() -> None:
    done = report(paper={"outcomes": {"new": 6}, "articles_known": 9})
    early = report(paper={"outcomes": {"new": 3}, "articles_known": 9, "queued": 4})
    assert fleet((0, done), (3, early))["verdict"] == "done"
