from __future__ import annotations

import csv
import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

pytest.importorskip("pyarrow", reason="pyarrow is not installed: pip install 'publication-crawler[dataset]'")
pytest.importorskip("rensa", reason="rensa is not installed: pip install 'publication-crawler[dataset]'")

from crawler.errors import ConfigurationError
from tests.datasets.lines import Desk, article, gone, text

ALL = ("parquet", "sqlite", "csv")


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def other_desk(tmp_path: Path) -> Desk:
    folder = tmp_path / "other"
    folder.mkdir()
    return Desk(folder)


def test_the_same_lines_make_the_same_bytes_in_whatever_files_they_stand(desk: Desk, tmp_path: Path) -> None:
    articles = [article(f"a{n}", date=f"2025-0{1 + n % 3}-11") for n in range(9)] + [article("copy", body=text(5))]
    articles += [article("copied", body=text(5), date="2024-01-01", publication="Tide & Times")]
    desk.write(*articles)
    other = other_desk(tmp_path)
    other.write(*reversed(articles[4:]))
    other.write(*articles[:4])
    desk.build(*ALL)
    other.build(*ALL)
    assert desk.bytes() == other.bytes()


def test_a_second_build_writes_only_what_changed(desk: Desk) -> None:
    desk.write(article("a", date="2025-01-02"), article("b", date="2025-02-03"))
    assert desk.build(*ALL).written == 5  # two months, database, table, card
    before = {path: path.stat().st_mtime_ns for path in desk.dataset.glob("data/**/*.parquet")}
    assert desk.build(*ALL).written == 0
    desk.write(article("c", date="2025-02-04"))
    built = desk.build(*ALL)
    assert built.written == 4
    changed = [path.parent.name for path, moment in before.items() if path.stat().st_mtime_ns != moment]
    assert changed == ["month=2025-02"]
    assert [row["id"] for row in desk.rows()] == ["a", "b", "c"]


def test_a_row_that_became_a_copy_is_written_again(desk: Desk) -> None:
    desk.write(article("a", body=text(5), date="2025-02-01"))
    desk.build()
    desk.write(article("earlier", body=text(5), date="2025-01-01"))
    assert desk.build().written == 3  # both months and the card
    assert [row["duplicate_of"] for row in desk.rows()] == [None, "earlier"]


def test_a_partition_that_has_no_rows_any_more_is_removed(desk: Desk) -> None:
    desk.write(article("a", date=None))
    desk.build()
    assert list(desk.bytes())[1] == "data/publication=the-harbour-gazette/month=undated/part-0.parquet"
    desk.write(article("a", revision=2, date="2025-04-01", fetched_at="2025-04-02T00:00:00+00:00"))
    assert desk.build().removed == 1
    assert [path.name for path in (desk.dataset / "data/publication=the-harbour-gazette").iterdir()] == [
        "month=2025-04"
    ]


def test_a_damaged_file_of_the_dataset_is_written_again(desk: Desk) -> None:
    desk.write(article("a"))
    desk.build()
    whole = desk.bytes()
    next(desk.dataset.glob("data/**/*.parquet")).write_bytes(b"half")
    desk.build()
    assert desk.bytes() == whole


def test_the_latest_revision_or_all_of_them(desk: Desk) -> None:
    later = article("a", revision=2, title="New", fetched_at="2025-03-09T00:00:00+00:00")
    desk.write(later, article("a"), article("a"))
    desk.build()
    assert [row["title"] for row in desk.rows()] == ["New"]
    desk.build(revisions="all")
    assert [row["revision"] for row in desk.rows()] == [1, 2]


def test_what_is_gone_is_left_out_of_the_latest_and_marked_among_all(desk: Desk) -> None:
    desk.write(article("a"), article("b"), gone("a", "2025-06-01T00:00:00+00:00"), gone("never", "2025-06-01"))
    desk.build()
    assert [row["id"] for row in desk.rows()] == ["b"]
    desk.build(revisions="all")
    assert {row["id"]: row["gone_at"] for row in desk.rows()} == {"a": "2025-06-01T00:00:00+00:00", "b": None}


def test_what_came_back_is_not_gone(desk: Desk) -> None:
    desk.write(gone("a", "2025-06-01T00:00:00+00:00"), article("a", revision=2, fetched_at="2025-07-01T00:00:00+00:00"))
    desk.build()
    assert [(row["id"], row["gone_at"]) for row in desk.rows()] == [("a", None)]


def test_an_article_whose_latest_line_opts_out_is_left_out_with_all_its_revisions(desk: Desk) -> None:
    later = article("a", revision=2, robots=["gptbot:noai"], fetched_at="2025-03-09T00:00:00+00:00")
    desk.write(article("a"), later, article("b", robots=["noarchive"]))
    for revisions in ("latest", "all"):
        desk.build(revisions=revisions, leave_out=frozenset({"noai"}))
        assert [row["id"] for row in desk.rows()] == ["b"]
    desk.build()
    assert [row["id"] for row in desk.rows()] == ["a", "b"]
    card = (desk.dataset / "README.md").read_text(encoding="utf-8")
    assert "| `gptbot:noai` | 1 | 50.0 % | yes |" in card


def test_all_articles_of_a_publication_are_in_one_split(desk: Desk) -> None:
    desk.write(*(article(f"{p}-{n}", publication=f"Paper {p}") for p in range(30) for n in range(3)))
    desk.build()
    splits: dict[str, set[str]] = {}
    for row in desk.rows():
        splits.setdefault(row["publication_name"], set()).add(row["split"])
    assert all(len(names) == 1 for names in splits.values())
    assert {name for names in splits.values() for name in names} == {"train", "validation", "test"}


def test_the_database_searches_and_relates(desk: Desk) -> None:
    desk.write(article("a", body="The ferry is late. " + text(1)), article("b", body=text(2)))
    desk.build("sqlite")
    with closing(sqlite3.connect(desk.dataset / "articles.sqlite")) as database:
        search = (
            "SELECT title FROM articles WHERE article IN (SELECT rowid FROM articles_fts WHERE articles_fts MATCH ?)"
        )
        assert database.execute(search, ("ferry",)).fetchall() == [("About a",)]
        assert database.execute("SELECT name, count(*) FROM by_author GROUP BY name").fetchall() == [("Mara Lind", 2)]
        assert database.execute("SELECT articles, first_date FROM publications").fetchall() == [(2, "2025-03-04")]
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def test_no_cell_of_the_table_is_a_formula(desk: Desk) -> None:
    desk.write(article("a", title="=HYPERLINK(1)", section="@x", tags=["=1"]))
    desk.build("csv")
    with (desk.dataset / "articles.csv").open(encoding="utf-8", newline="") as file:
        (row,) = csv.DictReader(file)
    assert (row["title"], row["section"], row["publication"]) == ("'=HYPERLINK(1)", "'@x", "the-harbour-gazette")
    assert json.loads(row["tags"]) == ["=1"]


def test_a_folder_that_holds_something_else_is_not_touched(desk: Desk) -> None:
    desk.write(article("a"))
    desk.dataset.mkdir()
    (desk.dataset / "thesis.txt").write_text("mine")
    with pytest.raises(ConfigurationError, match="--to"):
        desk.build()
    assert list(desk.bytes()) == ["thesis.txt"]


def test_a_build_that_broke_off_is_taken_up(desk: Desk) -> None:
    broken = desk.write(article("a"))
    desk.build("csv")
    (desk.dataset / "manifest.json").write_text('{"format": 1, "files": {}}')
    (desk.dataset / ".build-x").mkdir()
    broken.unlink()
    desk.write(article("b"))
    desk.build()
    assert sorted(desk.bytes()) == [
        "README.md", "data/publication=the-harbour-gazette/month=2025-03/part-0.parquet", "manifest.json"
    ]  # fmt: skip
    assert not (desk.dataset / ".build-x").exists()


def test_damaged_lines_are_counted_and_files_in_progress_left_alone(desk: Desk) -> None:
    path = desk.write(article("a"))
    path.write_bytes(path.read_bytes() + b'{"url": "https://gazette.ex\n[1]\n')
    (path.parent / ".gazette-9.jsonl.part").write_bytes(b"{")
    built = desk.build()
    assert (built.rows, built.problems) == (1, 2)


def test_what_a_page_says_of_its_use_cannot_break_the_card(desk: Desk) -> None:
    desk.write(article("a", robots=["noai`|<script>\n---"], language="en\n- x"))
    desk.build()
    card = (desk.dataset / "README.md").read_text(encoding="utf-8")
    assert "<script>" not in card
    assert card.count("\n---\n") == 1
