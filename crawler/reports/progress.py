"""What a running crawl is doing: a table that lives on the terminal, or a line in the log from time to time."""

from __future__ import annotations

import logging
import sys
import time
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Protocol, Self, cast

from rich import box
from rich.console import Console, Group
from rich.live import Live
from rich.table import Table
from rich.text import Text
from scrapy import signals
from scrapy.exceptions import NotConfigured
from scrapy.utils.asyncio import create_looping_call

from crawler.errors import StorageError

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

LIVE_SECONDS = 0.5
LOG_SECONDS = 60.0
COUNT_SECONDS = 5.0
"""Between two counts of what is left: with a million addresses, one takes a tenth of a second."""
NAME_WIDTH = 16
"""Columns that a publication's name has at least, on a narrow terminal."""
MAX_ROWS = 20
"""Publications that the table shows; of more, those with the most work."""
COLUMNS: tuple[tuple[str, frozenset[str]], ...] = (
    ("new", frozenset({"new"})),
    ("updated", frozenset({"updated"})),
    ("unchanged", frozenset({"unchanged"})),
    ("listings", frozenset({"listed"})),
    ("left out", frozenset({"rejected", "skipped", "redirect", "alias", "missing", "gone"})),
    ("errors", frozenset({"blocked", "failed"})),
    ("retries", frozenset({"waiting"})),
)
"""Column → the outcomes that it counts."""

logger = logging.getLogger(__name__)

Tally = Mapping[tuple[str, str, str], int]
"""(publication, outcome, reason) → how many addresses ended so."""


class Frontier(Protocol):
    """What the display needs of the frontier."""

    tally: Tally
    set_aside: Mapping[str, str]
    """Host → why it is left alone for the rest of the run."""

    def left(self) -> Mapping[str, int]:
        """Publication → addresses that wait for a visit."""


def counts_of(tally: Tally) -> dict[str, Counter[str]]:
    """Publication → column → count; the publications with the most addresses first."""
    found: dict[str, Counter[str]] = {}
    for (publication, outcome, _), count in tally.items():
        column = next((name for name, outcomes in COLUMNS if outcome in outcomes), "left out")
        found.setdefault(publication, Counter())[column] += count
    return dict(sorted(found.items(), key=lambda entry: -entry[1].total()))


def line_of(tally: Tally, seconds: float, left: int = 0) -> str:
    """The whole run in one line; with what is left, the time that this takes at the rate until now."""
    total: Counter[str] = Counter()
    for counts in counts_of(tally).values():
        total.update(counts)
    words = ", ".join(f"{total[name]} {name}" for name, _ in COLUMNS if total[name] or name == "new")
    rate = total.total() / max(seconds, 0.001)
    ahead = f"; {left} left, some {_span(left / rate)}" if left and rate else ""
    return f"{words}; {rate:.1f} addresses a second, {seconds:.0f} s{ahead}"


def _span(seconds: float) -> str:
    """A time as people say it."""
    if seconds < 120:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 7200 else f"{seconds / 3600:.0f} h"


def table_of(frontier: Frontier, seconds: float, left: Mapping[str, int]) -> Group:
    """The run in one line, and as a table with a row for each publication."""
    counts = counts_of(frontier.tally)
    table = Table(expand=False, box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0))
    table.add_column("publication", overflow="fold", min_width=NAME_WIDTH)
    for name, _ in COLUMNS:
        table.add_column(name, justify="right")
    table.add_column("left", justify="right")
    for publication, row in list(counts.items())[:MAX_ROWS]:
        cells = [*(row[name] for name, _ in COLUMNS), left.get(publication, 0)]
        table.add_row(Text(publication), *(str(cell) if cell else "" for cell in cells))
    if len(counts) > MAX_ROWS:
        table.caption = f"and {len(counts) - MAX_ROWS} more"
    if frontier.set_aside:
        table.caption = Text("left alone: " + ", ".join(f"{host} ({why})" for host, why in frontier.set_aside.items()))
    return Group(Text(line_of(frontier.tally, seconds, sum(left.values()))), table)


class Progress:
    """Extension: shows the table on a terminal, else logs the line every minute; PROGRESS=off does neither."""

    def __init__(self, crawler: Crawler, *, live: bool) -> None:
        self._crawler = crawler
        self._started = time.monotonic()
        self._live = (
            Live(console=Console(stderr=True, highlight=False), auto_refresh=False, transient=True) if live else None
        )
        self._task = create_looping_call(self._show)
        self._counted: tuple[float, Mapping[str, int]] = (0.0, {})

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """The display that PROGRESS asks for: `auto`, `plain` or `off`."""
        chosen = crawler.settings.get("PROGRESS", "off")
        if chosen == "off":
            raise NotConfigured("PROGRESS=off")
        extension = cls(crawler, live=chosen == "auto" and sys.stderr.isatty())
        crawler.signals.connect(extension.opened, signals.spider_opened)
        crawler.signals.connect(extension.closed, signals.spider_closed)
        return extension

    def opened(self) -> None:
        """Begin."""
        if self._live:
            terminal = sys.stderr
            self._live.start()
            _redirect_logs(terminal)
        self._task.start(LIVE_SECONDS if self._live else LOG_SECONDS, now=False)

    def closed(self) -> None:
        """End with the whole run in one line; what is left the report says, for the frontier is closed."""
        if self._task.running:
            self._task.stop()
        frontier = self._frontier
        if self._live:
            proxy = sys.stderr
            self._live.stop()
            _redirect_logs(proxy)
            if frontier:
                Console(stderr=True, highlight=False).print(table_of(frontier, self._seconds, {}))
        elif frontier:
            logger.info("%s", line_of(frontier.tally, self._seconds))

    def _left(self, frontier: Frontier) -> Mapping[str, int]:
        now, (counted, left) = time.monotonic(), self._counted
        if now >= counted + COUNT_SECONDS:
            with suppress(StorageError):  # whoever works on the frontier ends the run and says why
                left = frontier.left()
            self._counted = (now, left)
        return left

    @property
    def _seconds(self) -> float:
        return time.monotonic() - self._started

    @property
    def _frontier(self) -> Frontier | None:
        return cast("Frontier | None", getattr(self._crawler.spider, "frontier", None))

    def _show(self) -> None:
        frontier = self._frontier
        if frontier is None:
            return
        if self._live:
            self._live.update(table_of(frontier, self._seconds, self._left(frontier)), refresh=True)
        else:
            logger.info("%s", line_of(frontier.tally, self._seconds, sum(self._left(frontier).values())))


def _redirect_logs(before: object) -> None:
    """Let log handlers that write to a stream write to what standard error is now: above the table, or the terminal."""
    for handler in logging.root.handlers:
        if isinstance(handler, logging.StreamHandler) and handler.stream is before:
            handler.setStream(sys.stderr)
