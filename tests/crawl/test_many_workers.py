"""Several workers on one frontier."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.crawling import Crawls, wait_for
from tests.site import served


def test_workers_on_one_postgres_write_every_article_once_and_keep_each_hosts_pause(
    postgres: Any, tmp_path: Path
) -> None:
    url = postgres.new_database()
    with served(12) as one, served(12) as two:
        (tmp_path / "a").mkdir()
        (tmp_path / "b").mkdir()
        allow = f"{one.host},{two.host}"
        starts, settings = f"url={one.url},{two.url}", {"FRONTIER_URL": url, "DOWNLOAD_DELAY": "0.3"}
        first, second = Crawls(tmp_path / "a", allow, settings), Crawls(tmp_path / "b", allow, settings)
        running = first.start(starts)
        wait_for(lambda: bool(one.page_hits()))
        assert second.run(starts).code in (0, 8)
        assert first.finished(running, known=set()).code == 0
        lines = [line["url"] for line in first.all_lines() + second.all_lines()]
        assert sorted(lines) == sorted(one.article_urls + two.article_urls)
        for site in (one, two):
            times = [hit.time for hit in site.hits()]  # arrivals: a busy machine delays some of them
            assert times[-1] - times[0] > 0.27 * (len(times) - 1)


def test_a_worker_killed_on_postgres_loses_nothing_once_its_lease_is_over(postgres: Any, tmp_path: Path) -> None:
    import psycopg  # noqa: PLC0415 - optional

    url = postgres.new_database()
    with served(12) as site:
        crawls = Crawls(tmp_path, site.host, {"FRONTIER_URL": url})
        process = crawls.start(f"url={site.url}", killed_at="line")
        process.wait(60)
        assert crawls.run(f"url={site.url}").code == 8  # the dead worker still counts as living
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute("UPDATE workers SET deadline = 0")
        assert crawls.run(f"url={site.url}").code == 0
        assert sorted(line["url"] for line in crawls.all_lines()) == sorted(site.article_urls)
