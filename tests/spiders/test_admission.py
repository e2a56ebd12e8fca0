"""What is taken for an article by who names it, how deep sitemaps are followed, and which pages close a pattern."""

from __future__ import annotations

import pytest

from crawler.discovery.traps import TRAP_BUDGET
from crawler.frontier.identity import key_of
from crawler.frontier.records import Outcome, Record
from crawler.frontier.visits import new_url
from crawler.items import Article
from crawler.page import Link, LinkKind
from crawler.spiders.admission import Get, TrapBook, by_shape, is_nested_too_deep, plain_page_reason

SITE = "https://paper.example/"
GUIDE = SITE + "the-long-guide-to-everything/"
PAGES = SITE + "wp-sitemap-posts-page-1.xml"


def record(url: str, *links: Link, kind: str = "article", outcome: Outcome | None = None) -> Record:
    return Record(key_of(url), url, "paper.example", "paper", kind, outcome=outcome, links=links)


def article(title: str) -> Article:
    return Article(SITE, title=title, page_type="article", body="What is said on every leaf.")


def knowing(*records: Record) -> Get:
    return {record.key: record for record in records}.get


def named(*sources: str, by: str = PAGES) -> tuple[Link, ...]:
    return tuple(Link(GUIDE, source, found_on=by if source == "page_sitemap" else SITE) for source in sources)


@pytest.mark.parametrize(
    ("pages", "posts"),
    [
        ("wp-sitemap-posts-page-1.xml", "wp-sitemap-posts-post-1.xml"),
        ("page-sitemap.xml", "post-sitemap.xml"),
        ("page-sitemap2.xml", "post-sitemap1.xml"),
        ("sitemap-pages.xml", "sitemap-posts.xml"),
    ],
)
def test_what_only_a_sitemap_of_pages_names_is_a_page_where_posts_are_listed_beside(pages: str, posts: str) -> None:
    get = knowing(record(SITE + posts, kind="sitemap", outcome=Outcome.LISTED))
    assert (
        plain_page_reason(named("listing", "page_sitemap", by=SITE + pages), get) == f"named only as a page, by {pages}"
    )


@pytest.mark.parametrize("other", ["feed", "rest", "sitemap", "news_sitemap", "seed"])
def test_any_source_that_names_articles_outweighs_a_sitemap_of_pages(other: str) -> None:
    get = knowing(record(SITE + "wp-sitemap-posts-post-1.xml", kind="sitemap", outcome=Outcome.LISTED))
    assert plain_page_reason(named("page_sitemap", other), get) is None


def test_a_site_that_writes_its_articles_as_pages_keeps_them() -> None:
    missing = record(SITE + "wp-sitemap-posts-post-1.xml", kind="sitemap", outcome=Outcome.MISSING)
    assert plain_page_reason(named("page_sitemap"), knowing()) is None
    assert plain_page_reason(named("page_sitemap"), knowing(missing)) is None
    assert plain_page_reason(named("listing"), knowing()) is None


def test_sitemaps_are_followed_three_levels_deep() -> None:
    chain = [record(SITE + "0.xml", Link(SITE + "0.xml", "robots"), kind="sitemap")]
    for number in range(1, 5):
        above, url = chain[-1].url, f"{SITE}{number}.xml"
        chain.append(record(url, Link(url, "sitemap", found_on=above), kind="sitemap"))
    assert [is_nested_too_deep(each, knowing(*chain)) for each in chain] == [False, False, False, True, True]


def test_articles_close_no_pattern_and_other_pages_do() -> None:
    book = TrapBook()
    for number in range(TRAP_BUDGET + 5):
        book.visited(record(f"{SITE}{number}"), fruitful=False, page=article(f"Leaf {chr(65 + number)}"))
    assert book.refuses(record(f"{SITE}999")) is None
    for number in range(TRAP_BUDGET):
        book.visited(record(f"{SITE}{number}"), fruitful=False)
    assert book.refuses(record(f"{SITE}999")) is not None


def test_the_same_article_over_and_over_closes_a_pattern_and_another_one_between_them_does_not() -> None:
    book = TrapBook()
    for number in range(TRAP_BUDGET):
        book.visited(record(f"{SITE}{number}"), fruitful=False, page=article(f"Leaf {number}"))
    assert book.refuses(record(f"{SITE}999")) is None, "the first of them was new"
    book.visited(record(f"{SITE}998"), fruitful=False, page=article("Leaf 998"))
    assert book.refuses(record(f"{SITE}999")) is not None
    book.visited(record(f"{SITE}998"), fruitful=False, page=article("Another one"))
    assert book.refuses(record(f"{SITE}999")) is None


def test_pages_of_a_calendar_are_counted_whatever_they_name_unless_they_are_articles() -> None:
    book, day = TrapBook(), record(SITE + "calendar/2031/05/", kind=LinkKind.DATE_ARCHIVE)
    for _ in range(TRAP_BUDGET):
        book.visited(day, fruitful=True, page=article("Leaf"))
    assert book.refuses(day) is None
    for _ in range(TRAP_BUDGET):
        book.visited(day, fruitful=True)
    assert book.refuses(day) is not None


def test_combinations_of_parameters_are_one_pattern_however_many_there_are() -> None:
    book, names = TrapBook(), [f"name{number}" for number in range(TRAP_BUDGET + 1)]
    for name in names[:-1]:
        page = record(f"{SITE}list/?{name}=1&{name}x=2", kind="section")
        assert book.refuses(page) is None
        book.visited(page, fruitful=False)
    assert book.refuses(record(f"{SITE}list/?{names[-1]}=1&b=2", kind="section"))
    assert book.refuses(record(f"{SITE}list/?p=2", kind="section")) is None, "a single parameter names an article, too"
    assert book.refuses(record(f"{SITE}other/?a=1&b=2", kind="section")) is None


def test_what_is_missing_counts_where_the_address_looks_like_a_traps() -> None:
    book = TrapBook()
    for number in range(TRAP_BUDGET):
        book.missed(record(f"{SITE}share?url=https://news.example/{number}"))
        book.missed(record(f"{SITE}story/{number}"))
    assert book.refuses(record(f"{SITE}share?url=https://news.example/x")) is not None
    assert book.refuses(record(f"{SITE}story/x9")) is None, "articles are taken away by the hundred"


def test_addresses_of_a_pages_own_shape_are_told_from_others() -> None:
    urls = [
        new_url(Link(SITE + path, "listing"), publication="p", now=0.0)
        for path in ("diary?leaf=2", "diary?leaf=3&x=1", "news/one", "diary")
    ]
    elsewhere, alike = by_shape(urls, SITE + "diary?leaf=1")
    assert [url.link.url for url in alike] == [SITE + "diary?leaf=2"]
    assert len(elsewhere) == 3
