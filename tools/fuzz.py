"""Looks for inputs that break a promise, for as long as it is let: `make fuzz`, or `python tools/fuzz.py [MINUTES]`.

Pages, sitemaps, feeds and JSON-LD made by damaging sound ones; the pages of the tests with one element of each printed
thousands of times, which finds what does not read in linear time; then the property tests (hypothesis) again and again
with many more examples and new seeds. Ends with 1 and the example where one fails.
"""

# ruff: noqa: E501 - damaged documents are easier to compare with sound ones on one line

from __future__ import annotations

import random
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from lxml import etree, html

from crawler.discovery import read
from crawler.extraction import extract
from crawler.json_lines import encode_line
from crawler.jsonld import parse_block
from crawler.page import Page

URL = "https://example.org/2024/05/a-story-of-words/"
SLOW = 5.0
"""Seconds of processor time that one document may take, however busy the machine is."""
FIXTURES = Path(__file__).parent.parent / "tests" / "fixtures"
REPEATED = 6000
"""How often an element is repeated at most,"""
LARGEST = 1_000_000
"""and how many bytes the repetitions have together."""

SEEDS: dict[str, bytes] = {
    "article": b"<!doctype html><html lang=en><head><meta charset=utf-8><title>A story</title><script type='application/ld+json'>"
    b'{"@type":"NewsArticle","headline":"A story","datePublished":"2024-05-07T08:00:00+02:00","author":{"name":"Ada"}}'
    b"</script></head><body><article><h1>A story</h1><p class=byline>By <a rel=author href=/a>Ada</a></p><time datetime="
    b"2024-05-07>May 7, 2024</time><div class=entry-content>"
    + b"<p>Some words of the story, and more.</p>" * 8
    + b"</div></article>",
    "feed": b'<?xml version="1.0"?><rss version="2.0"><channel><title>T</title><item><title>A</title><link>/a</link><pubDate>'
    b"Tue, 07 May 2024 08:00:00 GMT</pubDate></item></channel></rss>",
    "sitemap": b'<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>https://example.org/a'
    b"</loc><lastmod>2024-05-07</lastmod></url></urlset>",
}
SPLINTERS = (
    *(
        b"<",
        b">",
        b"&",
        b'"',
        b"'",
        b"</p>",
        b"<p>",
        b"<!--",
        b"-->",
        b"<![CDATA[",
        b"]]>",
        b"<script>",
        b"<table>",
        b"&#0;",
        b"&#xd800;",
    ),
    *(
        b"\x00",
        b"\xff",
        b"\xfe\xff",
        b"\xed\xa0\x80",
        b"\x1b$B",
        "\u202e".encode(),
        "\u2028".encode(),
        b"{",
        b"[[[[",
        b"\\ud800",
        b"NaN",
    ),
    *(
        b"99999999999999999999",
        b"-0000-00-00",
        b"javascript:",
        b"http://[",
        b"%00",
        b"<meta charset=utf-16>",
        b"<base href='//'>",
    ),
)


def damaged(document: bytes, chance: random.Random) -> bytes:
    """The document with some bytes lost, doubled, changed or put in."""
    data = bytearray(document)
    for _ in range(chance.randint(1, 12)):
        place = chance.randrange(len(data) + 1)
        kind = chance.randrange(5)
        if kind == 0:
            del data[place : place + chance.randint(1, 60)]
        elif kind == 1:
            data[place:place] = data[max(0, place - chance.randint(1, 200)) : place] * chance.randint(1, 3)
        elif kind == 2 and place < len(data):
            data[place] = chance.randrange(256)
        else:
            data[place:place] = chance.choice(SPLINTERS) * chance.choice((1, 1, 1, 50))
    return bytes(data)


def check_page(document: bytes) -> None:
    """Extraction ends, does not raise, and gives a line that is JSON."""
    for kind in ("text/html; charset=utf-8", "text/html"):
        page = Page(document, URL, {"content-type": kind})
        encode_line(extract(page)).decode()
        read(page, kind="article")


def check_source(kind: str) -> Callable[[bytes], None]:
    """Reading links ends and does not raise."""
    return lambda document: [link.url.encode() for link in read(Page(document, URL), kind=kind).links] and None


def check_json(document: bytes) -> None:
    """A block of JSON-LD gives a value that can be written, or none."""
    encode_line(parse_block(document.decode("utf-8", "replace")))


def fuzz_documents(until: float, chance: random.Random) -> int:
    """Damage documents until a time; returns how many."""
    checks = (
        ("article", check_page), ("feed", check_source("feed")), ("sitemap", check_source("sitemap")), ("article", check_json),
    )  # fmt: skip
    count = 0
    while time.monotonic() < until:
        name, check = chance.choice(checks)
        document = damaged(SEEDS[name], chance)
        started = time.process_time()
        try:
            check(document)
        except Exception as error:
            raise AssertionError(f"{check} fails on {document!r}") from error
        if time.process_time() - started > SLOW:
            raise AssertionError(f"{check} takes {time.process_time() - started:.1f} s on {document!r}")
        count += 1
    return count


def fuzz_sizes(until: float, chance: random.Random) -> int:
    """Repeat elements of the tests' pages until a time; returns how many."""
    pages = [path.read_bytes() for path in sorted(FIXTURES.glob("**/page.html"))]
    count = 0
    while time.monotonic() < until:
        root = html.document_fromstring(chance.choice(pages).decode("utf-8", "replace"))
        element = chance.choice([e for e in root.iter(etree.Element) if e.tag not in ("html", "head", "body")])
        one = etree.tostring(element, encoding="unicode", method="html", with_tail=False)
        many = min(REPEATED, LARGEST // len(one))
        whole = etree.tostring(root, encoding="unicode", method="html")
        started = time.process_time()
        check_page(whole.replace(one, one * many, 1).encode())
        if time.process_time() - started > SLOW:
            raise AssertionError(f"{time.process_time() - started:.1f} s for {many} times {one!r}")
        count += 1
    return count


def run_properties(until: float) -> None:
    """The property tests with more examples, as often as the time allows."""
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-m", "hypothesis", "-p", "tools.fuzz_profile"]
    while time.monotonic() < until:
        left = until - time.monotonic()
        try:
            subprocess.run([*command, f"--hypothesis-seed={random.randrange(1 << 30)}"], check=True, timeout=left)  # noqa: S311
        except subprocess.TimeoutExpired:
            return


def main() -> None:
    """Command line."""
    minutes = float(sys.argv[1]) if len(sys.argv) > 1 else 10.0
    seed = random.randrange(1 << 30)  # noqa: S311 - any seed will do, and it is printed
    begun = time.monotonic()
    sys.stdout.write(f"seed {seed}\n")
    chance = random.Random(seed)  # noqa: S311
    sys.stdout.write(f"{fuzz_documents(begun + 20 * minutes, chance)} damaged documents, none failed\n")
    sys.stdout.write(f"{fuzz_sizes(begun + 40 * minutes, chance)} repeated elements, none slow\n")
    sys.stdout.flush()
    run_properties(begun + 60 * minutes)


if __name__ == "__main__":
    main()
