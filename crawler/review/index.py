"""What the desk must know of every line to list and find it: a table and a full-text index in one SQLite file."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson

from crawler.datasets.lines import Lines
from crawler.errors import StorageError

VERSION = 1
"""Of the tables below; a file of another version is written anew."""
WATCHED = (
    "title", "subtitle", "byline", "date", "date_modified", "body", "author_bio", "latest_posts", "section", "tags",
    "language", "images", "canonical_url",
)  # fmt: skip
"""The fields whose absence and evidence can be asked for. The order is that of the bits in `missing` and `low`."""
CUT = "the whole body"
"""What is missing where `body_complete` is false: the bit after those of `WATCHED`."""
LOW = "inferred"
"""The evidence level that is called low: read off something that serves another purpose."""
TABLES = """
CREATE TABLE files (number INTEGER PRIMARY KEY, path TEXT, size INTEGER, changed INTEGER);
CREATE TABLE lines (
    line INTEGER PRIMARY KEY, article TEXT, revision INTEGER, fetched TEXT, run TEXT, url TEXT, publication TEXT,
    moment TEXT, date TEXT, title TEXT, byline TEXT, words INTEGER, missing INTEGER, low INTEGER, gone INTEGER,
    file INTEGER, offset INTEGER, length INTEGER
);
CREATE INDEX lines_by_article ON lines (article, fetched);
CREATE TABLE articles (
    line INTEGER PRIMARY KEY, publication TEXT, moment TEXT, missing INTEGER, low INTEGER, gone INTEGER,
    revisions INTEGER
);
CREATE INDEX articles_by_moment ON articles (moment, line);
CREATE INDEX articles_by_publication ON articles (publication, moment, line);
CREATE VIRTUAL TABLE texts USING fts5(
    title, subtitle, byline, body, url, content='', tokenize='unicode61 remove_diacritics 2');
CREATE TABLE archives (number INTEGER PRIMARY KEY, path TEXT, size INTEGER, changed INTEGER);
CREATE TABLE visits (
    article TEXT, fetched TEXT, url TEXT, own INTEGER, archive INTEGER, start INTEGER, end INTEGER
);
CREATE INDEX visits_by_article ON visits (article, fetched);
CREATE INDEX visits_by_url ON visits (url, fetched);
"""
LATEST = """
BEGIN IMMEDIATE;
DELETE FROM articles;
INSERT INTO articles SELECT line, publication, moment, missing, low, gone, revisions FROM (
    SELECT line, publication, moment, missing, low, gone, count(*) OVER (PARTITION BY article) AS revisions,
        row_number() OVER (PARTITION BY article ORDER BY fetched DESC, revision DESC, line DESC) AS place FROM lines
) WHERE place = 1;
ANALYZE;
COMMIT;
"""
Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class State:
    """A file as it was when it was read: finished files never change, so one that did is another file."""

    path: str
    size: int
    changed: int
    """Nanoseconds."""


class Index:
    """The tables; opened anew for each use, so that any thread may ask."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.problems = 0
        """Lines that are no items, of the files read this time."""

    @contextmanager
    def opened(self) -> Iterator[sqlite3.Connection]:
        """A connection. Raises `StorageError` where the file cannot be used."""
        try:
            with closing(sqlite3.connect(self.path, isolation_level=None, timeout=30)) as connection:
                yield connection
        except sqlite3.Error as error:
            raise StorageError(f"{self.path}: {error}; name another file with --index, or delete this one") from error

    def prepare(self) -> None:
        """Make the tables, where there are none of this version."""
        with suppress(OSError):
            self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.opened() as connection:
            (version,) = connection.execute("PRAGMA user_version").fetchone()
            if version != VERSION:
                _create(connection)

    def read(self, lines: Lines, *, progress: Progress, anew: bool = True) -> None:
        """Take in the files that are new. Where a known one is gone or has changed, read all `anew`, or let it be."""
        files = {state.path: state for state in map(state_of, lines.files)}
        with self.opened() as connection:
            known = {State(*row) for row in connection.execute("SELECT path, size, changed FROM files")}
            if anew and not known <= set(files.values()):
                _create(connection)
                known = set()
            paths = {state.path for state in known}
            new = [state for state in files.values() if state.path not in paths]
            for number, state in enumerate(new, 1):
                progress(f"reading {Path(state.path).name} ({number} of {len(new)})")
                connection.execute("BEGIN IMMEDIATE")
                self._take_file(connection, state)
                connection.execute("COMMIT")
            if new:
                connection.executescript(LATEST)

    def _take_file(self, connection: sqlite3.Connection, state: State) -> None:
        row = (state.path, state.size, state.changed)
        number = connection.execute("INSERT INTO files VALUES (NULL, ?, ?, ?)", row).lastrowid
        offset = 0
        with open(state.path, "rb") as file:
            for line in file:
                item = item_of(line)
                if item is None:
                    self.problems += 1
                else:
                    _take(connection, item, (number, offset, len(line)))
                offset += len(line)

    def item(self, line: int) -> dict[str, Any]:
        """The item of a line. Raises `StorageError` where the file is not as it was."""
        query = "SELECT path, offset, length FROM lines JOIN files ON number = file WHERE line = ?"
        with self.opened() as connection:
            path, offset, length = connection.execute(query, (line,)).fetchone()
        try:
            with open(path, "rb") as file:
                file.seek(offset)
                item = item_of(file.read(length))
        except OSError as error:
            raise StorageError(f"{path}: {error.strerror}; start the desk anew") from error
        if item is None:
            raise StorageError(f"{path} changed since it was read; start the desk anew")
        return item


def state_of(path: Path) -> State:
    """A file as it is now. Raises OSError."""
    found = path.stat()
    return State(str(path), found.st_size, found.st_mtime_ns)


def item_of(line: bytes) -> dict[str, Any] | None:
    """The item of a line; None where it is none."""
    try:
        item = orjson.loads(line)
    except ValueError:
        return None
    return item if isinstance(item, dict) and isinstance(item.get("url"), str) else None


def missing_in(item: Mapping[str, Any]) -> Iterator[str]:
    """The watched fields that an item lacks."""
    yield from (name for name in WATCHED if not item.get(name))
    if item.get("body_complete") is False:
        yield CUT


def low_in(item: Mapping[str, Any]) -> Iterator[str]:
    """The watched fields whose evidence is low."""
    evidence = item.get("evidence") or {}
    yield from (name for name in WATCHED if (evidence.get(name) or {}).get("level") == LOW)


def bit(name: str) -> int:
    """The bit of a watched field in `missing` and `low`."""
    return 1 << (len(WATCHED) if name == CUT else WATCHED.index(name))


def names_of(bits: int) -> list[str]:
    """The names behind bits."""
    return [name for name in (*WATCHED, CUT) if bits & bit(name)]


def _create(connection: sqlite3.Connection) -> None:
    tables = "files lines articles texts archives visits".split()  # noqa: SIM905 - one line
    drop = "".join(f"DROP TABLE IF EXISTS {name};" for name in tables)
    connection.executescript(f"PRAGMA synchronous=OFF; BEGIN; {drop} {TABLES} PRAGMA user_version={VERSION}; COMMIT;")


def _take(connection: sqlite3.Connection, item: Mapping[str, Any], place: tuple[Any, ...]) -> None:
    date = str(item.get("date") or "")
    values = (
        str(item.get("id") or item["url"]), item.get("revision") or 1, item.get("fetched_at") or "",
        item.get("run_id"), item["url"], item.get("publication") or "", moment_of(date), date or None,
        item.get("title"), item.get("byline"), item.get("word_count"), _bits(missing_in(item)), _bits(low_in(item)),
        item.get("page_type") == "gone", *place,
    )  # fmt: skip
    marks = ", ?" * len(values)
    line = connection.execute(f"INSERT INTO lines VALUES (NULL{marks})", values).lastrowid  # noqa: S608 - marks only
    texts = tuple(item.get(name) for name in ("title", "subtitle", "byline", "body", "url"))
    connection.execute(
        "INSERT INTO texts (rowid, title, subtitle, byline, body, url) VALUES (?, ?, ?, ?, ?, ?)", (line, *texts)
    )


def _bits(names: Iterable[str]) -> int:
    return sum(map(bit, names))


def moment_of(date: str) -> str:
    """A date as text that sorts: in UTC where it has an offset; empty where there is none."""
    with suppress(ValueError, OverflowError):
        found = datetime.fromisoformat(date)
        return (found.astimezone(UTC) if found.tzinfo else found).strftime("%Y-%m-%dT%H:%M:%S")
    return date
