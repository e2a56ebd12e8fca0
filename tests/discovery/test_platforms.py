"""Platforms' own lists: recognised on a page, bounded in time before fetching, read to the last page."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.discovery import read
from crawler.discovery.found import Found, Window
from crawler.discovery.platforms import PLATFORMS, platform_lists, platform_of
from crawler.discovery.platforms.wordpress import with_offset
from crawler.page import LinkKind, Page

HOME = "https://www.example.com/"
WINDOW = Window(date(2024, 5, 1), date(2024, 5, 31))
POSTS = HOME + "wp-json/wp/v2/posts?per_page=100&page=1"


def page(html: str, url: str = HOME, headers: Mapping[str, str] | None = None) -> Page:
    return Page(f"<html><head>{html}</head><body></body></html>".encode(), url, headers or {})


def answer(value: Any, url: str, **headers: str) -> Found:
    named = {name.replace("_", "-"): text for name, text in headers.items()}
    return read(Page(json.dumps(value).encode(), url, named), kind=LinkKind.REST)


def post(number: int, **more: Any) -> dict[str, Any]:
    return {
        "link": f"{HOME}story-{number}/",
        "date": "2024-05-01T10:00:00",
        "date_gmt": "2024-05-01T14:00:00",
        "modified": "2024-12-01T10:00:00",
        "modified_gmt": "2024-12-01T15:00:00",
        "title": {"rendered": f"Tides &amp; <em>ships</em> {number}"},
        "status": "publish",
        **more,
    }


WORDPRESS = '<link rel="https://api.w.org/" href="https://www.example.com/wp-json/">'


@pytest.mark.parametrize(
    ("html", "name"),
    [
        (WORDPRESS, "wordpress"),
        ('<meta name="generator" content="WordPress 7.1">', "wordpress"),
        ('<link rel="stylesheet" href="/wp-content/themes/x/style.css">', "wordpress"),
        ('<meta name="generator" content="Ghost 5.8">', "ghost"),
        ('<link rel="preconnect" href="https://substackcdn.com">', "substack"),
        ('<meta content="blogger" name="generator">', "blogger"),
        ("<!-- This is Squarespace. -->", "squarespace"),
        ('<meta name="generator" content="Hugo 0.1">', None),
        ("", None),
    ],
)
def test_a_page_shows_its_platform(html: str, name: str | None) -> None:
    platform = platform_of(page(html))
    assert (platform.name if platform else None) == name


def test_wordpress_names_its_list_in_the_head_or_in_the_header() -> None:
    by_head = platform_lists(page(WORDPRESS), Window())
    header = {"Link": f'<{HOME}?p=1>; rel=shortlink, <{HOME}wp-json/>; rel="https://api.w.org/"'}
    by_header = platform_lists(page('<meta name="generator" content="WordPress">', headers=header), Window())
    assert by_head == by_header
    assert by_head[0].url.startswith("https://www.example.com/wp-json/wp/v2/posts?per_page=100&page=1&")
    assert by_head[0].kind == LinkKind.REST
    plain = page('<link rel="https://api.w.org/" href="https://www.example.com/?rest_route=/">')
    assert platform_lists(plain, Window())[0].url.startswith(
        "https://www.example.com/?rest_route=/wp/v2/posts&per_page=100"
    )


def test_lists_that_can_are_asked_for_the_window_alone() -> None:
    wordpress = platform_lists(page(WORDPRESS), WINDOW)[0].url
    assert "after=2024-04-30T00%3A00%3A00" in wordpress
    assert "before=2024-06-02T00%3A00%3A00" in wordpress
    blogger = platform_lists(page('<meta content="blogger" name="generator">'), WINDOW)[0].url
    assert "published-min=2024-04-30T00:00:00Z" in blogger
    assert "published-max=2024-06-02T00:00:00Z" in blogger


def test_a_post_keeps_its_dates_with_the_offset_of_its_day() -> None:
    link = answer([post(1)], POSTS).links[0]
    assert (link.url, link.title, link.source) == (HOME + "story-1/", "Tides & ships 1", "rest")
    assert (link.date, link.date_modified) == ("2024-05-01T10:00:00-04:00", "2024-12-01T10:00:00-05:00")


@pytest.mark.parametrize(
    ("local", "utc", "expected"),
    [
        ("2024-05-01T10:00:00", "2024-05-01T10:00:00", "2024-05-01T10:00:00+00:00"),
        ("2024-05-01T10:00:00", "2024-05-01T04:30:00", "2024-05-01T10:00:00+05:30"),
        ("2024-05-01T00:30:00", "2024-04-30T22:30:00", "2024-05-01T00:30:00+02:00"),
        ("2024-05-01T10:00:00", "", "2024-05-01T10:00:00"),
        ("2024-05-01T10:00:00", "2023-05-01T10:00:00", "2024-05-01T10:00:00"),
        ("soon", "2024-05-01T10:00:00", None),
        ("0000-00-00T00:00:00", "", None),
    ],
)
def test_the_offset_is_the_difference_of_local_time_and_utc(local: str, utc: str, expected: str | None) -> None:
    assert with_offset(local, utc) == expected


def test_the_list_is_read_to_its_last_page() -> None:
    first = answer([post(1)], POSTS, X_WP_Total="150", X_WP_TotalPages="2")
    assert first.total == 150
    assert [link.url for link in first.documents()] == [HOME + "wp-json/wp/v2/posts?per_page=100&page=2"]
    last = answer([post(2)], first.documents()[0].url, x_wp_totalpages="2")
    assert last.documents() == ()
    unknown_total = answer([post(1)], POSTS)
    assert len(unknown_total.documents()) == 1
    assert answer([], POSTS) == Found()


def test_beyond_the_last_page_there_is_nothing_and_no_fault() -> None:
    assert answer({"code": "rest_post_invalid_page_number"}, POSTS) == Found()


def test_drafts_and_posts_without_address_are_left_out() -> None:
    found = answer([post(1, status="private"), post(2, link=None), post(3), "x", None], POSTS)
    assert [link.url for link in found.articles()] == [HOME + "story-3/"]
    assert [problem.code for problem in found.problems] == ["bad_url"]


def test_the_archive_of_substack_is_paged_by_position() -> None:
    url = HOME + "api/v1/archive?sort=new&offset=0&limit=50"
    posts = [
        {"canonical_url": f"{HOME}p/story-{n}", "title": "T", "post_date": "2024-05-01T10:00:01.000Z",
         "publishedBylines": [{"name": "Ann Lee"}]}
        for n in range(50)
    ]  # fmt: skip
    found = answer(posts, url)
    assert len(found.articles()) == 50
    assert (found.links[0].date, found.links[0].authors) == ("2024-05-01T10:00:01+00:00", ("Ann Lee",))
    assert [link.url for link in found.documents()] == [HOME + "api/v1/archive?sort=new&offset=50&limit=50"]
    assert answer([], url) == Found()


def test_the_archive_of_substack_ends_where_the_window_begins() -> None:
    url = HOME + "api/v1/archive?sort=new&offset=0&limit=50"
    body = json.dumps([{"canonical_url": HOME + "p/old", "post_date": "2020-05-01T10:00:00Z"}]).encode()
    assert read(Page(body, url), kind=LinkKind.REST, window=WINDOW) == Found()


def test_a_collection_of_squarespace_names_its_next_page() -> None:
    value = {
        "items": [
            {"fullUrl": "/blog/story", "title": "T", "publishOn": 1714557600000, "updatedOn": 1714561200000,
             "author": {"displayName": "Ann Lee"}}
        ],
        "pagination": {"nextPageUrl": "/blog?offset=1714557600000"},
    }  # fmt: skip
    found = answer(value, HOME + "blog?format=json")
    link = found.links[0]
    assert (link.url, link.date, link.authors) == (HOME + "blog/story", "2024-05-01T10:00:00+00:00", ("Ann Lee",))
    assert [link.url for link in found.documents()] == [HOME + "blog?offset=1714557600000&format=json"]


def test_ghost_lists_posts_in_a_sitemap_of_their_own() -> None:
    links = platform_lists(page('<meta name="generator" content="Ghost 5.8">'), Window())
    assert [(link.url, link.kind) for link in links] == [
        (HOME + "sitemap-posts.xml", LinkKind.SITEMAP),
        (HOME + "rss/", LinkKind.FEED),
    ]


@pytest.mark.parametrize(
    ("value", "url"),
    [("x", POSTS), ({"code": "rest_no_route"}, POSTS), ([], HOME + "nothing"), ({}, HOME + "blog?format=json")],
)
def test_what_is_no_list_is_named(value: Any, url: str) -> None:
    assert [problem.code for problem in answer(value, url).problems] == ["not_a_list"]
    assert read(Page(b"<html>", url), kind=LinkKind.REST).problems[0].code == "not_a_list"


json_values = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-10, 10**20), st.text(max_size=10)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.sampled_from(["link", "date", "date_gmt", "title", "rendered", "items", "fullUrl", "publishOn", "author",
                             "canonical_url", "publishedBylines", "pagination", "nextPageUrl"]),
            inner, max_size=4,
        ),
    ),
    max_leaves=12,
)  # fmt: skip


@settings(deadline=None)
@given(json_values, st.sampled_from([POSTS, HOME + "api/v1/archive?offset=0", HOME + "?format=json"]))
def test_no_answer_raises(value: Any, url: str) -> None:
    answer(value, url)
    answer([value], url)


def test_every_platform_is_one_row() -> None:
    names = [platform.name for platform in PLATFORMS]
    assert len(set(names)) == len(names)
    assert all(platform.generator or platform.marks for platform in PLATFORMS)
    assert all((platform.read is None) == (platform.list_path is None) for platform in PLATFORMS)
