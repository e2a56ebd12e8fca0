"""Date texts of many languages, and what is refused."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.extraction.moments import Moment, find_moments, parse_moment
from crawler.extraction.solar_hijri import gregorian

DAY = "2024-03-05"


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2024-03-05", DAY),
        ("2024-03-05T10:12:33+01:00", "2024-03-05T10:12:33+01:00"),
        ("2024-03-05T10:12:33.123Z", "2024-03-05T10:12:33+00:00"),
        ("2024-03-05T10:12Z", "2024-03-05T10:12+00:00"),
        ("2024-03-05T10:12:00+0530", "2024-03-05T10:12:00+05:30"),
        ("2024-03-05 10:12:00", "2024-03-05T10:12:00"),
        ("20240305", DAY),
        ("20240305T101200Z", "2024-03-05T10:12:00+00:00"),
        ("1709633520", "2024-03-05T10:12:00+00:00"),
        ("1709633520000", "2024-03-05T10:12:00+00:00"),
        ("Tue, 05 Mar 2024 10:12:00 +0100", "2024-03-05T10:12:00+01:00"),
        ("Tue Mar 05 2024 10:12:33 GMT+0100 (CET)", "2024-03-05T10:12:33+01:00"),
        ("Mar 5, 2024 10:12 pm", "2024-03-05T22:12"),
        ("Mar 5, 2024 12:05 a.m.", "2024-03-05T00:05"),
        ("March 5th, 2024", DAY),
        ("Tuesday 5 March 2024 10.12 GMT", "2024-03-05T10:12+00:00"),
        ("05-Mar-24", DAY),
        ("Mar 5, 2024 3:20 PM ET", "2024-03-05T15:20-05:00"),
        ("July 5, 2024 3:20 PM ET", "2024-07-05T15:20-04:00"),
        ("Mar 5, 2024 3:20 PM CST", "2024-03-05T15:20"),
        ("10:12, 5 March 2024", "2024-03-05T10:12"),
        ("05.03.2024, 10:12 Uhr", "2024-03-05T10:12"),
        ("5.3.2024 um 10.12 Uhr", "2024-03-05T10:12"),
        ("05.03.24", DAY),
        ("Tuesday 05/03/2024", DAY),
        ("Tue. 03/05/2024", DAY),
        ("民國113年3月5日", DAY),
        ("113年3月5日", DAY),
        ("25/03/2024", "2024-03-25"),
        ("03/25/2024", "2024-03-25"),
        ("March 2024", "2024-03"),
        ("2024-03", "2024-03"),
        ("2024", "2024"),
    ],
)
def test_a_form_without_language(text: str, iso: str) -> None:
    moment = parse_moment(text)
    assert moment is not None
    assert moment.iso == iso


@pytest.mark.parametrize(
    "text",
    [
        "5. März 2024",
        "5 mars 2024",
        "5 de marzo de 2024",
        "5 de março de 2024",
        "5 marzo 2024",
        "5 maart 2024",
        "5. marts 2024",
        "5. maaliskuuta 2024",
        "5. märts 2024",
        "2024. gada 5. marts",
        "2024 m. kovo 5 d.",
        "5 marca 2024",
        "5. března 2024",
        "5. marca 2024",
        "5. ožujka 2024.",
        "5. март 2024.",
        "5 марта 2024 г.",
        "5 березня 2024",
        "5 martie 2024",
        "2024. március 5.",
        "5 Μαρτίου 2024",
        "5 ΜΑΡΤΙΟΥ 2024",
        "5 Mart 2024",
        "5 de març de 2024",
        "5 Maret 2024",
        "ngày 5 tháng 3 năm 2024",
        "5 มีนาคม 2567",
        "5 มี.ค. 67",
        "5 มีนาคม พ.ศ. 2567",
        "05 آذار/مارس 2024",
        "Mar. 5, '24",
        "Tue Mar  5 10:12:00 2024",
        "\ue004 5 March 2024",
        "٥ مارس ٢٠٢٤",
        "5 آذار 2024",
        "5 במרץ 2024",
        "5 मार्च 2024",
        "2024年3月5日",
        "令和6年3月5日",
        "2024년 3월 5일",
    ],
)
def test_a_day_in_many_languages(text: str) -> None:
    moment = parse_moment(text)
    assert moment is not None
    assert moment.iso == DAY


def test_a_weekday_that_contradicts_the_language_settles_the_order_and_one_that_fits_neither_does_not() -> None:
    def day(text: str) -> str | None:
        moment = parse_moment(text, language="en-GB")
        return moment.iso if moment else None

    assert day("Tuesday 03/05/2024") == DAY
    assert day("Saturday 03/05/2024") == "2024-05-03"


@pytest.mark.parametrize(
    ("text", "language", "iso"),
    [
        ("05/03/2024", "en-US", "2024-05-03"),
        ("05/03/2024", "en-GB", DAY),
        ("05/03/2024", "fr", DAY),
        ("5. listopada 2024.", "hr", "2024-10-05"),
        ("5 listopada 2024", "pl", "2024-11-05"),
        ("5 كانون الثاني 2024", "ar", "2024-01-05"),
    ],
)
def test_the_language_settles_what_is_ambiguous(text: str, language: str, iso: str) -> None:
    moment = parse_moment(text, language=language)
    assert moment is not None
    assert moment.iso == iso


@pytest.mark.parametrize(
    "text",
    [
        "05/03/2024",
        "5. listopada 2024.",
        "Feb 30, 2024",
        "2024-13-05",
        "2024-W10-2",
        "5 \ue004 2024",
        "5 March 2024 - 6 March 2024",
        "3 hours ago",
        "",
        "12:30",
    ],
)
def test_what_may_be_read_in_two_ways_or_none_is_refused(text: str) -> None:
    assert parse_moment(text) is None


def test_each_date_comes_with_the_words_before_it() -> None:
    found = find_moments("Published 5 March 2024, 10:12 CET | Updated 6 March 2024, 08:00", language="en")
    assert [moment.iso for _, moment in found] == ["2024-03-05T10:12+01:00", "2024-03-06T08:00"]
    assert found[0][0] == "published"
    assert "updated" in found[1][0]


def test_relative_dates_need_the_time_of_reading() -> None:
    now = datetime(2024, 3, 5, 12, 0)
    assert parse_moment("2 days ago", now=now) == Moment("2024-03-03", "day")


@given(st.text(max_size=60), st.sampled_from([None, "en", "en-US", "de", "th"]))
def test_no_text_raises(text: str, language: str | None) -> None:
    find_moments(text, language=language)


@given(
    st.datetimes(
        min_value=datetime(1970, 1, 2),
        max_value=datetime(2099, 1, 1),
        timezones=st.integers(-56, 56).map(lambda quarter: timezone(timedelta(minutes=15 * quarter))),
    )
)
def test_an_iso_date_comes_back_unchanged(when: datetime) -> None:
    when = when.replace(microsecond=0, second=when.second or 1)
    moment = parse_moment(when.isoformat())
    assert moment is not None
    assert moment.iso == when.isoformat()


@pytest.mark.parametrize(
    ("text", "language", "day"),
    [
        ("۱۵ اسفند ۱۴۰۲", "fa", "2024-03-05"),
        ("سه شنبه 15 اسفند ماه 1402", None, "2024-03-05"),
        ("۱۴۰۲/۱۲/۱۵", "fa", "2024-03-05"),
        ("۳۰ اسفند ۱۴۰۳", "fa", "2025-03-20"),
        ("۱ فروردین ۱۴۰۴", "fa", "2025-03-21"),
        ("۲۲ بهمن ۱۳۵۷", "fa", "1979-02-11"),
        ("۳۰ اسفند ۱۴۰۲", "fa", None),
        ("1402/12/15", "en", None),
        ("۳۲ فروردین ۱۴۰۲", "fa", None),
    ],
)
def test_dates_of_the_solar_hijri_calendar_become_gregorian(text: str, language: str | None, day: str | None) -> None:
    found = [moment.iso for _, moment in find_moments(text, language=language)]
    assert found == ([day] if day else [])


@given(st.integers(1300, 1498), st.integers(1, 12), st.integers(1, 29))
def test_solar_hijri_days_follow_one_another(year: int, month: int, day: int) -> None:
    today, tomorrow = gregorian(year, month, day), gregorian(year, month, day + 1)
    following = tomorrow or gregorian(year + month // 12, month % 12 + 1, 1)
    assert today is not None
    assert following is not None
    assert (following - today).days == 1


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("5 مارس، 2024", "ar"),
        ("2024ko martxoaren 5a", "eu"),
        ("2024 оны 3-р сарын 5", "mn"),
        ("2024 оны 3 сарын 5", "mn"),
    ],
)
def test_separators_and_cases_of_further_languages_are_read(text: str, language: str) -> None:
    assert [moment.iso for _, moment in find_moments(text, language=language)] == ["2024-03-05"]
