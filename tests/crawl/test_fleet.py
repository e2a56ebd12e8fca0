"""`scrapy fleet`: several workers as one run."""

from __future__ import annotations

import json
import os
import re
import signal
import time
from collections.abc import Iterator
from contextlib import ExitStack
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from tests.crawling import Crawls, wait_for
from tests.site import Site, served

ARTICLES = 8


@pytest.fixture
def sites() -> Iterator[list[Site]]:
    """Four small publications, each a host of its own."""
    with ExitStack() as stack:
        yield [stack.enter_context(served(ARTICLES)) for _ in range(4)]


@pytest.fixture
def fleet(sites: list[Site], tmp_path: Path) -> Crawls:
    return Crawls(tmp_path, ",".join(site.host for site in sites), {"DOWNLOAD_DELAY": "0.2"}, ("fleet", "-n", "2"))


def start_of(sites: list[Site]) -> str:
    return "url=" + ",".join(site.url for site in sites)


def report_of(fleet: Crawls) -> dict[str, Any]:
    (path,) = (fleet.output / "reports" / "fleet").glob("*.json")
    report: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return report


def pids(fleet: Crawls) -> list[int]:
    return [int(pid) for pid in re.findall(r"process (\d+)", (fleet.folder / "log.txt").read_text(encoding="utf-8"))]


def is_gone(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False


def test_a_fleet_writes_every_article_once_keeps_each_hosts_pause_and_merges_its_reports(
    sites: list[Site], fleet: Crawls
) -> None:
    assert fleet.run(start_of(sites)).code == 0
    lines = [line["url"] for line in fleet.all_lines()]
    assert sorted(lines) == sorted(url for site in sites for url in site.article_urls)
    for site in sites:
        times = [hit.time for hit in site.hits()]
        assert min(later - earlier for earlier, later in pairwise(times)) > 0.15
    report = report_of(fleet)
    assert [publication["outcomes"]["new"] for publication in report["publications"].values()] == [ARTICLES] * 4
    # A worker that ends while the other is still at work finds something left; the fleet's verdict counts over all.
    assert {worker["verdict"] for worker in report["workers"]} <= {"done", "partial"}
    assert (report["verdict"], report["exit_code"]) == ("done", 0)
    (page,) = (fleet.output / "reports" / "fleet").glob("*.html")
    assert f"{4 * ARTICLES} new articles from 4 publications" in page.read_text(encoding="utf-8")
    metrics = (fleet.output / "reports" / "metrics.prom").read_text(encoding="utf-8")
    assert (
        f'visited_addresses{{outcome="new",publication="{next(iter(report["publications"]))}"}} {ARTICLES:.1f}'
        in metrics
    )


def test_a_worker_that_is_killed_is_named_and_not_started_again_and_nothing_is_lost(
    sites: list[Site], fleet: Crawls
) -> None:
    process = fleet.start(start_of(sites))
    wait_for(lambda: all(len(site.page_hits()) >= 2 for site in sites))
    victim = pids(fleet)[0]
    os.kill(victim, signal.SIGKILL)
    assert fleet.finished(process, known=set()).code == 1
    report = report_of(fleet)
    assert [worker["reason"] for worker in report["workers"] if worker["pid"] == victim] == ["ended by signal 9"]
    assert "not started again" in (fleet.folder / "log.txt").read_text(encoding="utf-8")
    fleet.command = ("crawl", "articles")
    assert fleet.run(start_of(sites)).code == 0
    lines = [line["url"] for line in fleet.all_lines()]
    assert sorted(lines) == sorted(url for site in sites for url in site.article_urls)


def test_sigterm_ends_every_worker_within_ten_seconds(sites: list[Site], fleet: Crawls) -> None:
    process = fleet.start(start_of(sites), DOWNLOAD_DELAY="1")
    wait_for(lambda: any(site.page_hits() for site in sites))
    told = time.monotonic()
    process.send_signal(signal.SIGTERM)
    assert fleet.finished(process, known=set()).code == 9
    assert time.monotonic() - told < 10
    assert all(map(is_gone, pids(fleet)))
    assert report_of(fleet)["verdict"] == "interrupted"


def test_what_cannot_be_meant_is_said_once_and_no_worker_starts(fleet: Crawls) -> None:
    assert fleet.run("sites=missing.toml").code == 2
    log = (fleet.folder / "log.txt").read_text(encoding="utf-8")
    assert log.count("missing.toml") == 1
    assert "process" not in log
