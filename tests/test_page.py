"""What a page tells of itself."""

from crawler.page import Page


def test_meta_elements_are_read_by_every_name_they_carry_and_in_page_order() -> None:
    html = b"""<head><meta property="og:title" content="First"><meta name="OG:Title" content=" Second ">
    <meta itemprop="datePublished" value="2024-03-05"><meta name="empty" content=" "></head>"""
    meta = Page(html, "https://example.org/x").meta
    assert meta == {"og:title": ["First", "Second"], "datepublished": ["2024-03-05"]}


def test_header_names_are_looked_up_without_regard_to_case() -> None:
    page = Page(b"", "https://example.org/x", {"X-Robots-Tag": "noindex"})
    assert (page.header("x-robots-tag"), page.header("etag")) == ("noindex", None)
