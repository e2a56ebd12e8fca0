from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

pytest.importorskip("flask", reason="Flask is not installed: pip install 'publication-crawler[review]'")

from crawler.datasets.lines import Lines
from crawler.errors import StorageError
from crawler.items import Article
from crawler.review.index import Index
from crawler.review.selection import PAGE, Filters, find, match_of, publications, revisions
from sample.pages import NAME, posts
from tests.review.newsdesk import BRIDGE, FIRST, NewsDesk, key_of, others, usual


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    return usual(tmp_path_factory.mktemp("desk") / "desk").open().index


def titles(index: Index, **asked: str) -> list[str | None]:
    return [row.title for row in find(index, Filters.parse(asked), page=1).rows]


def test_an_article_stands_once_in_the_list_at_its_latest_revision(index: Index) -> None:
    found = find(index, Filters(), page=1)
    assert found.total == len(posts()) + len(others())
    (row,) = [row for row in found.rows if row.article == key_of(BRIDGE)]
    assert row.revisions == 2
    assert index.item(row.line)["revision"] == 2
    assert [one.revision for one in revisions(index, key_of(BRIDGE))] == [1, 2]


def test_the_newest_come_first_and_those_without_a_date_last(index: Index) -> None:
    rows = find(index, Filters(), page=1).rows
    dates = [row.date or "" for row in rows]
    assert dates == sorted(dates, reverse=True)
    assert titles(index, order="oldest") == [row.title for row in reversed(rows)]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"publication": "Upland Post", "missing": "byline"}, ["Fog"]),
        ({"missing": "the whole body", "publication": "Upland Post"}, ["Sleet, and what it does to slates"]),
        ({"low": "date"}, ["Snow closes the pass"]),
        ({"low": "any", "publication": "Upland Post"}, ["Snow closes the pass"]),
        ({"low": "title"}, []),
        ({"state": "revised"}, ["Council postpones the bridge again"]),
        ({"state": "gone"}, [None]),
        ({"since": "2025-01-12", "until": "2025-01-12"}, ["Snow closes the pass"]),
        ({"since": "2025-02-24"}, ["Forty-one boats wintered in Port Ellery, and the fee is only half the reason"]),
        ({"q": "3.1 million"}, ["Council postpones the bridge again"]),
        ({"q": '"wait for a new estimate"'}, ["Council postpones the bridge again"]),
        ({"q": '"estimate new a for wait"'}, []),
        ({"q": "closed Sunday eve"}, ["Snow closes the pass", "Sleet, and what it does to slates"]),
        ({"q": "https://upland.example/snow/"}, ["Snow closes the pass"]),
        ({"q": "bridge", "publication": "Upland Post"}, []),
    ],
    ids=str,
)
def test_filters_and_words_find_what_they_name(index: Index, asked: dict[str, str], found: list[str]) -> None:
    assert titles(index, **asked) == found


@pytest.mark.parametrize(
    "typed", ['"', '""', "OR", "a OR b", "NEAR(", "*", "title:x", "^", "-", "'; DROP TABLE lines", "\x00", "{}"]
)
def test_nothing_that_is_typed_is_syntax(index: Index, typed: str) -> None:
    find(index, Filters.parse({"q": typed}), page=1)
    assert find(index, Filters(), page=1).total > 10


def test_a_search_for_signs_alone_finds_nothing(index: Index) -> None:
    assert match_of("?! …") == '""'
    assert titles(index, q="?!") == []


def test_values_that_cannot_be_meant_are_passed_over() -> None:
    assert (
        Filters.parse({"missing": "1; --", "since": "yesterday", "state": "x", "order": "y", "low": "z"}) == Filters()
    )


def test_publications_are_counted(index: Index) -> None:
    assert publications(index) == [(NAME, len(posts())), ("Upland Post", 4)]


def test_pages_turn_and_end(tmp_path: Path) -> None:
    desk = NewsDesk(tmp_path / "desk")
    desk.write(
        *(
            Article(f"https://a.example/{n}", title=str(n), date=f"2025-01-01T00:{n // 60:02}:{n % 60:02}+00:00")
            for n in range(PAGE * 2 + 1)
        )
    )
    index = desk.open().index
    first, last, beyond = (find(index, Filters(), page=page) for page in (1, 3, 99))
    assert (len(first.rows), len(last.rows), first.pages, beyond) == (PAGE, 1, 3, last)
    assert [row.title for row in first.rows][:2] == [str(PAGE * 2), str(PAGE * 2 - 1)]


@pytest.fixture
def desk(tmp_path: Path) -> NewsDesk:
    desk = NewsDesk(tmp_path / "desk")
    desk.write(*others())
    return desk


def progress_of(index: Index, desk: NewsDesk) -> list[str]:
    told: list[str] = []
    index.read(Lines([desk.output]), progress=told.append)
    return told


def test_only_new_files_are_read_again(desk: NewsDesk) -> None:
    index = desk.open().index
    assert progress_of(index, desk) == []
    desk.write(
        Article("https://upland.example/hail/", title="Hail", publication="Upland Post", fetched_at=FIRST.isoformat())
    )
    assert progress_of(index, desk) == ["reading courier-2.jsonl (1 of 1)"]
    assert find(index, Filters(), page=1).total == 5


def test_a_file_that_is_gone_takes_its_articles_with_it(desk: NewsDesk) -> None:
    index = desk.open().index
    desk.write(Article("https://upland.example/hail/", title="Hail"))
    (desk.output / "courier-1.jsonl").unlink()
    progress_of(index, desk)
    assert titles(index) == ["Hail"]
    assert titles(index, q="snow") == []


def test_a_damaged_line_is_counted_and_left_out(desk: NewsDesk) -> None:
    (desk.output / "courier-2.jsonl").write_bytes(b'{"url": "https://a.example/"\n[]\n{"title": 1}\n')
    index = desk.open().index
    assert index.problems == 3
    assert find(index, Filters(), page=1).total == 4


def test_an_index_of_another_version_is_written_anew(desk: NewsDesk) -> None:
    index = desk.open().index
    with sqlite3.connect(index.path) as connection:
        connection.execute("PRAGMA user_version=99")
    connection.close()
    assert desk.open().index.item(1)["title"] == "Snow closes the pass"


def test_a_file_that_is_no_index_is_named_with_the_remedy(tmp_path: Path) -> None:
    path = tmp_path / "index.sqlite"
    path.write_bytes(b"not a database, " * 100)
    with pytest.raises(StorageError, match="--index"):
        Index(path).prepare()


def test_a_file_that_changed_under_the_desk_is_told(desk: NewsDesk) -> None:
    index = desk.open().index
    (desk.output / "courier-1.jsonl").write_bytes(b"\n")
    with pytest.raises(StorageError, match="start the desk anew"):
        index.item(1)
