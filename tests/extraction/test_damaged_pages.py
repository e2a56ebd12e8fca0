"""Extraction of fixture pages that were cut, mixed or damaged."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crawler.extraction import extract
from crawler.page import Page
from tests.extraction.test_fixtures import CASES, page_of

cases = st.sampled_from(CASES)
calm = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def read(body: bytes, like: Page) -> dict[str, Any]:
    return asdict(extract(Page(body, like.url, like.headers, like.fetched_at, like.links, like.profile)))


def empty_strings(value: Any) -> bool:
    if isinstance(value, dict):
        return any(map(empty_strings, value.values()))
    if isinstance(value, list):
        return any(map(empty_strings, value))
    return isinstance(value, str) and not value.strip()


@calm
@given(cases, st.floats(0, 1))
def test_a_cut_page_gives_an_item_without_empty_strings(case: str, where: float) -> None:
    page = page_of(case)
    assert not empty_strings(read(page.body[: int(where * len(page.body))], page))


@calm
@given(cases, st.lists(st.tuples(st.floats(0, 1), st.binary(min_size=1, max_size=12)), max_size=20))
def test_a_damaged_page_gives_the_same_item_twice(case: str, damage: list[tuple[float, bytes]]) -> None:
    page = page_of(case)
    body = bytearray(page.body)
    for where, noise in damage:
        start = int(where * len(body))
        body[start : start + len(noise)] = noise
    assert read(bytes(body), page) == read(bytes(body), page)


@calm
@given(cases, cases)
def test_a_page_read_between_leaves_no_trace(one: str, other: str) -> None:
    page = page_of(one)
    before = read(page.body, page)
    read(page_of(other).body, page_of(other))
    assert read(page.body, page) == before


NO_ADDRESSES = ("", "http://[", "http://[::1]:x/a", "::::", "http://\0/", "//", "http://host:99999999/news/")


@pytest.mark.parametrize("address", NO_ADDRESSES)
def test_neither_a_page_nor_a_link_needs_a_valid_address(address: str) -> None:
    html = (
        f'<html><head><title>Bridge open | News</title><link rel="canonical" href="{address}"></head><body>'
        f'<nav class="breadcrumbs"><a href="{address}">News</a></nav><h1><a href="{address}">Bridge open</a></h1>'
        f'<p>By <a rel="author" href="{address}">Mara Quill</a></p><p>{"The bridge is open again. " * 9}</p>'
        f'<img src="{address}"><a href="{address}2">2</a><a rel="tag" href="{address}">tag</a></body></html>'
    )
    assert extract(Page(html.encode(), address)).byline == "Mara Quill"
    assert extract(Page(html.encode(), "https://ledger.example/bridge/")).byline == "Mara Quill"


@calm
@given(cases, st.text(max_size=60))
def test_any_address_is_survived(case: str, address: str) -> None:
    page = page_of(case)
    extract(Page(page.body, f"https://example.org/{address}", page.headers, page.fetched_at))
    extract(Page(page.body, address, page.headers))
