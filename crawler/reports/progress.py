"""What a running crawl is doing: a table that lives on the terminal, or a line in the log from time to time."""

from __future__ import annotations

import logging
import sys
import time
from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING, Protocol, Self, cast

from rich import box
from rich.console import Console
from rich.live import Live
from rich.table import Table
from rich.text import Text
from scrapy import signals
from scrapy.exceptions import NotConfigured
from scrapy.utils.asyncio import create_looping_call

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

LIVE_SECONDS = 0.5
LOG_SECONDS = 60.0
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


def counts_of(tally: Tally) -> dict[str, Counter[str]]:
    """Publication → column → count; the publications with the most addresses first."""
    found: dict[str, Counter[str]] = {}
    for (publication, outcome, _), count in tally.items():
        column = next((name for name, outcomes in COLUMNS if outcome in outcomes), "left out")
        found.setdefault(publication, Counter())[column] += count
    return dict(sorted(found.items(), key=lambda entry: -entry[1].total()))


def line_of(tally: Tally, seconds: float) -> str:
    """The whole run in one line."""
    total: Counter[str] = Counter()
    for counts in counts_of(tally).values():
        total.update(counts)
    words = ", ".join(f"{total[name]} {name}" for name, _ in COLUMNS if total[name] or name == "new")
    return f"{words}; {total.total() / max(seconds, 0.001):.1f} addresses a second, {seconds:.0f} s"


def table_of(frontier: Frontier, seconds: float) -> Table:
    """The run as a table with a row for each publication."""
    counts = counts_of(frontier.tally)
    title = Text(line_of(frontier.tally, seconds))
    table = Table(
        title=title, title_justify="left", expand=False, box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0)
    )
    table.add_column("publication", overflow="fold")
    for name, _ in COLUMNS:
        table.add_column(name, justify="right")
    for publication, row in list(counts.items())[:MAX_ROWS]:
        table.add_row(Text(publication), *(str(row[name]) if row[name] else "" for name, _ in COLUMNS))
    if len(counts) > MAX_ROWS:
        table.caption = f"and {len(counts) - MAX_ROWS} more"
    if frontier.set_aside:
        table.caption = Text("left alone: " + ", ".join(f"{host} ({why})" for host, why in frontier.set_aside.items()))
    return table


class Progress:
    """Extension: shows the table on a terminal, else logs the line every minute; PROGRESS=off does neither."""

    def __init__(self, crawler: Crawler, *, live: bool) -> None:
        self._crawler = crawler
        self._started = time.monotonic()
        self._live = (
            Live(console=Console(stderr=True, highlight=False), auto_refresh=False, transient=True) if live else None
        )
        self._task = create_looping_call(self._show)

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
        """End with the whole run in one line."""
        if self._task.running:
            self._task.stop()
        frontier = self._frontier
        if self._live:
            proxy = sys.stderr
            self._live.stop()
            _redirect_logs(proxy)
            if frontier:
                Console(stderr=True, highlight=False).print(table_of(frontier, self._seconds))
        elif frontier:
            logger.info("%s", line_of(frontier.tally, self._seconds))

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
            self._live.update(table_of(frontier, self._seconds), refresh=True)
        else:
            logger.info("%s", line_of(frontier.tally, self._seconds))


def _redirect_logs(before: object) -> None:
    """Let log handlers that write to a stream write to what standard error is now: above the table, or the terminal."""
    for handler in logging.root.handlers:
        if isinstance(handler, logging.StreamHandler) and handler.stream is before:
            handler.setStream(sys.stderr)
