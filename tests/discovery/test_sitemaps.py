"""Sitemaps: every form becomes links, every fault is named, nothing is expanded or read from elsewhere."""

from __future__ import annotations

import gzip
import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.discovery import sitemaps
from crawler.discovery.found import Found, Window
from crawler.discovery.sitemap_names import links_of_sitemap, span_of_sitemap
from crawler.discovery.sitemaps import read_sitemap
from crawler.discovery.unpacking import MAX_BYTES, ungzip
from crawler.page import LinkKind

URL = "https://www.example.com/maps/sitemap.xml"
NS = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def urlset(*entries: str, attributes: str = NS) -> bytes:
    return f'<?xml version="1.0" encoding="UTF-8"?><urlset {attributes}>{"".join(entries)}</urlset>'.encode()


def url(location: str, more: str = "") -> str:
    return f"<url><loc>{location}</loc>{more}</url>"


def addresses(found: Found) -> list[str]:
    return [link.url for link in found.links]


def codes(found: Found) -> list[str]:
    return [problem.code for problem in found.problems]


def test_an_entry_keeps_its_dates() -> None:
    found = read_sitemap(
        urlset(url("https://www.example.com/a-story/", "<lastmod>2024-05-01T10:00:00Z</lastmod>")), URL
    )
    link = found.links[0]
    assert (link.url, link.date_modified, link.date) == (
        "https://www.example.com/a-story/",
        "2024-05-01T10:00:00+00:00",
        None,
    )
    assert (link.source, link.found_on, link.kind) == ("sitemap", URL, LinkKind.ARTICLE)
    assert not found.problems


@pytest.mark.parametrize(
    "attributes",
    ["", 'xmlns="http://www.google.com/schemas/sitemap/0.84"', 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9/"'],
)
def test_namespaces_do_not_matter(attributes: str) -> None:
    assert addresses(read_sitemap(urlset(url("https://www.example.com/a"), attributes=attributes), URL)) == [
        "https://www.example.com/a"
    ]


def test_an_unbound_prefix_is_read_over() -> None:
    body = b"<urlset><url><loc>https://www.example.com/a</loc><image:image><image:loc>x.jpg</image:loc></image:image></url></urlset>"
    assert addresses(read_sitemap(body, URL)) == ["https://www.example.com/a"]


def test_a_news_sitemap_gives_title_and_publication_date() -> None:
    news = (
        '<news:news xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><news:publication><news:name>The Ledger'
        "</news:name></news:publication><news:publication_date>2024-05-01T09:12+02:00</news:publication_date>"
        "<news:title>Ships &amp; tides</news:title></news:news>"
    )
    link = read_sitemap(urlset(url("https://www.example.com/category/tides", news)), URL).links[0]
    assert (link.source, link.title, link.date) == ("news_sitemap", "Ships & tides", "2024-05-01T09:12+02:00")
    assert link.kind == LinkKind.ARTICLE


def test_images_videos_and_alternates_are_not_pages() -> None:
    body = urlset(
        url(
            "https://www.example.com/a",
            "<image:image><image:loc>https://www.example.com/a.jpg</image:loc><image:title>T</image:title></image:image>"
            "<video:video><video:title>V</video:title><video:publication_date>2001-01-01</video:publication_date></video:video>"
            '<xhtml:link rel="alternate" hreflang="de" href="https://www.example.com/de/a"/>',
        ),
        attributes=f'{NS} xmlns:image="i" xmlns:video="v" xmlns:xhtml="x"',
    )
    link = read_sitemap(body, URL).links[0]
    assert addresses(read_sitemap(body, URL)) == ["https://www.example.com/a"]
    assert (link.title, link.date) == (None, None)


def test_locations_are_resolved_cleaned_and_named_once() -> None:
    body = urlset(
        url("/a?utm_source=map"), url(" https://WWW.example.com/a \n"), url("b"), url("<![CDATA[https://www.example.com/c?x=1&y=2]]>")
    )  # fmt: skip
    assert addresses(read_sitemap(body, URL)) == [
        "https://www.example.com/a",
        "https://www.example.com/maps/b",
        "https://www.example.com/c?x=1&y=2",
    ]


def test_an_address_that_cannot_be_fetched_is_a_problem_and_no_link() -> None:
    found = read_sitemap(urlset(url("file:///etc/passwd"), url("http://[::1"), url("https://www.example.com/a")), URL)
    assert addresses(found) == ["https://www.example.com/a"]
    assert codes(found) == ["bad_url", "bad_url"]


def test_an_index_leads_to_sitemaps() -> None:
    body = b"<sitemapindex><sitemap><loc>/post-sitemap.xml</loc><lastmod>2024-05-01</lastmod></sitemap></sitemapindex>"
    found = read_sitemap(body, URL)
    assert [(link.url, link.kind, link.date_modified) for link in found.documents()] == [
        ("https://www.example.com/post-sitemap.xml", LinkKind.SITEMAP, "2024-05-01")
    ]
    assert found.articles() == ()


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("wp-sitemap-posts-post-1.xml", LinkKind.ARTICLE),
        ("post-sitemap2.xml", LinkKind.ARTICLE),
        ("wp-sitemap-taxonomies-category-1.xml", LinkKind.SECTION),
        ("wp-sitemap-taxonomies-post_tag-1.xml", LinkKind.TAG),
        ("wp-sitemap-users-1.xml", LinkKind.AUTHOR),
        ("category-sitemap.xml", LinkKind.SECTION),
        ("post_tag-sitemap.xml", LinkKind.TAG),
        ("author-sitemap.xml", LinkKind.AUTHOR),
        ("page-sitemap.xml", LinkKind.OTHER),
        ("sitemap-posts.xml", LinkKind.ARTICLE),
        ("sitemap-pages.xml", LinkKind.ARTICLE),
        ("sitemap-authors.xml", LinkKind.AUTHOR),
        ("sitemap-tags.xml", LinkKind.TAG),
        ("news-sitemap.xml", LinkKind.ARTICLE),
    ],
)
def test_the_name_of_a_sitemap_tells_what_it_lists(name: str, kind: LinkKind) -> None:
    assert links_of_sitemap(f"https://www.example.com/{name}") == kind


@pytest.mark.parametrize(
    ("location", "kind"),
    [
        ("/sea/", LinkKind.SECTION),
        ("/ships-and-tides-of-the-north/", LinkKind.ARTICLE),
        ("/category/the-ships-and-tides-of-may/", LinkKind.SECTION),
    ],
)
def test_a_name_is_not_believed_against_an_articles_address(location: str, kind: LinkKind) -> None:
    found = read_sitemap(urlset(url(location)), "https://www.example.com/category-sitemap.xml")
    assert [link.kind for link in found.links] == [kind]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("sitemap-2019-05.xml", (date(2019, 5, 1), date(2019, 5, 31))),
        ("sitemap-pt-post-2019-02.xml", (date(2019, 2, 1), date(2019, 2, 28))),
        ("sitemap_201905.xml.gz", (date(2019, 5, 1), date(2019, 5, 31))),
        ("2019/05/12/sitemap.xml", (date(2019, 5, 12), date(2019, 5, 12))),
        ("sitemap.xml?yyyy=2019&mm=05&dd=12", (date(2019, 5, 1), date(2019, 5, 31))),
        ("sitemap-2019.xml", (date(2019, 1, 1), date(2019, 12, 31))),
        ("sitemap-12.xml", None),
        ("sitemap.xml", None),
        ("sitemap-20191.xml", None),
    ],
)
def test_the_name_of_a_sitemap_tells_its_time(name: str, expected: tuple[date, date] | None) -> None:
    assert span_of_sitemap(f"https://www.example.com/{name}") == expected


def test_a_window_prunes_before_anything_is_fetched() -> None:
    index = (
        b"<sitemapindex><sitemap><loc>/old.xml</loc><lastmod>2020-01-01</lastmod></sitemap>"
        b"<sitemap><loc>/posts-2019-05.xml</loc></sitemap><sitemap><loc>/posts-2024-05.xml</loc></sitemap>"
        b"<sitemap><loc>/undated.xml</loc></sitemap></sitemapindex>"
    )
    window = Window(date(2024, 1, 1), date(2024, 12, 31))
    assert addresses(read_sitemap(index, URL, window=window)) == [
        "https://www.example.com/posts-2024-05.xml",
        "https://www.example.com/undated.xml",
    ]
    entries = urlset(
        url("https://www.example.com/2019/05/old-story/"),
        url("https://www.example.com/2024/05/new-story/"),
        url("https://www.example.com/untouched/", "<lastmod>2023-01-01</lastmod>"),
        url("https://www.example.com/touched-later/", "<lastmod>2025-06-01</lastmod>"),
    )
    assert addresses(read_sitemap(entries, URL, window=window)) == [
        "https://www.example.com/2024/05/new-story/",
        "https://www.example.com/touched-later/",
    ]


def test_a_window_goes_by_the_dates_of_news() -> None:
    def news(day: str) -> str:
        return f"<news:news xmlns:news='n'><news:publication_date>{day}</news:publication_date></news:news>"

    body = urlset(url("/ebb", news("2024-05-01")), url("/flow", news("2024-07-01")))
    found = read_sitemap(body, URL, window=Window(date(2024, 6, 1), date(2024, 12, 31)))
    assert addresses(found) == ["https://www.example.com/flow"]


def test_a_text_sitemap_is_a_list_of_lines() -> None:
    body = b"\xef\xbb\xbfhttps://www.example.com/a\r\n\r\nwww.example.com/b\nother.example/c\nnot an address\nhttps://www.example.com/a\n"
    assert addresses(read_sitemap(body, URL)) == ["https://www.example.com/a", "https://www.example.com/b"]


def test_a_feed_offered_as_a_sitemap_is_read() -> None:
    body = b"<rss version='2.0'><channel><item><title>T</title><link>https://www.example.com/a</link></item></channel></rss>"
    assert [(link.url, link.source) for link in read_sitemap(body, URL).links] == [
        ("https://www.example.com/a", "feed")
    ]


def test_gzip_is_unpacked_whatever_the_name() -> None:
    packed = gzip.compress(urlset(url("https://www.example.com/a")))
    assert addresses(read_sitemap(packed, URL)) == ["https://www.example.com/a"]
    twice = gzip.compress(b"https://www.example.com/a\n") + gzip.compress(b"https://www.example.com/b\n")
    assert addresses(read_sitemap(twice, URL)) == ["https://www.example.com/a", "https://www.example.com/b"]


def test_half_a_gzip_gives_half_the_links_and_says_so() -> None:
    many = urlset(*(url(f"https://www.example.com/story-{n}-{n * 7919 % 9973}") for n in range(3000)))
    packed = gzip.compress(many)
    found = read_sitemap(packed[: len(packed) // 2], URL)
    assert 0 < len(found.links) < 3000
    assert "truncated" in codes(found)


def test_a_gzip_bomb_is_cut() -> None:
    bomb = gzip.compress(b"\n" * (MAX_BYTES + 1000))
    content, fault = ungzip(bomb)
    assert (len(content), fault) == (MAX_BYTES, "too_large")
    assert ungzip(b"\x1f\x8bnonsense")[1] == "bad_gzip"


def test_too_many_entries_are_cut_and_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemaps, "MAX_ENTRIES", 3)
    found = read_sitemap(urlset(*(url(f"https://www.example.com/{n}") for n in range(5))), URL)
    assert len(found.links) == 3
    assert codes(found) == ["too_many"]


BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE urlset [<!ENTITY a "https://www.example.com/x">'
    + b"".join(b'<!ENTITY e%d "%s">' % (n, b"&e%d;" % (n - 1) * 10 if n else b"&a;" * 10) for n in range(12))
    + b'<!ENTITY file SYSTEM "file:///etc/passwd">]>'
    b"<urlset><url><loc>https://www.example.com/a</loc></url><url><loc>&e11;</loc></url>"
    b"<url><loc>https://www.example.com/&file;</loc></url></urlset>"
)


def test_entities_are_refused_and_reported() -> None:
    started = time.perf_counter()
    found = read_sitemap(BOMB, URL)
    assert time.perf_counter() - started < 1
    assert addresses(found) == ["https://www.example.com/a"]
    assert codes(found) == ["entities"]


def test_a_location_with_an_entity_is_no_address() -> None:
    body = b'<!DOCTYPE urlset [<!ENTITY x "x">]><urlset><url><loc>https://www.example.com/&x;</loc></url></urlset>'
    assert read_sitemap(body, URL).links == ()


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", "empty"),
        (b"  \n ", "empty"),
        (b"this is no sitemap", "not_a_sitemap"),
        (b"<!doctype html><html><body><a href='/a'>a</a></body></html>", "not_a_sitemap"),
        (b"{}", "not_a_sitemap"),
        (b"\x1f\x8b", "truncated"),
    ],
)
def test_what_is_no_sitemap_is_named(body: bytes, code: str) -> None:
    found = read_sitemap(body, URL)
    assert found.failed
    assert codes(found) == [code]


def test_hostile_markup_costs_linear_time() -> None:
    started = time.perf_counter()
    for piece in (b"<![CDATA[", b"<!DOCTYPE ", b"&a", b"<url>", b"<", b"<!--"):
        read_sitemap(b"<urlset>" + piece * 100_000, URL)
    assert time.perf_counter() - started < 3


def test_an_empty_sitemap_is_no_fault() -> None:
    assert read_sitemap(urlset(), URL) == Found()


def test_broken_markup_is_read_as_far_as_it_goes() -> None:
    body = urlset(url("https://www.example.com/a"), url("https://www.example.com/b"))[:-20]
    found = read_sitemap(body, URL)
    assert addresses(found)[0] == "https://www.example.com/a"
    assert "not_xml" in codes(found)


def test_white_space_before_the_declaration_and_utf_16_are_read() -> None:
    body = urlset(url("https://www.example.com/ä"))
    assert addresses(read_sitemap(b"\n  " + body, URL)) == ["https://www.example.com/%C3%A4"]
    wide = body.decode().replace("UTF-8", "UTF-16").encode("utf-16")
    assert addresses(read_sitemap(wide, URL)) == ["https://www.example.com/%C3%A4"]


@settings(deadline=None)
@given(
    st.one_of(
        st.binary(max_size=200), st.text(alphabet="<>urlsetocindx/&;![]CDATA\"'= h:.", max_size=200).map(str.encode)
    )
)
def test_no_bytes_raise(body: bytes) -> None:
    read_sitemap(body, URL)
    read_sitemap(b"<urlset>" + body + b"</urlset>", URL)


def test_a_reference_to_what_is_no_character_is_left_out() -> None:
    body = b"<urlset><url><loc>https://example.org/a&#xd800;&#0;&#1114112;b&amp;c&#228;</loc></url></urlset>"
    assert [link.url for link in read_sitemap(body, "https://example.org/sitemap.xml").links] == [
        "https://example.org/ab&c%C3%A4"
    ]


def test_what_a_sitemap_of_pages_lists_says_so() -> None:
    body = b"<urlset><url><loc>https://a.example/the-long-guide-to-everything/</loc></url></urlset>"
    sources = [
        read_sitemap(body, f"https://a.example/{name}").links[0].source
        for name in (
            "wp-sitemap-posts-page-1.xml",
            "page-sitemap.xml",
            "sitemap-pages.xml",
            "wp-sitemap-posts-post-1.xml",
        )
    ]
    assert sources == ["page_sitemap", "page_sitemap", "page_sitemap", "sitemap"]
