"""Whether publications answer: each front page asked for once, as a crawl would, outside every frontier."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from scrapy import Request, Spider

from crawler.commands.one_page import OnePage
from crawler.publications import Publication

if TYPE_CHECKING:
    from scrapy.crawler import CrawlerProcessBase
    from scrapy.http import Response
    from twisted.python.failure import Failure


class Knock(Spider):
    """Leaves in `answers`, for each address, an HTTP status or why there is none."""

    name = "knock"
    custom_settings = OnePage.custom_settings

    def __init__(self, publications: Iterable[Publication], answers: dict[str, int | str]) -> None:
        super().__init__()
        self._publications = tuple(publications)
        self._answers = answers
        self.unverified_hosts = frozenset(
            urlsplit(each.url).hostname for each in self._publications if not each.verify_tls
        )

    async def start(self) -> AsyncIterator[Any]:
        """A request for each front page."""
        for publication in self._publications:
            meta = {"delay": publication.delay, "asked": publication.url}
            yield Request(publication.url, callback=self.read, errback=self.failed, dont_filter=True, meta=meta)

    def read(self, response: Response) -> None:
        """Keep the status."""
        self._answers[response.meta["asked"]] = response.status

    def failed(self, failure: Failure) -> None:
        """Keep the reason."""
        request: Request = failure.request  # type: ignore[attr-defined]
        text = failure.getErrorMessage() or type(failure.value).__name__
        self._answers[request.meta["asked"]] = text


def knock(process: CrawlerProcessBase, publications: Iterable[Publication]) -> dict[str, int | str]:
    """Address → HTTP status, or in words why there is none. Runs the process' reactor, so it can be called once."""
    answers: dict[str, int | str] = {}
    process.crawl(Knock, publications=tuple(publications), answers=answers)
    process.start()
    return answers
