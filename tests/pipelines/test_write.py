from __future__ import annotations

import asyncio
import fcntl
import json
import os
import resource
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scrapy import Spider
from scrapy.crawler import Crawler
from scrapy.exceptions import CloseSpider
from scrapy.utils.test import get_crawler

from crawler.errors import StorageError
from crawler.items import Article
from crawler.pipelines import write
from crawler.pipelines.output_files import OutputFile, leftover
from crawler.pipelines.write import Write
from crawler.signals import articles_written, output_repaired


class Run(Spider):
    name = "run"
    run_id = "20260301T100000Z-abc123"
    disk_error: str | None = None


class Engine:
    """Scrapy's engine as far as the writer asks it: to end the crawl."""

    reason: str | None = None

    async def close_spider_async(self, *, reason: str) -> None:
        self.reason = reason


class Heard:
    """What the frontier would have been told."""

    def __init__(self, crawler: Crawler) -> None:
        self.written: list[str] = []
        self.repaired: list[list[dict[str, Any]]] = []
        self.drop: set[int] = set()
        crawler.signals.connect(self.on_written, articles_written)
        crawler.signals.connect(self.on_repaired, output_repaired)

    def on_written(self, ids: tuple[str, ...]) -> None:
        self.written.extend(ids)

    def on_repaired(self, lines: Iterator[dict[str, Any]]) -> set[int]:
        self.repaired.append(list(lines))
        return self.drop


def opened(folder: Path) -> tuple[Write, Heard, Run]:
    crawler = get_crawler(Run, {"OUTPUT_DIR": str(folder)})
    spider = crawler.spider = Run.from_crawler(crawler)
    crawler.engine = Engine()  # type: ignore[assignment]
    heard = Heard(crawler)
    pipeline = Write.from_crawler(crawler)
    pipeline.open_spider()
    return pipeline, heard, spider


def put(pipeline: Write, name: str, publication: str = "Example News") -> None:
    item = Article(f"https://a.example/{name}", id=name, publication=publication, body="Text.")
    pipeline.process_item(item)
    pipeline._unacknowledged.append(name)  # without a running loop: item_scraped would start a timer


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def ids(path: Path) -> list[str]:
    return [json.loads(line)["id"] for line in path.read_text(encoding="utf-8").splitlines()]


def test_a_file_in_progress_is_invisible_and_gets_its_name_at_the_end(tmp_path: Path) -> None:
    pipeline, heard, _ = opened(tmp_path / "new" / "output")
    put(pipeline, "1")
    put(pipeline, "2")
    folder = tmp_path / "new" / "output"
    assert names(folder) == [".example-news-20260301T100000Z-abc123.jsonl.part"]
    assert not list(folder.rglob("*.jsonl"))
    assert heard.written == []
    pipeline.close_spider()
    assert names(folder) == ["example-news-20260301T100000Z-abc123.jsonl"]
    assert ids(next(folder.glob("*.jsonl"))) == ["1", "2"]
    assert heard.written == ["1", "2"]


def test_each_publication_has_its_own_file_and_a_run_without_items_none(tmp_path: Path) -> None:
    pipeline, _, _ = opened(tmp_path)
    put(pipeline, "1", "A")
    put(pipeline, "2", "B")
    put(pipeline, "3", "A")
    pipeline.close_spider()
    assert [ids(path) for path in sorted(tmp_path.glob("*.jsonl"))] == [["1", "3"], ["2"]]
    pipeline, _, _ = opened(tmp_path / "none")
    pipeline.close_spider()
    assert names(tmp_path / "none") == []


def test_many_publications_do_not_use_up_the_open_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(write, "MAX_OPEN", 2)
    pipeline, heard, _ = opened(tmp_path)
    for number, publication in enumerate("abcab"):
        put(pipeline, str(number), publication)
    assert len(list(tmp_path.glob(".*.part"))) == 2
    pipeline.close_spider()
    assert sorted(chain.from_iterable(ids(path) for path in tmp_path.glob("*.jsonl"))) == list("01234")
    assert "a-20260301T100000Z-abc123.2.jsonl" in names(tmp_path)
    assert sorted(heard.written) == list("01234")


def part(folder: Path, content: bytes) -> Path:
    path = folder / ".example-old.jsonl.part"
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    ("content", "kept"),
    [
        (b'{"id":"1"}\n{"id":"2"}\n', ["1", "2"]),
        (b'{"id":"1"}\n{"id":"2"', ["1"]),
        (b'{"id":"1"}\n{"id":"2\n', ["1"]),
        (b'{"id":"1"}\n\0\0\0\0\0\n\0\0', ["1"]),
        (b'{"id":"1"}\n7\n', ["1"]),
        (b'{"id":"1"}\n{"id":"\xff"}\n', ["1"]),
        (b'{"id"', []),
        (b"", []),
    ],
)
def test_the_file_of_a_killed_run_is_cut_to_its_whole_lines_and_completed(
    tmp_path: Path, content: bytes, kept: list[str]
) -> None:
    part(tmp_path, content)
    _, heard, _ = opened(tmp_path)
    assert [[line["id"] for line in lines] for lines in heard.repaired] == [kept]
    assert names(tmp_path) == (["example-old.jsonl"] if kept else [])
    if kept:
        assert ids(tmp_path / "example-old.jsonl") == kept


def test_the_file_of_a_living_run_is_left_alone(tmp_path: Path) -> None:
    living = OutputFile(tmp_path, "example-old")
    living.append(b'{"id":"1"}\n{"id"')
    _, heard, _ = opened(tmp_path)
    assert heard.repaired == []
    assert names(tmp_path) == [".example-old.jsonl.part"]


def test_a_file_stays_unfinished_until_the_frontier_knows_its_lines(tmp_path: Path) -> None:
    path = part(tmp_path, b'{"id":"1"}\n')
    with pytest.raises(RuntimeError), leftover(path):
        raise RuntimeError
    assert names(tmp_path) == [path.name]


def test_a_file_that_its_own_run_completed_meanwhile_is_no_leftover(tmp_path: Path) -> None:
    with leftover(tmp_path / ".gone.jsonl.part") as left:
        assert left is None


@pytest.mark.parametrize(("drop", "kept"), [({1}, ["1", "3"]), ({0, 1, 2}, []), (set(), ["1", "2", "3"])])
def test_lines_that_another_run_wrote_since_are_left_out(tmp_path: Path, drop: set[int], kept: list[str]) -> None:
    part(tmp_path, b'{"id":"1"}\n{"id":"2"}\n{"id":"3"}\n{"id"')
    pipeline, heard, _ = opened(tmp_path / "other")
    heard.drop = drop
    pipeline._repair(tmp_path / ".example-old.jsonl.part")
    assert [path.name for path in tmp_path.glob("*example*")] == (["example-old.jsonl"] if kept else [])
    if kept:
        assert ids(tmp_path / "example-old.jsonl") == kept


def test_a_full_disk_ends_the_run_with_whole_lines_and_without_acknowledging_lost_ones(tmp_path: Path) -> None:
    asyncio.run(fill_disk(tmp_path))


async def fill_disk(folder: Path) -> None:
    pipeline, heard, spider = opened(folder)
    put(pipeline, "1")
    pipeline.sync()
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (next(folder.glob(".*.part")).stat().st_size + 20, limits[1]))
    try:
        for name in "23":
            with pytest.raises(StorageError):
                put(pipeline, name)
        pipeline.close_spider()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    await asyncio.sleep(0)
    assert heard.written == ["1"]
    assert ids(next(folder.glob("*.jsonl"))) == ["1"]
    assert spider.disk_error
    assert vars(spider.crawler.engine) == {"reason": "disk"}


def test_a_folder_that_cannot_be_written_stops_the_run_before_its_first_request(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    crawler = get_crawler(Run, {"OUTPUT_DIR": str(tmp_path / "file" / "output")})
    spider = crawler.spider = Run()
    with pytest.raises(CloseSpider):
        Write.from_crawler(crawler).open_spider()
    assert spider.disk_error
    assert "file" in spider.disk_error


def test_a_name_is_never_used_twice(tmp_path: Path) -> None:
    first = OutputFile(tmp_path, "a")
    with pytest.raises(FileExistsError):
        OutputFile(tmp_path, "a")
    first.append(b"{}\n")
    first.finish()
    with pytest.raises(FileExistsError):
        OutputFile(tmp_path, "a")


def test_the_lock_holds_for_the_life_of_the_file(tmp_path: Path) -> None:
    file = OutputFile(tmp_path, "a")
    fd = os.open(file.path, os.O_RDWR)
    with pytest.raises(BlockingIOError):
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
    file.finish()
    fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
    os.close(fd)


@given(
    st.lists(st.dictionaries(st.text(max_size=5), st.text(max_size=40), min_size=1), max_size=6), st.integers(0, 300)
)
def test_a_file_cut_anywhere_gives_its_whole_lines(
    tmp_path_factory: pytest.TempPathFactory, lines: list[dict[str, str]], cut: int
) -> None:
    content = b"".join(json.dumps(line).encode() + b"\n" for line in lines)
    path = part(tmp_path_factory.mktemp("cut"), content[: max(0, len(content) - cut)])
    with leftover(path) as found:
        assert found is not None
        whole = list(found.lines())
    assert whole == lines[: content[: max(0, len(content) - cut)].count(b"\n")]
