"""What every line says of itself, in a table on disk: which lines make the dataset, in which order and partition."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field, fields
from datetime import UTC, datetime
from hashlib import blake2b
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import orjson

from crawler.datasets.lines import Lines, Place
from crawler.datasets.similar import Originals
from crawler.datasets.splits import Shares
from crawler.items import Article
from crawler.publication_values import slug_of

FIELDS = tuple(field.name for field in fields(Article))
UNDATED = "undated"
TABLES = """
CREATE TABLE lines (
    line INTEGER PRIMARY KEY, article TEXT, revision INTEGER, fetched TEXT, run TEXT, digest BLOB, gone INTEGER,
    publication TEXT, month TEXT, moment TEXT, language TEXT, robots TEXT, access TEXT, filled INTEGER,
    restricted INTEGER, file INTEGER, offset INTEGER, length INTEGER
);
CREATE TABLE articles (
    article TEXT PRIMARY KEY, latest INTEGER, gone_at TEXT, restricted INTEGER, duplicate_of TEXT
);
CREATE TABLE chosen (line INTEGER PRIMARY KEY);
"""
ARTICLES = """
INSERT INTO articles (article, latest, gone_at, restricted)
SELECT article, latest, CASE WHEN gone_at >= fetched THEN gone_at END, restricted FROM (
    SELECT article, line AS latest, fetched, restricted, row_number() OVER (
        PARTITION BY article ORDER BY fetched DESC, revision DESC, run DESC, digest DESC) AS place,
        (SELECT max(fetched) FROM lines AS stone WHERE stone.article = lines.article AND stone.gone) AS gone_at
    FROM lines WHERE NOT gone) WHERE place = 1
"""
LATEST = "INSERT INTO chosen SELECT latest FROM articles WHERE gone_at IS NULL AND NOT restricted"
ALL = """
INSERT INTO chosen SELECT line FROM (SELECT line, row_number() OVER (
    PARTITION BY article, revision, fetched ORDER BY run DESC, digest DESC) AS place FROM lines WHERE NOT gone)
JOIN lines USING (line) JOIN articles USING (article) WHERE place = 1 AND NOT articles.restricted
"""
IN_ORDER = """
SELECT line, file, offset, length, digest, publication, month, gone_at, duplicate_of
FROM chosen JOIN lines USING (line) JOIN articles USING (article)
{} ORDER BY publication, month, moment, article, fetched, digest
"""
_MONTH = re.compile(r"\d{4}-\d\d(?!\d)")


@dataclass(frozen=True, slots=True)
class Selection:
    """Which lines make the dataset."""

    revisions: str = "latest"
    """`latest` or `all`."""
    leave_out: frozenset[str] = frozenset()
    """Restrictions (`robots`) whose articles are left out."""
    shares: Shares = field(default_factory=Shares)


@dataclass(frozen=True, slots=True)
class Chosen:
    """A line that is in the dataset, with what is known only of all lines together."""

    place: Place
    digest: bytes
    publication: str
    month: str
    split: str
    gone_at: str | None
    duplicate_of: str | None


class Index:
    """Reads the lines once; whatever grows with their number lies in a file, not in memory."""

    def __init__(self, path: Path, lines: Lines, selection: Selection) -> None:
        self.connection = sqlite3.connect(path, isolation_level=None)
        self.connection.executescript(f"PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; {TABLES}")
        self._lines = lines
        self._selection = selection
        self.problems = 0
        """Lines that are no items."""

    def build(self) -> None:
        """Read everything and choose."""
        self.connection.execute("BEGIN")
        for place, line in self._lines:
            self._take(place, line)
        self.connection.execute("CREATE INDEX by_article ON lines (article, gone)")
        self.connection.execute("CREATE INDEX by_partition ON lines (publication, month, moment, article, fetched)")
        self.connection.execute(ARTICLES)
        self.connection.execute(LATEST if self._selection.revisions == "latest" else ALL)
        self._mark_duplicates()
        self.connection.execute("COMMIT")

    def partitions(self) -> list[tuple[str, str]]:
        """(publication, month) of every partition."""
        query = "SELECT DISTINCT publication, month FROM chosen JOIN lines USING (line) ORDER BY publication, month"
        return self.connection.execute(query).fetchall()

    def chosen(self, partition: tuple[str, str] | None = None) -> Iterator[Chosen]:
        """The lines of the dataset, or of one partition: by publication, month, date, identity, age."""
        only = "WHERE publication = ? AND month = ?" if partition else ""
        rows = self.connection.execute(IN_ORDER.format(only), partition or ())
        for _, file, offset, length, digest, publication, month, gone_at, duplicate in rows:
            split = self._selection.shares.of(publication)
            yield Chosen(Place(file, offset, length), digest, publication, month, split, gone_at, duplicate)

    def close(self) -> None:
        """Let go of the table."""
        self.connection.close()

    def _take(self, place: Place, line: bytes) -> None:
        item = _item(line)
        if item is None:
            self.problems += 1
        else:
            restricted = _is_restricted(item, self._selection.leave_out)
            row = (*_facts(item, line), restricted, place.file, place.offset, place.length)
            self.connection.execute(f"INSERT INTO lines VALUES (NULL{', ?' * len(row)})", row)  # noqa: S608 - marks only

    def _mark_duplicates(self) -> None:
        originals = Originals(self.connection, self._text_of)
        query = """SELECT line, article FROM articles JOIN lines USING (article)
            WHERE line = latest AND latest IN (SELECT line FROM chosen) ORDER BY moment IS NULL, moment, article"""
        for line, article in self.connection.execute(query):  # sorted, so complete before the first row
            original = originals.original_of(line, self._text_of(line))
            if original is not None:
                self.connection.execute(
                    "UPDATE articles SET duplicate_of = (SELECT article FROM lines WHERE line = ?) WHERE article = ?",
                    (original, article),
                )

    def _text_of(self, line: int) -> str | None:
        row = self.connection.execute("SELECT file, offset, length FROM lines WHERE line = ?", (line,)).fetchone()
        return self._lines.read(Place(*row)).get("body")


def _item(line: bytes) -> dict[str, Any] | None:
    try:
        item = orjson.loads(line)
    except ValueError:
        return None
    fit = isinstance(item, dict) and isinstance(item.get("url"), str) and item.get("page_type") in ("article", "gone")
    return item if fit else None


def _is_restricted(item: dict[str, Any], leave_out: frozenset[str]) -> bool:
    """Whether it states one of these, for everybody or for a crawler by name (`gptbot:noai`)."""
    return any(value.rpartition(":")[2] in leave_out or value in leave_out for value in item.get("robots") or ())


def _facts(item: dict[str, Any], line: bytes) -> tuple[Any, ...]:
    date = item.get("date") or ""
    filled = sum(1 << bit for bit, name in enumerate(FIELDS) if item.get(name) not in (None, [], {}, ""))
    return (
        item.get("id") or item["url"], item.get("revision") or 1, item.get("fetched_at") or "",
        item.get("run_id") or "", blake2b(line, digest_size=16).digest(), item["page_type"] == "gone",
        slug_of(item.get("publication") or urlsplit(item["url"]).hostname or ""),
        date[:7] if _MONTH.match(date) else UNDATED, _moment(date), item.get("language"),
        orjson.dumps(item.get("robots") or []).decode(), item.get("access"), filled,
    )  # fmt: skip


def _moment(date: str) -> str | None:
    """The date as text that sorts: in UTC where it has an offset."""
    with suppress(ValueError, OverflowError):
        found = datetime.fromisoformat(date)
        if found.tzinfo:
            return found.astimezone(UTC).isoformat()
    return date or None
