"""Further pages of lists that come as JSON."""

from __future__ import annotations

import json
from typing import Any

import pytest

from crawler.discovery import read
from crawler.page import LinkKind, Page

API = "https://paper.example/api/articles?page=2"
THIRD = "https://paper.example/api/articles?page=3"
HOME = "https://paper.example/2024"
ENTRY = {"title": "The bridge is open", "url": "/2024/the-bridge-is-open/", "published_at": "2024-05-01T08:00:00Z"}


def links(document: Any, url: str = API) -> dict[str, str]:
    """Address → kind."""
    page = Page(json.dumps(document).encode(), url, {"Content-Type": "application/json"})
    return {link.url: str(link.kind) for link in read(page, kind=LinkKind.PAGINATION).links}


def test_entries_are_articles_with_title_and_date_and_the_next_page_is_the_one_named() -> None:
    document = {"data": {"items": [{"node": ENTRY}]}, "next": "/api/articles?page=3"}
    page = Page(json.dumps(document).encode(), API)
    following, article = read(page, kind=LinkKind.PAGINATION).links
    assert (following.url, following.kind) == (THIRD, LinkKind.PAGINATION)
    assert (article.url, article.kind) == (f"{HOME}/the-bridge-is-open/", LinkKind.ARTICLE)
    assert (article.title, article.date) == ("The bridge is open", "2024-05-01T08:00:00+00:00")


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        ({"items": [ENTRY]}, {THIRD, f"{HOME}/the-bridge-is-open/"}),
        ({"items": [ENTRY], "next": None}, {f"{HOME}/the-bridge-is-open/"}),
        ({"items": []}, set()),
        ({"html": '<h2><a href="/2024/a-storm-is-coming/">A storm is coming tonight</a></h2>'},
         {THIRD, f"{HOME}/a-storm-is-coming/"}),
        ({"items": [{**ENTRY, "url": "https://other.example/x-y-z/"}]}, set()),
        ({"items": [ENTRY], "next": "/account/?page=3"}, {THIRD, f"{HOME}/the-bridge-is-open/"}),
        ({"image": {"url": "/a.jpg"}, "menu": [{"url": "/x/"}]}, set()),
    ],
    ids=["counts-up", "ends", "empty", "html-in-a-string", "another-site", "a-next-of-something-else", "no-title"],
)  # fmt: skip
def test_what_a_document_leads_to(document: Any, expected: set[str]) -> None:
    assert set(links(document)) == expected


@pytest.mark.parametrize("body", [b"{", b"[1, 2", b"{}", b"[[[[]]]]", b"[null, 1.5, true]"])
def test_what_is_no_list_gives_nothing(body: bytes) -> None:
    assert read(Page(body, API), kind=LinkKind.PAGINATION).links == ()
