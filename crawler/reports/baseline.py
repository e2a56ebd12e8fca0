"""What a publication's runs are usually like: small, kept by the frontier, carried on from run to run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import date, timedelta
from typing import Any, Self, TypeVar

from crawler.reports.observed import DAYS, Observed, median

ENOUGH_ITEMS, ENOUGH_PAGES = 20, 40
"""Articles or pages that make a stretch; runs with fewer are put together."""
Key = TypeVar("Key")
EXACT = 3
"""Latest stretches whose word counts are kept one by one; of earlier ones, the median is."""
FRESH = 5
"""Latest stretches that are kept apart; earlier ones of one day become one."""
KEPT, POINTS, READINGS = 60, 40, 30
"""Stretches, runs for the charts, and readings of the front page that are kept."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """One run with enough samples, or some runs that have enough together."""

    since: str
    """When its first run began, ISO 8601."""
    items: int = 0
    """Articles written."""
    pages: int = 0
    """Pages read that were new or changed: articles, and what was rejected as none."""
    rejected: int = 0
    filled: Mapping[str, int] = field(default_factory=dict)
    words: Mapping[int, int] = field(default_factory=dict)
    languages: Mapping[str, int] = field(default_factory=dict)

    def __add__(self, later: Stretch) -> Stretch:
        """Both together."""
        return Stretch(
            self.since, self.items + later.items, self.pages + later.pages, self.rejected + later.rejected,
            _sum(self.filled, later.filled), _sum(self.words, later.words), _sum(self.languages, later.languages),
        )  # fmt: skip

    @property
    def is_enough(self) -> bool:
        """Whether it stands for itself."""
        return self.items >= ENOUGH_ITEMS or self.pages >= ENOUGH_PAGES

    def slim(self) -> Stretch:
        """The same with the median in place of all word counts."""
        middle = median(self.words)
        return replace(self, words={middle: sum(self.words.values())} if middle is not None else {})


@dataclass(frozen=True, slots=True)
class Baseline:
    """The memory of a publication's runs."""

    first: str = ""
    """Day of the first run."""
    stretches: tuple[Stretch, ...] = ()
    """Oldest first; the last one may still grow."""
    days: Mapping[str, int] = field(default_factory=dict)
    """Day → articles published on it."""
    front_page: tuple[float, ...] = ()
    """Articles that the front page named, in the last runs that found it as usual."""
    alarms: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """Measure → the drift that was found in it and is not over."""
    points: tuple[Mapping[str, Any], ...] = ()
    """What the charts show of the last runs, oldest first."""

    @classmethod
    def load(cls, content: Mapping[str, Any]) -> Self:
        """The baseline of its JSON; unknown keys, of a newer version, are left out."""
        known = {key: value for key, value in content.items() if key in {each.name for each in fields(cls)}}
        for name in ("front_page", "points"):
            known[name] = tuple(known.get(name, ()))
        known["stretches"] = tuple(
            Stretch(**{**each, "words": {int(words): count for words, count in each["words"].items()}})
            for each in known.get("stretches", ())
        )
        return cls(**known)

    def dump(self) -> dict[str, Any]:
        """The JSON of it."""
        return asdict(self)

    def with_run(self, run: Stretch, days: Mapping[str, int], point: Mapping[str, Any]) -> Baseline:
        """The baseline after one more run."""
        today = date.fromisoformat(run.since[:10])
        oldest = (today - timedelta(DAYS)).isoformat()
        known = {day: count for day, count in (Counter(self.days) + Counter(days)).items() if day >= oldest}
        return replace(
            self, first=self.first or run.since[:10], days=dict(sorted(known.items())),
            stretches=_tidied(_joined(self.stretches, run)), points=(*self.points, point)[-POINTS:],
        )  # fmt: skip

    def with_reading(self, named: float) -> Baseline:
        """The baseline after a front page that was as usual."""
        return replace(self, front_page=(*self.front_page, named)[-READINGS:])

    def from_then(self, since: str) -> Baseline:
        """The baseline without what came before a moment: a drift has become usual."""
        return replace(
            self, stretches=tuple(stretch for stretch in self.stretches if stretch.since >= since), front_page=()
        )  # fmt: skip


def run_of(observed: Observed, *, since: str, outcomes: Mapping[str, int], duplicates: int) -> Stretch:
    """One run as a stretch. `duplicates`: rejected pages that are articles, only not once more."""
    rejected = max(0, outcomes.get("rejected", 0) - duplicates)
    return Stretch(
        since, observed.items, observed.items + rejected, rejected, dict(observed.filled), dict(observed.words),
        dict(observed.languages),
    )  # fmt: skip


def _sum(first: Mapping[Key, int], second: Mapping[Key, int]) -> dict[Key, int]:
    return dict(Counter(first) + Counter(second))


def _joined(stretches: Sequence[Stretch], run: Stretch) -> tuple[Stretch, ...]:
    if not run.pages:
        return tuple(stretches)
    if stretches and not stretches[-1].is_enough and not run.is_enough:
        return (*stretches[:-1], stretches[-1] + run)
    return (*stretches, run)


def _tidied(stretches: Sequence[Stretch]) -> tuple[Stretch, ...]:
    """Many runs a day would push out the weeks before: a day is one stretch, once it is over."""
    kept: list[Stretch] = []
    for stretch in stretches[:-FRESH]:
        if kept and kept[-1].since[:10] == stretch.since[:10]:
            kept[-1] = kept[-1] + stretch
        else:
            kept.append(stretch)
    whole = [*kept, *stretches[-FRESH:]][-KEPT:]
    return (*(stretch.slim() for stretch in whole[:-EXACT]), *whole[-EXACT:])
