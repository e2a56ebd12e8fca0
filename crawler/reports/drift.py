"""Whether a publication's run left what is usual for it: which measure, by how much, since when. No Scrapy, no I/O."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import partial
from statistics import median
from typing import Any

from crawler.reports import thresholds as limits
from crawler.reports.baseline import Baseline, Stretch
from crawler.reports.observed import FIELDS
from crawler.reports.observed import median as middle
from crawler.reports.thresholds import Threshold

Share = Callable[[Stretch], tuple[int, int]]
"""Of a stretch: how many, of how many."""


TOLD: Mapping[str, str] = {
    "field": "{now} of {samples} articles have {field}",
    "rejected": "{now} of {samples} pages were no article",
    "language": "{now} of {samples} articles are in the usual languages",
    "words": "The median article has {now} words",
    "front_page": "The front page names {now} articles",
    "volume": "{now} articles in {samples} days",
}
"""Measure → what is said of it, before what is usual."""


@dataclass(frozen=True, slots=True)
class Drift:
    """A measure that left what is usual."""

    measure: str
    now: float
    """Its value now: a share between 0 and 1, a number of words or of articles."""
    usual: float
    since: str
    """When the first run began that shows it, ISO 8601."""
    samples: int
    """Articles, pages or readings that `now` was counted on."""
    unit: str
    """`share`, `words`, `addresses` or `articles`."""

    @property
    def text(self) -> str:
        """The drift in words."""
        now, usual = (f"{value:.0%}" if self.unit == "share" else f"{value:.0f}" for value in (self.now, self.usual))
        kind, _, name = self.measure.partition(":")
        told = TOLD[kind].format(now=now, samples=self.samples, field=name.replace("_", " "))
        return f"{told}, usually {usual} (since {self.since[:10]})"


@dataclass(frozen=True, slots=True)
class Judgement:
    """What became of the alarms with a run."""

    drifts: tuple[Drift, ...]
    """Those that hold."""
    ended: tuple[str, ...]
    """Measures that are as usual again."""
    accepted: tuple[str, ...]
    """Measures whose new value has become the usual one."""
    baseline: Baseline


def judge(baseline: Baseline, *, now: str, front_page: tuple[int, int], whole: bool) -> Judgement:
    """The drifts after a run that is part of the baseline already.

    `front_page`: how often it was read in this run, and how many articles it named. `whole`: whether the run came to
    the end of its work, so that what is not there is missing.
    """
    found: dict[str, Drift | None] = dict(_of_stretches(baseline))
    found.update(_of_front_page(baseline, front_page, now))
    if whole:
        found["volume"] = _volume(baseline, today=date.fromisoformat(now[:10]))
    held = {name: drift for name in baseline.alarms if name not in found and (drift := _remembered(baseline, name))}
    drifts = {name: _as_old_as_known(drift, baseline) for name, drift in found.items() if drift} | held
    return _concluded(baseline, drifts, front_page=front_page, now=now)


def _concluded(
    baseline: Baseline, drifts: Mapping[str, Drift], *, front_page: tuple[int, int], now: str
) -> Judgement:  # fmt: skip
    if front_page[0] and "front_page" not in drifts:
        baseline = baseline.with_reading(front_page[1] / front_page[0])
    limit = datetime.fromisoformat(now) - timedelta(limits.ACCEPT_DAYS)
    old = {name: drift for name, drift in drifts.items() if datetime.fromisoformat(drift.since) < limit}
    accepted = {name: drift for name, drift in old.items() if name != "volume"}
    left = {name: drift for name, drift in drifts.items() if name not in accepted}
    if accepted:
        baseline = baseline.from_then(max(drift.since for drift in accepted.values()))
    kept = {name: {key: getattr(drift, key) for key in KEYS} for name, drift in left.items()}
    ended = tuple(name for name in baseline.alarms if name not in drifts)
    return Judgement(tuple(left.values()), ended, tuple(accepted), replace(baseline, alarms=kept))


KEYS = ("measure", "now", "usual", "since", "samples", "unit")


def _as_old_as_known(drift: Drift, baseline: Baseline) -> Drift:
    known = baseline.alarms.get(drift.measure, {}).get("since", drift.since)
    return replace(drift, since=min(known, drift.since))


def _remembered(baseline: Baseline, name: str) -> Drift | None:
    """An alarm of which this run says nothing new."""
    kept: Mapping[str, Any] = baseline.alarms[name]
    return Drift(**{key: kept[key] for key in KEYS}) if all(key in kept for key in KEYS) else None


# shares of articles and pages


@dataclass(frozen=True, slots=True)
class _Watched:
    """A share that is watched."""

    measure: str
    threshold: Threshold
    share: Share
    rises: bool = False
    """Whether a rise is what alarms; else a fall."""


def _of_stretches(baseline: Baseline) -> Iterator[tuple[str, Drift | None]]:
    """Measure → its drift or None, for those that can be measured now."""
    watched = [_Watched(f"field:{name}", limits.FILLED, partial(_filled, name)) for name in FIELDS]
    watched.append(_Watched("rejected", limits.REJECTED, _rejected, rises=True))
    if own := _own_languages(baseline):
        watched.append(_Watched("language", limits.LANGUAGE, partial(_in_languages, own)))
    for each in watched:
        size, least = partial(_size, each.share), each.threshold.least
        window = _window(baseline, size, least)
        usual = _usual(baseline, each.measure, window, size, least)
        if window and len(usual) >= limits.STRETCHES:
            yield each.measure, _share_drift(each, window, usual)
    yield from _words(baseline)


def _size(share: Share, stretch: Stretch) -> int:
    return share(stretch)[1]


def _filled(name: str, stretch: Stretch) -> tuple[int, int]:
    return stretch.filled.get(name, 0), stretch.items


def _rejected(stretch: Stretch) -> tuple[int, int]:
    return stretch.rejected, stretch.pages


def _in_languages(own: frozenset[str], stretch: Stretch) -> tuple[int, int]:
    return sum(count for name, count in stretch.languages.items() if name in own), sum(stretch.languages.values())


def _own_languages(baseline: Baseline) -> frozenset[str]:
    since = baseline.alarms.get("language", {}).get("since")
    earlier = [each for each in baseline.stretches if since is None or each.since < since][: None if since else -1]
    total = sum(sum(stretch.languages.values()) for stretch in earlier)
    names = {name for stretch in earlier for name in stretch.languages}
    count = {name: sum(stretch.languages.get(name, 0) for stretch in earlier) for name in names}
    return frozenset(name for name in names if count[name] >= limits.USUAL_LANGUAGE * total)


def _window(baseline: Baseline, size: Callable[[Stretch], int], least: int) -> tuple[Stretch, ...]:
    """The latest stretch, with the one before it where it is too small; empty where both are."""
    for count in (1, 2):
        window = baseline.stretches[-count:]
        if sum(map(size, window)) >= least:
            return window
    return ()


def _usual(
    baseline: Baseline, measure: str, window: Sequence[Stretch], size: Callable[[Stretch], int], least: int
) -> list[Stretch]:  # fmt: skip
    """The stretches to compare with: before the window, and before the drift that is known."""
    since = baseline.alarms.get(measure, {}).get("since", "9999")
    earlier = baseline.stretches[: len(baseline.stretches) - len(window)]
    return [stretch for stretch in earlier if stretch.since < since and size(stretch) >= least]


def _share_drift(watched: _Watched, window: Sequence[Stretch], usual: Sequence[Stretch]) -> Drift | None:
    share, threshold = watched.share, watched.threshold
    centre, spread = _centre([count / size for count, size in map(share, usual)])
    if watched.threshold is limits.FILLED and centre < limits.USUALLY_FILLED:
        return None
    count, size = (sum(parts) for parts in zip(*map(share, window), strict=True))
    direction = 1 if watched.rises else -1
    bound = min(max(centre + direction * limits.SPREADS * spread, 0.0), 1.0)
    hits, chance = (size - count, 1 - bound) if watched.rises else (count, bound)
    if (count / size - centre) * direction < threshold.change or tail(hits, size, chance) > (threshold.chance or 0):
        return None
    first = share(window[0])
    is_off = first[1] and abs(first[0] / first[1] - centre) >= threshold.change / 2
    return Drift(watched.measure, count / size, centre, (window[0] if is_off else window[-1]).since, size, "share")


def tail(count: int, size: int, chance: float) -> float:
    """The probability of at most `count` hits in `size` trials (binomial); a hit is never quite sure."""
    sure = min(max(chance, 1e-9), 0.98)
    hit, miss = math.log(sure), math.log1p(-sure)
    whole = math.lgamma(size + 1)
    logs = (
        whole - math.lgamma(k + 1) - math.lgamma(size - k + 1) + k * hit + (size - k) * miss for k in range(count + 1)
    )
    return min(1.0, math.fsum(map(math.exp, logs)))


def _centre(values: Sequence[float]) -> tuple[float, float]:
    """Median and spread."""
    centre = median(values)
    return centre, 1.4826 * median(abs(value - centre) for value in values)


# numbers


def _words(baseline: Baseline) -> Iterator[tuple[str, Drift | None]]:
    window = _window(baseline, _size_of_words, limits.WORDS.least)
    usual = _usual(baseline, "words", window, _size_of_words, limits.WORDS.least)
    if not window or len(usual) < limits.STRETCHES:
        return
    together = window[0] if len(window) == 1 else window[0] + window[1]
    now = middle(together.words) or 0
    centre, spread = _centre([math.log(middle(stretch.words) or 1) for stretch in usual])
    off = abs(math.log(max(now, 1)) - centre) >= max(math.log(limits.WORDS.change), limits.SPREADS * spread)
    size = sum(together.words.values())
    yield "words", Drift("words", now, math.exp(centre), window[-1].since, size, "words") if off else None


def _size_of_words(stretch: Stretch) -> int:
    return sum(stretch.words.values())


def _of_front_page(baseline: Baseline, front_page: tuple[int, int], now: str) -> Iterator[tuple[str, Drift | None]]:
    read, named = front_page
    usual = baseline.front_page
    if not read or len(usual) < limits.FRONT_PAGES:
        return
    centre = median(usual)
    fell = centre >= limits.FRONT_PAGE.least and named / read <= limits.FRONT_PAGE.change * centre
    yield "front_page", Drift("front_page", named / read, centre, now, read, "addresses") if fell else None


def _volume(baseline: Baseline, *, today: date) -> Drift | None:
    """Articles of the last days against the same weekdays of earlier weeks."""
    for threshold, days in ((limits.VOLUME_SOON, limits.SOON_DAYS), (limits.VOLUME_LATE, limits.LATE_DAYS)):
        first_shift = -(-days // 7) * 7
        shifts = range(first_shift, first_shift + 7 * limits.MOST_WEEKS, 7)
        begun = date.fromisoformat(baseline.first)
        counts = [
            _published(baseline, until=today - timedelta(shift), days=days)
            for shift in shifts
            if today - timedelta(shift + days) >= begun
        ]
        now = _published(baseline, until=today, days=days)
        usual = median(counts) if len(counts) >= limits.WEEKS else 0
        if usual >= threshold.least and now <= threshold.change * usual:
            since = _silent_since(baseline, today, least=usual / days / 10)
            return Drift("volume", now, usual, since, days, "articles")
    return None


def _published(baseline: Baseline, *, until: date, days: int) -> int:
    """Articles published on the days before `until`."""
    return sum(baseline.days.get((until - timedelta(back)).isoformat(), 0) for back in range(1, days + 1))


def _silent_since(baseline: Baseline, today: date, *, least: float) -> str:
    """The day after the last one with more than `least` articles."""
    busy = [day for day, count in baseline.days.items() if count > least and day < today.isoformat()]
    return (date.fromisoformat(max(busy, default=baseline.first)) + timedelta(1)).isoformat() + "T00:00:00+00:00"
