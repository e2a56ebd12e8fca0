"""A small crawl of one publication that leaves nothing behind: what it saw, for `scrapy try`."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scrapy import Request, signals

from crawler.discovery import read
from crawler.discovery.robots import Robots, RobotsPolicy, parse_robots, robots_policy
from crawler.items import Article
from crawler.page import Link, LinkKind, Page

if TYPE_CHECKING:
    from scrapy.crawler import Crawler, CrawlerProcessBase
    from scrapy.http import Response

SOURCES = (LinkKind.FEED, LinkKind.SITEMAP)
EXCEPTIONS = "downloader/exception_type_count/"
"""How Scrapy's stats begin that count failed requests by type."""


@dataclass(frozen=True, slots=True)
class Source:
    """A feed or sitemap that was asked for."""

    url: str
    kind: str
    status: int
    articles: int = 0
    """Addresses of articles in it."""
    documents: int = 0
    """Addresses of further sitemaps and lists in it."""

    @property
    def is_readable(self) -> bool:
        """Whether it names anything."""
        return self.articles + self.documents > 0


@dataclass(slots=True, weakref_slot=True)
class Trial:
    """What a small crawl saw."""

    url: str
    items: list[Article] = field(default_factory=list)
    sources: dict[str, Source] = field(default_factory=dict)
    """Address → the feed or sitemap there."""
    front_page: Page | None = None
    named: dict[str, Link] = field(default_factory=dict)
    """Address → a feed or sitemap that the front page names."""
    robots_status: int | None = None
    """Status of the last robots.txt; None: no answer."""
    robots: Robots | None = None
    errors: Counter[str] = field(default_factory=Counter)
    """Name of an exception → failed requests."""
    report: Mapping[str, Any] = field(default_factory=dict)
    """The run's JSON report; empty where the crawl did not come to life."""
    seconds: float = 0.0
    agent: str = ""
    """What the crawl called itself to robots.txt: USER_AGENT."""

    @property
    def home(self) -> str:
        """The address of the front page: where redirects led to."""
        return self.front_page.url if self.front_page else self.url

    @property
    def outcomes(self) -> Mapping[str, Mapping[str, list[str]]]:
        """Outcome → reason → some addresses."""
        publications = self.report.get("publications", {})
        return {name: urls for each in publications.values() for name, urls in each.get("urls", {}).items()}

    def readable(self, kind: str) -> list[Source]:
        """The feeds or sitemaps that name something, those with most articles first."""
        found = [source for source in self.sources.values() if source.kind == kind and source.is_readable]
        return sorted(found, key=lambda source: (-source.articles, len(source.url)))

    def answered(self, response: Response, request: Request) -> None:
        """Take note of an answer."""
        if request.meta.get("robots_txt"):
            self.robots_status = response.status
            is_rules = robots_policy(response.status) is RobotsPolicy.PARSE
            self.robots = parse_robots(response.body if is_rules else b"")
            return
        kind = str(getattr(request.meta.get("record"), "kind", ""))
        if kind in SOURCES:
            found = read(_page(response), kind=kind)
            self.sources[response.url] = Source(
                response.url, kind, response.status, len(found.articles()), len(found.documents())
            )
        elif kind == LinkKind.FRONT_PAGE and response.status == 200 and self.front_page is None:
            self.front_page = _page(response)
            links = read(self.front_page, kind=kind).links
            self.named = {link.url: link for link in links if link.kind in SOURCES}

    def scraped(self, item: Any) -> None:
        """Keep an article as it was written."""
        if isinstance(item, Article):
            self.items.append(item)


def _page(response: Response) -> Page:
    headers = {
        name.decode("latin-1"): b", ".join(values).decode("latin-1") for name, values in response.headers.items()
    }
    return Page(response.body, response.url, headers, datetime.now(UTC))


def small_settings(folder: Path, seconds: float) -> dict[str, Any]:
    """Settings that keep a crawl small, and all that it writes in a folder."""
    return {
        "OUTPUT_DIR": str(folder / "output"), "FRONTIER_URL": f"sqlite:///{folder}/frontier.sqlite",
        "ARCHIVE_DIR": "", "METRICS_FILE": "", "PROGRESS": "off", "FEEDS": {},
        "RETRY_TIMES": 0, "FRONTIER_PATIENCE": 5, "DOWNLOAD_TIMEOUT": 20,
        "CLOSESPIDER_TIMEOUT": seconds,
    }  # fmt: skip


def try_publication(process: CrawlerProcessBase, url: str, *, articles: int, folder: Path) -> Trial:
    """Crawl until some articles are written; `process` has `small_settings`.

    Runs its reactor, so it can be called once.
    """
    trial = Trial(url, agent=str(process.settings["USER_AGENT"]))
    crawler = process.create_crawler("articles")
    crawler.signals.connect(trial.answered, signals.response_received)
    crawler.signals.connect(trial.scraped, signals.item_scraped)
    process.crawl(crawler, url=url, limit=str(articles))
    process.start()
    trial.errors = _errors(crawler)
    reports = sorted((folder / "output" / "reports").glob("*.json"))
    if reports:
        trial.report = json.loads(reports[-1].read_text(encoding="utf-8"))
        trial.seconds = trial.report["seconds"]
    return trial


def _errors(crawler: Crawler) -> Counter[str]:
    stats = crawler._stats  # the public attribute raises where the crawl did not come to life
    counted = stats.get_stats() if stats else {}
    return Counter({key.rpartition(".")[2]: int(n) for key, n in counted.items() if key.startswith(EXCEPTIONS)})
