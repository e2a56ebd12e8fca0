from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.items import Article
from crawler.reports.baseline import KEPT, Baseline, Stretch
from crawler.reports.observed import LANGUAGES, MOST_SAMPLES, SAMPLES, URLS, Observations, median, rounded

NOON = 1_767_960_000.0
"""2026-01-09T12:00:00Z."""


def article(number: int, **facts: object) -> Article:
    return Article(f"https://a.example/{number}", title="A title", **facts)  # type: ignore[arg-type]


def test_fields_are_counted_and_some_articles_that_lack_them_are_named() -> None:
    seen = Observations(lambda: NOON)
    for number in range(30):
        seen.note(
            "paper", article(number, byline="Ada" if number % 3 else None, body_complete=None if number else False)
        )
    report = seen.of("paper").report()
    assert (report["items"], report["filled"]["byline"], report["filled"]["body_complete"]) == (30, 20, 29)
    assert report["lacking"]["byline"] == [f"https://a.example/{number}" for number in range(0, 30, 3)][:URLS]
    assert "title" not in report["lacking"]


def test_tombstones_are_no_articles() -> None:
    seen = Observations(lambda: NOON)
    seen.note("paper", article(1, page_type="gone"))
    assert seen.of("paper").report()["filled"] == {}


def test_what_is_kept_of_a_run_is_bounded() -> None:
    seen = Observations(lambda: NOON)
    for number in range(3000):
        seen.note(
            f"paper-{number % 200}", article(number, language=f"x-{number}", word_count=number * 37, body="word " * 500)
        )
    kept = [seen.of(f"paper-{number}") for number in range(200)]
    assert sum(len(each.samples) for each in kept) == MOST_SAMPLES
    assert {len(each.samples) for each in kept} == {MOST_SAMPLES // 200}
    assert max(len(each.languages) for each in kept) <= LANGUAGES
    assert len(kept[0].samples[0]["excerpt"]) < 300
    alone = Observations(lambda: NOON)
    for number in range(30):
        alone.note("paper", article(number))
    assert len(alone.of("paper").samples) == SAMPLES


@pytest.mark.parametrize(
    ("date", "day"),
    [
        ("2026-01-08T23:00:00+01:00", "2026-01-08"),
        (None, "2026-01-09"),
        ("2031-01-01", "2026-01-09"),
        ("2020-05-05", None),
        ("2026", None),
    ],
)
def test_new_articles_count_on_the_day_of_their_publication(date: str | None, day: str | None) -> None:
    seen = Observations(lambda: NOON)
    seen.note("paper", article(1, date=date))
    seen.note("paper", article(1, date=date, revision=2))
    assert dict(seen.of("paper").days) == ({day: 1} if day else {})


@given(st.lists(st.integers(0, 10**6), max_size=50))
def test_the_median_is_one_of_the_values_and_in_the_middle(values: list[int]) -> None:
    found = median(Counter(values))
    assert found == (sorted(values)[(len(values) - 1) // 2] if values else None)


@given(st.integers(0, 10**7))
def test_word_counts_are_rounded_by_less_than_one_per_cent(words: int) -> None:
    assert 0 <= words - rounded(words) <= words / 100


def test_a_baseline_survives_its_json_and_ignores_what_a_newer_version_adds() -> None:
    run = Stretch("2026-01-09T12:00:00+00:00", 30, 33, 3, {"title": 30}, {410: 30}, {"en": 30})
    baseline = Baseline().with_run(run, {"2026-01-08": 3, "2020-01-01": 9}, {"new": 30}).with_reading(20.0)
    assert baseline.days == {"2026-01-08": 3}
    assert Baseline.load({**baseline.dump(), "of tomorrow": 1}) == baseline


def test_a_baseline_does_not_grow_with_the_runs() -> None:
    baseline = Baseline()
    for hour in range(24 * 100):
        day, rest = divmod(hour, 24)
        since = f"2026-{1 + day // 28:02}-{1 + day % 28:02}T{rest:02}:00:00+00:00"
        run = Stretch(since, 25, 25, 0, {"title": 25}, {100 + number: 1 for number in range(25)}, {"en": 25})
        baseline = baseline.with_run(run, {since[:10]: 25}, {"new": 25})
    assert len(baseline.stretches) <= KEPT
    assert len({stretch.since[:10] for stretch in baseline.stretches}) > KEPT - 10, "weeks, not hours, are remembered"
    assert len(str(baseline.dump())) < 30_000


def test_runs_with_few_articles_are_put_together() -> None:
    baseline = Baseline()
    for day in range(1, 20):
        baseline = baseline.with_run(Stretch(f"2026-01-{day:02}T12:00:00+00:00", 4, 4), {}, {})
    assert [stretch.items for stretch in baseline.stretches] == [20, 20, 20, 16]
