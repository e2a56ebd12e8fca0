"""WARC files into exchanges and facts: this project's own, Common Crawl's, browsertrix', wget's."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord

from crawler.archive.exchange import Exchange

MAX_BODY = 16 << 20
"""Bytes of a response that are read; the crawl's own limit for a page."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What the crawl knew of a page: a metadata record of this project."""

    url: str
    """The page's address."""
    facts: dict[str, Any]
    """The record's JSON object."""


class ArchiveError(Exception):
    """A WARC file cannot be read on: it is damaged or cut at a place; what came before is good."""


def read_archive(file: Path) -> Iterator[Exchange | Facts]:
    """Every successful HTML response and every metadata record of ours, in the file's order.

    Content and transfer encodings of responses are undone. Revisit records carry no content and are passed over.
    Raises ArchiveError, naming file and offset, where the file is damaged.
    """
    with file.open("rb") as stream:
        records = ArchiveIterator(stream, arc2warc=True)
        try:
            for record in records:
                found = _read(record)
                if found is not None:
                    yield found
        except (ArchiveLoadFailed, EOFError, ValueError) as error:
            raise ArchiveError(f"{file}: damaged near byte {records.get_record_offset()}: {error}") from error


def _read(record: ArcWarcRecord) -> Exchange | Facts | None:
    url = record.rec_headers.get_header("WARC-Target-URI")
    if not url:
        return None
    if record.rec_type == "metadata":
        return _facts(record, url)
    if record.rec_type != "response" or record.http_headers is None:
        return None
    status = record.http_headers.get_statuscode()
    return _exchange(record, url) if status == "200" and _is_html(record) else None


def _is_html(record: ArcWarcRecord) -> bool:
    kind = (record.http_headers.get_header("content-type") or "text/html").lower()
    return "html" in kind


def _facts(record: ArcWarcRecord, url: str) -> Facts | None:
    if record.content_type != "application/json":
        return None
    with suppress(ValueError):
        facts = json.loads(record.content_stream().read(MAX_BODY))
        return Facts(url, facts) if isinstance(facts, dict) else None
    return None


def _exchange(record: ArcWarcRecord, url: str) -> Exchange:
    undone = {"content-encoding", "transfer-encoding", "content-length"}
    headers = tuple((name, value) for name, value in record.http_headers.headers if name.lower() not in undone)
    date = record.rec_headers.get_header("WARC-Date") or ""
    body = record.content_stream().read(MAX_BODY)
    return Exchange(url, 200, headers, body, _moment(date))


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text.replace("Z", "+00:00"))
    except ValueError:
        return datetime.fromtimestamp(0, UTC)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
