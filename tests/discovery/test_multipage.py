"""Articles of several pages: all parts in order, and never the pages of a list."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.discovery.multipage import MAX_PARTS, part_addresses
from crawler.page import Page

HOME = "https://www.example.com/"


def parts(body: str, url: str, head: str = "") -> tuple[str, ...]:
    html = f"<html><head>{head}</head><body>{body}</body></html>"
    return tuple(part.removeprefix(HOME) for part in part_addresses(Page(html.encode(), HOME + url)))


WORDPRESS = """<div class="page-links">Pages: <span class="post-page-numbers current">1</span>
<a href="/ships/2/" class="post-page-numbers">2</a> <a href="/ships/3/" class="post-page-numbers">3</a></div>"""


def test_the_parts_of_a_wordpress_post_are_in_order() -> None:
    assert parts(WORDPRESS, "ships/") == ("ships/", "ships/2/", "ships/3/")


def test_every_part_names_the_same_parts() -> None:
    second = '<div class="page-links"><a href="/ships/">1</a> <span>2</span> <a href="/ships/3/">3</a></div>'
    assert parts(second, "ships/2/") == ("ships/", "ships/2/", "ships/3/")
    last = '<div class="page-links"><a href="/ships/">1</a> <a href="/ships/2/">2</a> <span>3</span></div>'
    assert parts(last, "ships/3/") == ("ships/", "ships/2/", "ships/3/")


def test_the_second_of_two_parts_knows_the_first() -> None:
    assert parts('<div class="page-links"><a href="/ships/">1</a> 2</div>', "ships/2/") == ("ships/", "ships/2/")
    assert parts('<a href="/story/">All stories</a>', "story/12/") == ()


def test_the_order_of_links_is_not_the_order_of_parts() -> None:
    body = '<a href="/ships/3/">3</a><a href="/ships/2/">2</a>'
    assert parts(body, "ships/") == ("ships/", "ships/2/", "ships/3/")


def test_numbers_between_linked_ones_are_filled_in() -> None:
    assert parts('<a href="/ships/2/">2</a>…<a href="/ships/5/">5</a>', "ships/") == (
        "ships/",
        "ships/2/",
        "ships/3/",
        "ships/4/",
        "ships/5/",
    )


@pytest.mark.parametrize(
    ("url", "body", "expected"),
    [
        ("ships?x=1", '<a href="/ships?x=1&page=2">2</a>', ("ships?x=1", "ships?x=1&page=2")),
        ("?p=17", '<a href="/?p=17&page=2">2</a>', ("?p=17", "?p=17&page=2")),
        ("ships", '<a href="/ships?page=2">Next page</a>', ("ships", "ships?page=2")),
        ("ships", '<a href="/ships/page/2">Next page</a>', ("ships", "ships/page/2")),
        ("ships.html", '<div class="pagination"><a href="ships-2.html">2</a></div>', ("ships.html", "ships-2.html")),
        ("ships.html", '<div class="pagination"><a href="ships,2.html">2</a></div>', ("ships.html", "ships,2.html")),
    ],
)
def test_the_usual_forms_of_part_addresses(url: str, body: str, expected: tuple[str, ...]) -> None:
    assert parts(body, url) == expected


def test_rel_next_in_the_head_is_enough() -> None:
    assert parts("", "ships/", head='<link rel="next" href="/ships/2/">') == ("ships/", "ships/2/")
    assert parts("", "ships.html", head='<link rel="next" href="/ships-2.html">') == ("ships.html", "ships-2.html")


@pytest.mark.parametrize(
    ("url", "body"),
    [
        ("ships/", ""),
        ("ships/", '<a href="/nets/2/">2</a>'),
        ("ships/", '<a href="/ships/">1</a>'),
        ("ships/", '<a href="/ships/1/">1</a>'),
        ("ships/", f'<a href="/ships/{MAX_PARTS + 1}/">51</a>'),
        ("ships/", '<div id="comments"><a href="/ships?page=2">Older comments</a></div>'),
        ("ships/", '<a href="/ships/comment-page-2/">Older comments</a>'),
        ("ships.html", '<a href="/ships-2.html">Ships, second article of this name</a>'),
        ("ships/", '<link rel="next" href="/nets-and-ropes/">'),
        ("", '<a href="/page/2/">2</a>'),
        ("category/sea/", '<a href="/category/sea/page/2/">2</a>'),
        ("tag/sea/", '<a href="/tag/sea/?page=2">2</a>'),
        ("author/ann/", '<a href="/author/ann/2/">2</a>'),
        ("2024/05/", '<a href="/2024/05/2/">2</a>'),
        ("2024/", '<a href="/2024/05/">May</a><a href="/2024/06/">June</a>'),
    ],
)
def test_one_page_and_listings_have_no_parts(url: str, body: str) -> None:
    assert parts(body, url) == ()


ADDRESSES = [
    stem + form
    for stem in ("ships", "nets-2", "2024/05", "tag/sea")
    for form in ("", "/", "/2/", "/3", "/50/", "/51", "/page/2", "?page=2", "?page=4", "-2.html", ".html")
]


@settings(deadline=None)
@given(st.sampled_from(ADDRESSES), st.lists(st.sampled_from(ADDRESSES), max_size=6))
def test_parts_are_the_same_article_without_gaps_or_repeats(url: str, links: list[str]) -> None:
    found = parts("".join(f'<a href="/{link}">x</a>' for link in links), url)
    assert len(found) != 1
    assert len(set(found)) == len(found) <= MAX_PARTS
    assert not found or url in found
