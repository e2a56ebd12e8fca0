"""What is written is WARC/1.1 that others read, says what was sent, and survives whatever ends the run."""

from __future__ import annotations

import gzip
import io
import os
import resource
import signal
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator
from warcio.checker import Checker
from warcio.recordloader import ArcWarcRecord

from crawler.archive.exchange import Exchange
from crawler.archive.record_file import OPEN, RecordFile
from crawler.archive.repair import repair, whole_records
from crawler.archive.spans import ArchiveError, Span, spans
from crawler.archive.writer import ArchiveOptions, ArchiveWriter

MOMENT = datetime(2024, 5, 14, 9, 30, 0, 250_000, tzinfo=UTC)
URL = "https://example.com/news/tide-tables?page=1"


def exchange(body: bytes = b"<p>Tide</p>", *, url: str = URL, status: int = 200, **more: object) -> Exchange:
    headers = (("Content-Type", "text/html"), ("Set-Cookie", "a=1"), ("Set-Cookie", "b=2"))
    return Exchange(url, status, headers, body, MOMENT, **more)  # type: ignore[arg-type]


def written(folder: Path, *exchanges: Exchange, max_bytes: int = 1 << 30) -> list[Path]:
    writer = ArchiveWriter(ArchiveOptions(folder, "run-1", max_bytes=max_bytes, user_agent="test/1"))
    for one in exchanges:
        writer.write(one)
    writer.close()
    return sorted(folder.glob("*.warc.gz"))


def records(*files: Path) -> list[tuple[ArcWarcRecord, bytes]]:
    found = []
    for file in files:
        with file.open("rb") as stream:
            found += [(record, record.raw_stream.read()) for record in ArchiveIterator(stream, check_digests="raise")]
    return found


def of_type(kind: str, *files: Path) -> list[tuple[ArcWarcRecord, bytes]]:
    return [(record, body) for record, body in records(*files) if record.rec_type == kind]


def is_clean(file: Path, capsys: pytest.CaptureFixture[str]) -> bool:
    """What `warcio check` says."""

    class Options:
        inputs = (str(file),)
        verbose = True

    checker = Checker(Options)
    checker.process_all()
    assert "digest pass" in capsys.readouterr().out
    return bool(checker.exit_value == 0)


def test_an_exchange_is_a_response_with_its_request(tmp_path: Path) -> None:
    sent = (("User-Agent", "test/1"), ("Cookie", "secret"), ("Authorization", "Basic c2VjcmV0"))
    (file,) = written(tmp_path, exchange(request_headers=sent, address="192.0.2.7"))
    (info, _), (response, body), (request, _) = records(file)
    assert [record.rec_type for record in (info, response, request)] == ["warcinfo", "response", "request"]
    assert body == b"<p>Tide</p>"
    assert response.rec_headers.protocol == "WARC/1.1"
    assert response.rec_headers.get_header("WARC-Date") == "2024-05-14T09:30:00.250000Z"
    assert response.rec_headers.get_header("WARC-IP-Address") == "192.0.2.7"
    assert request.rec_headers.get_header("WARC-Concurrent-To") == response.rec_headers.get_header("WARC-Record-ID")
    assert request.http_headers.to_str().startswith("GET /news/tide-tables?page=1 HTTP/1.1")
    assert request.http_headers.headers == [("Host", "example.com"), ("User-Agent", "test/1")]
    assert [value for name, value in response.http_headers.headers if name == "Set-Cookie"] == ["a=1", "b=2"]


def test_warcio_finds_nothing_wrong(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    again = exchange(url="https://example.com/copy")
    odd = exchange(b"", url="https://example.com/odd", status=599)
    (file,) = written(tmp_path, exchange(), again, exchange(b"", status=304), odd)
    assert is_clean(file, capsys)


def test_a_body_stays_as_it_was_sent(tmp_path: Path) -> None:
    body = gzip.compress(b"<p>Tide</p>" * 50)
    headers = (("Content-Encoding", "gzip"), ("Content-Length", str(len(body))), ("Transfer-Encoding", "chunked"))
    (file,) = written(tmp_path, Exchange(URL, 200, headers, body, MOMENT))
    ((record, stored),) = of_type("response", file)
    assert stored == body
    assert record.http_headers.get_header("Content-Encoding") == "gzip"
    assert record.http_headers.get_header("Content-Length") == str(len(body))
    assert record.http_headers.get_header("Transfer-Encoding") is None
    assert record.content_stream().read() == b""  # read above; nothing is chunked any more


def test_a_part_of_a_body_says_so(tmp_path: Path) -> None:
    cut = Exchange(URL, 200, (("Content-Length", "5000"),), b"<p>Ti", MOMENT, truncated="length")
    (file,) = written(tmp_path, cut)
    ((record, body),) = of_type("response", file)
    assert record.rec_headers.get_header("WARC-Truncated") == "length"
    assert record.http_headers.get_header("Content-Length") == str(len(body))
    assert record.http_headers.get_header("X-Crawler-Content-Length") == "5000"


def test_content_that_was_archived_before_is_a_revisit_record(tmp_path: Path) -> None:
    writer = ArchiveWriter(ArchiveOptions(tmp_path, "run-1"))
    first = writer.write(exchange())
    second = writer.write(exchange(url="https://example.com/copy"))
    writer.close()
    assert second.payload == first.place
    assert first.payload is None
    ((record, body),) = of_type("revisit", *tmp_path.iterdir())
    assert body == b""
    assert record.rec_headers.get_header("WARC-Profile").endswith("/revisit/identical-payload-digest")
    assert record.rec_headers.get_header("WARC-Refers-To-Target-URI") == URL
    assert record.rec_headers.get_header("WARC-Refers-To-Date") == "2024-05-14T09:30:00.250000Z"


def test_half_a_body_is_no_copy_of_a_whole_one(tmp_path: Path) -> None:
    (file,) = written(tmp_path, exchange(truncated="length"), exchange())
    assert len(of_type("response", file)) == 2


def test_not_modified_is_a_revisit_record_of_its_own_profile(tmp_path: Path) -> None:
    (file,) = written(tmp_path, exchange(b"", status=304))
    ((record, _),) = of_type("revisit", file)
    assert record.rec_headers.get_header("WARC-Profile").endswith("/revisit/server-not-modified")
    assert record.http_headers.get_statuscode() == "304"


def test_files_are_closed_by_size_and_open_ones_match_no_pattern(tmp_path: Path) -> None:
    writer = ArchiveWriter(ArchiveOptions(tmp_path, "run-1", max_bytes=3000))
    for number in range(6):
        writer.write(exchange(os.urandom(900), url=f"https://example.com/{number}"))
    assert len(list(tmp_path.glob(f"*{OPEN}"))) == 1
    writer.close()
    files = sorted(tmp_path.iterdir())
    assert [file.name.rpartition("-")[2] for file in files] == ["00001.warc.gz", "00002.warc.gz", "00003.warc.gz"]
    assert len(of_type("warcinfo", *files)) == 3
    assert len(of_type("response", *files)) == 6


def test_a_place_leads_to_its_record(tmp_path: Path) -> None:
    writer = ArchiveWriter(ArchiveOptions(tmp_path, "run-1"))
    kept = [writer.write(exchange(f"<p>{n}</p>".encode(), url=f"https://example.com/{n}")) for n in range(3)]
    writer.close()
    with (tmp_path / kept[2].place.file).open("rb") as file:
        file.seek(kept[2].place.offset)
        record = next(iter(ArchiveIterator(file)))
    assert record.rec_headers.get_header("WARC-Target-URI") == "https://example.com/2"


def test_no_records_leave_no_file(tmp_path: Path) -> None:
    assert written(tmp_path) == []


def test_a_full_disk_leaves_whole_records_only(tmp_path: Path) -> None:
    limit = resource.getrlimit(resource.RLIMIT_FSIZE)
    writer = ArchiveWriter(ArchiveOptions(tmp_path, "run-1"))
    writer.write(exchange())
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (5000, limit[1]))
        with pytest.raises(OSError, match="large"):
            writer.write(exchange(os.urandom(20_000), url="https://example.com/large"))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limit)
        signal.signal(signal.SIGXFSZ, ignored)
    writer.write(exchange(b"<p>room again</p>", url="https://example.com/again"))
    writer.close()
    assert [body for _, body in of_type("response", *tmp_path.iterdir())] == [b"<p>Tide</p>", b"<p>room again</p>"]


# what a killed run leaves


def left_behind(folder: Path, cut: int) -> Path:
    """An abandoned file of two exchanges without its last `cut` bytes."""
    (file,) = written(folder, exchange(), exchange(b"<p>Ebb</p>", url="https://example.com/ebb"))
    left = file.rename(file.with_name(file.name + OPEN))
    with left.open("r+b") as data:
        data.truncate(left.stat().st_size - cut)
    return left


@pytest.mark.parametrize("cut", [0, 1, 8, 600])
def test_an_abandoned_file_is_cut_to_whole_records(tmp_path: Path, cut: int) -> None:
    left_behind(tmp_path, cut)
    (file,) = repair(tmp_path)
    assert file.suffix == ".gz"
    assert len(of_type("response", file)) == 2 - (cut > 250)
    assert len(records(file)) == 5 - (cut > 0) - (cut > 250)
    assert repair(tmp_path) == []


def test_an_abandoned_file_without_a_record_goes(tmp_path: Path) -> None:
    (tmp_path / f"run-1-1-00001.warc.gz{OPEN}").write_bytes(b"\x1f\x8b\x08\x00half")
    assert repair(tmp_path) == []
    assert list(tmp_path.iterdir()) == []


def test_a_living_run_keeps_its_file(tmp_path: Path) -> None:
    file = RecordFile(tmp_path, "run-1")
    file.write(b"\x1f\x8b")
    code = "import sys, pathlib; from crawler.archive.repair import repair; print(repair(pathlib.Path(sys.argv[1])))"
    said = subprocess.run([sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=True)
    assert said.stdout == "[]\n"
    assert [path.suffix for path in tmp_path.iterdir()] == [OPEN]
    file.complete()


# where records begin and end


def test_spans_are_the_records_of_either_form(tmp_path: Path) -> None:
    (packed,) = written(tmp_path, exchange(), exchange(b"<p>Ebb</p>", url="https://example.com/ebb"))
    plain = tmp_path / "plain.warc"
    plain.write_bytes(gzip.decompress(packed.read_bytes()))
    for file in (packed, plain):
        with file.open("rb") as stream:
            found = list(spans(stream))
            assert len(found) == 5
            assert found[0].start == 0
            assert found[-1].end == file.stat().st_size
            assert all(one.end == other.start for one, other in pairwise(found))
    assert plain.read_bytes()[found[3].start :].startswith(b"WARC/1.1")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"not a WARC file", "neither"),
        (b"WARC/1.0\r\nno length\r\n\r\n", "no header with a length"),
        (b"WARC/1.0\r\nContent-Length: 50\r\n\r\nshort", "breaks off"),
        (gzip.compress(b"WARC/1.0", mtime=0)[:-2], "breaks off"),
        (gzip.compress(b"WARC/1.0", mtime=0) + b"garbage", "damaged"),
    ],
)
def test_damage_is_named(content: bytes, message: str) -> None:
    with pytest.raises(ArchiveError, match=message):
        list(spans(io.BytesIO(content)))


def test_what_is_whole_before_damage_is_found() -> None:
    whole = gzip.compress(b"one", mtime=0) + gzip.compress(b"two")
    assert whole_records(io.BytesIO(whole + b"\x1f\x8b\x08garbage")) == len(whole)
    assert list(spans(io.BytesIO(b""))) == []


def test_a_member_larger_than_a_block_is_one_span() -> None:
    body = gzip.compress(os.urandom(300_000)) + gzip.compress(bytes(30_000_000))
    found = list(spans(io.BytesIO(body)))
    assert found == [Span(0, found[0].end), Span(found[0].end, len(body))]


def test_dates_are_utc(tmp_path: Path) -> None:
    east = datetime(2024, 5, 14, 18, 0, tzinfo=UTC).astimezone()
    (file,) = written(tmp_path, Exchange(URL, 200, (), b"x", east + timedelta(0)))
    ((record, _),) = of_type("response", file)
    assert record.rec_headers.get_header("WARC-Date") == "2024-05-14T18:00:00.000000Z"
