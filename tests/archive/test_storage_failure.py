"""Where the archive cannot be written, the run ends and what was not archived counts as not fetched."""

from __future__ import annotations

import asyncio
import gzip
import os
import resource
from pathlib import Path

import pytest
from scrapy import Request, Spider
from scrapy.exceptions import CloseSpider, NotConfigured
from scrapy.http import HtmlResponse
from scrapy.utils.test import get_crawler
from twisted.internet.defer import CancelledError

from crawler.archive.middleware import ArchiveExchanges
from crawler.archive.pipeline import ArchiveItems


class Run(Spider):
    name = "run"
    run_id = "20260301T100000Z-abc123"
    disk_error: str | None = None


class Engine:
    """Scrapy's engine as far as the archive asks it: to end the crawl."""

    reason: str | None = None

    async def close_spider_async(self, *, reason: str) -> None:
        self.reason = reason


def middleware(folder: Path) -> tuple[ArchiveExchanges, Run]:
    crawler = get_crawler(Run, {"ARCHIVE_DIR": str(folder), "ARCHIVE_MAX_BYTES": 1 << 30, "USER_AGENT": "test/1"})
    spider = crawler.spider = Run.from_crawler(crawler)
    crawler.engine = Engine()  # type: ignore[assignment]
    return ArchiveExchanges.from_crawler(crawler), spider


def fetched(archive: ArchiveExchanges, name: str, body: bytes) -> Request:
    request = Request(f"https://a.example/{name}")
    archive.process_response(request, HtmlResponse(request.url, body=body))
    return request


def test_a_full_disk_ends_the_run_with_whole_records(tmp_path: Path) -> None:
    asyncio.run(fill_disk(tmp_path))


async def fill_disk(folder: Path) -> None:
    exchanges, spider = middleware(folder)
    exchanges.archive.open()
    assert fetched(exchanges, "1", b"<p>One</p>").meta["archived"].place.offset > 0
    (file,) = folder.iterdir()
    whole = file.read_bytes()
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (len(whole) + 100, limits[1]))
    try:
        for name in "23":
            with pytest.raises(CancelledError):
                fetched(exchanges, name, os.urandom(2000))
        exchanges.archive.close()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    await asyncio.sleep(0)
    assert next(folder.glob("*.warc.gz")).read_bytes() == whole
    assert spider.disk_error
    assert vars(spider.crawler.engine) == {"reason": "disk"}


def test_a_folder_that_cannot_be_made_stops_the_run_before_its_first_request(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    exchanges, spider = middleware(tmp_path / "file" / "archive")
    with pytest.raises(CloseSpider):
        exchanges.archive.open()
    assert "file" in (spider.disk_error or "")


def test_only_what_came_over_the_network_is_archived(tmp_path: Path) -> None:
    exchanges, _ = middleware(tmp_path)
    request = Request("data:,wake")
    response = HtmlResponse("data:,wake", body=b"x")
    assert exchanges.process_response(request, response) is response
    assert list(tmp_path.iterdir()) == []


def test_an_answer_that_was_stopped_by_us_is_marked_as_a_part(tmp_path: Path) -> None:
    exchanges, _ = middleware(tmp_path)
    request = Request("https://a.example/robots.txt")
    response = HtmlResponse(request.url, body=b"User-agent: *", flags=["download_stopped"])
    exchanges.process_response(request, response)
    exchanges.archive.close()

    assert b"WARC-Truncated: length" in gzip.decompress(next(tmp_path.iterdir()).read_bytes())


def test_a_spider_that_is_no_run_is_not_archived(tmp_path: Path) -> None:
    crawler = get_crawler(Spider, {"ARCHIVE_DIR": str(tmp_path)})
    crawler.spider = Spider("one-page")
    with pytest.raises(NotConfigured):
        ArchiveExchanges.from_crawler(crawler)


@pytest.mark.parametrize("part", [ArchiveExchanges, ArchiveItems])
def test_without_a_folder_there_is_no_archive(part: type[ArchiveExchanges | ArchiveItems]) -> None:
    with pytest.raises(NotConfigured):
        part.from_crawler(get_crawler(Run, {"ARCHIVE_DIR": ""}))
