"""Which archived page stands beside an item: its own visit, else another of the article, else the same address."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

pytest.importorskip("flask", reason="Flask is not installed: pip install 'publication-crawler[review]'")

from crawler.archive.exchange import Exchange
from crawler.archive.facts import PageAt, VisitFacts
from crawler.archive.writer import ArchiveOptions, ArchiveWriter
from crawler.errors import ConfigurationError
from crawler.items import Article
from crawler.review.archived import Archived, find_pages, read_archive
from crawler.review.index import Index
from crawler.review.web import make_app
from tests.reprocessing.foreign import Warc
from tests.review.newsdesk import BOATS, BRIDGE, FIRST, RUNS, SECOND, NewsDesk, key_of, sample_pages


def index_of(folder: Path) -> Index:
    index = Index(folder / "index.sqlite")
    index.prepare()
    return index


def taken(index: Index, folder: Path) -> tuple[int, list[str]]:
    """Damaged files, and the files that were read."""
    told: list[str] = []
    return read_archive(index, folder, progress=told.append), told


def body(found: Archived | str) -> bytes:
    assert isinstance(found, Archived), found
    return found.pages[0].body


@pytest.fixture
def desk(tmp_path: Path) -> NewsDesk:
    desk = NewsDesk(tmp_path / "desk")
    desk.crawl({BOATS: sample_pages()[BOATS]}, FIRST)
    desk.crawl({BOATS: sample_pages()[BOATS].replace(b"Forty-one", b"Forty-two")}, SECOND, revision=2)
    return desk


def test_the_very_visit_is_preferred_and_the_latest_is_next(desk: NewsDesk) -> None:
    index = desk.open().index
    known = {"id": key_of(BOATS), "url": BOATS}
    assert b"Forty-one" in body(find_pages(index, {**known, "fetched_at": FIRST.isoformat()}))
    assert b"Forty-two" in body(find_pages(index, {**known, "fetched_at": SECOND.isoformat()}))
    assert b"Forty-two" in body(find_pages(index, {**known, "fetched_at": "2025-06-01T00:00:00+00:00"}))


def test_an_article_of_other_lines_is_found_by_its_address(desk: NewsDesk) -> None:
    assert b"Forty-two" in body(find_pages(desk.open().index, {"id": "of another tool", "url": BOATS}))


def test_only_new_files_are_read_and_those_that_are_gone_are_forgotten(desk: NewsDesk) -> None:
    index = desk.open().index
    assert taken(index, desk.archive) == (0, [])
    for path in desk.archive.iterdir():
        path.unlink()
    assert taken(index, desk.archive) == (0, [])
    assert "There is no archive" in str(find_pages(index, {"id": key_of(BOATS), "url": BOATS}))


def test_an_archive_that_was_moved_away_is_told(desk: NewsDesk) -> None:
    index = desk.open().index
    desk.archive.rename(desk.folder / "moved")
    assert "cannot be read" in str(find_pages(index, {"id": key_of(BOATS), "url": BOATS}))
    with pytest.raises(ConfigurationError, match="no such file or folder"):
        taken(index, desk.archive)


def test_what_comes_before_damage_is_shown(desk: NewsDesk) -> None:
    first, *_ = sorted(desk.archive.iterdir())
    whole = first.read_bytes()
    (desk.archive / "cut.warc.gz").write_bytes(whole[:-40])
    first.unlink()
    index = index_of(desk.folder)
    damaged, told = taken(index, desk.archive)
    assert (damaged, len(told)) == (1, 2)


def test_archives_of_others_are_searched_by_address(tmp_path: Path) -> None:
    folder = tmp_path / "archive"
    folder.mkdir()
    packed = gzip.compress(sample_pages()[BRIDGE])
    Warc(folder / "other.warc.gz").answer(BRIDGE, packed, ("Content-Encoding", "gzip")).done()
    index = index_of(tmp_path)
    assert taken(index, folder)[0] == 0
    found = find_pages(index, {"id": key_of(BRIDGE), "url": BRIDGE, "fetched_at": "2024-05-14T09:30:00+00:00"})
    assert body(found) == sample_pages()[BRIDGE]
    assert isinstance(found, Archived)
    assert found.fetched == "2024-05-14T09:30:00+00:00"


def test_each_part_of_an_article_is_shown_by_itself(tmp_path: Path) -> None:
    desk = NewsDesk(tmp_path / "desk")
    pages = {BOATS: sample_pages()[BOATS], f"{BOATS}2/": sample_pages()[BRIDGE]}
    writer = ArchiveWriter(ArchiveOptions(desk.archive, RUNS[FIRST]))
    kept = tuple(
        PageAt(url, FIRST.isoformat(), writer.write(Exchange(url, 200, (("Content-Type", "text/html"),), page, FIRST)))
        for url, page in pages.items()
    )
    facts = VisitFacts(BOATS, key_of(BOATS), "Courier", RUNS[FIRST], pages=kept, fetched_at=FIRST.isoformat())
    writer.write_facts(BOATS, facts.as_json(), written_at=FIRST)
    writer.close()
    desk.write(Article(BOATS, id=key_of(BOATS), title="Boats", fetched_at=FIRST.isoformat()))
    client = make_app(desk.open()).test_client()
    texts = [
        client.get(f"/page?id={key_of(BOATS)}&part={part}", base_url="http://127.0.0.1").text for part in (1, 2, 3)
    ]
    assert "Forty-one boats" in texts[0]
    assert "footbridge over the Elver" in texts[1]
    assert texts[1] == texts[2]
    assert "Part 2" in client.get(f"/article?id={key_of(BOATS)}", base_url="http://127.0.0.1").text
