"""The frontier behind Scrapy's scheduler interface: records out as requests, outcomes in; no pickles, no JOBDIR."""

from __future__ import annotations

import json
import logging
import random
import time
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, Self, TypeVar, cast

from scrapy import Request, signals
from scrapy.exceptions import CloseSpider
from scrapy.utils.asyncio import create_looping_call
from scrapy.utils.defer import deferred_from_coro

from crawler.errors import ConfigurationError, LockedError, StorageError
from crawler.frontier.frontier import Frontier
from crawler.frontier.options import FrontierOptions
from crawler.frontier.records import Line, Outcome, Record, RobotsAnswer
from crawler.frontier.rejudging import rejudge
from crawler.frontier.schedule import RetryPolicy, parse_retry_after, retry_time, unix
from crawler.frontier.sqlite import open_sqlite
from crawler.frontier.store import Store
from crawler.frontier.visits import Visit, new_url
from crawler.page import Link
from crawler.revisions import field_hashes
from crawler.signals import articles_written, output_repaired

if TYPE_CHECKING:
    from scrapy import Spider
    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from scrapy.settings import BaseSettings

TICK = 0.5
"""Seconds between two looks at the clock: retries that fall due, sign of life, flush."""
GRACE = 4.0
"""Seconds that a stopping run waits for answers."""
BROKEN = "error in a pipeline"
SLOW_DOWN = frozenset({429, 503})

logger = logging.getLogger(__name__)

T = TypeVar("T")


class Plan(Protocol):
    """What the scheduler needs of the spider."""

    run_id: str
    slugs: tuple[str, ...]
    limit: int | None
    problem: Exception | None
    """What ended the run before its time; the verdict reads it."""

    def delay_of(self, publication: str) -> float | None:
        """Seconds between two requests that the publication's own settings ask for."""

    def refuses(self, record: Record) -> str | None:
        """The reason not to fetch a record after all, or None."""

    visit: Callable[..., Any]
    visit_failed: Callable[..., Any]


class FrontierScheduler:
    """Scrapy's scheduler, and the frontier's ear for what happens to requests and items."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._clock: Callable[[], float] = time.time
        self.frontier: Frontier
        self._stopping = 0.0
        self._ticks = create_looping_call(self._tick)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """The scheduler for FRONTIER_URL."""
        return cls(crawler)

    @property
    def _plan(self) -> Plan:
        return cast("Plan", self._crawler.spider)

    def open(self, spider: Spider) -> None:  # noqa: ARG002 - Scrapy's interface
        """Open the frontier. Raises CloseSpider where that is not possible; the spider's `problem` says why."""
        try:
            store = open_store(self._crawler.settings["FRONTIER_URL"])
            self._clock = store.clock()
            options = options_from(self._crawler.settings, plan=self._plan)
            self.frontier = Frontier(
                store, run_id=self._plan.run_id, publications=self._plan.slugs, options=options, clock=self._clock
            )  # fmt: skip
        except (ConfigurationError, StorageError) as error:
            self._plan.problem = error
            raise CloseSpider(_reason(error)) from error
        for handler, signal in (
            (self._on_written, articles_written),
            (self._on_repaired, output_repaired),
            (self._on_dropped, signals.item_dropped),
            (self._on_item_error, signals.item_error),
            (self._on_spider_error, signals.spider_error),
        ):
            self._crawler.signals.connect(handler, signal=signal)

    def start(self) -> None:
        """Begin to work: leases of killed runs come back, and what is due again is queued."""
        self._guarded(self._prepare)
        self._ticks.start(TICK, now=False)

    def _prepare(self) -> None:
        self.frontier.store.release_dead(now=self._clock())
        self.frontier.store.revive(now=self._clock())

    def readmit(self, publication: str, *, reason: str, since: float, until: float) -> None:
        """Queue what earlier runs with another time window left out."""
        self._guarded(
            partial(
                self.frontier.store.readmit, publication, reason=reason, since=since, until=until, now=self._clock()
            )
        )

    def rejudge(self, publication: str, rule: Callable[[str, str], str | None], *, reason: str) -> None:
        """Queue what earlier runs with other rules left out."""
        self._guarded(partial(rejudge, self.frontier.store, publication, rule, reason=reason, now=self._clock()))

    # Scrapy's interface

    def has_pending_requests(self) -> bool:
        """Whether the run has, or will within its patience have, something to fetch."""
        return bool(self._crucial(self.frontier.is_pending))

    def enqueue_request(self, request: Request) -> bool:
        """Requests that Scrapy's own parts make (not this project's spider) become records like any other."""
        if request.meta.get("wake"):
            return True
        publication = request.meta.get("publication") or self._plan.slugs[0]
        link = Link(request.url, request.meta.get("source", "request"))
        self.frontier.add([new_url(link, publication=publication, now=self._clock())])
        return True

    def next_request(self) -> Request | None:
        """The next request that politeness allows now, or None."""
        return self._crucial(self._next_request)

    def _next_request(self) -> Request | None:
        while True:
            record = self.frontier.next()
            if record is None:
                return None
            reason = self._plan.refuses(record)
            if reason is None:
                return self._request(record)
            self.frontier.traffic.ended(record.host)
            self.frontier.settle(Visit(record, self._clock()).skipped(reason), record)

    def _request(self, record: Record) -> Request:
        meta = {"record": record, "download_slot": record.host, "delay": self._plan.delay_of(record.publication)}
        return Request(
            record.url, headers=validators(record), meta=meta, dont_filter=True,
            callback=self._visit, errback=partial(self._guarded, self._plan.visit_failed),
        )  # fmt: skip

    async def _visit(self, response: Response) -> AsyncIterator[Any]:
        try:
            async for output in self._plan.visit(response):
                yield output
        except StorageError as error:
            self._fail(error)

    def close(self, reason: str) -> None:  # noqa: ARG002 - Scrapy's interface
        """Write everything down and give leases back."""
        if self._ticks.running:
            self._ticks.stop()
        if hasattr(self, "frontier"):
            self._crucial(self.frontier.close)

    # traffic

    def answered(self, request: Request, response: Response | None, *, refused: bool = False) -> None:
        """See `crawler.fetching.politeness.Traffic`."""
        record = request.meta.get("record")
        if record is None:
            return
        self.frontier.traffic.ended(record.host)
        if refused:
            return
        if response is None or response.status in SLOW_DOWN:
            header = response.headers.get("Retry-After") if response is not None else None
            self._slow_down(record.host, header, str(response.status) if response is not None else "no answer")
        elif response.status < 500:
            self.frontier.traffic.succeeded(record.host)

    def _slow_down(self, host: str, retry_after: bytes | None, reason: str) -> None:
        policy, now = self.frontier.options.retry, self._clock()
        failures = self.frontier.traffic.failed(host)
        asked = parse_retry_after(
            retry_after.decode("latin-1") if retry_after else None, now=now, cap=policy.retry_after_cap
        )  # fmt: skip
        until = asked if asked is not None else retry_time(failures, now=now, jitter=random.random(), policy=policy)  # noqa: S311
        self._guarded(self.frontier.pause, host, until, reason)

    def kept_robots(self, origin: str) -> tuple[int | None, bytes, float] | None:
        """See `crawler.fetching.robots.RobotsMemory`."""
        answer = self.frontier.store.robots(origin)
        return (answer.status, answer.body, answer.fetched) if answer else None

    def keep_robots(self, origin: str, answer: tuple[int | None, bytes, float]) -> None:
        """See `crawler.fetching.robots.RobotsMemory`."""
        self._guarded(self.frontier.store.put_robots, RobotsAnswer(origin, *answer))

    def know_delay(self, host: str, delay: float | None) -> None:
        """See `crawler.fetching.robots.RobotsMemory`."""
        self._guarded(self.frontier.know_delay, host, delay)

    # items

    def remembered(self, key: str) -> Mapping[str, str] | None:
        """See `Frontier.remembered`."""
        return self.frontier.remembered(key)

    def note(self, key: str, hashes: Mapping[str, str]) -> None:
        """See `Frontier.note`."""
        self.frontier.note(key, hashes)

    def _on_written(self, ids: tuple[str, ...]) -> None:
        self._guarded(self.frontier.written, ids)

    def _on_repaired(self, lines: Iterable[dict[str, Any]]) -> set[int]:
        """The indexes of lines that another run has written too, and that must be dropped."""
        answers = self.frontier.reconcile(map(line_of, lines))
        return {index for index, keep in enumerate(answers) if not keep}

    def _on_dropped(self, item: Any, exception: Exception) -> None:
        self._settle_unwritten(item, str(exception))

    def _on_item_error(self, item: Any) -> None:
        self._settle_unwritten(item, BROKEN)

    def _settle_unwritten(self, item: Any, reason: str) -> None:
        waiting = self.frontier.awaited(getattr(item, "id", None) or "")
        if waiting is None:
            return
        record, settlement = waiting
        visit = Visit(record, self._clock())
        if reason == "unchanged":
            dropped = replace(settlement, outcome=Outcome.UNCHANGED, reason=None, revision=None, run_id=None)
            dropped = replace(dropped, changed=None, due=visit.next_article_visit(), stable=record.stable + 1)
        elif reason == BROKEN:
            dropped = visit.broken(reason)
        else:
            dropped = visit.rejected(reason)
        self.frontier.dropped(record.key, dropped)

    def _on_spider_error(self, response: Any) -> None:
        record = getattr(response, "meta", {}).get("record")
        if record is not None:
            self.frontier.settle(Visit(record, self._clock()).broken("error in the spider"), record)

    # time

    def _tick(self) -> None:
        self._crucial(self.frontier.tick)
        if not self._crawler.engine.running:
            self._give_up()
        if self._crawler.engine.spider is not None and not self._crawler.engine.downloader.active:
            # `crawl` is the engine's public way to look for the next request now instead of at its 5 s heartbeat
            self._crawler.engine.crawl(Request("data:,wake", meta={"wake": True}))

    def _give_up(self) -> None:
        """The run was told to stop: what servers do not answer within GRACE seconds is left for the next."""
        self._stopping = self._stopping or self._clock()
        if self._clock() >= self._stopping + GRACE:
            self._crawler.engine.downloader.abort()  # type: ignore[attr-defined]

    def _guarded(self, action: Callable[..., T], *arguments: Any) -> T | None:
        """The action's result; a storage error ends the run, resumable, and None is returned."""
        try:
            return action(*arguments)
        except StorageError as error:
            self._fail(error)
            return None

    def _crucial(self, action: Callable[[], T]) -> T | None:
        """As `_guarded`, where no page is to blame: Scrapy would log any other error too, and ask again for ever."""
        try:
            return self._guarded(action)
        except Exception as error:
            logger.exception("The frontier failed; the run ends and can be resumed")
            self._fail(error)
            return None

    def _fail(self, error: Exception) -> None:
        if self._plan.problem is None:
            self._plan.problem = error
            logger.error("%s", error)
            deferred_from_coro(self._crawler.engine.close_spider_async(reason=_reason(error)))


def _reason(error: Exception) -> str:
    if isinstance(error, ConfigurationError):
        return "configuration"
    if not isinstance(error, StorageError):
        return "crashed"
    return "locked" if isinstance(error, LockedError) else "disk"


def open_store(url: str) -> Store:
    """The store of a FRONTIER_URL. Raises `ConfigurationError` on what is none, `StorageError` if it fails to open."""
    scheme, _, path = url.partition("://")
    if scheme == "sqlite" and path.startswith("/") and len(path) > 1:
        return open_sqlite(Path(path[1:]))  # sqlite:///relative, sqlite:////absolute, as SQLAlchemy reads them
    if scheme in ("postgresql", "postgres"):
        try:
            from crawler.frontier.postgres import open_postgres  # noqa: PLC0415 - psycopg is an optional dependency
        except ImportError as error:
            raise ConfigurationError(
                f"FRONTIER_URL={scheme}://…: psycopg is missing; pip install 'publication-crawler[postgres]'"
            ) from error
        return open_postgres(url)
    raise ConfigurationError(
        f"FRONTIER_URL={url}: give sqlite:///path/to/file (four slashes before an absolute path) or postgresql://…"
    )


def options_from(settings: BaseSettings, *, plan: Plan) -> FrontierOptions:
    """The frontier's options of Scrapy's settings and the spider's plan."""
    own, usual = {slug: plan.delay_of(slug) for slug in plan.slugs}, settings.getfloat("DOWNLOAD_DELAY")
    return FrontierOptions(
        pauses={slug: usual if delay is None else delay for slug, delay in own.items()},
        per_host=settings.getint("CONCURRENT_REQUESTS_PER_DOMAIN"),
        patience=settings.getfloat("FRONTIER_PATIENCE"),
        limit=plan.limit,
        retry=RetryPolicy(base=settings.getfloat("RETRY_DELAY"), attempts=settings.getint("RETRY_TIMES") + 1),
    )


def validators(record: Record) -> dict[str, str]:
    """The headers that make a request conditional (RFC 9110, section 13)."""
    headers = {}
    if record.etag:
        headers["If-None-Match"] = record.etag
    if record.last_modified:
        headers["If-Modified-Since"] = record.last_modified
    return headers


def line_of(item: dict[str, Any]) -> Line:
    """What the frontier needs of a line that a killed run wrote."""
    return Line(
        key=str(item.get("id")), url=str(item.get("url")), publication=str(item.get("publication")),
        revision=int(item.get("revision") or 1), run_id=str(item.get("run_id")),
        field_hashes=json.dumps(field_hashes(item)), fetched=unix(item.get("fetched_at")),
        gone=item.get("page_type") == "gone",
    )  # fmt: skip
