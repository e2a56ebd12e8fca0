"""What the list shows: filters, search and pages, as SQL on the desk's index."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple, Self
from urllib.parse import urlencode

from crawler.review.index import CUT, WATCHED, Index, bit, names_of

PAGE = 50
"""Articles on one page of the list."""
STATES = ("revised", "gone", "there")
ORDERS = ("newest", "oldest")
_DAY = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
_WORD = re.compile(r"[^\W_]+")
_FOUND = re.compile(r'"([^"]*)"|(\S+)')
MAX_WORDS = 20
COLUMNS = "line, article, url, publication, date, title, byline, words, missing, low, gone"


class Row(NamedTuple):
    """An article in the list, at its latest revision."""

    line: int
    article: str
    url: str
    publication: str
    date: str | None
    title: str | None
    byline: str | None
    words: int | None
    missing: list[str]
    low: list[str]
    gone: bool
    revisions: int


@dataclass(frozen=True, slots=True)
class Filters:
    """What a reader asks for; an empty value asks for nothing."""

    q: str = ""
    """Words that all occur; "in quotes": side by side. An address finds its article."""
    publication: str = ""
    since: str = ""
    until: str = ""
    """Days, months or years, both included."""
    missing: str = ""
    """A field that is missing."""
    low: str = ""
    """A field whose evidence is low, or `any`."""
    state: str = ""
    """`revised`, `gone` or `there`."""
    order: str = "newest"

    @classmethod
    def parse(cls, asked: Mapping[str, str]) -> Self:
        """The filters of a query string; values that cannot be meant are passed over."""
        values = {name: str(asked.get(name) or "").strip()[:500] for name in cls.__slots__}
        allowed: dict[str, tuple[str, ...]] = {
            "missing": (*WATCHED, CUT), "low": ("any", *WATCHED), "state": STATES, "order": ORDERS,
        }  # fmt: skip
        for name, names in allowed.items():
            if values[name] not in names:
                values[name] = "newest" if name == "order" else ""
        for name in ("since", "until"):
            values[name] = values[name] if _DAY.fullmatch(values[name]) else ""
        return cls(**values)

    def query(self, **others: object) -> str:
        """The query string that asks for the same."""
        own = {name: getattr(self, name) for name in self.__slots__}
        values = {
            name: value for name, value in {**own, **others}.items() if value and (name, value) != ("order", "newest")
        }
        return "?" + urlencode(values) if values else "?"

    @property
    def is_empty(self) -> bool:
        """Whether everything is asked for."""
        return self.query() in ("?", "?order=oldest")

    def conditions(self) -> Iterator[tuple[str, Any]]:
        """SQL with one mark each, and its value."""
        if self.publication:
            yield "articles.publication = ?", self.publication
        if self.since:
            yield "articles.moment >= ?", self.since
        if self.until:
            yield "articles.moment <> '' AND articles.moment < ?", self.until + "~"  # behind everything that begins so
        if self.missing:
            yield "articles.missing & ? AND NOT articles.gone", bit(self.missing)
        if self.low:
            yield "articles.low & ?", -1 if self.low == "any" else bit(self.low)
        if self.state:
            yield (
                {"revised": "articles.revisions > ?", "gone": "articles.gone = ?"}.get(self.state, "articles.gone < ?"),
                1,
            )
        if self.q:
            yield "articles.line IN (SELECT rowid FROM texts WHERE texts MATCH ?)", match_of(self.q)


def match_of(text: str) -> str:
    """The words of a search as FTS5 wants them: nothing that was typed is syntax. The last word may be a beginning."""
    phrases = [
        " ".join(_WORD.findall(quoted or single)) for quoted, single in _FOUND.findall(text)
    ]  # fmt: skip
    wanted = [f'"{phrase}"' for phrase in phrases if phrase][:MAX_WORDS]
    if wanted and not text.rstrip().endswith('"'):
        wanted[-1] += "*"
    return " ".join(wanted) or '""'


class Found(NamedTuple):
    """One page of the list."""

    rows: list[Row]
    total: int
    page: int
    pages: int


def find(index: Index, filters: Filters, *, page: int) -> Found:
    """The articles that filters ask for, newest first; a page beyond the last is the last."""
    conditions = list(filters.conditions())
    where = " AND ".join(f"({text})" for text, _ in conditions) or "1"
    values = [value for _, value in conditions]
    with index.opened() as connection:
        query = f"SELECT count(*) FROM articles WHERE {where}"  # noqa: S608 - our own texts
        (total,) = connection.execute(query, values).fetchone()
        pages = max(1, -(-total // PAGE))
        page = min(max(1, page), pages)
        rows = _rows(connection, where, [*values, PAGE, (page - 1) * PAGE], oldest=filters.order == "oldest")
    return Found(rows, total, page, pages)


def _rows(connection: sqlite3.Connection, where: str, values: list[Any], *, oldest: bool) -> list[Row]:
    direction = "ASC" if oldest else "DESC"
    inner = f"SELECT line AS wanted, revisions FROM articles WHERE {where} ORDER BY moment {direction}, line {direction} LIMIT ? OFFSET ?"  # noqa: S608, E501 - our own texts
    query = f"SELECT {COLUMNS}, revisions FROM ({inner}) JOIN lines ON line = wanted ORDER BY lines.moment {direction}, line {direction}"  # noqa: S608, E501
    return [
        Row._make((*row[:8], names_of(row[8]), names_of(row[9]), bool(row[10]), row[11]))
        for row in connection.execute(query, values)
    ]


def publications(index: Index) -> list[tuple[str, int]]:
    """Publication → its articles, by name."""
    query = "SELECT publication, count(*) FROM articles GROUP BY publication ORDER BY publication"
    with index.opened() as connection:
        return list(connection.execute(query))


class Revision(NamedTuple):
    """One line of an article."""

    line: int
    number: int
    """1 for the first line that is there, and so on."""
    revision: int
    fetched: str
    run: str | None
    gone: bool


def revisions(index: Index, article: str) -> list[Revision]:
    """The lines of an article, the oldest first; none where it is not known."""
    query = "SELECT line, revision, fetched, run, gone FROM lines WHERE article = ? ORDER BY fetched, revision, line"
    with index.opened() as connection:
        rows = connection.execute(query, (article,)).fetchall()
    return [Revision._make((line, number, *rest[:-1], bool(rest[-1]))) for number, (line, *rest) in enumerate(rows, 1)]
