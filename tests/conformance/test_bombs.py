"""Bombs of other projects' suites: no expansion, no file read, no time lost."""

from __future__ import annotations

import time

import pytest

from crawler.discovery import read
from crawler.extraction import extract
from crawler.fetching.decompression import DamagedError, TooLargeError, decompress
from crawler.json_lines import encode_line
from crawler.page import Page

LIMIT = 1_000_000


def test_xml_bombs_are_neither_unfolded_nor_followed(suite):
    for path in sorted(suite("defusedxml-bombs").glob("*.xml")):
        document = path.read_bytes()
        for kind in ("sitemap", "feed", "article"):
            started = time.monotonic()
            page = Page(document, "https://example.org/x.xml", {"content-type": "application/xml"})
            found = read(page, kind=kind)
            text = encode_line(extract(page)) + repr(found).encode()
            assert time.monotonic() - started < 1, path.name
            assert len(text) < 200_000, path.name
            assert b"root:x:" not in text, path.name


def test_compressed_bombs_are_refused_and_damage_is_seen(suite):
    encodings = {"gzip": "gzip", "gz": "gzip", "deflate": "deflate", "br": "br", "zstd": "zstd", "zst": "zstd"}
    seen = 0
    for path in sorted(suite("scrapy-compressed").iterdir()):
        name = next((encoding for word, encoding in encodings.items() if word in path.name), None)
        if name is None or path.suffix in ("", ".md"):
            continue
        seen += 1
        try:
            content = decompress(path.read_bytes(), [name], LIMIT)
        except (DamagedError, TooLargeError):
            continue
        assert "bomb" not in path.name, path.name
        assert "truncated" not in path.name or content == path.read_bytes(), path.name
    assert seen >= 10


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br", "zstd"])
def test_each_bomb_of_11_mb_is_too_large(suite, encoding):
    bombs = [path for path in suite("scrapy-compressed").iterdir() if "bomb" in path.name and encoding in path.name]
    for path in bombs:
        with pytest.raises(TooLargeError):
            decompress(path.read_bytes(), [encoding], LIMIT)
