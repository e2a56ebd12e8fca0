"""What was written is found again by its place, and facts survive the way through JSON."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

import pytest

from crawler.archive.exchange import Exchange, Kept, Place
from crawler.archive.facts import PageAt, VisitFacts
from crawler.archive.reader import is_own, read_exchange, read_facts
from crawler.archive.spans import ArchiveError, Span
from crawler.archive.writer import ArchiveOptions, ArchiveWriter
from crawler.page import Link, SiteProfile

MOMENT = datetime(2024, 5, 14, 9, 30, tzinfo=UTC)
FACTS = VisitFacts(
    "https://example.com/a", "id1", "Example", "run-1", 3, pages=(
        PageAt("https://example.com/a", "2024-05-14T09:30:00+00:00", Kept(Place("a.warc.gz", 7))),
        PageAt("https://example.com/a/2", None, Kept(Place("b.warc.gz", 9), Place("a.warc.gz", 1))),
    ), missing=1, links=(Link("https://example.com/a", "feed", title="Ebbe – \u2028", authors=("Ada", "Jo")),),
    profile=SiteProfile("Example", "en", "Europe/London"), changed_fields=("body",), robots=("noarchive",),
)  # fmt: skip


def opened(name: str) -> IO[bytes]:
    return Path(name).open("rb")


def test_facts_come_back_as_they_were() -> None:
    assert VisitFacts.from_json(json.loads(json.dumps(FACTS.as_json()))) == FACTS


def test_facts_of_a_later_version_are_read_as_far_as_they_are_known() -> None:
    later = {**FACTS.as_json(), "weather": "fair"}
    later["links"] = [{**link, "colour": "red"} for link in later["links"]]
    assert VisitFacts.from_json(later) == FACTS


def test_other_json_is_no_facts() -> None:
    assert VisitFacts.from_json({"pages": 3}) is None
    with pytest.raises((KeyError, TypeError)):
        VisitFacts.from_json({"format": FACTS.as_json()["format"]})


def test_a_revisit_record_has_its_own_headers_and_the_body_of_the_first(tmp_path: Path) -> None:
    writer = ArchiveWriter(ArchiveOptions(tmp_path, "run-1", max_bytes=1))
    first = Exchange("https://example.com/a", 200, (("X-Copy", "1"),), b"<p>Ebb</p>", MOMENT)
    writer.write(first)
    kept = writer.write(replace(first, url="https://example.com/b", headers=(("X-Copy", "2"),)))
    writer.close()
    assert kept.payload is not None
    assert kept.payload.file != kept.place.file
    found = read_exchange(str(tmp_path), kept.place, kept.payload, opener=opened)
    assert (found.url, found.body, found.header("x-copy")) == ("https://example.com/b", b"<p>Ebb</p>", "2")


def test_a_place_without_an_answer_is_an_error(tmp_path: Path) -> None:
    writer = ArchiveWriter(ArchiveOptions(tmp_path, "run-1"))
    kept = writer.write(Exchange("https://example.com/a", 200, (), b"x", MOMENT))
    writer.close()
    with pytest.raises(ArchiveError, match="byte 0"):
        read_exchange(str(tmp_path), Place(kept.place.file, 0), None, opener=opened)


def test_own_files_are_known_by_their_first_record(tmp_path: Path) -> None:
    writer = ArchiveWriter(ArchiveOptions(tmp_path, "run-1"))
    writer.write_facts(FACTS.url, FACTS.as_json(), written_at=MOMENT)
    writer.close()
    (file,) = tmp_path.iterdir()
    with file.open("rb") as stream:
        assert is_own(stream)
        assert list(read_facts(stream, Span(0, file.stat().st_size))) == [FACTS]
