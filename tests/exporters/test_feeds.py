"""Scrapy's feed exports work beside the files under OUTPUT_DIR, and write the same lines."""

from __future__ import annotations

from pathlib import Path

from sample.pages import posts
from sample.server import served
from tests.running import scrapy


def test_a_feed_holds_the_lines_that_the_crawl_wrote(tmp_path: Path) -> None:
    with served(0) as origin:
        settings = {
            "OUTPUT_DIR": "output",
            "FRONTIER_URL": "sqlite:///frontier.sqlite",
            "FETCH_ALLOW_PRIVATE": origin.removeprefix("http://"),
            "DOWNLOAD_DELAY": "0",
        }
        options = [part for name, value in settings.items() for part in ("-s", f"{name}={value}")]
        run = scrapy("crawl", "articles", "-a", f"url={origin}/", "-O", "feed.jsonl", *options, cwd=tmp_path)
    assert run.returncode == 0, run.stderr
    (written,) = (tmp_path / "output").glob("*.jsonl")
    assert sorted((tmp_path / "feed.jsonl").read_bytes().splitlines()) == sorted(written.read_bytes().splitlines())
    assert len(written.read_bytes().splitlines()) == len(posts())
