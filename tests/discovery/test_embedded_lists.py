"""Lists in the JSON that a page keeps for its scripts."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from crawler.discovery import Window, read
from crawler.page import Link, LinkKind, Page

URL = "https://news.example/world"


def links_of(document: Any, *, kind: str = LinkKind.SECTION, name: str = "__NEXT_DATA__", **window: date) -> list[Link]:
    text = document if isinstance(document, str) else json.dumps(document)
    script = f'<script id="{name}" type="application/json">{text}</script>'
    body = f'<html><body><a href="/world/one-card">One card</a>{script}</body></html>'.encode()
    found = read(Page(body, URL, {"Content-Type": "text/html"}), kind=kind, window=Window(**window))
    return [link for link in found.links if link.url != "https://news.example/world/one-card"]


def entry(path: str, **members: str) -> dict[str, str]:
    return {"title": "A title", "url": path} | members


def test_dated_entries_and_long_addresses_are_articles() -> None:
    links = links_of({"props": [entry("/world/x", publishedAt="2024-05-01"), entry("/world/the-ferry-is-late")]})
    assert [(link.url, link.date, link.title) for link in links] == [
        ("https://news.example/world/x", "2024-05-01", "A title"),
        ("https://news.example/world/the-ferry-is-late", None, "A title"),
    ]


def test_menus_and_other_sites_in_the_same_json_are_left_out() -> None:
    assert links_of({"menu": [entry("/jobs-here"), entry("https://elsewhere.example/the-ferry-is-late")]}) == []


def test_the_next_page_is_followed() -> None:
    (link,) = links_of({"articles": [], "pagination": {"nextPage": "/world?page=2"}})
    assert (link.url, link.kind) == ("https://news.example/world?page=2", LinkKind.PAGINATION)


def test_the_page_of_an_article_keeps_its_neighbours_to_itself() -> None:
    assert links_of({"a": entry("/world/the-ferry-is-late")}, kind=LinkKind.ARTICLE) == []


def test_a_window_leaves_out_what_is_dated_outside_of_it() -> None:
    document = {"a": entry("/world/x", publishedAt="2024-05-01"), "b": entry("/world/y", publishedAt="2024-07-01")}
    assert [link.url[-1] for link in links_of(document, since=date(2024, 6, 1))] == ["y"]


def test_numbered_members_are_resolved() -> None:
    document = [{"data": 1}, [2], {"title": 3, "url": 4, "date": 5, "id": 99}, "A title", "/world/x", "2024-05-01"]
    (link,) = links_of(document, name="__NUXT_DATA__")
    assert (link.url, link.title, link.date) == ("https://news.example/world/x", "A title", "2024-05-01")


def test_what_is_no_json_gives_nothing() -> None:
    assert links_of("{ broken") == []
    assert links_of("7", name="__NUXT_DATA__") == []
