"""No room left for the frontier: the run says so with its own exit code, and the next one goes on."""

from __future__ import annotations

import resource

import pytest

from tests.crawling import Crawls
from tests.site import Site

ROOM = 150_000
"""Bytes that any file of the crawl may have: the frontier's log of a few transactions, and less than it needs."""


@pytest.mark.skipif(not hasattr(resource, "prlimit"), reason="needs prlimit(2) of Linux")
def test_a_frontier_without_room_ends_the_run_and_the_next_one_loses_nothing(site: Site, crawls: Crawls) -> None:
    process = crawls.start(f"url={site.url}", LOG_LEVEL="ERROR")
    resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (ROOM, ROOM))
    run = crawls.finished(process, known=set())
    assert run.code == 7
    assert "frontier.sqlite" in run.log
    assert "Traceback" not in run.log
    assert crawls.run(f"url={site.url}").code == 0
    assert sorted(line["url"] for line in crawls.all_lines()) == sorted(site.article_urls)
