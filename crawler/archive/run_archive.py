"""The archive of a running crawl: opened once, and the end of the run where the storage fails."""

from __future__ import annotations

import logging
import tempfile
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, cast

from scrapy.exceptions import CloseSpider
from scrapy.utils.defer import deferred_from_coro

from crawler.archive.exchange import Exchange, Kept
from crawler.archive.facts import VisitFacts
from crawler.archive.repair import repair
from crawler.archive.writer import ArchiveOptions, ArchiveWriter
from crawler.errors import StorageError

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

logger = logging.getLogger(__name__)


class Run(Protocol):
    """What the archive needs of the spider."""

    run_id: str
    disk_error: str | None
    """Set where the run must end for want of a place to write to."""


class RunArchive:
    """Writes what a run fetches to ARCHIVE_DIR."""

    def __init__(self, crawler: Crawler, folder: Path) -> None:
        self._crawler = crawler
        self._folder = folder
        self._writer: ArchiveWriter | None = None
        self._error: OSError | None = None

    @property
    def _run(self) -> Run:
        return cast("Run", self._crawler.spider)

    def open(self) -> None:
        """Complete what killed runs left, and find out now whether anything can be written. Raises CloseSpider."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryFile(dir=self._folder) as probe:
                probe.write(bytes(1 << 16))
                probe.flush()
            for file in repair(self._folder):
                logger.warning("Completed %s, left by a run that was killed", file)
        except OSError as error:
            self._run.disk_error = f"{self._folder}: {error.strerror}"
            raise CloseSpider("disk") from error

    def write(self, exchange: Exchange) -> Kept:
        """Append an exchange. Raises `StorageError` where that is not possible; the crawl then stops."""
        self._check()
        try:
            return self._opened().write(exchange)
        except OSError as error:
            raise self._failed(error) from error

    def write_facts(self, facts: VisitFacts, *, written_at: datetime) -> None:
        """Append the facts of a visit. Raises `StorageError` where that is not possible; the crawl then stops."""
        self._check()
        try:
            self._opened().write_facts(facts.url, facts.as_json(), written_at=written_at)
        except OSError as error:
            raise self._failed(error) from error

    def close(self) -> None:
        """Make the last file durable and give it its final name."""
        try:
            if self._writer:
                self._writer.close()
        except OSError as error:
            self._failed(error)

    def _check(self) -> None:
        if self._error:
            raise StorageError(str(self._error))

    def _opened(self) -> ArchiveWriter:
        if self._writer is None:
            settings = self._crawler.settings
            options = ArchiveOptions(
                self._folder, self._run.run_id, max_bytes=settings.getint("ARCHIVE_MAX_BYTES"),
                user_agent=settings["USER_AGENT"],
            )  # fmt: skip
            self._writer = ArchiveWriter(options)
        return self._writer

    def _failed(self, error: OSError) -> StorageError:
        self._error = error
        self._run.disk_error = f"{self._folder}: {error.strerror}"
        logger.error("Cannot write to %s: %s; the crawl ends", self._folder, error)
        deferred_from_coro(self._crawler.engine.close_spider_async(reason="disk"))
        return StorageError(str(error))
