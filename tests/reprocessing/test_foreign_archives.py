"""Archives of other programs: their conventions are understood, and a part of a page never passes for the whole."""

from __future__ import annotations

import gzip
from pathlib import Path

import brotli
import pytest

from crawler.archive.reader import MAX_BODY
from crawler.archive.spans import ArchiveError
from crawler.fetching.decompression import zstd
from crawler.items import Article
from crawler.reprocessing.rereading import Outcome, read_again
from crawler.reprocessing.work import chunks, input_files
from tests.reprocessing.foreign import Warc, article, chunked

URL = "https://news.example/2024/ferry-1/"
PAGE = article(1)


def outcomes(path: Path) -> list[Outcome]:
    return [outcome for chunk in chunks(str(path)) for outcome in read_again(chunk, run_id="run-1")]


def articles(path: Path) -> list[Article]:
    return [outcome.article for outcome in outcomes(path) if outcome.article]


def is_whole(found: list[Article]) -> bool:
    return [one.title for one in found] == ["The ferry returns to the northern quay 1"] and all(
        one.body and one.body.count("\n\n") == 4 for one in found
    )


@pytest.mark.parametrize(
    ("convention", "body", "headers"),
    [
        ("wget: as it crossed the wire", chunked(gzip.compress(PAGE)), ("Transfer-Encoding", "Content-Encoding")),
        ("browsertrix: decoded, headers kept", PAGE, ("Transfer-Encoding", "Content-Encoding")),
        ("Common Crawl: decoded, headers renamed", PAGE, ("X-Crawl-Transfer-Encoding", "X-Crawl-Content-Encoding")),
    ],
)
@pytest.mark.parametrize("name", ["a.warc.gz", "a.warc"])
def test_bodies_are_read_in_every_convention(
    tmp_path: Path, name: str, convention: str, body: bytes, headers: tuple[str, str]
) -> None:
    path = Warc(tmp_path / name).answer(URL, body, (headers[0], "chunked"), (headers[1], "gzip")).done()
    assert is_whole(articles(path)), convention


@pytest.mark.parametrize(("encoding", "body"), [("br", brotli.compress(PAGE)), ("br", PAGE)])
def test_brotli_is_read_whether_it_is_there_or_only_said_to_be(tmp_path: Path, encoding: str, body: bytes) -> None:
    path = Warc(tmp_path / "a.warc.gz").answer(URL, body, ("Content-Encoding", encoding)).done()
    assert is_whole(articles(path))


@pytest.mark.parametrize("name", ["a.warc.gz", "a.warc"])
def test_what_crawlers_write_around_an_answer_is_passed_over(tmp_path: Path, name: str) -> None:
    warc = Warc(tmp_path / name).surroundings(URL, PAGE).answer(URL, PAGE).surroundings(URL, PAGE)
    assert is_whole(articles(warc.done()))


def test_a_file_that_is_compressed_as_a_whole_is_named_with_its_remedy(tmp_path: Path) -> None:
    plain = Warc(tmp_path / "a.warc").surroundings(URL, PAGE).answer(URL, PAGE).answer(f"{URL}2/", article(2)).done()
    packed = tmp_path / "b.warc.gz"
    packed.write_bytes(gzip.compress(plain.read_bytes()))
    with pytest.raises(ArchiveError, match="warcio recompress"):
        outcomes(packed)


@pytest.mark.parametrize("start", [b"", b"\x5d\x2a\x4d\x18\x04\0\0\0dict"])
def test_a_file_that_is_compressed_with_zstd_is_named_with_its_remedy(tmp_path: Path, start: bytes) -> None:
    path = tmp_path / "a.warc.zst"
    path.write_bytes(start + zstd.compress(Warc(tmp_path / "a.warc").answer(URL, PAGE).done().read_bytes()))
    (tmp_path / "a.warc").unlink()
    assert input_files([str(tmp_path)]) == [str(path)]
    with pytest.raises(ArchiveError, match=r"zstd -d a\.warc\.zst"):
        outcomes(path)


def test_an_item_says_what_the_archive_knows(tmp_path: Path) -> None:
    (one,) = articles(Warc(tmp_path / "a.warc.gz").answer(URL, PAGE).done())
    assert (one.url, one.publication, one.run_id) == (URL, "news.example", "run-1")
    assert one.fetched_at == "2024-05-14T09:30:00+00:00"
    assert one.id
    assert one.revision == 1


def test_only_documents_that_were_had_are_read(tmp_path: Path) -> None:
    warc = Warc(tmp_path / "a.warc.gz")
    warc.answer("https://news.example/404", PAGE, status="404 Not Found")
    warc.answer("https://news.example/data", b"{}", kind="application/json")
    warc.answer("https://news.example/i.png", b"\x89PNG", kind="image/png")
    warc.resource("urn:view:1", PAGE)
    assert outcomes(warc.done()) == []


def test_the_page_type_decides_what_is_an_article(tmp_path: Path) -> None:
    links = "".join(f'<article><h2><a href="/2024/{n}/">Ferry {n}</a></h2></article>' for n in range(12))
    listing = f"<!doctype html><title>News</title><main>{links}</main>".encode()
    (outcome,) = outcomes(Warc(tmp_path / "a.warc.gz").answer("https://news.example/", listing).done())
    assert outcome.article is None
    assert (outcome.reason or "").startswith("not an article")


def test_a_part_of_a_page_says_that_it_is_one(tmp_path: Path) -> None:
    path = Warc(tmp_path / "a.warc.gz").answer(URL, PAGE[:-150], WARC_Truncated="length").done()
    (one,) = articles(path)
    assert one.body_complete is False
    assert one.body_complete_reason == "the archive holds a part of the page only (length)"


def test_a_page_beyond_the_limit_counts_as_a_part(tmp_path: Path) -> None:
    padding = b"<!--" + b"x" * MAX_BODY + b"-->"
    path = Warc(tmp_path / "a.warc.gz").answer(URL, PAGE.replace(b"</article>", b"</article>" + padding)).done()
    assert [one.body_complete for one in articles(path)] == [False]


def test_half_a_compressed_body_is_no_page(tmp_path: Path) -> None:
    path = Warc(tmp_path / "a.warc.gz").answer(URL, gzip.compress(PAGE)[:300], ("Content-Encoding", "gzip")).done()
    assert [outcome.reason for outcome in outcomes(path)] == ["its content encoding is damaged"]


def test_a_bomb_is_not_unpacked(tmp_path: Path) -> None:
    bomb = gzip.compress(bytes(MAX_BODY + 1))
    path = Warc(tmp_path / "a.warc.gz").answer(URL, bomb, ("Content-Encoding", "gzip")).done()
    assert [outcome.reason for outcome in outcomes(path)] == ["too large when decompressed"]


def test_repeated_headers_are_one_value(tmp_path: Path) -> None:
    headers = (("X-Robots-Tag", "noindex"), ("x-robots-tag", "noarchive"))
    (one,) = articles(Warc(tmp_path / "a.warc.gz").answer(URL, PAGE, *headers).done())
    assert {"noindex", "noarchive"} <= set(one.robots)
