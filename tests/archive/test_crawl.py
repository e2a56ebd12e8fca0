"""A crawl with ARCHIVE_DIR: every exchange is archived as it was sent, and whatever ends the run leaves it whole."""

from __future__ import annotations

import gzip
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from warcio.archiveiterator import ArchiveIterator

from crawler.archive.record_file import OPEN
from tests.crawling import Crawls, wait_for
from tests.site import Answer, Site


@pytest.fixture
def archive(crawls: Crawls) -> Path:
    folder = crawls.folder / "warc"
    crawls.settings["ARCHIVE_DIR"] = str(folder)
    return folder


def records(folder: Path, kind: str) -> list[tuple[Any, bytes]]:
    found = []
    for path in sorted(folder.glob("*.warc.gz")):
        with path.open("rb") as file:
            read = ((record, record.raw_stream.read()) for record in ArchiveIterator(file, check_digests="raise"))
            found += [(record, body) for record, body in read if record.rec_type == kind]
    return found


def facts(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(body) for _, body in records(folder, "metadata")]


def answered(folder: Path) -> Counter[tuple[str, str]]:
    """(path, status) of every answer in the archive."""
    found = records(folder, "response") + records(folder, "revisit")
    return Counter(
        ("/" + record.rec_headers.get_header("WARC-Target-URI").split("/", 3)[3], record.http_headers.get_statuscode())
        for record, _ in found
    )


def test_every_exchange_is_archived_and_no_other(site: Site, crawls: Crawls, archive: Path) -> None:
    site.fault("/about/", Answer(301, {"Location": "/section/city/"}))
    run = crawls.run(f"url={site.url}")
    assert (run.code, len(run.lines)) == (0, 30)
    assert answered(archive) == Counter((hit.path, str(hit.status)) for hit in site.hits())
    assert len(records(archive, "request")) == len(site.hits())
    assert [path.suffix for path in archive.iterdir()] == [".gz"]


def test_unchanged_pages_are_revisit_records(site: Site, crawls: Crawls, archive: Path) -> None:
    crawls.run(f"url={site.url}")
    crawls.make_due()
    site.reset_log()
    crawls.run(f"url={site.url}")
    revisits = [record for record, _ in records(archive, "revisit")]
    assert len(revisits) == len(site.hits(status=304)) > 30
    assert {record.rec_headers.get_header("WARC-Profile").split("/")[-1] for record in revisits} == {
        "server-not-modified"
    }


def test_bodies_stay_compressed_as_they_were_sent(site: Site, crawls: Crawls, archive: Path) -> None:
    post = site.posts[0]
    packed = gzip.compress(site.page(post.path).body)
    site.fault(post.path, Answer(200, {"Content-Type": "text/html", "Content-Encoding": "gzip"}, packed))
    run = crawls.run(f"url={site.url}")
    assert post.title in {line["title"] for line in run.lines}
    bodies = {record.rec_headers.get_header("WARC-Target-URI"): body for record, body in records(archive, "response")}
    assert bodies[f"{site.url[:-1]}{post.path}"] == packed


def test_an_answer_that_breaks_off_is_not_archived(site: Site, crawls: Crawls, archive: Path) -> None:
    post = site.posts[0]
    whole = site.page(post.path).body
    headers = {"Content-Type": "text/html", "Content-Length": str(len(whole))}
    site.fault(post.path, Answer(200, headers, whole, cut_at=200), times=1)
    run = crawls.run(f"url={site.url}")
    assert len(run.lines) == 30
    assert answered(archive)[(post.path, "200")] == 1
    assert len(site.hits(post.path)) == 2


def test_facts_say_what_the_crawl_knew(site: Site, crawls: Crawls, archive: Path) -> None:
    run = crawls.run(f"url={site.url}")
    known = {one["id"]: one for one in facts(archive) if one["outcome"] == "written"}
    assert known.keys() == {line["id"] for line in run.lines}
    newest = next(line for line in run.lines if line["title"] == site.posts[-1].title)
    one = known[newest["id"]]
    assert {"feed", "sitemap", "listing"} <= {link["source"] for link in one["links"]}
    assert (one["run_id"], one["publication"], one["revision"]) == (newest["run_id"], newest["publication"], 1)
    assert [page["fetched_at"] for page in one["pages"]] == [newest["fetched_at"]]


def test_facts_of_a_page_that_is_no_article_say_why(site: Site, crawls: Crawls, archive: Path) -> None:
    post = site.posts[0]
    empty = b"<!doctype html><title>Log in</title><body><form><input type=password></form>"
    site.fault(post.path, Answer(200, {"Content-Type": "text/html"}, empty))
    crawls.run(f"url={site.url}")
    (rejected,) = [one for one in facts(archive) if one["url"].endswith(post.path)]
    assert rejected["outcome"] in ("rejected", "dropped")
    assert rejected["reason"]


def test_a_changed_article_is_its_next_revision(site: Site, crawls: Crawls, archive: Path) -> None:
    crawls.run(f"url={site.url}")
    site.posts[3].paragraphs[1] += " The harbour master agreed, and the council will vote on the bridge in spring."
    crawls.make_due()
    run = crawls.run(f"url={site.url}")
    assert run.code == 0, run.log
    assert [line["revision"] for line in run.lines] == [2]
    (second,) = [one for one in facts(archive) if one["revision"] == 2]
    assert second["changed_fields"] == run.lines[0]["changed_fields"] == ["body"]


def test_a_killed_run_leaves_an_archive_that_the_next_completes(site: Site, crawls: Crawls, archive: Path) -> None:
    site.fault(lambda path: path.startswith("/2024/"), lambda path: Answer(**{**vars(site.page(path)), "delay": 0.1}))
    process = crawls.start(f"url={site.url}")
    wait_for(lambda: len(site.page_hits()) > 12)
    process.kill()
    process.wait()
    (left,) = archive.iterdir()
    assert left.name.endswith(OPEN)
    site.mend()
    crawls.run(f"url={site.url}")
    assert [path.suffix for path in archive.iterdir()] == [".gz", ".gz"]
    written = {(one["id"], one["revision"]) for one in facts(archive) if one["outcome"] == "written"}
    assert written == {(line["id"], line["revision"]) for line in crawls.all_lines()}
    assert len(written) == 30


def test_files_are_rotated_by_size(site: Site, crawls: Crawls, archive: Path) -> None:
    crawls.run(f"url={site.url}", ARCHIVE_MAX_BYTES="20000")
    sizes = [path.stat().st_size for path in archive.glob("*.warc.gz")]
    assert len(sizes) > 2
    assert max(sizes) < 30_000


def test_a_folder_that_cannot_be_written_ends_the_run_with_the_code_of_the_disk(
    site: Site, crawls: Crawls, archive: Path
) -> None:
    archive.write_text("a file where the folder should be", encoding="utf-8")
    run = crawls.run(f"url={site.url}")
    assert run.code == 7
    assert site.page_hits() == []


def test_without_the_setting_nothing_is_archived(site: Site, crawls: Crawls) -> None:
    run = crawls.run(f"url={site.url}", "limit=2")
    assert run.code == 0
    assert sorted(path.name for path in crawls.folder.iterdir()) == ["log.txt", "output", "state"]
