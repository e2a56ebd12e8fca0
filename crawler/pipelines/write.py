"""Last pipeline: JSON Lines under OUTPUT_DIR, one file per publication and run, each line acknowledged when durable."""

from __future__ import annotations

import logging
import tempfile
from collections import OrderedDict
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, Self, cast

from scrapy import signals
from scrapy.exceptions import CloseSpider
from scrapy.utils.asyncio import CallLaterResult, call_later
from scrapy.utils.defer import deferred_from_coro
from twisted.python.failure import Failure

from crawler.errors import StorageError
from crawler.items import Article
from crawler.json_lines import encode_line
from crawler.pipelines.output_files import PART, SUFFIX, OutputFile, leftover
from crawler.publication_values import slug_of
from crawler.signals import articles_written, output_repaired

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

MAX_UNSYNCED = 64
"""Lines after which the file is synced."""
MAX_SECONDS = 1.0
"""Seconds after which a line is synced at the latest."""
MAX_OPEN = 128
"""Files open at once; a process may open 1,024 by default, and connections need them too."""

logger = logging.getLogger(__name__)


class Run(Protocol):
    """What the writer needs of the spider."""

    run_id: str
    disk_error: str | None
    """Set by the writer where the run must end for want of a place to write to."""


class Write:
    """Appends each article to its publication's file and tells the frontier when lines are durable."""

    def __init__(self, crawler: Crawler, folder: Path) -> None:
        self._crawler = crawler
        self._folder = folder
        self._files: OrderedDict[str, OutputFile] = OrderedDict()
        self._unacknowledged: list[str] = []
        self._timer: CallLaterResult | None = None
        self._error: OSError | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """The writer for OUTPUT_DIR."""
        pipeline = cls(crawler, Path(crawler.settings["OUTPUT_DIR"]))
        crawler.signals.connect(pipeline.item_scraped, signals.item_scraped)
        return pipeline

    @property
    def _run(self) -> Run:
        return cast("Run", self._crawler.spider)

    def open_spider(self) -> None:
        """Complete what killed runs left, and find out now whether lines can be written at all."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryFile(dir=self._folder) as probe:
                probe.write(bytes(1 << 16))
                probe.flush()
            for part in sorted(self._folder.glob(f".*{SUFFIX}{PART}")):
                self._repair(part)
        except OSError as error:
            self._run.disk_error = f"{self._folder}: {error.strerror}"
            raise CloseSpider("disk") from error

    def process_item(self, item: Article) -> Article:
        """Write the article's line. Raises `StorageError` where that is not possible; the crawl then stops."""
        if self._error:
            raise StorageError(str(self._error))
        try:
            self._file(slug_of(item.publication or "")).append(encode_line(item))
        except OSError as error:
            self._fail(error)
            raise StorageError(str(error)) from error
        return item

    def item_scraped(self, item: object) -> None:
        """Count a line as written; only now has everybody else seen its item."""
        if self._error or not isinstance(item, Article):
            return
        self._unacknowledged.append(item.id or item.url)
        if len(self._unacknowledged) >= MAX_UNSYNCED:
            self.sync()
        elif self._timer is None:
            self._timer = call_later(MAX_SECONDS, self.sync)

    def sync(self) -> None:
        """Make every line durable, then acknowledge the articles."""
        if self._timer:
            self._timer.cancel()
            self._timer = None
        if self._error:
            return
        try:
            for file in self._files.values():
                file.sync()
        except OSError as error:
            self._fail(error)
            return
        ids, self._unacknowledged = tuple(self._unacknowledged), []
        if ids:
            self._crawler.signals.send_catch_log(articles_written, ids=ids)

    def close_spider(self) -> None:
        """Acknowledge the last lines and give every file its final name."""
        self.sync()
        try:
            for file in self._files.values():
                file.finish()
        except OSError as error:
            self._fail(error)

    def _repair(self, part: Path) -> None:
        with leftover(part) as left:
            if left is None:
                return
            logger.warning("Completing %s, left by a run that was killed", part)
            for _, answer in self._crawler.signals.send_catch_log(output_repaired, lines=left.lines()):
                if isinstance(answer, Failure):
                    answer.raiseException()  # whoever did not learn of the lines must, so the file stays a leftover
                left.drop.update(answer or ())

    def _file(self, slug: str) -> OutputFile:
        """The publication's file of this run; the one unused for longest is completed where too many are open."""
        if slug not in self._files:
            if len(self._files) >= MAX_OPEN:
                self.sync()
                self._files.popitem(last=False)[1].finish()
            self._files[slug] = self._create(slug)
        self._files.move_to_end(slug)
        return self._files[slug]

    def _create(self, slug: str) -> OutputFile:
        name = f"{slug}-{self._run.run_id}"
        number = 1
        while True:
            try:
                return OutputFile(self._folder, name if number == 1 else f"{name}.{number}")
            except FileExistsError:  # completed earlier in this run, to make room
                number += 1

    def _fail(self, error: OSError) -> None:
        """Forget what is not durable, and end the crawl with the reason that its verdict reads."""
        self._error = error
        self._unacknowledged.clear()
        for file in self._files.values():
            try:
                file.forget_unsynced()
            except OSError:
                logger.exception("Cannot cut %s back to its durable lines; the next run repairs it", file.path)
        self._run.disk_error = f"{self._folder}: {error.strerror}"
        logger.error("Cannot write to %s: %s; the crawl ends", self._folder, error)
        deferred_from_coro(self._crawler.engine.close_spider_async(reason="disk"))
