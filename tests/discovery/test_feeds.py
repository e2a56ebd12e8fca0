"""Feeds: entries become links with the title, dates and authors that the feed gives."""

from __future__ import annotations

import json
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.discovery.feeds import plain_title, read_feed
from crawler.discovery.found import Found, Window
from crawler.page import LinkKind

URL = "https://www.example.com/feed/"


def rss(*items: str, channel: str = "") -> bytes:
    namespaces = (
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom" '
        'xmlns:media="http://search.yahoo.com/mrss/" xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0"'
    )
    entries = "".join(f"<item>{item}</item>" for item in items)
    return f'<?xml version="1.0"?><rss version="2.0" {namespaces}><channel>{channel}{entries}</channel></rss>'.encode()


def atom(*entries: str, head: str = "", attributes: str = "") -> bytes:
    body = "".join(f"<entry>{entry}</entry>" for entry in entries)
    return f'<feed xmlns="http://www.w3.org/2005/Atom" {attributes}>{head}{body}</feed>'.encode()


def codes(found: Found) -> list[str]:
    return [problem.code for problem in found.problems]


def test_an_rss_item_keeps_what_it_says() -> None:
    body = rss(
        "<title>Tides &amp; ships</title><link>https://www.example.com/tides?utm_source=rss</link>"
        "<dc:creator><![CDATA[Ann Lee]]></dc:creator><dc:creator>Bo Ek</dc:creator>"
        "<pubDate>Mon, 26 Jun 2023 09:12:00 +0200</pubDate><atom:updated>2023-06-27T10:00:00Z</atom:updated>"
        "<media:content><media:title>A picture</media:title></media:content>"
    )
    link = read_feed(body, URL).links[0]
    assert (link.url, link.title, link.authors) == (
        "https://www.example.com/tides",
        "Tides & ships",
        ("Ann Lee", "Bo Ek"),
    )
    assert (link.date, link.date_modified) == ("2023-06-26T09:12:00+02:00", "2023-06-27T10:00:00+00:00")
    assert (link.source, link.found_on, link.kind) == ("feed", URL, LinkKind.ARTICLE)


@pytest.mark.parametrize(
    ("item", "url"),
    [
        ("<link>/a</link>", "https://www.example.com/a"),
        ("<link>https://www.example.com/a<![CDATA[?x=1&y=2]]></link>", "https://www.example.com/a?x=1&y=2"),
        ("<guid>https://www.example.com/g</guid>", "https://www.example.com/g"),
        ('<guid isPermaLink="false">https://www.example.com/g</guid>', "https://www.example.com/g"),
        ("<guid>post-17</guid><link>https://www.example.com/a</link>", "https://www.example.com/a"),
        (
            "<link>https://feeds.example.net/~r/1</link><feedburner:origLink>https://www.example.com/a</feedburner:origLink>",
            "https://www.example.com/a",
        ),
        ('<atom:link rel="self" href="/x"/><link>https://www.example.com/a</link>', "https://www.example.com/a"),
        ('<link/><atom:link href="https://www.example.com/a"/>', "https://www.example.com/a"),
        ("<link>javascript:x</link><guid>https://www.example.com/g</guid>", "https://www.example.com/g"),
    ],
)
def test_the_address_of_an_item(item: str, url: str) -> None:
    assert [link.url for link in read_feed(rss(item), URL).links] == [url]


@pytest.mark.parametrize("item", ["", "<guid>post-17</guid>", "<link>mailto:a@example.com</link>"])
def test_an_item_without_an_address_is_no_link(item: str) -> None:
    assert read_feed(rss(item), URL).links == ()


@pytest.mark.parametrize(
    ("author", "names"),
    [
        ("<author>ann@example.com (Ann Lee)</author>", ("Ann Lee",)),
        ("<author>ann@example.com</author>", ()),
        ("<author>Ann Lee</author>", ("Ann Lee",)),
        ("<author><name>Ann Lee</name></author>", ("Ann Lee",)),
        ("<dc:creator>Ann Lee</dc:creator><author>Ann Lee</author>", ("Ann Lee",)),
    ],
)
def test_an_address_is_no_author(author: str, names: tuple[str, ...]) -> None:
    assert read_feed(rss(f"<link>/a</link>{author}"), URL).links[0].authors == names


def test_an_atom_entry_keeps_what_it_says() -> None:
    body = atom(
        '<title type="html">A &lt;b&gt;bold&lt;/b&gt; tale</title><id>tag:example.com,2024:1</id>'
        '<link rel="enclosure" href="/a.mp3"/><link rel="alternate" type="application/json" href="/a.json"/>'
        '<link rel="alternate" type="text/html" href="a"/><author><name>Ann Lee</name></author>'
        "<published>2024-05-01T08:00:00-04:00</published><updated>2024-05-02T08:00:00-04:00</updated>",
        attributes='xml:base="https://www.example.com/blog/"',
    )
    link = read_feed(body, URL).links[0]
    assert (link.url, link.title, link.authors) == ("https://www.example.com/blog/a", "A bold tale", ("Ann Lee",))
    assert (link.date, link.date_modified) == ("2024-05-01T08:00:00-04:00", "2024-05-02T08:00:00-04:00")


def test_an_update_is_no_publication() -> None:
    link = read_feed(atom('<link href="/a"/><updated>2024-05-02T08:00:00Z</updated>'), URL).links[0]
    assert (link.date, link.date_modified) == (None, "2024-05-02T08:00:00+00:00")


def test_rss_1_0_is_read() -> None:
    body = (
        b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" '
        b'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><link>https://www.example.com/</link></channel>'
        b'<item rdf:about="https://www.example.com/a"><title>A</title><link>https://www.example.com/a</link>'
        b"<dc:date>2024-05-01T08:00+02:00</dc:date><dc:creator>Ann Lee</dc:creator></item></rdf:RDF>"
    )
    link = read_feed(body, URL).links[0]
    assert (link.url, link.date, link.authors) == ("https://www.example.com/a", "2024-05-01T08:00+02:00", ("Ann Lee",))


def test_json_feed_is_read() -> None:
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "next_url": "https://www.example.com/feed.json?page=2",
        "items": [
            {
                "id": "1",
                "url": "/a",
                "title": "A",
                "date_published": "2024-05-01T08:00:00+02:00",
                "authors": [{"name": "Ann"}],
            },
            {"id": "https://www.example.com/b", "author": {"name": "Bo"}, "date_modified": "2024-05-03T08:00:01Z"},
            {"id": "3"},
            "nonsense",
        ],
    }
    found = read_feed(json.dumps(feed).encode(), "https://www.example.com/feed.json")
    assert [(link.url, link.title, link.date, link.authors) for link in found.articles()] == [
        ("https://www.example.com/a", "A", "2024-05-01T08:00:00+02:00", ("Ann",)),
        ("https://www.example.com/b", None, None, ("Bo",)),
    ]
    assert [link.url for link in found.documents()] == ["https://www.example.com/feed.json?page=2"]


def test_the_next_page_is_followed_as_rfc_5005_says() -> None:
    head = '<link rel="self" href="/feed"/><link rel="next" href="/feed?page=2"/>'
    found = read_feed(atom('<link href="/a"/>', head=head), URL)
    assert [(link.url, link.kind) for link in found.documents()] == [
        ("https://www.example.com/feed?page=2", LinkKind.FEED)
    ]


def test_feeds_of_wordpress_are_paged_until_one_is_empty() -> None:
    channel = "<generator>https://wordpress.org/?v=7.1</generator>"
    first = read_feed(rss("<link>/a</link>", channel=channel), URL)
    assert [link.url for link in first.documents()] == [URL + "?paged=2"]
    second = read_feed(rss("<link>/b</link>", channel=channel), URL + "?paged=2")
    assert [link.url for link in second.documents()] == [URL + "?paged=3"]
    assert read_feed(rss(channel=channel), URL + "?paged=3").documents() == ()


def test_paging_ends_where_the_window_begins() -> None:
    channel = "<generator>https://wordpress.org/?v=7.1</generator>"
    old = rss("<link>/a</link><pubDate>Mon, 26 Jun 2023 09:12:00 +0200</pubDate>", channel=channel)
    assert read_feed(old, URL, window=Window(since=date(2024, 1, 1))) == Found()
    assert len(read_feed(old, URL, window=Window(since=date(2023, 6, 26))).links) == 2


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", LinkKind.FRONT_PAGE),
        ("/categories/health/", LinkKind.SECTION),
        ("/tags/tides/", LinkKind.TAG),
        ("/about/", LinkKind.OTHER),
        ("/column/the-week/", LinkKind.ARTICLE),
        ("/people/ann-lee/", LinkKind.ARTICLE),
        ("/2024/05/", LinkKind.ARTICLE),
    ],
)
def test_listings_in_a_feed_are_no_articles_but_doubt_favours_the_article(path: str, kind: LinkKind) -> None:
    assert read_feed(rss(f"<link>{path}</link>"), URL).links[0].kind == kind


def test_broken_feeds_are_mended() -> None:
    body = (
        b'Notice: x<rss version="2.0"><channel><item><title>Caf&eacute; &amp; AT&T</title>'
        b"<link>https://www.example.com/a?x=1&y=2</link><dc:creator>Ann\x0b Lee</dc:creator></item>"
        b"<item><title><![CDATA[R&D &nbsp;]]></title><link>https://www.example.com/b</link></item>"
    )
    found = read_feed(body, URL)
    assert [(link.url, link.title) for link in found.links] == [
        ("https://www.example.com/a?x=1&y=2", "Café & AT&T"),
        ("https://www.example.com/b", "R&D"),
    ]
    assert found.links[0].authors == ("Ann Lee",)
    assert codes(found) == ["not_xml"]


@pytest.mark.parametrize("declared", ["utf-8", "iso-8859-1", "us-ascii", "no-such-thing"])
def test_a_wrong_encoding_is_seen_through(declared: str) -> None:
    text = rss("<title>“Café”</title><link>/a</link>").decode().replace("?>", f' encoding="{declared}"?>')
    assert read_feed(text.encode("cp1252"), URL).links[0].title == "“Café”"


def test_a_right_encoding_is_kept() -> None:
    text = rss("<title>Море</title><link>/a</link>").decode().replace("?>", ' encoding="windows-1251"?>')
    found = read_feed(text.encode("cp1251"), URL)
    assert (found.links[0].title, found.problems) == ("Море", ())


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("AT&amp;T", "AT&T"),
        ("&lt;i&gt;Ships&lt;/i&gt;", "Ships"),
        ("<i>Ships</i>", "Ships"),
        ("1 < 2", "1 < 2"),
        ("  a \n b ", "a b"),
        ("", None),
        ("<br/>", None),
    ],
)
def test_titles_are_plain(text: str, title: str | None) -> None:
    assert plain_title(text) == title


@pytest.mark.parametrize(
    "body", [b"<html><body>x</body></html>", b"hello", b"{}", b'{"items": []}', b"[", b"<urlset></urlset>", b"\x00"]
)
def test_what_is_no_feed_is_named(body: bytes) -> None:
    found = read_feed(body, URL)
    assert found.failed
    assert codes(found) == ["not_a_feed"]


@settings(deadline=None)
@given(
    st.one_of(st.binary(max_size=200), st.text(alphabet="<>rsfedlinktmg/&;!{}[]\"'= h:.", max_size=200).map(str.encode))
)
def test_no_bytes_raise(body: bytes) -> None:
    read_feed(body, URL)
    read_feed(b"<rss><channel><item>" + body, URL)
    read_feed(b'{"version": "https://jsonfeed.org/version/1", "items": [' + body + b"]}", URL)
