"""What a single hostile document costs, from its bytes to an item."""

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
