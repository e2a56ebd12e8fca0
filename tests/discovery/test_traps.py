"""Traps: recognised by their addresses, counted under one pattern; articles are not among them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.discovery.traps import PARAMETERS, is_variation, pattern_of, trap_reason

HOME = "https://www.example.com/"


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("a/" * 3, "repeating_path"),
        ("news/sea/news/sea/", "repeating_path"),
        ("en/a/b/c/a/b/c", "repeating_path"),
        ("/".join("abcdefghijklm"), "deep_path"),
        ("?x=" + "a" * 1500, "long_url"),
        ("events/2024-05/", "calendar"),
        ("events/list/", "calendar"),
        ("calendar/2031/07/", "calendar"),
        ("veranstaltungen/kategorie/2024-05-01/", "calendar"),
        ("diary?month=5&year=2024", "calendar"),
        ("calendar.asp?m=5&y=2024", "calendar"),
        ("index.php/calendar?year=2031&month=2", "calendar"),
        ("events?tribe-bar-date=2024-05-01", "calendar"),
        ("news?sort=asc", "facets"),
        ("news?f%5B0%5D=topic:3", "facets"),
        ("news?filter[topic]=3", "facets"),
        ("news?a=1&b=2&c=3&d=4&e=5&f=6&g=7&h=8", "facets"),
        ("?s=tides", "search"),
        ("search?q=tides", "search"),
        ("a?mysession=0123456789abcdefXYZ", "session_id"),
        ("login?redirect_to=/a", "return_address"),
        ("share?url=x&return=https%3A%2F%2Fwww.example.com", "return_address"),
        ("share?url=https://www.example.com/story", "return_address"),
        ("send?u=http%3A%2F%2Fwww.example.com%2Fstory", "return_address"),
        ("?add-to-cart=17", "action"),
        ("wiki?title=Tides&action=edit", "action"),
        ("2031/07/", "future_archive"),
    ],
)
def test_a_trap_is_named(path: str, reason: str) -> None:
    assert trap_reason(HOME + path, today=date(2026, 11, 24)) == reason


@pytest.mark.parametrize(
    "path",
    [
        "",
        "2011/11/11/eleven-things/",
        "news/2024/news-of-the-day/",
        "events/the-tide-festival/",
        "events/2024-05-01-tide-festival/",
        "?p=17",
        "story?id=20240501",
        "index.php?option=com_content&view=article&id=5&catid=3&Itemid=9&lang=en",
        "index.php?q=node/5",
        "article?date=today",
        "article?url=the-tide-festival",
        "calendar-of-the-sea.php?id=5",
        "news/page/17/",
        "2027/01/",
        "1984/",
        "2084/a-story-of-the-future/",
        "wp-json/wp/v2/posts?per_page=100&page=3&orderby=date&order=desc",
        "feeds/posts/default?max-results=150&orderby=published",
        "api/v1/archive?sort=new&offset=0&limit=50",
        "sitemap.xml?limit=100",
    ],
)
def test_articles_and_lists_are_no_traps(path: str) -> None:
    assert trap_reason(HOME + path, today=date(2026, 11, 24)) is None


def test_without_a_day_no_archive_lies_in_the_future() -> None:
    assert trap_reason(HOME + "2099/07/") is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("2024/05/", "2023/11/"),
        ("story-1234", "story-77"),
        ("a?x=1&y=2", "a?y=5&x=9"),
        ("tag/sea/", "tag/land/"),
        ("tag/sea/page/2/", "tag/land/page/9/"),
        ("item/0123456789abcdef", "item/fedcba9876543210"),
    ],
)
def test_what_a_machine_counts_up_is_one_pattern(one: str, other: str) -> None:
    assert pattern_of(HOME + one) == pattern_of(HOME + other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("2024/05/", "2024/05/12/"), ("ships/", "nets/"), ("a?x=1", "a?y=1"), ("tag/sea/", "author/sea/"), ("a", "a?x=1")],
)
def test_what_differs_in_kind_is_two_patterns(one: str, other: str) -> None:
    assert pattern_of(HOME + one) != pattern_of(HOME + other)


def test_every_row_says_why() -> None:
    assert all(row.reason and row.evidence for row in PARAMETERS)


@settings(deadline=None)
@given(st.text(max_size=80))
def test_no_text_raises(text: str) -> None:
    trap_reason(text, today=date(2026, 1, 1))
    trap_reason(HOME + text)
    pattern_of(HOME + text)


@pytest.mark.parametrize(
    ("url", "of", "expected"),
    [
        ("https://a.example/l/?mood=a&size=b", "https://a.example/l/?mood=a", True),
        ("https://a.example/l/?mood=a&mood=a", "https://a.example/l/?mood=a", True),
        ("https://a.example/l/?mood=a", "https://a.example/l/", False),
        ("https://a.example/?p=12", "https://a.example/?paged=2", False),
        ("https://a.example/l/?mood=a", "https://a.example/l/?mood=a", False),
        ("https://a.example/x/?mood=a&size=b", "https://a.example/l/?mood=a", False),
    ],
)
def test_a_filter_more_on_the_same_list_is_a_variation_of_it(url: str, of: str, expected: bool) -> None:
    assert is_variation(url, of) is expected
