"""One connection per host with a pause between requests, and no request while a host wants to be left alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, Self, cast

from scrapy.exceptions import IgnoreRequest

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.core.downloader import Downloader
    from scrapy.crawler import Crawler
    from scrapy.http import Response


class Traffic(Protocol):
    """Who decides which host gets the next request."""

    def answered(self, request: Request, response: Response | None, *, refused: bool = False) -> None:
        """The request to a host is over; None: without an answer. `refused`: by a rule of ours, it never left."""


class Politeness:
    """Downloader middleware next to the downloader: sets the pause of a host, and tells when its connection is free."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._delay = crawler.settings.getfloat("DOWNLOAD_DELAY")
        self._connections = crawler.settings.getint("CONCURRENT_REQUESTS_PER_DOMAIN")

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """DOWNLOAD_DELAY is the pause where neither the publication nor robots.txt asks for another."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Give the host its pause: the publication's own (else the setting's), or robots.txt's if that is longer."""
        slot = request.meta.get("download_slot")
        if slot is None:
            return
        own = request.meta.get("delay")
        delay = max(self._delay if own is None else own, request.meta.get("crawl_delay") or 0.0)
        downloader: Downloader = self._crawler.engine.downloader
        known = downloader.per_slot_settings.get(slot)
        if request.meta.get("robots_txt") and known:
            return
        if known is None or known["delay"] != delay:
            downloader.per_slot_settings[slot] = {"delay": delay, "concurrency": self._connections, "jitter": 0.0}
            if slot in downloader.slots:
                downloader.slots[slot].delay = delay

    def process_response(self, request: Request, response: Response) -> Response:
        """Hand the answer on, after the host is seen to be free or to want a pause."""
        self._traffic.answered(request, response)
        return response

    def process_exception(self, request: Request, exception: Exception) -> None:
        """The host is free again."""
        self._traffic.answered(request, None, refused=isinstance(exception, IgnoreRequest))

    @property
    def _traffic(self) -> Traffic:
        return cast("Traffic", self._crawler.engine.scheduler)
