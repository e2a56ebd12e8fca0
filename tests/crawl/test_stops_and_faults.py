"""A crawl is killed, told to stop, refused and slowed down."""

from __future__ import annotations

import signal
import sqlite3
import time
from itertools import pairwise

import pytest

from tests.crawling import Crawls, wait_for
from tests.site import Answer, Site


def test_sigterm_ends_a_run_within_ten_seconds_and_the_next_one_finishes_it(site: Site, crawls: Crawls) -> None:
    slow = site.posts[3].path
    site.fault(slow, Answer(delay=40), times=1)
    process = crawls.start(f"url={site.url}")
    wait_for(lambda: len(site.page_hits()) >= 8)
    time.sleep(1)
    begun = time.monotonic()
    process.send_signal(signal.SIGTERM)
    run = crawls.finished(process, known=set(), seconds=20)
    assert time.monotonic() - begun < 10
    assert run.code == 9, run.log
    assert not list(crawls.output.glob(".*.part"))
    crawls.run(f"url={site.url}")
    assert sorted(line["url"] for line in crawls.all_lines()) == sorted(site.article_urls)


@pytest.mark.parametrize("share", [0.01, 0.25, 0.5, 0.75, 0.99])
def test_a_killed_run_loses_no_article_and_writes_none_twice(site: Site, crawls: Crawls, share: float) -> None:
    process = crawls.start(f"url={site.url}")
    wait_for(lambda: len(site.page_hits()) >= max(1, round(share * len(site.posts))))
    process.kill()
    process.wait()
    run = crawls.run(f"url={site.url}")
    assert run.code == 0, run.log
    assert sorted(line["url"] for line in crawls.all_lines()) == sorted(site.article_urls)
    assert [hit.path for hit in site.page_hits() if len(site.hits(hit.path)) > 2] == []
    assert not list(crawls.output.glob(".*.part"))


@pytest.mark.parametrize("moment", ["line", "sync", "commit", "rename"])
def test_a_run_killed_at_the_worst_moment_loses_nothing_and_writes_nothing_twice(
    site: Site, crawls: Crawls, moment: str
) -> None:
    process = crawls.start(f"url={site.url}", killed_at=moment)
    assert process.wait(60) == -signal.SIGKILL
    run = crawls.run(f"url={site.url}")
    assert run.code == 0, run.log
    assert sorted(line["url"] for line in crawls.all_lines()) == sorted(site.article_urls)
    assert [hit.path for hit in site.page_hits() if len(site.hits(hit.path)) > 2] == []
    assert not list(crawls.output.glob(".*.part"))


def test_a_torn_last_line_is_written_anew(site: Site, crawls: Crawls) -> None:
    process = crawls.start(f"url={site.url}")
    wait_for(lambda: len(site.page_hits()) >= 20)
    process.kill()
    process.wait()
    for part in crawls.output.glob(".*.part"):
        part.write_bytes(part.read_bytes()[:-200])
    crawls.run(f"url={site.url}")
    assert sorted(line["url"] for line in crawls.all_lines()) == sorted(site.article_urls)


def test_robots_txt_that_forbids_all_is_waited_for_and_obeyed(site: Site, crawls: Crawls) -> None:
    site.fault("/robots.txt", Answer(body=b"User-agent: *\nDisallow: /\n", delay=2))
    starts = ",".join(f"{site.url}start-{number}/" for number in range(50))
    run = crawls.run(f"url={starts}", CONCURRENT_REQUESTS_PER_DOMAIN="16")
    assert {hit.path for hit in site.hits()} == {"/robots.txt"}
    assert len(site.hits()) == 1
    assert run.code == 5


@pytest.mark.parametrize("status", [500, 429])
def test_robots_txt_that_cannot_be_had_means_not_now(site: Site, crawls: Crawls, status: int) -> None:
    site.fault("/robots.txt", Answer(status))
    run = crawls.run(f"url={site.url}", FRONTIER_PATIENCE="1")
    assert {hit.path for hit in site.hits()} == {"/robots.txt"}
    assert run.code == 6


def test_a_robots_txt_that_does_not_exist_allows_all(site: Site, crawls: Crawls) -> None:
    site.fault("/robots.txt", Answer(404, body=b"User-agent: *\nDisallow: /\n"))
    assert len(crawls.run(f"url={site.url}").lines) == len(site.posts)


def test_crawl_delay_is_kept_between_any_two_requests(site: Site, crawls: Crawls) -> None:
    site.robots = f"User-agent: *\nCrawl-delay: 0.5\nSitemap: {site.url}sitemap.xml\n".encode()
    crawls.run(f"url={site.url}", "limit=4")
    times = [hit.time for hit in site.hits()]
    assert len(times) >= 7
    assert min(later - earlier for earlier, later in pairwise(times)) >= 0.45


def test_a_crawl_delay_beyond_the_cap_is_not_obeyed_but_reported(site: Site, crawls: Crawls) -> None:
    site.robots = b"User-agent: *\nCrawl-delay: 3600\n"
    run = crawls.run(f"url={site.url}")
    assert run.code == 5
    assert "crawl delay of 3600 s" in str(run.report)
    assert {hit.path for hit in site.hits()} == {"/robots.txt"}


@pytest.mark.parametrize("retry_after", ["1", "soon"])
def test_a_server_that_asks_to_wait_is_left_alone_and_loses_no_article(
    site: Site, crawls: Crawls, retry_after: str
) -> None:
    site.fault(lambda path: path.startswith("/2024/"), Answer(429, {"Retry-After": retry_after}), times=3)
    run = crawls.run(f"url={site.url}")
    assert run.code == 0, run.log
    assert sorted(line["url"] for line in run.lines) == sorted(site.article_urls)
    if retry_after == "1":
        refused = site.hits(status=429)
        after = [next(hit.time for hit in site.hits() if hit.time > one.time) - one.time for one in refused]
        assert min(after) >= 0.95


def test_a_huge_retry_after_ends_the_run_as_partial_and_is_remembered(site: Site, crawls: Crawls) -> None:
    site.fault(site.posts[5].path, Answer(429, {"Retry-After": "99999999999"}))
    run = crawls.run(f"url={site.url}")
    assert run.code == 3
    site.reset_log()
    crawls.run(f"url={site.url}")
    assert site.hits() == []


def test_a_storm_of_errors_loses_no_article(site: Site, crawls: Crawls) -> None:
    numbers = iter(range(10**6))
    site.fault(lambda path: path.startswith("/2024/"), lambda _: Answer(502) if next(numbers) % 2 else None)
    run = crawls.run(f"url={site.url}", RETRY_TIMES="12")
    assert sorted(line["url"] for line in run.lines) == sorted(site.article_urls)


def test_a_site_that_is_down_is_no_success(site: Site, crawls: Crawls) -> None:
    site.fault(lambda _: True, Answer(500))
    assert crawls.run(f"url={site.url}", FRONTIER_PATIENCE="1").code == 6


def test_an_article_that_changed_is_the_next_revision_and_one_that_vanished_a_tombstone(
    site: Site, crawls: Crawls
) -> None:
    crawls.run(f"url={site.url}")
    changed, gone = site.posts[0], site.posts[1]
    first = {line["url"]: line for line in crawls.all_lines()}
    changed.paragraphs[0] = "Correction: the bridge was never closed, as the harbour office said this morning at noon."
    crawls.make_due()
    run = crawls.run(f"url={site.url}")
    assert [(line["revision"], line["changed_fields"]) for line in run.lines] == [(2, ["body"])]
    assert run.lines[0]["id"] == first[run.lines[0]["url"]]["id"]
    site.posts.remove(gone)
    for _ in range(2):
        crawls.make_due()
        run = crawls.run(f"url={site.url}")
    assert [(line["page_type"], line["url"], line["revision"]) for line in run.lines] == [
        ("gone", f"{site.url[:-1]}{gone.path}", 2)
    ]


def test_an_error_of_the_frontier_ends_the_run_with_a_code_of_its_own(site: Site, crawls: Crawls) -> None:
    assert crawls.run(f"url={site.url}").code == 0
    with sqlite3.connect(crawls.frontier) as connection:
        connection.execute("UPDATE urls SET links = '[' WHERE kind = 'article'")
    connection.close()
    crawls.make_due()
    begun = time.monotonic()
    run = crawls.run(f"url={site.url}")
    assert run.code == 1
    assert time.monotonic() < begun + 20
    assert run.log.count("The frontier failed") == 1
    assert run.report["verdict"] == "crashed"
