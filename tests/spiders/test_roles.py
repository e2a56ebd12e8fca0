"""What a fetched page is to the crawl."""

from __future__ import annotations

from dataclasses import replace

import pytest

from crawler.frontier.identity import key_of
from crawler.frontier.records import Record
from crawler.items import Article
from crawler.page import Link, Page
from crawler.spiders.roles import is_sure_document, links_as, names_others, sends_on

SITE = "https://paper.example/"
GUIDE = SITE + "the-long-guide-to-everything/"


def record(url: str, *links: Link, kind: str = "article") -> Record:
    return Record(key_of(url), url, "paper.example", "paper", kind, links=links)


@pytest.mark.parametrize(
    ("path", "source", "page_type", "day", "expected"),
    [
        ("explained/", "listing", "article", "2024-05-01", False),
        ("explained/", "listing", "article", None, True),
        ("explained/", "listing", "page", "2024-05-01", True),
        ("explained/", "inferred", "article", "2024-05-01", True),
        ("taxonomy/term/5", "listing", "article", "2024-05-01", True),
    ],
)
def test_a_section_may_be_an_article_unless_a_convention_says_no_or_nobody_names_it(
    path: str, source: str, page_type: str, day: str | None, expected: bool
) -> None:
    url = SITE + path
    article = Article(url, page_type=page_type, date=day)
    assert is_sure_document(record(url, Link(url, source), kind="section"), article, Page(b"", url)) is expected


@pytest.mark.parametrize(
    ("folder", "count", "expected"), [("explained/", 3, True), ("explained/", 2, False), ("other/", 3, False)]
)
def test_a_page_that_names_articles_below_its_own_address_is_a_list_however_dated(
    folder: str, count: int, expected: bool
) -> None:
    url = SITE + "explained/"
    links = "".join(f'<a href="{SITE}{folder}how-the-tide-turned-{n}/">How the tide turned</a>' for n in range(count))
    page = Page(f"<html><body>{links}</body></html>".encode(), url)
    article = Article(url, page_type="article", date="2024-05-01")
    assert is_sure_document(record(url, Link(url, "listing"), kind="section"), article, page) is expected


def test_what_was_queued_as_an_article_is_read_as_one() -> None:
    assert not is_sure_document(record(GUIDE), Article(GUIDE, page_type="listing"), Page(b"", GUIDE))


@pytest.mark.parametrize(
    ("page_type", "found", "read_before", "links", "expected"),
    [
        ("article", 0, False, "article", False),
        ("listing", 0, False, "section", True),
        ("documentation", 2, False, "article", False),
        ("documentation", 3, False, "article", True),
        ("documentation", 0, True, "article", True),
        ("error", 9, True, "article", False),
    ],
)
def test_a_page_that_is_no_article_and_names_new_ones_is_a_list(
    page_type: str, found: int, read_before: bool, links: str, expected: bool
) -> None:
    article = Article(GUIDE, page_type=page_type)
    seen = replace(record(GUIDE), text_hash="1f" if read_before else None)
    assert links_as(article) == links
    assert names_others(seen, article, found) is expected


def test_pages_that_are_no_articles_may_send_their_readers_on() -> None:
    front, feed = record(SITE, kind="front_page"), record(SITE + "feed/", kind="feed")
    assert sends_on(front, None)
    assert sends_on(record(GUIDE), Article(GUIDE, page_type="empty"))
    assert not sends_on(record(GUIDE), Article(GUIDE, page_type="article"))
    assert not sends_on(feed, None)
