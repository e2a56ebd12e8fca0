import pytest

from crawler.decoding.content import sniff
from crawler.page import Page


@pytest.mark.parametrize(
    ("body", "kind", "what"),
    [
        (b"%PDF-1.7\n<html>", "binary", "pdf"),
        (b"\x89PNG\r\n\x1a\n\0\0", "binary", "png"),
        (b"PK\x03\x04\x14\0", "binary", "zip"),
        (b"\x1f\x8b\x08\0\0", "binary", "gzip"),
        (b"\0\0\0\x18ftypmp42", "binary", "mp4"),
        (bytes(range(32)) * 20, "binary", None),
        (b"  \r\n ", "empty", None),
        (b"<!DOCTYPE html><p>x", "html", None),
        (b'<?xml version="1.0"?><rss></rss>', "xml", None),
        (b'<?xml version="1.0"?>\n<!DOCTYPE html>\n<html>', "html", None),
        (b'{"a": 1}', "json", None),
        (b"plain words", "text", None),
        (b"\xff\xfe<\0p\0>\0", "html", None),
        (b"<p>one stray \x01 byte in a long enough text, as editors leave them</p>", "html", None),
    ],
)
def test_the_kind_of_a_document_is_told_by_its_content(body, kind, what):
    content = sniff(body)
    assert (content.kind, content.what) == (kind, what)
    assert not content.is_error


@pytest.mark.parametrize(
    "body",
    [
        b"<br />\n<b>Fatal error</b>:  Uncaught Error: Call to undefined function in /srv/www/x.php:3",
        b"PHP Fatal error: Allowed memory size exhausted in /srv/www/x.php on line 3",
        b"<html><head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<center><h1>502 Bad Gateway</h1></center>",
        b"<!DOCTYPE html><html><title>Just a moment...</title><body>",
        b"<html><head><title>Index of /uploads</title></head>",
        b"<!DOCTYPE html><html><head></head><body><h1>Error establishing a database connection</h1></body></html>",
    ],
)
def test_pages_that_software_prints_in_place_of_an_article_are_told(body):
    assert sniff(body).is_error


def test_an_article_about_an_error_is_not_an_error_page():
    assert not sniff(b"<html><head><title>502 Bad Gateway explained</title></head><body><article>").is_error


def test_a_binary_file_has_no_text_and_no_elements():
    for headers in ({}, {"Content-Type": "text/html; charset=utf-8"}):
        page = Page(b"%PDF-1.4\n<html><body><p>words</p>", "https://example.org/a", headers)
        assert page.text == ""
        assert len(page.root) == 0
