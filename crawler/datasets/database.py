"""A dataset as one SQLite file with full-text search, as Datasette opens it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from crawler.datasets.schema import ADDED, PARTITION
from crawler.items import Article, Author, Image, PostLink
from crawler.json_lines import encode_line


@dataclass(frozen=True, slots=True)
class Related:
    """A list of an article that has a table of its own: one row an entry, in the list's order."""

    field: str
    columns: tuple[str, ...]


RELATED = (
    Related("authors", tuple(field.name for field in fields(Author))),
    Related("tags", ("tag",)),
    Related("images", tuple(field.name for field in fields(Image))),
    Related("latest_posts", tuple(field.name for field in fields(PostLink))),
)
_OWN = {related.field for related in RELATED}
COLUMNS = (
    *PARTITION,
    *(field.name for field in fields(Article) if field.name not in _OWN | {"publication"}),
    *(column.name for column in ADDED),
)
SEARCHED = ("title", "subtitle", "byline", "body")
INTEGERS = frozenset({"word_count", "revision", "body_complete", "encoding_doubtful"})
LAST = """
CREATE INDEX articles_by_date ON articles (publication, date);
CREATE INDEX articles_by_id ON articles (id);
CREATE INDEX authors_by_name ON authors (name);
CREATE INDEX tags_by_tag ON tags (tag);
INSERT INTO articles_fts (articles_fts) VALUES ('rebuild');
INSERT INTO articles_fts (articles_fts) VALUES ('optimize');
CREATE VIEW originals AS SELECT * FROM articles WHERE duplicate_of IS NULL;
CREATE VIEW publications AS
    SELECT publication, publication_name, split, count(*) AS articles, min(substr(date, 1, 10)) AS first_date,
        max(substr(date, 1, 10)) AS last_date, sum(word_count) AS words, count(duplicate_of) AS duplicates
    FROM articles GROUP BY publication;
CREATE VIEW by_author AS
    SELECT authors.name, articles.* FROM authors JOIN articles ON articles.article = authors.article;
"""


def write_database(path: Path, rows: Iterable[Mapping[str, Any]]) -> None:
    """Write a file from rows. The same rows give the same bytes with the same SQLite."""
    path.unlink(missing_ok=True)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.executescript("PRAGMA page_size=4096; PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;")
        connection.executescript(_tables())
        connection.execute("BEGIN")
        for number, row in enumerate(rows, 1):
            _insert(connection, number, row)
        connection.execute("COMMIT")
        connection.executescript(f"BEGIN; {LAST} COMMIT;")


def _tables() -> str:
    columns = ", ".join(f"{name} {'INTEGER' if name in INTEGERS else 'TEXT'}" for name in COLUMNS)
    related = "".join(
        f"CREATE TABLE {table.field} (article INTEGER REFERENCES articles (article), position INTEGER,"
        f" {', '.join(f'{name} TEXT' for name in table.columns)}, PRIMARY KEY (article, position)) WITHOUT ROWID;"
        for table in RELATED
    )
    search = f"CREATE VIRTUAL TABLE articles_fts USING fts5({', '.join(SEARCHED)}, content='articles', content_rowid='article', tokenize='unicode61 remove_diacritics 2');"  # noqa: E501
    return f"CREATE TABLE articles (article INTEGER PRIMARY KEY, {columns});{related}{search}"


def _insert(connection: sqlite3.Connection, number: int, row: Mapping[str, Any]) -> None:
    values = (number, *(_cell(row.get(name)) for name in COLUMNS))
    connection.execute(f"INSERT INTO articles VALUES ({_marks(values)})", values)  # noqa: S608 - marks only
    for table in RELATED:
        for position, entry in enumerate(row.get(table.field) or (), 1):
            parts = [entry.get(name) for name in table.columns] if isinstance(entry, dict) else [entry]
            cells = (number, position, *parts)
            connection.execute(f"INSERT INTO {table.field} VALUES ({_marks(cells)})", cells)  # noqa: S608 - as above


def _cell(value: Any) -> Any:
    return encode_line(value).decode().rstrip("\n") if isinstance(value, list | dict) else value


def _marks(values: tuple[Any, ...]) -> str:
    return ", ".join("?" * len(values))
