"""The robots gate: no request passes that robots.txt (RFC 9309) does not allow, whoever made it."""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict
from time import time
from typing import TYPE_CHECKING, Protocol, Self, cast

from scrapy import Request
from scrapy.exceptions import IgnoreRequest

from crawler.discovery.robots import Robots, RobotsPolicy, parse_robots, robots_policy
from crawler.fetching.refusals import AddressRefused
from crawler.urls import host_key, normalise, origin, robots_url

if TYPE_CHECKING:
    from collections.abc import Callable

    from scrapy.crawler import Crawler
    from scrapy.http import Response

HOPS = 5
"""Redirects of robots.txt that are followed (section 2.3.1.2); more count as unavailable."""
LIFETIME = 86400.0
"""Seconds that an answer is used (section 2.4)."""
KEPT = 256
"""Origins whose rules stay in memory; the others are in the frontier."""

logger = logging.getLogger(__name__)

Kept = tuple[int | None, bytes, float]
"""Status, body and Unix time of an answer."""


class RobotsDisallowed(IgnoreRequest):
    """robots.txt does not allow the address."""


class RobotsUnavailableError(Exception):
    """robots.txt cannot be had now, which means: not now (section 2.3.1.4). The host is treated as one that is down."""


class CrawlDelayTooLong(IgnoreRequest):
    """robots.txt asks for a crawl delay beyond the cap: the host is not crawled."""


class RobotsMemory(Protocol):
    """Where answers outlive the process."""

    def kept_robots(self, origin: str) -> Kept | None:
        """Status, body and time of the last robots.txt of an origin."""

    def keep_robots(self, origin: str, answer: Kept) -> None:
        """Keep it."""

    def know_delay(self, host: str, delay: float | None) -> None:
        """The crawl delay that a host asks for."""


class Rules:
    """What one robots.txt says, and when it was asked for."""

    def __init__(self, status: int | None, body: bytes, fetched: float) -> None:
        self.policy = robots_policy(status)
        self.status = status
        self.fetched = fetched
        self.robots: Robots = parse_robots(body if self.policy is RobotsPolicy.PARSE else b"")


class RobotsGate:
    """Downloader middleware that asks for robots.txt once per scheme, host and port, and lets all others wait for it.

    Scrapy's own middleware lets later requests pass while the first still waits, and takes an error for consent.
    """

    def __init__(self, crawler: Crawler, *, clock: Callable[[], float] = time) -> None:
        self._crawler = crawler
        self._clock = clock
        self._agent = crawler.settings["USER_AGENT"]
        self._longest_delay = crawler.settings.getfloat("CRAWL_DELAY_CAP")
        self._rules: OrderedDict[str, Rules] = OrderedDict()
        self._asked: dict[str, asyncio.Future[Rules]] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """The gate for USER_AGENT; CRAWL_DELAY_CAP is the longest delay that is obeyed rather than skipped."""
        return cls(crawler)

    @property
    def _memory(self) -> RobotsMemory:
        return cast("RobotsMemory", self._crawler.engine.scheduler)

    async def process_request(self, request: Request) -> None:
        """Let the request pass, or raise one of this module's refusals, or the address guard's."""
        if request.meta.get("robots_txt"):
            return
        rules = await self.rules_for(request.url)
        if rules.policy in (RobotsPolicy.DISALLOW_FOR_NOW, RobotsPolicy.REDIRECT):
            raise RobotsUnavailableError(f"robots.txt: {rules.status or 'no answer'}")
        request.meta["robots"] = rules.robots
        if not rules.robots.is_allowed(request.url, self._agent):
            raise RobotsDisallowed("robots.txt disallows")
        delay = rules.robots.crawl_delay(self._agent)
        if delay is not None and delay > self._longest_delay:
            raise CrawlDelayTooLong(f"robots.txt asks for a crawl delay of {delay:g} s")
        request.meta["crawl_delay"] = delay

    async def rules_for(self, url: str) -> Rules:
        """The rules that hold for an address: remembered for a day, asked for once, however many wait."""
        where = origin(url)
        rules = self._rules.get(where) or self._remembered(where)
        if rules and self._is_fresh(rules):
            return rules
        if where not in self._asked:
            self._asked[where] = asyncio.ensure_future(self._ask(where))
        return await asyncio.shield(self._asked[where])

    def _is_fresh(self, rules: Rules) -> bool:
        if rules.policy is RobotsPolicy.DISALLOW_FOR_NOW:
            return False
        return self._clock() - rules.fetched < LIFETIME

    def _remembered(self, where: str) -> Rules | None:
        kept = self._memory.kept_robots(where)
        return self._remember(where, Rules(*kept)) if kept else None

    def _remember(self, where: str, rules: Rules) -> Rules:
        self._rules[where] = rules
        self._rules.move_to_end(where)
        if len(self._rules) > KEPT:
            self._rules.popitem(last=False)
        return rules

    async def _ask(self, where: str) -> Rules:
        try:
            status, body = await self._fetch(robots_url(where))
            kept = (status, body, self._clock())
            rules = self._remember(where, Rules(*kept))
            if rules.policy is not RobotsPolicy.DISALLOW_FOR_NOW:
                self._memory.keep_robots(where, kept)
            self._memory.know_delay(host_key(where), rules.robots.crawl_delay(self._agent))
            return rules
        finally:
            del self._asked[where]

    async def _fetch(self, url: str) -> tuple[int | None, bytes]:
        """Status and body after at most `HOPS` redirects; a redirect that leads nowhere counts as 404."""
        for hop in range(HOPS + 1):
            response = await self._get(url, is_own=hop == 0)
            if response is None:
                return None, b""
            target = _location(response)
            if robots_policy(response.status) is not RobotsPolicy.REDIRECT:
                return response.status, response.body
            if target is None:
                break
            url = target
        return 404, b""

    async def _get(self, url: str, *, is_own: bool) -> Response | None:
        """None for no answer. Raises `AddressRefused` where the host itself is refused: to ask again is no use."""
        meta = {"robots_txt": True, "download_slot": host_key(url)}
        request = Request(url, meta=meta, dont_filter=True)
        try:
            return await self._crawler.engine.download_async(request)
        except AddressRefused:
            if is_own:
                raise
            return None
        except Exception as error:  # noqa: BLE001 - whatever keeps robots.txt from us means "not now"
            logger.info("%s: %r", url, error)
            return None


def _location(response: Response) -> str | None:
    value = response.headers.get("Location")
    return normalise(value.decode("utf-8", "replace"), response.url) if value else None
