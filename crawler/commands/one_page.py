"""Fetches one page as a crawl would (address guard, robots.txt, limits), but outside every frontier."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from scrapy import Request, Spider
from scrapy.core.scheduler import Scheduler

from crawler.page import Page

if TYPE_CHECKING:
    from scrapy.crawler import CrawlerProcessBase
    from scrapy.http import Response
    from twisted.python.failure import Failure


class OnePageScheduler(Scheduler):
    """Scrapy's queue in memory, for the few requests of one page; what a frontier would remember is forgotten."""

    def kept_robots(self, origin: str) -> None:
        """Nothing is kept."""

    def keep_robots(self, origin: str, answer: object) -> None:
        """See `kept_robots`."""

    def know_delay(self, host: str, delay: float | None) -> None:
        """One page needs no pause."""

    def answered(self, request: Request, response: Response | None, *, refused: bool = False) -> None:
        """Nobody else waits for the host."""


class OnePage(Spider):
    """Leaves the page, or why there is none, in `answers`."""

    name = "one-page"
    custom_settings = {  # noqa: RUF012 - Scrapy declares it as an attribute of instances
        "SCHEDULER": "crawler.commands.one_page.OnePageScheduler",
        "REDIRECT_ENABLED": True,
        "REFERER_ENABLED": True,  # the redirect middleware asks for it
        "REFERRER_POLICY": "no-referrer",
        "ITEM_PIPELINES": {},
        "EXTENSIONS": {},
    }

    def __init__(self, url: str, answers: list[Page | str]) -> None:
        super().__init__()
        self._url = url
        self._answers = answers

    async def start(self) -> AsyncIterator[Any]:
        """The one request."""
        yield Request(self._url, callback=self.read, errback=self.failed, dont_filter=True)

    def read(self, response: Response) -> None:
        """Keep the page; an error page is read as what it is, too."""
        headers = {
            name.decode("latin-1").lower(): b", ".join(values).decode("latin-1")
            for name, values in response.headers.items()
        }
        if response.status >= 400:
            self._answers.append(f"HTTP {response.status}")
        else:
            self._answers.append(Page(response.body, response.url, headers, datetime.now(UTC)))

    def failed(self, failure: Failure) -> None:
        """Keep the reason."""
        self._answers.append(failure.getErrorMessage() or repr(failure.value))


def fetch_page(process: CrawlerProcessBase | None, url: str) -> Page | str:
    """The page, or in words why there is none. Runs the process' reactor, so it can be called once."""
    answers: list[Page | str] = []
    if process is None:
        return "no crawler process"
    process.crawl(OnePage, url=url, answers=answers)
    process.start()
    return answers[0] if answers else "no answer; see the log"
