"""The main job, as `make crawl` runs it: the sample publication in, clean JSON Lines out."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from sample.pages import NAME, Post, posts
from tools.docs.places import ROOT


@pytest.fixture(scope="module")
def first_run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return crawled(tmp_path_factory.mktemp("sample"))


def crawled(folder: Path) -> Path:
    """A folder in which the sample was crawled."""
    (folder / "scrapy.cfg").write_bytes((ROOT / "scrapy.cfg").read_bytes())
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "sample", "--port", "9437"]
    run = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=180, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
    return folder


def items(folder: Path) -> dict[str, dict[str, Any]]:
    """Slug → item."""
    lines = [line for path in folder.glob("output/sample/*.jsonl") for line in path.read_text("utf-8").splitlines()]
    found = {item["url"].split("/")[3]: item for item in map(json.loads, lines)}
    assert len(found) == len(lines), "an article was written twice"
    return found


def test_every_article_and_nothing_else_is_an_item(first_run: Path) -> None:
    assert set(items(first_run)) == {post.slug for post in posts()}


@pytest.mark.parametrize("post", posts(), ids=lambda post: post.slug)
def test_an_item_holds_what_its_author_wrote(first_run: Path, post: Post) -> None:
    item = items(first_run)[post.slug]
    assert item["title"] == post.title
    assert item["byline"] == post.author.name
    assert [author["name"] for author in item["authors"]] == [post.author.name]
    assert item["author_bio"] == post.author.bio
    assert item["date"][:10] == f"{post.date:%Y-%m-%d}"
    assert item["section"] == post.category
    assert item["publication"] == NAME
    assert item["latest_posts"][0]["url"].endswith(next(p for p in posts() if p.author == post.author).path)
    assert words(item["body"]) == words("\n\n".join(post.parts))


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


def test_the_minute_and_the_offset_come_from_the_feed_where_the_page_prints_the_day(first_run: Path) -> None:
    newest = posts()[0]
    item = items(first_run)[newest.slug]
    assert item["date"] == newest.date.isoformat()
    assert item["evidence"]["date"]["source"] == "feed"


def test_a_second_run_writes_no_line(first_run: Path) -> None:
    before = items(first_run)
    crawled(first_run)
    assert items(first_run) == before
