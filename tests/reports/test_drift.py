"""Drift: what must alarm, what must not, and what an alarm says."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from crawler.reports.drift import tail
from tests.reports.newsroom import CHRISTMAS, FIRST_DAY, Newsroom, days, named_by_front_page, pool, usual_rate

SWITCH = FIRST_DAY + timedelta(100)


def measures(report: dict[str, Any]) -> set[str]:
    return {drift["measure"] for drift in report["drift"]}


def first_alarm(newsroom: Newsroom, runs: list[date], measure: str) -> tuple[date, dict[str, Any]]:
    """The first run that alarms for a measure, and what it says."""
    for day in runs:
        for drift in newsroom.run(day)["drift"]:
            if drift["measure"] == measure:
                return day, drift
    raise AssertionError(f"no alarm for {measure}")


def test_the_pages_of_the_simulation_are_read_as_they_are_meant() -> None:
    classic, modern = pool("classic"), pool("modern")
    assert {article.page_type for article in (*classic, *modern)} == {"article"}
    assert all(article.byline and article.date and article.body for article in classic)
    assert not any(article.byline for article in modern)
    assert (named_by_front_page("classic"), named_by_front_page("modern")) == (20, 0)


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize(("a_day", "step"), [(6, 1), (1, 1), (20, 1), (6, 7), (2, 7)])
def test_a_year_of_normal_weeks_does_not_alarm(seed: int, a_day: float, step: int) -> None:
    newsroom = Newsroom(seed, a_day=a_day)
    reports = [newsroom.run(day) for day in days(53 * 7, step=step)]
    assert [(report["history"][-1]["started"], report["drift"]) for report in reports if report["drift"]] == []
    assert {report["verdict"] for report in reports} == {"done"}
    assert date.fromisoformat(reports[-1]["history"][-1]["started"][:10]) > CHRISTMAS[1]


@pytest.mark.parametrize(
    ("a_day", "step", "after", "within"), [(6, 1, 100, 8), (20, 1, 100, 4), (6, 7, 100, 14), (1, 1, 160, 40)]
)
def test_a_theme_that_is_switched_alarms_and_says_since_when(a_day: float, step: int, after: int, within: int) -> None:
    switch = FIRST_DAY + timedelta(after)
    newsroom = Newsroom(1, a_day=a_day, theme=lambda day: "modern" if day >= switch else "classic")
    day, drift = first_alarm(newsroom, days(after + 100, step=step), "field:byline")
    assert switch < day <= switch + timedelta(within)
    assert abs(date.fromisoformat(drift["since"][:10]) - switch) <= timedelta(max(7, within))
    assert drift["usual"] > 0.95
    assert drift["now"] < 0.8
    assert "articles have byline, usually 100%" in drift["text"]


def test_an_alarm_lasts_until_the_page_is_as_before_or_for_four_weeks() -> None:
    end = SWITCH + timedelta(10)
    for_ten_days = Newsroom(2, theme=lambda day: "modern" if SWITCH <= day < end else "classic")
    alarmed = [day for day in days(140) if "field:byline" in measures(for_ten_days.run(day))]
    assert alarmed == [alarmed[0] + timedelta(number) for number in range(len(alarmed))], "an alarm flaps"
    assert alarmed[-1] <= end + timedelta(8)
    for_ever = Newsroom(2, theme=lambda day: "modern" if day >= SWITCH else "classic")
    reports = {day: for_ever.run(day) for day in days(170)}
    accepted = [day for day, report in reports.items() if "field:byline" in report.get("accepted", ())]
    assert len(accepted) == 1
    assert timedelta(28) <= accepted[0] - SWITCH <= timedelta(40)
    assert "field:byline" not in measures(reports[days(170)[-1]])


def test_a_front_page_that_changed_and_names_nothing_alarms_at_once() -> None:
    newsroom = Newsroom(3, theme=lambda day: "modern" if day >= SWITCH else "classic")
    day, drift = first_alarm(newsroom, days(120), "front_page")
    assert day == SWITCH
    assert (drift["now"], drift["usual"]) == (0, 20)


@pytest.mark.parametrize(("a_day", "within"), [(20, 6), (6, 20), (1, 25)])
def test_a_source_that_dies_alarms(a_day: float, within: int) -> None:
    newsroom = Newsroom(4, a_day=a_day, rate=lambda day: 0.0 if day >= SWITCH else usual_rate(day))
    day, drift = first_alarm(newsroom, days(200), "volume")
    assert day <= SWITCH + timedelta(within)
    assert abs(date.fromisoformat(drift["since"][:10]) - SWITCH) <= timedelta(4)


def test_a_blog_that_writes_once_a_week_never_alarms_by_volume() -> None:
    newsroom = Newsroom(5, a_day=0.2, rate=lambda day: 0.0 if day >= SWITCH else usual_rate(day))
    assert not any(measures(newsroom.run(day)) for day in days(200))


def test_articles_that_are_not_recognised_any_more_alarm() -> None:
    newsroom = Newsroom(6, rejected=lambda day: 0.8 if day >= SWITCH else 0.1)
    day, drift = first_alarm(newsroom, days(130), "rejected")
    assert SWITCH < day <= SWITCH + timedelta(14)
    assert drift["now"] > drift["usual"] + 0.3


def test_another_language_alarms() -> None:
    newsroom = Newsroom(7, language=lambda day: "de" if day >= SWITCH else "en")
    day, _ = first_alarm(newsroom, days(130), "language")
    assert SWITCH < day <= SWITCH + timedelta(10)


def test_bodies_that_shrink_to_teasers_alarm() -> None:
    newsroom = Newsroom(8, words=lambda day: 40 if day >= SWITCH else None)
    day, drift = first_alarm(newsroom, days(130), "words")
    assert SWITCH < day <= SWITCH + timedelta(10)
    assert drift["now"] == 40
    assert drift["usual"] > 200


def test_a_drift_decides_the_verdict_unless_something_explains_it() -> None:
    newsroom = Newsroom(1, theme=lambda day: "modern" if day >= SWITCH else "classic")
    verdicts = [newsroom.run(day)["verdict"] for day in days(120)]
    assert verdicts[:90] == ["done"] * 90
    assert verdicts[-1] == "drift"


@pytest.mark.parametrize(
    ("count", "size", "chance", "expected"),
    [(0, 20, 0.5, 0.5**20), (20, 20, 0.9, 1.0), (1, 2, 0.5, 0.75), (0, 10, 1.0, 0.02**10), (3, 3, 0.0, 1.0)],
)
def test_the_tail_is_that_of_the_binomial_distribution(count: int, size: int, chance: float, expected: float) -> None:
    assert tail(count, size, chance) == pytest.approx(expected)
