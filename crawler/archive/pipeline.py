"""Pipeline before the writer: what the crawl knew and made of each page, into the archive."""

from __future__ import annotations

import time
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Self

from scrapy import signals
from scrapy.exceptions import NotConfigured

from crawler.archive.exchange import Kept
from crawler.archive.facts import PageAt, VisitFacts
from crawler.archive.middleware import ArchiveExchanges
from crawler.errors import StorageError
from crawler.items import Article
from crawler.page import SiteProfile
from crawler.signals import PageRead, page_read

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

    from crawler.archive.run_archive import RunArchive


class ArchiveItems:
    """Writes a metadata record for every visit of an article's address, that of a written line before the line.

    A run that is killed between the two leaves facts of a line that the next run writes; the other way round an article
    would be missing from the archive for ever.
    """

    def __init__(self, crawler: Crawler, *, clock: Callable[[], float] = time.time) -> None:
        if not crawler.settings["ARCHIVE_DIR"]:
            raise NotConfigured
        self._crawler = crawler
        self._clock = clock
        self._waiting: defaultdict[str, deque[VisitFacts]] = defaultdict(deque)
        crawler.signals.connect(self.read, page_read)
        crawler.signals.connect(self.dropped, signals.item_dropped)
        crawler.signals.connect(self.failed, signals.item_error)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """The pipeline for ARCHIVE_DIR. Raises NotConfigured where that is empty."""
        return cls(crawler)

    @property
    def _archive(self) -> RunArchive:
        middleware = self._crawler.get_downloader_middleware(ArchiveExchanges)
        if middleware is None:
            raise StorageError("ARCHIVE_DIR is set, and ArchiveExchanges is not among DOWNLOADER_MIDDLEWARES")
        return middleware.archive

    def open_spider(self) -> None:
        """Complete what killed runs left, before the first request."""
        self._archive.open()

    def close_spider(self) -> None:
        """Complete the archive's last file."""
        self._archive.close()

    def read(self, visit: PageRead) -> None:
        """An address was read: what it led to is written now where nothing follows, else when its item passes."""
        facts = _facts(visit)
        if visit.wanted:
            self._waiting[visit.id].append(facts)
        else:
            outcome = "skipped" if visit.article.page_type == "article" else "rejected"
            self._write(replace(facts, outcome=outcome, reason=visit.article.page_type_reason))

    def process_item(self, item: Article) -> Article:
        """The item, its facts archived. Raises `StorageError` where they cannot be; the crawl then stops."""
        facts = self._taken(item) or _facts_of_tombstone(item)
        self._write(replace(facts, revision=item.revision, changed_fields=tuple(item.changed_fields)))
        return item

    def dropped(self, item: object, exception: Exception) -> None:
        """An item did not pass a pipeline."""
        facts = self._taken(item)
        if facts:
            self._write(replace(facts, outcome="dropped", reason=str(exception)))

    def failed(self, item: object) -> None:
        """A pipeline broke, or the storage failed: the page will be fetched again."""
        self._taken(item)

    def _taken(self, item: object) -> VisitFacts | None:
        """The facts that wait for an item, the oldest first."""
        identity = getattr(item, "id", None) or ""
        waiting = self._waiting.get(identity)
        if not waiting:
            return None
        facts = waiting.popleft()
        if not waiting:
            del self._waiting[identity]
        return facts

    def _write(self, facts: VisitFacts) -> None:
        self._archive.write_facts(facts, written_at=datetime.fromtimestamp(self._clock(), UTC))


def _facts(visit: PageRead) -> VisitFacts:
    article, first = visit.article, visit.answers[0]
    pages = tuple(
        PageAt(answer.page.url, _iso(answer.page.fetched_at), answer.kept)
        for answer in visit.answers
        if answer is not None and isinstance(answer.kept, Kept)
    )
    return VisitFacts(
        article.url, visit.id, visit.publication, visit.run_id, visit.revision,
        pages=pages, missing=len(visit.answers) - len(pages),
        links=first.page.links if first else (), profile=first.page.profile if first else SiteProfile(),
        page_type=article.page_type, page_type_reason=article.page_type_reason, robots=tuple(article.robots),
        fetched_at=article.fetched_at,
    )  # fmt: skip


def _facts_of_tombstone(item: Article) -> VisitFacts:
    return VisitFacts(
        item.url, item.id or "", item.publication, item.run_id or "", page_type=item.page_type,
        page_type_reason=item.page_type_reason, fetched_at=item.fetched_at,
    )  # fmt: skip


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
