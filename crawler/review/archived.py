"""The archived pages of an article, found by its id and the time of its visit, or by its address."""

from __future__ import annotations

import sqlite3
import zlib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from crawler.archive.facts import PageAt, VisitFacts
from crawler.archive.reader import is_own, read_exchange, read_facts, read_pages
from crawler.archive.spans import GZIP, ArchiveError, Span, spans
from crawler.errors import ConfigurationError
from crawler.fetching.decompression import DamagedError, TooLargeError
from crawler.page import Page
from crawler.reprocessing.rereading import page_of
from crawler.reprocessing.work import input_files, open_file
from crawler.review.index import Index, Progress, State, state_of

HEAD = 4096
"""Bytes of a record that are looked at for its type and address."""
FIND = """
SELECT path, start, end, own, fetched FROM visits JOIN archives ON number = archive
WHERE {} = ? ORDER BY fetched = ? DESC, fetched DESC LIMIT 1
"""
NO_ARCHIVE = (
    "There is no archive to take the page from. Crawl with ARCHIVE_DIR=archive, and name the folder with --archive"
    " or the setting ARCHIVE_DIR."
)
NOT_THERE = (
    "The archive does not hold this page: the article was crawled without ARCHIVE_DIR, or the archive's file is"
    " elsewhere. `scrapy explain {}` reads the page as it is today."
)


@dataclass(frozen=True, slots=True)
class Archived:
    """The pages that an article was read from."""

    pages: tuple[Page, ...]
    fetched: str
    """When they were fetched, ISO 8601."""
    missing: int = 0
    """Parts that the crawl could not have."""


def read_archive(index: Index, folder: Path, *, progress: Progress) -> int:
    """Take in the WARC files that are new, forget those that are gone; how many of the new ones are damaged.

    Raises `ConfigurationError` where there is no such folder.
    """
    files = {state.path: state for state in (state_of(Path(name)) for name in input_files([str(folder.resolve())]))}
    damaged = 0
    with index.opened() as connection:
        known = {State(*row) for row in connection.execute("SELECT path, size, changed FROM archives")}
        _forget(connection, known - set(files.values()))
        new = [state for state in files.values() if state not in known]
        for number, state in enumerate(new, 1):
            progress(f"reading {Path(state.path).name} ({number} of {len(new)})")
            connection.execute("BEGIN IMMEDIATE")
            damaged += _take_file(connection, state)
            connection.execute("COMMIT")
    return damaged


def _forget(connection: sqlite3.Connection, gone: set[State]) -> None:
    for state in gone:
        connection.execute(
            "DELETE FROM visits WHERE archive IN (SELECT number FROM archives WHERE path = ?)", (state.path,)
        )
        connection.execute("DELETE FROM archives WHERE path = ?", (state.path,))


def _take_file(connection: sqlite3.Connection, state: State) -> bool:
    """Note the records of a file; whether it is damaged. What comes before the damage is known."""
    row = (state.path, state.size, state.changed)
    number = connection.execute("INSERT INTO archives VALUES (NULL, ?, ?, ?)", row).lastrowid
    try:
        with open_file(state.path) as ahead, open_file(state.path) as file:
            own = is_own(file)
            for span in spans(ahead):
                note = _own(file, span) if own else _document(file, span)
                if note:
                    values = (*note, own, number, *span)
                    connection.execute("INSERT INTO visits VALUES (?, ?, ?, ?, ?, ?, ?)", values)
    except ArchiveError:
        return True
    return False


def _own(file: IO[bytes], span: Span) -> tuple[str | None, str, str] | None:
    """Article, time and address of a visit whose pages the archive has."""
    if _head(file, span).get("warc-type") != "metadata":
        return None
    for facts in read_facts(file, span):
        if isinstance(facts, VisitFacts) and facts.pages:
            return facts.id, facts.fetched_at or "", facts.url
    return None


def _document(file: IO[bytes], span: Span) -> tuple[None, str, str] | None:
    """The same of an answer in somebody else's archive, which knows no articles."""
    head = _head(file, span)
    url = head.get("warc-target-uri", "")
    if head.get("warc-type") != "response" or not url.startswith(("http://", "https://")):
        return None
    return None, head.get("warc-date", ""), url


def _head(file: IO[bytes], span: Span) -> dict[str, str]:
    """The record's own header, names in lower case."""
    file.seek(span.start)
    start = file.read(min(span.end - span.start, HEAD))
    if start.startswith(GZIP):
        start = zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(start, HEAD)
    lines = start.partition(b"\r\n\r\n")[0].decode("utf-8", "replace").split("\r\n")
    return {name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}


def find_pages(index: Index, item: dict[str, Any]) -> Archived | str:
    """The pages that an item was read from, or in a sentence why there are none.

    Where that very visit is not archived, the latest other one of the same article.
    """
    with index.opened() as connection:
        (archives,) = connection.execute("SELECT count(*) FROM archives").fetchone()
        row = next(filter(None, (_row(connection, name, item) for name in ("article", "url"))), None)
    if row is None:
        return NOT_THERE.format(item["url"]) if archives else NO_ARCHIVE
    path, start, end, own, fetched = row
    try:
        with open_file(path) as file:
            found = _visit(file, Span(start, end), path) if own else _other(file, Span(start, end))
    except (OSError, ArchiveError, DamagedError, TooLargeError, ConfigurationError, ValueError) as error:
        return f"The archived page of {fetched} cannot be read: {error}"
    return found or f"{path}: there is no page at byte {start}"


def _row(connection: sqlite3.Connection, column: str, item: dict[str, Any]) -> tuple[Any, ...] | None:
    wanted = (item.get("id") if column == "article" else item["url"], item.get("fetched_at") or "")
    row: tuple[Any, ...] | None = connection.execute(FIND.format(column), wanted).fetchone()
    return row


def _visit(file: IO[bytes], span: Span, path: str) -> Archived | None:
    for facts in read_facts(file, span):
        if isinstance(facts, VisitFacts):
            folder = str(Path(path).parent)
            pages = tuple(_page(at, facts, folder) for at in facts.pages)
            return Archived(pages, facts.fetched_at or "", facts.missing)
    return None


def _page(at: PageAt, facts: VisitFacts, folder: str) -> Page:
    exchange = read_exchange(folder, at.kept.place, at.kept.payload, opener=open_file)
    moment = datetime.fromisoformat(at.fetched_at) if at.fetched_at else exchange.fetched_at
    return page_of(exchange, url=at.url, fetched_at=moment, links=facts.links, profile=facts.profile)


def _other(file: IO[bytes], span: Span) -> Archived | None:
    for exchange in read_pages(file, span):
        moment = exchange.fetched_at.replace(microsecond=0)
        return Archived((page_of(exchange, url=exchange.url, fetched_at=moment),), moment.isoformat())
    return None
