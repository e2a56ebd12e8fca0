"""Scrapy's downloader, whose requests can be given up: a stopping run does not wait for slow servers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scrapy.core.downloader import Downloader

if TYPE_CHECKING:
    from scrapy import Request, Spider
    from scrapy.crawler import Crawler
    from twisted.internet.defer import Deferred


class AbortableDownloader(Downloader):
    """A downloader that remembers what is under way."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._under_way: set[Deferred[Any]] = set()

    def fetch(self, request: Request, spider: Spider | None = None) -> Deferred[Any]:  # noqa: ARG002 - deprecated there
        """Scrapy's fetch."""
        deferred = super().fetch(request)
        self._under_way.add(deferred)
        return deferred.addBoth(self._over, deferred)

    def _over(self, result: Any, deferred: Deferred[Any]) -> Any:
        self._under_way.discard(deferred)
        return result

    def abort(self) -> None:
        """Give up every request that is under way; each fails with `CancelledError`."""
        for deferred in list(self._under_way):
            deferred.cancel()
