"""The archive of a crawl, read again: byte by byte the lines that the crawl wrote, but for the run that wrote them."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path

import pytest

from crawler.reprocessing.job import Job, JobOptions
from crawler.reprocessing.manifest import Tally
from crawler.reprocessing.outputs import OneFile
from crawler.reprocessing.work import input_files
from tests.crawling import Crawls, wait_for
from tests.site import Answer, Site


@pytest.fixture
def archive(crawls: Crawls) -> Path:
    folder = crawls.folder / "warc"
    crawls.settings["ARCHIVE_DIR"] = str(folder)
    return folder


def reprocessed(archive: Path, *, run_id: str = "again") -> tuple[list[str], Tally]:
    output = archive.parent / "again.jsonl"
    with OneFile(str(output)) as out:
        tally = Job(JobOptions(run_id, 2), out).run(input_files([str(archive)]))
    return without_run(output), tally


def without_run(*paths: Path) -> list[str]:
    """Lines as they stand, the run's name aside."""
    return [
        re.sub(r'"run_id":"[^"]*"', '"run_id":""', line)
        for path in paths
        for line in path.read_text(encoding="utf-8").split("\n")
        if line
    ]


def two_parts(site: Site) -> str:
    """Make an article that goes on at another address; returns its path."""
    path = site.posts[2].path
    first, links = site.page(path), '<div class="page-links">Pages: <span>1</span> <a href="{}2/">2</a></div></article>'
    first.body = first.body.replace(b"</article>", links.format(path).encode())
    second = site.page(site.posts[4].path)
    second.body = second.body.replace(site.posts[4].title.encode(), site.posts[2].title.encode())
    second.body = second.body.replace(site.posts[4].path.encode(), path.encode())
    back = f'<div class="page-links">Pages: <a href="{path}">1</a> <span>2</span></div></article>'
    second.body = second.body.replace(b"</article>", back.encode())
    site.fault(path, first)
    site.fault(f"{path}2/", second)
    return path


def test_a_crawl_read_again_gives_the_same_lines(site: Site, crawls: Crawls, archive: Path) -> None:
    path = two_parts(site)
    packed = site.page(site.posts[7].path)
    site.fault(
        site.posts[7].path,
        Answer(200, {"Content-Type": "text/html", "Content-Encoding": "gzip"}, gzip.compress(packed.body)),
    )
    run = crawls.run(f"url={site.url}", ARCHIVE_MAX_BYTES="30000")
    assert run.code == 0, run.log
    lines, tally = reprocessed(archive)
    assert lines == without_run(*crawls.files())
    assert (tally.items, tally.problem_count) == (30, 0)
    assert site.hits(f"{path}2/")
    joined = next(line for line in run.lines if line["url"].endswith(path))
    assert "day 4" in joined["body"]


def test_revisions_and_tombstones_come_again_too(site: Site, crawls: Crawls, archive: Path) -> None:
    crawls.run(f"url={site.url}")
    site.posts[3].paragraphs[1] += " The harbour master agreed, and the council will vote on the bridge in spring."
    gone = site.posts.pop(5).path
    for _ in range(3):
        crawls.make_due()
        crawls.run(f"url={site.url}")
    lines, tally = reprocessed(archive)
    assert lines == without_run(*sorted(crawls.files()))
    kinds = [(line["revision"], line["page_type"]) for line in map(json.loads, lines)]
    assert sorted(set(kinds)) == [(1, "article"), (2, "article"), (2, "gone")]
    assert sum(json.loads(line)["url"].endswith(gone) for line in lines) == 2
    assert tally.problem_count == 0


def test_what_the_crawl_left_out_is_left_out_with_its_reason(site: Site, crawls: Crawls, archive: Path) -> None:
    crawls.run(f"url={site.url}", "since=2024-01-03")
    body = site.page(site.posts[29].path).body
    site.fault(
        site.posts[29].path, Answer(200, {"Content-Type": "text/html"}, body.replace(b"<footer>", b"<footer>Now: "))
    )
    crawls.make_due()
    crawls.run(f"url={site.url}", "since=2024-01-03")
    lines, tally = reprocessed(archive)
    assert lines == without_run(*sorted(crawls.files()))
    assert tally.dropped["the crawl left it out: unchanged"] == 1


def test_a_killed_run_and_the_next_give_every_article_once(site: Site, crawls: Crawls, archive: Path) -> None:
    site.fault(lambda path: path.startswith("/2024/"), lambda path: Answer(**{**vars(site.page(path)), "delay": 0.1}))
    process = crawls.start(f"url={site.url}")
    wait_for(lambda: len(site.page_hits()) > 12)
    process.kill()
    process.wait()
    site.mend()
    crawls.run(f"url={site.url}")
    lines, _ = reprocessed(archive)
    urls = [json.loads(line)["url"] for line in lines]
    assert sorted(urls) == sorted(site.article_urls)


def test_a_file_that_is_not_there_any_more_is_a_problem_of_its_pages_only(
    site: Site, crawls: Crawls, archive: Path
) -> None:
    crawls.run(f"url={site.url}", ARCHIVE_MAX_BYTES="30000")
    files = sorted(archive.iterdir())
    size = files[1].stat().st_size
    files[1].write_bytes(bytes(size))
    lines, tally = reprocessed(archive)
    assert 5 < len(lines) < 30
    assert tally.problem_count >= 1
    assert any(files[1].name in problem for problem in tally.problems)


def test_facts_that_cannot_be_read_are_a_problem_of_their_page_only(site: Site, crawls: Crawls, archive: Path) -> None:
    crawls.run(f"url={site.url}", "limit=4")
    (file,) = archive.iterdir()
    content = gzip.decompress(file.read_bytes())
    assert content.count(b'"kept": {') == 4
    file.with_suffix("").write_bytes(content.replace(b'"kept": {', b'"ward": {', 1))
    file.unlink()
    _, tally = reprocessed(archive)
    assert tally.problem_count == 4  # the other three point into a file that has gone
    assert sum("metadata record cannot be read" in problem for problem in tally.problems) == 1
