"""What a crawl leaves for people: the page beside the JSON report, the metrics, the alarm."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

from lxml import html

from crawler.frontier.sqlite import open_sqlite
from tests.crawling import Crawls
from tests.site import Answer, Site

EMPTY = Answer(200, {"Content-Type": "text/html"}, b"<!doctype html><title>Paper</title><div id='app'></div>")


def test_each_run_leaves_a_page_beside_its_report_and_the_metrics(site: Site, crawls: Crawls, tmp_path: Path) -> None:
    run = crawls.run(f"url={site.url}", METRICS_FILE=str(tmp_path / "crawler.prom"))
    folder = crawls.output / "reports"
    assert sorted(path.name for path in folder.iterdir()) == [
        f"{run.report['run_id']}{end}" for end in (".html", ".json")
    ]
    root = html.fromstring((folder / f"{run.report['run_id']}.html").read_text(encoding="utf-8"))
    assert root.findtext(".//h1") == "30 new articles, 0 updated; 30 known in all."
    assert {link.get("href") for link in root.iter("a")} & set(site.article_urls)
    assert f"'run/report': '{folder / run.report['run_id']}.json'" in run.log
    assert "publication_crawler_run_exit_code 0.0" in (tmp_path / "crawler.prom").read_text(encoding="utf-8")


def test_the_report_counts_fields_and_names_addresses(site: Site, crawls: Crawls) -> None:
    report = only(crawls.run(f"url={site.url}").report)
    assert (report["items"], report["filled"]["title"], report["filled"]["byline"]) == (30, 30, 30)
    assert report["languages"] == {"en": 30}
    assert report["sources"]["feed"] == {"found": 10, "missed": 20}
    assert set(report["missed"]["feed"]) <= set(site.article_urls)
    assert report["missed"]["feed"]
    assert set(report["urls"]["new"][""]) < set(site.article_urls)
    assert report["front_page"] == {"read": 1, "named": 10}


def test_a_front_page_that_changed_and_names_nothing_ends_the_run_with_its_own_code(site: Site, crawls: Crawls) -> None:
    crawls.run(f"url={site.url}")
    remember_front_pages(crawls, [10.0] * 6)
    shutil.rmtree(crawls.output / "reports")  # logs and reports may be rotated away: the memory is the frontier's
    site.fault("/", EMPTY)
    run = crawls.run(f"url={site.url}")
    assert (run.code, run.report["verdict"]) == (10, "drift")
    assert run.log.count("The front page names 0 articles, usually 10") == 1, "told once"
    assert "WARNING: drift: The front page names 0 articles" in run.log
    assert [drift["measure"] for drift in only(run.report)["drift"]] == ["front_page"]
    assert crawls.run(f"url={site.url}").code == 10, "the front page is the same (304), so it is no better"


def test_a_report_that_cannot_be_written_is_not_named_as_one(site: Site, crawls: Crawls) -> None:
    crawls.output.mkdir()
    (crawls.output / "reports").write_text("a file where the folder should be", encoding="utf-8")
    run = crawls.run(f"url={site.url}")
    assert (run.code, len(run.lines)) == (0, len(site.posts))
    assert "the report cannot be written" in run.log
    assert "'run/exit_code': 0" in run.log
    assert "run/report" not in run.log


def test_nothing_new_is_a_success(site: Site, crawls: Crawls) -> None:
    crawls.run(f"url={site.url}")
    remember_front_pages(crawls, [10.0] * 6)
    run = crawls.run(f"url={site.url}")
    assert (run.code, only(run.report)["drift"]) == (0, [])


def test_runs_over_a_part_of_the_publication_are_not_measured(site: Site, crawls: Crawls) -> None:
    crawls.run(f"url={site.url}", "limit=3")
    assert not baseline(crawls)
    crawls.run(f"url={site.url}", "until=2023-12-31")
    assert not baseline(crawls)
    crawls.run(f"url={site.url}")
    assert baseline(crawls)["stretches"]


def only(report: dict[str, Any]) -> dict[str, Any]:
    """The report of the single publication."""
    return next(iter(report["publications"].values()))


def slug(crawls: Crawls) -> str:
    return crawls.allow.replace(".", "-").replace(":", "-")


def baseline(crawls: Crawls) -> dict[str, Any]:
    store = open_sqlite(crawls.frontier)
    found = dict(store.baseline(slug(crawls)))
    store.close()
    return found


def remember_front_pages(crawls: Crawls, named: list[float]) -> None:
    """As if so many runs had read the front page."""
    store = open_sqlite(crawls.frontier)
    known = json.loads(json.dumps(store.baseline(slug(crawls))))
    store.put_baseline(slug(crawls), {**known, "front_page": named})
    store.close()
