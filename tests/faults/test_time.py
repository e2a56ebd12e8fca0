"""What a single hostile document costs, from its bytes to an item."""

# ruff: noqa: E501 - a row of a table is read on one line

from __future__ import annotations

import time

import pytest

from crawler.discovery import read
from crawler.extraction import extract
from crawler.fetching.decompression import TooLargeError, decompress
from crawler.json_lines import encode_line
from crawler.page import Page
from tests.faults.network import gzipped_gigabyte
from tests.faults.server import article

SECONDS = 10.0
LD = '<script type="application/ld+json">'
LIST = '<div><h3>More posts by Ada Brandt</h3><ul><li><a href="/2024/04/x/">The other ferry left</a></li></ul></div>'
CATEGORY = '<a href="/category/boats/">Boats</a>'
CARD = f'<h3><a href="/2024/04/x/">The other ferry left</a></h3>{CATEGORY}'
BOX = '<div class="author-box"><img class="avatar" src="/a.png"><h4>About Ada</h4><p class="author-bio">Ada writes.</p></div>'
ENTRY = '<div itemscope itemtype="http://schema.org/NewsArticle"><span itemprop="author">Ada</span></div>'
PERSONS = [f'{{"@type":"Person","name":"Ada Brandt{n}"}}' for n in range(10_000)]
DOCUMENTS = {
    "200,000 nested elements": lambda: article(extra="<div>" * 200_000),
    "200,000 nested inline elements": lambda: article(extra="<b><i>" * 100_000),
    "200,000 nested lists": lambda: article(extra="<ul><li>" * 100_000),
    "200,000 nested tables": lambda: article(extra="<table><tr><td>" * 70_000),
    "a line of 10 MB": lambda: article(extra="<p>" + "word " * 2_000_000),
    "a word of 10 MB": lambda: article(extra="<p>" + "x" * 10_000_000),
    "JSON-LD of 50 MB": lambda: article(head=LD + '{"a":"' + "x" * 50_000_000 + '"}</script>'),
    "JSON-LD that is never closed": lambda: article(head=LD + '{"a":[' * 600_000),
    "100,000 attributes": lambda: article(extra="<p " + " ".join(f"a{n}" for n in range(100_000)) + ">x</p>"),
    "a million line breaks": lambda: article(extra="<br>" * 1_000_000),
    "a million entities": lambda: article(extra="&amp;&lt;&#x1F600;" * 300_000),
    "a million spaces": lambda: article(title="The ferry" + " " * 1_000_000 + "came in"),
    "100,000 class names": lambda: article(extra=f'<p class="{" ".join(f"c{n}" for n in range(100_000))}">x</p>'),
    "100,000 meta elements": lambda: article(head='<meta name="author" content="Ada Brandt">' * 100_000),
    "a byline of 500 KB": lambda: article().replace("Ada Brandt", "Ada and " * 60_000 + "Brandt"),
    "a date of 500 KB": lambda: article(extra="<time>" + "7 May 2024 " * 50_000 + "</time>"),
    "5 MB of attributes": lambda: article(extra="".join(f'<p data-a{n}="{"x" * 90}">x</p>' for n in range(50_000))),
    "100,000 links": lambda: article(extra="".join(f'<a href="/2024/05/story-{n}/">s {n}</a>' for n in range(100_000))),
    "20,000 author boxes": lambda: article(extra=BOX * 20_000),
    "10,000 lists of an author's posts": lambda: article(extra=LIST * 10_000),
    "10,000 lists of tags": lambda: article(extra='<div class="tags"><a rel="tag" href="/tag/x/">x</a></div>' * 10_000),
    "10,000 cards of other articles": lambda: article(extra=CARD * 10_000),
    "10,000 headings before links to categories": lambda: article(extra=f"</div><div>{f'<h3>A boat</h3>{CATEGORY}' * 10_000}"),
    "6,000 bylines": lambda: article().replace("<div class='entry", '<p class="byline">by Ron Hush</p>' * 6000 + "<div class='entry"),
    "30,000 authors in microdata": lambda: article(extra=ENTRY * 30_000),
    "20,000 blocks of JSON-LD": lambda: article(head=f'{LD}{{"@type":"NewsArticle","headline":"A"}}</script>' * 20_000),
    "10,000 authors in JSON-LD": lambda: article(head=LD + '{"@type":"NewsArticle","author":[' + ",".join(PERSONS) + "]}</script>"),
    "100,000 nested arrays in JSON-LD": lambda: article(head=LD + "[" * 100_000 + "]" * 100_000 + "</script>"),
    "100,000 times": lambda: article(extra='<time datetime="2024-05-07">7 May 2024</time>' * 100_000),
    "6,000 pictures": lambda: article(extra='<img src="/a.jpg" alt="A" width="800" height="600">' * 6000),
    "pictures of 5 MB in their address": lambda: article(extra=f'<img src="data:image/png;base64,{"A" * 1_000_000}">' * 5),
    "a srcset of 2 MB": lambda: article(extra=f'<img srcset="{", ".join(f"/a{n}.jpg {n}w" for n in range(100_000))}">'),
}  # fmt: skip


@pytest.mark.parametrize("document", DOCUMENTS.values(), ids=DOCUMENTS)
def test_a_hostile_document_is_done_within_ten_seconds(document) -> None:
    page = Page(
        document().encode(), "https://example.org/2024/05/the-ferry/", {"content-type": "text/html; charset=utf-8"}
    )
    started = time.monotonic()
    line = encode_line(extract(page))
    read(page, kind="article")
    assert time.monotonic() - started < SECONDS
    assert line.endswith(b"}\n")


def test_a_gzip_bomb_of_1_gib_is_refused_within_ten_seconds() -> None:
    bomb = gzipped_gigabyte()
    started = time.monotonic()
    with pytest.raises(TooLargeError):
        decompress(bomb, ["gzip"], 16 * 1024 * 1024)
    assert time.monotonic() - started < SECONDS
