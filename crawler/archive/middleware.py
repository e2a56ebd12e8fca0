"""Downloader middleware next to the downloader: every answer into the archive, as it was sent."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from scrapy import signals
from scrapy.exceptions import NotConfigured
from twisted.internet.defer import CancelledError

from crawler.archive.exchange import Exchange, Headers
from crawler.archive.run_archive import RunArchive
from crawler.errors import StorageError

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Headers as ScrapyHeaders
    from scrapy.http import Response

TRUNCATED = {"download_stopped": "length", "dataloss": "disconnect", "partial": "disconnect"}
"""Scrapy's flags of a body that is not whole → the reason as WARC/1.1, section 5.13 names it."""


class ArchiveExchanges:
    """Archives what came over the network: before it are only answers that our own parts made up, and refusals."""

    def __init__(self, crawler: Crawler, *, clock: Callable[[], float] = time.time) -> None:
        if not crawler.settings["ARCHIVE_DIR"] or not hasattr(crawler.spider, "run_id"):
            raise NotConfigured  # without a run there is no crawl: `scrapy explain` and `scrapy shell` fetch, too
        self.archive = RunArchive(crawler, Path(crawler.settings["ARCHIVE_DIR"]))
        self._clock = clock
        crawler.signals.connect(self.began, signals.headers_received)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """The middleware for ARCHIVE_DIR. Raises NotConfigured where that is empty, or there is no run."""
        return cls(crawler)

    def began(self, request: Request) -> None:
        """Note when the answer began to arrive: a record's date is when its capture began."""
        request.meta["answer_began"] = self._clock()

    def process_response(self, request: Request, response: Response) -> Response:
        """The response, after it is archived; where it lies stands in the request's meta as `archived`."""
        if response.url.startswith(("http://", "https://")):
            try:
                request.meta["archived"] = self.archive.write(self._exchange(request, response))
            except StorageError as error:
                # As if the run had been stopped before the answer came: the address is asked for again by the next.
                raise CancelledError from error
        return response

    def _exchange(self, request: Request, response: Response) -> Exchange:
        began = request.meta.pop("answer_began", None) or self._clock()
        return Exchange(
            response.url, response.status, _headers(response.headers), response.body,
            datetime.fromtimestamp(began, UTC), method=request.method, request_headers=_headers(request.headers),
            address=str(response.ip_address) if response.ip_address else None,
            protocol=response.protocol or "HTTP/1.1",
            truncated=next((TRUNCATED[flag] for flag in response.flags if flag in TRUNCATED), None),
        )  # fmt: skip


def _headers(headers: ScrapyHeaders) -> Headers:
    def text(value: Any) -> str:
        return value.decode("latin-1").replace("\r", " ").replace("\n", " ") if value else ""

    return tuple((text(name), text(value)) for name, values in headers.items() for value in values)
