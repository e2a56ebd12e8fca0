"""Dates of sitemaps and feeds: as given, or not at all."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.discovery.build_dates import without_build_dates
from crawler.discovery.dates import iso_date
from crawler.discovery.found import Window
from crawler.page import Link


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024", "2024"),
        ("2024-05", "2024-05"),
        ("2024-05-01", "2024-05-01"),
        ("20240501", "2024-05-01"),
        ("2024-05-01T10:00Z", "2024-05-01T10:00+00:00"),
        ("2024-05-01T10:00:30+02:00", "2024-05-01T10:00:30+02:00"),
        ("2024-05-01T10:00:30.123456-0330", "2024-05-01T10:00:30-03:30"),
        ("2024-05-01 10:00:30", "2024-05-01T10:00:30"),
        (" 2024-05-01T10:00:30 +02:00 ", "2024-05-01T10:00:30+02:00"),
        ("2024-05-01T00:00:00Z", "2024-05-01"),
        ("2024-05-01T00:00:00+02:00", "2024-05-01"),
        ("2024-05-01T00:00:01Z", "2024-05-01T00:00:01+00:00"),
        ("Thu, 05 Jan 2017 13:34:52 +0100", "2017-01-05T13:34:52+01:00"),
        ("Thu, 05 Jan 17 13:34:52 +0100", "2017-01-05T13:34:52+01:00"),
        ("5 January 2017 13:34", "2017-01-05T13:34"),
        ("Sat, 07 Sep 1999 8:09:01 EST", "1999-09-07T08:09:01-05:00"),
        ("07 Sep 99 08:09:01 XYZ", "1999-09-07T08:09:01"),
        ("Tue, 24 Nov 2026 03:19:09 -0000", "2026-11-24T03:19:09+00:00"),
        ("2024-02-30", None),
        ("2024-13-01", None),
        ("2024-05-01T25:00:00Z", None),
        ("yesterday", None),
        ("", None),
        (None, None),
        ("0000-00-00 00:00:00", None),
        ("Mo, 05 Dez 2016 10:00:00 +0100", None),
    ],
)
def test_a_date_is_read_as_it_was_given(text: str | None, expected: str | None) -> None:
    assert iso_date(text) == expected


@settings(deadline=None)
@given(st.datetimes(min_value=datetime(1970, 1, 1)))
def test_every_moment_is_read_back(moment: datetime) -> None:
    given_moment = moment.replace(microsecond=0)
    answer = iso_date(given_moment.isoformat())
    assert answer is not None
    assert datetime.fromisoformat(answer) == given_moment


@settings(deadline=None)
@given(st.text(max_size=40))
def test_what_is_read_is_a_date_of_the_calendar(text: str) -> None:
    answer = iso_date(text)
    if answer is not None and len(answer) >= 10:
        datetime.fromisoformat(answer)


@pytest.mark.parametrize(
    ("iso", "expected"),
    [(None, True), ("2024", True), ("nonsense", True), ("2024-05-01", True), ("2024-05-31T23:00:00-11:00", True),
     ("2024-04-30T20:00:00+00:00", True), ("2024-04-29", False),
     ("2024-04-30", True), ("2024-06-02", False), ("2024-06-01", True)],
)  # fmt: skip
def test_a_window_rules_out_what_is_surely_outside(iso: str | None, expected: bool) -> None:
    assert Window(date(2024, 5, 1), date(2024, 5, 31)).admits(iso) is expected


def test_a_window_takes_moments_for_their_days() -> None:
    window = Window(datetime(2024, 5, 1, 12), datetime(2024, 5, 31, 12))
    assert window.admits("2024-05-01T01:00:00")
    assert window.admits_span(date(2024, 5, 31), date(2024, 6, 30))
    assert not window.admits_span(date(2024, 6, 1), date(2024, 6, 30))
    assert Window().is_open
    assert not window.is_open


def _links(dates: list[str]) -> list[Link]:
    return [Link(f"https://example.com/{n}", "feed", date=text) for n, text in enumerate(dates)]


def test_dates_of_a_build_are_dropped() -> None:
    built = [f"2026-11-24T03:19:0{n}+00:00" for n in range(6)]
    links, dropped = without_build_dates(_links(built))
    assert dropped
    assert all(link.date is None for link in links)


def test_dates_of_a_busy_hour_stay() -> None:
    spread = [f"2026-11-24T03:{n}0:00+00:00" for n in range(6)]
    links, dropped = without_build_dates(_links(spread))
    assert not dropped
    assert [link.date for link in links] == spread


def test_few_dates_of_one_minute_stay() -> None:
    links, dropped = without_build_dates(_links(["2026-11-24T03:19:00+00:00"] * 4))
    assert not dropped
    assert all(link.date for link in links)
