"""Downloader middleware in place of Scrapy's for compression: bounded, and a body is whole or there is none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from scrapy import signals
from scrapy.exceptions import StopDownload

from crawler.fetching.decompression import ACCEPTED, DamagedError, TooLargeError, decompress
from crawler.fetching.memory import LARGE, give_back
from crawler.fetching.refusals import AnswerRefused, BodyIncompleteError

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response

ROBOTS_BYTES = 512 * 1024
"""Of a robots.txt that are read; the standard asks for 500 KiB."""


class WholeBodies:
    """Takes content encodings off. Scrapy's own hands on what came out of a stream that broke off."""

    def __init__(self, limit: int, sitemap_limit: int) -> None:
        self._limit = limit
        self._sitemap_limit = sitemap_limit

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """DOWNLOAD_MAXSIZE bounds pages, on the wire and decompressed; SITEMAP_MAXSIZE sitemaps."""
        settings = crawler.settings
        middleware = cls(settings.getint("DOWNLOAD_MAXSIZE"), settings.getint("SITEMAP_MAXSIZE"))
        crawler.signals.connect(middleware.received, signals.bytes_received)
        return middleware

    def received(self, data: bytes, request: Request) -> None:
        """Stop reading a robots.txt where a parser may stop (RFC 9309 section 2.5); what was read counts."""
        if request.meta.get("robots_txt"):
            request.meta["robots_bytes"] = request.meta.get("robots_bytes", 0) + len(data)
            if request.meta["robots_bytes"] > ROBOTS_BYTES:
                raise StopDownload(fail=False)

    def process_request(self, request: Request) -> None:
        """Ask for compression, and tell the downloader how much is taken."""
        request.headers.setdefault("Accept-Encoding", ACCEPTED)
        kind = getattr(request.meta.get("record"), "kind", None)
        request.meta.setdefault("download_maxsize", self._sitemap_limit if kind == "sitemap" else self._limit)

    def process_response(self, request: Request, response: Response) -> Response:
        """The answer without content encodings. Raises `AnswerRefused` on bombs, `BodyIncompleteError` on damage."""
        if len(response.body) > LARGE:
            give_back()
        encodings = b",".join(response.headers.getlist("Content-Encoding")).decode("latin-1").split(",")
        if not response.body or encodings == [""]:
            return response
        try:
            body = decompress(response.body, encodings, request.meta.get("download_maxsize", self._limit))
        except TooLargeError as error:
            raise AnswerRefused(f"decompressed: {error}") from error
        except DamagedError as error:
            raise BodyIncompleteError(f"{', '.join(encodings)}: {error}") from error
        headers = response.headers.copy()
        del headers["Content-Encoding"]
        headers.pop("Content-Length", None)
        return response.replace(body=body, headers=headers)
