"""Storage that fails: found before the first request where possible, else the run stops; nothing is half-written."""

from __future__ import annotations

import resource
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from crawler.reports.verdict import EXITS, Verdict
from tests.crawling import Crawls, Run, read_lines, wait_for
from tests.site import Answer, Site

MOUNT, UMOUNT = shutil.which("mount") or "/bin/mount", shutil.which("umount") or "/bin/umount"
DISK, LOCKED = EXITS[Verdict.DISK].code, EXITS[Verdict.LOCKED].code


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 256 KiB."""
    folder = tmp_path / "small"
    folder.mkdir()
    mounted = subprocess.run(
        [MOUNT, "-t", "tmpfs", "-o", "size=256k", "tmpfs", folder], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("mounting a small file system takes rights that are not there")
    yield folder
    subprocess.run([UMOUNT, "-l", folder], check=True)


def whole(folder: Path) -> list[dict[str, object]]:
    """Every line of every completed file; raises where one is torn."""
    return [line for path in folder.glob("*.jsonl") for line in read_lines(path)]


def outcome(crawls: Crawls, site: Site, **settings: str) -> Run:
    return crawls.run(f"url={site.url}", **settings)


def test_output_that_is_a_file_is_found_before_the_first_request(site: Site, crawls: Crawls) -> None:
    crawls.output.write_text("not a folder")
    run = outcome(crawls, site)
    assert (run.code, site.hits()) == (DISK, [])


def test_a_read_only_file_system_is_found_before_the_first_request(
    site: Site, crawls: Crawls, small_disk: Path
) -> None:
    (small_disk / "output").mkdir()
    subprocess.run([MOUNT, "-o", "remount,ro", small_disk], check=True)
    run = outcome(crawls, site, OUTPUT_DIR=str(small_disk / "output"))
    assert (run.code, site.hits()) == (DISK, [])


def test_a_full_disk_for_output_is_found_before_the_first_request(site: Site, crawls: Crawls, small_disk: Path) -> None:
    fill(small_disk, left=0)
    run = outcome(crawls, site, OUTPUT_DIR=str(small_disk))
    assert (run.code, site.hits()) == (DISK, [])


def test_a_disk_that_fills_up_ends_the_run_and_the_next_one_loses_nothing(
    site: Site, crawls: Crawls, small_disk: Path
) -> None:
    filler = fill(small_disk, left=100_000)
    run = outcome(crawls, site, OUTPUT_DIR=str(small_disk))
    assert run.code == DISK, run.log[-2000:]
    written = whole(small_disk)
    filler.unlink()
    again = outcome(crawls, site, OUTPUT_DIR=str(small_disk))
    assert again.code == 0, again.log[-2000:]
    lines = whole(small_disk)
    assert len(lines) >= len(written)
    assert sorted(str(line["url"]) for line in lines) == sorted(site.article_urls)


def test_a_full_disk_for_the_frontier_ends_the_run(site: Site, crawls: Crawls, small_disk: Path) -> None:
    fill(small_disk, left=0)
    run = outcome(crawls, site, FRONTIER_URL=f"sqlite:///{small_disk}/frontier.sqlite")
    assert (run.code, site.hits()) == (DISK, [])


def fill(folder: Path, *, left: int) -> Path:
    """Take the room of a file system but for some bytes."""
    filler = folder / "filler"
    with filler.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(bytes(4096))
        except OSError:
            pass
        file.truncate(max(0, file.tell() - left))
    return filler


def spoilt(path: Path) -> None:
    path.write_bytes(b"this is no database, however long one looks at it" * 200)


def truncated(path: Path) -> None:
    database = sqlite3.connect(path)
    database.execute("CREATE TABLE urls (x)")
    database.executemany("INSERT INTO urls VALUES (?)", [("y" * 500,)] * 200)
    database.commit()
    database.close()
    path.write_bytes(path.read_bytes()[:20_000])


def a_folder(path: Path) -> None:
    path.mkdir()


@pytest.mark.parametrize("spoil", [spoilt, truncated, a_folder], ids=lambda spoil: spoil.__name__)
def test_a_damaged_frontier_is_found_before_the_first_request(
    site: Site, crawls: Crawls, spoil: Callable[[Path], None]
) -> None:
    crawls.frontier.parent.mkdir()
    spoil(crawls.frontier)
    run = outcome(crawls, site)
    assert (run.code, site.page_hits()) == (DISK, []), run.log[-2000:]
    assert str(crawls.frontier) in run.log
    assert whole(crawls.output) == []


def test_a_locked_frontier_ends_the_run_with_a_code_of_its_own(site: Site, crawls: Crawls) -> None:
    assert outcome(crawls, site).code == 0
    database = sqlite3.connect(crawls.frontier, isolation_level=None)
    database.execute("BEGIN EXCLUSIVE")
    try:
        run = outcome(crawls, site)
    finally:
        database.close()
    assert run.code == LOCKED, run.log[-2000:]


def test_a_limit_on_the_size_of_files_is_a_full_disk(site: Site, crawls: Crawls) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (30_000, hard))
    try:
        process = crawls.start(f"url={site.url}")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    run = crawls.finished(process, known=set())
    assert run.code == DISK, run.log[-2000:]
    whole(crawls.output)


def replaced_by_a_file(folder: Path) -> None:
    folder.rename(folder.with_name("moved"))
    folder.write_text("not a folder")


def replaced_by_a_link(folder: Path) -> None:
    folder.rename(folder.with_name("moved"))
    folder.with_name("elsewhere").mkdir()
    folder.symlink_to(folder.with_name("elsewhere"))


@pytest.mark.parametrize("replace", [replaced_by_a_file, replaced_by_a_link], ids=lambda replace: replace.__name__)
def test_an_output_folder_that_is_taken_away_loses_no_line(
    site: Site, crawls: Crawls, replace: Callable[[Path], None]
) -> None:
    site.fault(lambda path: path.startswith("/2024/"), Answer(503, delay=0.3), times=1)
    process = crawls.start(f"url={site.url}", DOWNLOAD_DELAY="0.05")
    wait_for(lambda: len(site.page_hits()) > 5)
    replace(crawls.output)
    code = process.wait(60)
    log = (crawls.folder / "log.txt").read_text(encoding="utf-8")
    assert code in (0, DISK), log[-2000:]
    assert "Traceback" not in log
    moved = crawls.folder / "moved"
    if crawls.output.is_file():
        assert code == DISK
        crawls.output.unlink()
        moved.rename(crawls.output)
    outcome(crawls, site)
    kept = [folder for folder in (crawls.output, moved) if folder.is_dir()]
    urls = [str(line["url"]) for folder in kept for path in folder.glob("*.jsonl") for line in read_lines(path)]
    lost = set(site.article_urls) - set(urls)
    left = [path for folder in kept for path in folder.glob(".*.part")]
    assert not lost or left, "a line is in a completed file, or in one that waits to be completed"


def test_a_link_in_the_output_folder_leads_nowhere(site: Site, crawls: Crawls, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere.txt"
    elsewhere.write_text("mine\nand not JSON")
    crawls.output.mkdir()
    (crawls.output / ".old-run.jsonl.part").symlink_to(elsewhere)
    run = outcome(crawls, site)
    assert elsewhere.read_text() == "mine\nand not JSON"
    assert run.code == 0, run.log[-2000:]
