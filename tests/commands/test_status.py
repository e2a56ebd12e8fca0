from __future__ import annotations

import json
from pathlib import Path

from tests.crawling import Crawls
from tests.running import scrapy


def test_status_and_runs_tell_what_a_crawl_came_to(crawls: Crawls, tmp_path: Path) -> None:
    url = f"http://{crawls.allow}/"
    run = crawls.run(f"url={url}")
    assert run.code == 0, run.log
    settings = ("-s", f"OUTPUT_DIR={crawls.output}", "-s", f"FRONTIER_URL=sqlite:///{crawls.frontier}")
    status = scrapy("status", url, "--json", *settings, cwd=tmp_path)
    assert status.returncode == 0, status.stderr
    row = json.loads(status.stdout)
    assert (row["articles"], row["verdict"]) == (30, "done")
    assert row["run"] in scrapy("status", url, *settings, cwd=tmp_path).stdout
    runs = scrapy("runs", "--json", *settings, cwd=tmp_path)
    assert json.loads(runs.stdout)["new"] == 30
    report = scrapy("runs", row["run"][:12], *settings, cwd=tmp_path)
    assert json.loads(report.stdout)["run_id"] == row["run"]


def test_what_was_never_crawled_says_so(tmp_path: Path) -> None:
    settings = ("-s", f"OUTPUT_DIR={tmp_path}", "-s", f"FRONTIER_URL=sqlite:///{tmp_path}/f.sqlite")
    assert "never run" in scrapy("status", "https://a.example/", *settings, cwd=tmp_path).stdout
    assert scrapy("runs", *settings, cwd=tmp_path).stdout == "Nothing yet.\n"
    missing = scrapy("runs", "2020", *settings, cwd=tmp_path)
    assert missing.returncode == 2
    assert "0 reports" in missing.stderr


def test_a_mistake_in_the_publications_is_named(tmp_path: Path) -> None:
    (tmp_path / "publications.toml").write_text('[a]\nurll = "x"\n', encoding="utf-8")
    run = scrapy("status", cwd=tmp_path)
    assert run.returncode == 2
    assert 'did you mean "url"?' in run.stderr
