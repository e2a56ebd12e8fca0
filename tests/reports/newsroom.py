"""A publication over weeks, simulated: pages of two themes, read by the real extraction, counted as by a run."""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any

from crawler.discovery import Window, read
from crawler.extraction import extract
from crawler.items import Article
from crawler.page import LinkKind, Page
from crawler.reports.baseline import Baseline
from crawler.reports.observed import Observations
from crawler.reports.publication import report_of

WORDS = (
    "harbour", "council", "budget", "bridge", "repair", "school", "library", "tram", "market", "river", "festival",
    "museum", "engineer", "nurse", "farmer", "teacher", "captain", "weather", "storm", "summer", "winter", "morning",
    "evening", "ticket", "bakery", "garden", "station", "tunnel", "orchestra", "mayor",
)  # fmt: skip
NAMES = ("Ada Brandt", "Jonas Weber", "Mei Tanaka", "Lucia Romero", "Omar Haddad")
ORIGIN = "https://paper.example"
POOL = 60
"""Articles of a theme; a simulated run takes from them, with other days and addresses."""
FIRST_DAY = date(2025, 1, 6)
CHRISTMAS = (date(2025, 12, 24), date(2026, 1, 2))


def page_of(theme: str, number: int, *, language: str = "en") -> str:
    """An article's page. `classic` says everything in its markup; `modern` leaves byline and tags to its scripts."""
    chance = random.Random(f"{theme} {number}")  # noqa: S311 - a simulation
    title = f"{chance.choice(WORDS).title()} and {chance.choice(WORDS)} meet the {chance.choice(WORDS)} again"
    author = chance.choice(NAMES)
    paragraphs = "".join(f"<p>{_sentences(chance, language)}</p>" for _ in range(chance.randint(4, 14)))
    head = (
        f'<title>{title}</title><meta property="og:type" content="article"><meta property="og:title" content="{title}">'
    )
    moment = f"2025-03-{number % 28 + 1:02}T08:00:00+00:00"
    if theme == "modern":
        body = f'<div id="app"><h1>{title}</h1><div class="c-text">{paragraphs}</div></div>'
        return f'<!doctype html><html lang="{language}"><head>{head}</head><body>{body}</body></html>'
    head += f'<meta property="article:published_time" content="{moment}">'
    tags = '<a rel="tag" href="/tag/town/">town</a>' if chance.random() < 0.75 else ""
    bio = f'<div class="author-box"><h4>{author}</h4><p>{author} writes about the town and its people.</p></div>'
    body = (
        f'<article><h1 class="entry-title">{title}</h1><p class="byline">By <a rel="author" href="/a/">{author}</a></p>'
        f'<time class="entry-date" datetime="{moment}">{moment[:10]}</time>'
        f'<div class="entry-content">{paragraphs}</div>'
        f"{tags}</article>{bio if chance.random() < 0.8 else ''}"
    )
    return f'<!doctype html><html lang="{language}"><head>{head}</head><body><main>{body}</main></body></html>'


def _sentences(chance: random.Random, language: str) -> str:
    if language == "de":
        return (
            "Der Rat der Stadt hat gestern über die Brücke am Hafen gesprochen, und niemand war damit zufrieden. " * 3
        )
    words = [chance.choice(WORDS) for _ in range(9)]
    return (
        f"The {words[0]} near the {words[1]} was the talk of the {words[2]}, and the {words[3]} answered every question"
        f" about the {words[4]} with patience. Nobody expected the {words[5]} to be finished before the {words[6]},"
        f" said the {words[7]}, but the {words[8]} proves it."
    )


@cache
def pool(theme: str, language: str = "en") -> tuple[Article, ...]:
    """What extraction makes of a theme's pages."""
    moment = datetime(2025, 4, 1, tzinfo=UTC)
    return tuple(
        extract(Page(page_of(theme, number, language=language).encode(), f"{ORIGIN}/{number}/", {}, moment))
        for number in range(POOL)
    )


@cache
def named_by_front_page(theme: str) -> int:
    """Articles that the front page names; that of the modern theme is filled by a script."""
    cards = "".join(
        f'<article><h2><a href="/2025/{name}-and-the-{WORDS[-number - 1]}-meet-again/">{name.title()} and the'
        f" {WORDS[-number - 1]} meet again</a></h2><p>What the town said about it.</p></article>"
        for number, name in enumerate(WORDS[:20])
    )
    body = cards if theme == "classic" else '<div id="app"></div><script>load("front")</script>'
    html = f'<!doctype html><html lang="en"><head><title>Paper</title></head><body><main>{body}</main></body></html>'
    found = read(Page(html.encode(), f"{ORIGIN}/"), kind=LinkKind.FRONT_PAGE, window=Window())
    return sum(link.kind == LinkKind.ARTICLE for link in found.links)


def usual_rate(day: date) -> float:
    """How busy a newsroom is: weekends are quiet, summer is slow, between the years hardly anybody writes."""
    rate = 0.25 if day.weekday() >= 5 else 1.0
    if CHRISTMAS[0] <= day <= CHRISTMAS[1]:
        return rate * 0.15
    return rate * (0.6 if date(2025, 7, 20) <= day <= date(2025, 8, 31) else 1.0)


@dataclass
class Newsroom:
    """A publication and the memory of its runs."""

    seed: int
    a_day: float = 6.0
    """Articles on a working day."""
    theme: Callable[[date], str] = lambda _: "classic"
    language: Callable[[date], str] = lambda _: "en"
    rate: Callable[[date], float] = usual_rate
    rejected: Callable[[date], float] = lambda _: 0.1
    """Share of pages that are read and are no article."""
    words: Callable[[date], int | None] = lambda _: None
    """Words of every body, where they are cut."""
    baseline: Baseline = field(default_factory=Baseline)
    known: int = 0

    def __post_init__(self) -> None:
        self._chance = random.Random(self.seed)  # noqa: S311 - a simulation
        self._written = FIRST_DAY

    def run(self, today: date) -> dict[str, Any]:
        """The report of a run at noon, over what was published since the last one."""
        started = datetime(today.year, today.month, today.day, 12, tzinfo=UTC)
        seen = Observations(started.timestamp)
        outcomes: Counter[str] = Counter(listed=4, unchanged=10)
        while self._written < today:
            for article in self._articles(self._written):
                if self._chance.random() < self.rejected(self._written) or article.page_type != "article":
                    outcomes["rejected"] += 1
                else:
                    outcomes["new"] += 1
                    seen.note("paper", article)
            self._written += timedelta(1)
        self.known += outcomes["new"]
        return self._report(outcomes, seen, started)

    def _report(self, outcomes: Counter[str], seen: Observations, started: datetime) -> dict[str, Any]:
        named = named_by_front_page(self.theme(started.date()))
        fields = {
            "outcomes": dict(outcomes), "articles_known": self.known or 1, "queued": 0, "set_aside": None,
            "held_by_others": False, "limited": False,
            "details": {"reasons": {}, "front_page": {"read": 1, "named": named}, "partial": False},
        }  # fmt: skip
        kept: Mapping[str, Any] = json.loads(json.dumps(self.baseline.dump()))
        report, self.baseline = report_of(
            fields, seen.of("paper"), Baseline.load(kept), run_id=f"{started:%Y%m%d}", started=started.isoformat()
        )  # fmt: skip
        return report

    def _articles(self, day: date) -> Iterator[Article]:
        expected = self.a_day * self.rate(day)
        count = sum(self._chance.random() < expected / 50 for _ in range(50))
        for _ in range(count):
            article = self._chance.choice(pool(self.theme(day), self.language(day)))
            cut = self.words(day)
            words = article.word_count if cut is None else cut
            yield replace(article, date=day.isoformat() if article.date else None, word_count=words)


def days(count: int, *, step: int = 1, after: int = 1) -> list[date]:
    """Days on which runs take place."""
    return [FIRST_DAY + timedelta(number) for number in range(after, count + 1, step)]
