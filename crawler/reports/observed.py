"""What the articles of a run look like, publication by publication: counted as they pass, never kept."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from typing import Any

from crawler.items import Article
from crawler.visible import visible

FIELDS = (
    "title", "subtitle", "byline", "date", "date_modified", "body", "body_complete", "author_bio", "latest_posts",
    "section", "tags", "language", "images", "canonical_url",
)  # fmt: skip
"""Fields whose coverage is counted. `body_complete` counts the articles that are not known to be cut."""
URLS = 10
"""Addresses kept of the articles that lack a field, for each publication."""
SAMPLES, MOST_SAMPLES = 4, 400
"""Articles shown of a publication, and of a run."""
LANGUAGES = 40
DAYS = 140
"""Days before the run whose articles are counted by day."""
EXCERPT = 280
"""Characters of a body that a sample shows."""


def is_filled(article: Article, name: str) -> bool:
    """Whether an article has the field, in the sense of `FIELDS`."""
    if name == "body_complete":
        return article.body_complete is not False
    return bool(getattr(article, name))


def rounded(words: int) -> int:
    """A number of words to three significant digits: what bounds the number of different ones."""
    step = 10 ** max(0, math.floor(math.log10(max(words, 1))) - 2)
    return int(words // step * step)


def median(counts: Mapping[int, int]) -> int | None:
    """The (lower) median of values that occur so often; None of none."""
    left = (sum(counts.values()) + 1) // 2
    for value in sorted(counts):
        left -= counts[value]
        if left <= 0 < counts[value]:
            return value
    return None


@dataclass(slots=True)
class Observed:
    """The articles that a run wrote of one publication."""

    items: int = 0
    filled: Counter[str] = field(default_factory=Counter)
    words: Counter[int] = field(default_factory=Counter)
    """Words of a body, rounded → articles."""
    languages: Counter[str] = field(default_factory=Counter)
    days: Counter[str] = field(default_factory=Counter)
    """Day of publication → first revisions; those without a date count on the day that they were found."""
    lacking: dict[str, list[str]] = field(default_factory=dict)
    """Field → addresses of articles without it."""
    samples: list[dict[str, Any]] = field(default_factory=list)

    def note(self, article: Article, *, today: date) -> None:
        """Count an article."""
        self.items += 1
        for name in FIELDS:
            if is_filled(article, name):
                self.filled[name] += 1
            elif len(urls := self.lacking.setdefault(name, [])) < URLS:
                urls.append(article.url)
        if article.word_count:
            self.words[rounded(article.word_count)] += 1
        if article.language and (article.language in self.languages or len(self.languages) < LANGUAGES):
            self.languages[article.language] += 1
        if article.revision == 1 and (day := _day(article.date, today)):
            self.days[day.isoformat()] += 1

    def report(self) -> dict[str, Any]:
        """The part of the publication's report that speaks of its articles."""
        return {
            "items": self.items,
            "filled": {name: self.filled[name] for name in FIELDS} if self.items else {},
            "median_words": median(self.words),
            "languages": dict(self.languages.most_common()),
            "lacking": self.lacking,
            "samples": self.samples,
        }


class Observations:
    """What was seen of every publication in a run."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._seen: defaultdict[str, Observed] = defaultdict(Observed)
        self._room = MOST_SAMPLES

    def note(self, slug: str, article: Article) -> None:
        """Count an article of a publication; tombstones are none."""
        if article.page_type == "gone":
            return
        observed = self._seen[slug]
        observed.note(article, today=datetime.fromtimestamp(self._clock(), UTC).date())
        if self._room and len(observed.samples) < SAMPLES:
            self._room -= 1
            observed.samples.append(_sample(article))

    def of(self, slug: str) -> Observed:
        """What was seen of a publication."""
        return self._seen.get(slug) or Observed()


def _sample(article: Article) -> dict[str, Any]:
    text = " ".join(islice((article.body or "").split(), 60))
    shown = {name: getattr(article, name) for name in ("url", "title", "byline", "date", "section", "language")}
    excerpt = text if len(text) <= EXCERPT else text[:EXCERPT].rsplit(" ", 1)[0] + " …"
    samples = {**shown, "words": article.word_count, "revision": article.revision, "excerpt": excerpt}
    return {name: visible(value) if isinstance(value, str) else value for name, value in samples.items()}


def _day(text: str | None, today: date) -> date | None:
    """The day on which a new article counts; None where that is long ago, and the run only found it now."""
    try:
        day = date.fromisoformat(text[:10]) if text else today
    except ValueError:  # a month or a year
        return None
    return min(day, today) if day > today - timedelta(DAYS) else None
