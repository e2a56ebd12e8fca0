"""What a run says at its end."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from crawler.reports.summary import MAX_FILES, MAX_PUBLICATIONS, lines_of

PAGE = Path("output/reports/1.html")


def publication(verdict: str = "done", **fields: Any) -> dict[str, Any]:
    known = {"outcomes": {"new": 2}, "articles_known": 2, "queued": 0, "set_aside": None, "drift": []}
    return {"verdict": verdict, **known, **fields}


def told(verdict: str, code: int, files: tuple[Path, ...] = (), **publications: dict[str, Any]) -> list[str]:
    report = {"verdict": verdict, "exit_code": code, "publications": publications}
    return list(lines_of(report, files=files, page=PAGE))


def test_a_run_without_trouble_is_told_in_a_few_lines() -> None:
    assert told("done", 0, (Path("output/courier-1.jsonl"),), courier=publication()) == [
        "done: 2 new articles, 0 updated; 2 known in all.",
        "items:  output/courier-1.jsonl",
        "report: output/reports/1.html",
        "exit code 0",
    ]


def test_reasons_are_counted_the_urgent_first_and_an_address_shows_each() -> None:
    page = "https://example.org/about/"
    lines = told(
        "partial", 3,
        courier=publication(
            "partial",
            reasons={"rejected": {"not an article: page": 1, "not an article: listing": 7}, "failed": {"HTTP 500": 2}},
            urls={"rejected": {"not an article: page": [page]}},
        ),
    )  # fmt: skip
    assert lines[1:4] == [
        "    2 × failed: HTTP 500",
        "    7 × rejected: not an article: listing",
        f"    1 × rejected: not an article: page, as {page}",
    ]
    assert "next:   Run again; alert if it persists." in lines
    assert f"why:    scrapy explain {page}" in lines


def test_publications_in_trouble_come_first_and_the_list_does_not_grow_without_bound() -> None:
    publications = {f"p{number}": publication() for number in range(MAX_PUBLICATIONS)}
    drifted = publication("drift", drift=[{"text": "20% have date, usually 100%"}, {"text": "No article in French"}])
    lines = told("drift", 10, (Path("x.jsonl"),) * (MAX_FILES + 2), **publications, late=drifted)
    assert lines[1:3] == ["  late: 20% have date, usually 100%, and 1 more change.", "    ! No article in French"]
    assert "  and 1 more publications" in lines
    assert "        and 2 more files" in lines


def test_a_long_list_of_reasons_is_cut_and_says_so() -> None:
    reasons = {"missing": {f"HTTP {status}": 1 for status in range(404, 412)}}
    assert "    and 4 more reasons" in told("done", 0, courier=publication(reasons=reasons))
