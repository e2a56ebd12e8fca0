"""When a URL is due: tables."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.frontier.schedule import (
    DAY,
    HOUR,
    RetryPolicy,
    longest_pause,
    next_article_visit,
    next_listing_visit,
    parse_retry_after,
    priority,
    retry_time,
    unix,
)
from crawler.page import Link, LinkKind

NOW = 1_700_000_000.0


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120), (" 0 ", 0), ("Tue, 14 Nov 2023 22:14:20 GMT", 60), ("Thu, 01 Jan 2015 00:00:00 GMT", 0),
        ("99999999999999999999", DAY), ("Fri, 31 Dec 9999 23:59:59 GMT", DAY), ("soon", None), ("", None),
        ("-5", None), ("1.5", None), ("٣", None), (None, None), ("Mon, 99 Foo 2023 99:99:99 GMT", None),
    ],
)  # fmt: skip
def test_retry_after_is_read_in_both_forms_capped_and_nonsense_is_none(
    value: str | None, seconds: float | None
) -> None:
    expected = None if seconds is None else NOW + seconds
    assert parse_retry_after(value, now=NOW, cap=DAY) == expected


@given(st.text(max_size=60))
def test_no_retry_after_raises_or_lies_in_the_past_or_beyond_the_cap(value: str) -> None:
    moment = parse_retry_after(value, now=NOW, cap=DAY)
    assert moment is None or NOW <= moment <= NOW + DAY


@given(st.integers(1, 10_000), st.floats(0, 1))
def test_pauses_grow_up_to_the_longest_and_are_spread_over_their_upper_half(attempts: int, jitter: float) -> None:
    policy = RetryPolicy(base=5, longest=900)
    pause = retry_time(attempts, now=0.0, jitter=jitter, policy=policy)
    whole = min(900.0, 5.0 * 2.0 ** min(attempts - 1, 30))
    assert whole / 2 <= pause <= whole


@pytest.mark.parametrize(
    ("age", "pause"), [(0, 6 * HOUR), (3 * DAY, DAY), (20 * DAY, 7 * DAY), (200 * DAY, 60 * DAY), (400 * DAY, None)]
)
def test_young_articles_are_visited_often_and_old_ones_never_by_themselves(age: float, pause: float | None) -> None:
    expected = None if pause is None else NOW + pause
    assert next_article_visit(now=NOW, changed=NOW - age) == expected


@pytest.mark.parametrize(
    ("kind", "link", "days"),
    [
        (LinkKind.FRONT_PAGE, Link("https://e.org/", "seed"), 0),
        (LinkKind.SITEMAP, Link("https://e.org/s2.xml", "sitemap"), 0),
        (LinkKind.FEED, Link("https://e.org/feed/", "listing", "https://e.org/"), 0),
        (LinkKind.FEED, Link("https://e.org/tag/a/feed/", "listing", "https://e.org/tag/a/"), 32),
        (LinkKind.FEED, Link("https://e.org/f", "seed"), 0),
        (LinkKind.SECTION, Link("https://e.org/politics/", "listing", "https://e.org/"), 1),
        (LinkKind.SECTION, Link("https://e.org/politics/north/", "listing", "https://e.org/politics/"), 32),
        (LinkKind.ARTICLE, Link("https://e.org/journal", "listing", "https://e.org/"), 1),
        (LinkKind.SECTION, Link("https://e.org/politics/", "sitemap", "https://e.org/sitemap.xml"), 32),
        (LinkKind.TAG, Link("https://e.org/tag/a/", "listing", "https://e.org/"), 32),
    ],
)
def test_front_page_sitemaps_and_main_feeds_are_asked_for_by_every_run_and_sections_daily(
    kind: str, link: Link, days: int
) -> None:
    assert longest_pause(kind, [link]) == days * DAY


def test_other_listings_are_asked_for_less_the_longer_they_stay_the_same() -> None:
    pauses = [next_listing_visit(longest=32 * DAY, now=0.0, stable=stable) / DAY for stable in (0, 1, 2, 5, 50)]
    assert pauses == [1, 2, 4, 32, 32]


def test_no_listing_of_the_long_tail_comes_before_an_article() -> None:
    tail = (LinkKind.SECTION, LinkKind.TAG, LinkKind.AUTHOR, LinkKind.PAGINATION, LinkKind.DATE_ARCHIVE, LinkKind.OTHER)
    assert priority(LinkKind.ARTICLE, 0.0) < min(priority(kind, 1.0) for kind in tail)
    assert priority(LinkKind.FEED, 0.0) < priority(LinkKind.ARTICLE, 1.0)


@pytest.mark.parametrize(
    ("iso", "moment"),
    [("1970-01-02", DAY), ("1970-01-01T01:00:00+01:00", 0.0), ("yesterday", None), ("", None), (None, None)],
)
def test_unix_time_of_iso_dates(iso: str | None, moment: float | None) -> None:
    assert unix(iso) == moment
