"""WARC files into exchanges and facts: this project's own, Common Crawl's, browsertrix', wget's."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import IO

from warcio.archiveiterator import ArchiveIterator
from warcio.bufferedreaders import ChunkedDataReader
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord
from warcio.timeutils import timestamp_to_datetime

from crawler.archive.exchange import Exchange, Place
from crawler.archive.facts import VisitFacts
from crawler.archive.spans import ArchiveError, Span
from crawler.archive.writer import SOFTWARE

MAX_BODY = 16 << 20
"""Bytes of a body that are read, as many as a crawl takes of a page; a longer one is marked as truncated."""
MAX_INFO = 1 << 16
READABLE = frozenset({"200", "203"})
"""Statuses whose body is the document that was asked for (RFC 9110, section 15.3)."""

Opener = Callable[[str], IO[bytes]]
"""Opens a file by its name, for reading and seeking."""


def is_own(file: IO[bytes]) -> bool:
    """Whether a WARC file was written by this project. Raises ArchiveError where its first record cannot be read."""
    file.seek(0)
    for record in _records(file, Span(0, 1)):
        if record.rec_type != "warcinfo":
            return False
        lines = record.content_stream().read(MAX_INFO).decode("utf-8", "replace").splitlines()
        return any(line.startswith(f"software: {SOFTWARE}") for line in lines)
    return False


def read_facts(file: IO[bytes], span: Span) -> Iterator[VisitFacts | ArchiveError]:
    """The visits whose metadata records begin in a span of a file of this project. Raises ArchiveError on damage.

    An error that is yielded is that of one record; the others follow.
    """
    for record in _records(file, span):
        if record.rec_type != "metadata" or record.content_type != "application/json":
            continue
        content = record.content_stream().read(MAX_BODY)
        try:
            facts = json.loads(content)
            found = VisitFacts.from_json(facts) if isinstance(facts, dict) else None
        except (ValueError, TypeError, KeyError) as error:
            url = record.rec_headers.get_header("WARC-Target-URI")
            yield ArchiveError(f"{url}: its metadata record cannot be read: {error!r}")
            continue
        if found:
            yield found


def read_pages(file: IO[bytes], span: Span) -> Iterator[Exchange]:
    """The HTML documents that were answered with 200 in a span of any WARC file. Raises ArchiveError on damage.

    Revisit records carry no content and are passed over, as is what was not fetched over HTTP.
    """
    for record in _records(file, span):
        url = record.rec_headers.get_header("WARC-Target-URI") or ""
        if record.rec_type != "response" or record.http_headers is None or not url.startswith(("http://", "https://")):
            continue
        if record.http_headers.get_statuscode() in READABLE and _may_be_html(record):
            yield _exchange(record, url)


def read_exchange(folder: str, place: Place, payload: Place | None, *, opener: Opener) -> Exchange:
    """The exchange at a place; the body is that of `payload` where the place is a revisit record.

    Raises ArchiveError, which names the file, where there is none, OSError where the file cannot be opened.
    """
    found = _at(folder, place, opener)
    if payload is None:
        return found
    return Exchange(found.url, found.status, found.headers, _at(folder, payload, opener).body, found.fetched_at)


def _at(folder: str, place: Place, opener: Opener) -> Exchange:
    path = f"{folder}/{place.file}"
    with opener(path) as file:
        file.seek(place.offset)
        for record in _records(file, Span(place.offset, place.offset + 1)):
            url = record.rec_headers.get_header("WARC-Target-URI")
            if url and record.http_headers is not None:
                return _exchange(record, url)
    raise ArchiveError(f"{path}: no answer at byte {place.offset}")


def _records(file: IO[bytes], span: Span) -> Iterator[ArcWarcRecord]:
    """The records that begin in a span."""
    file.seek(span.start)
    records = ArchiveIterator(file, arc2warc=True)
    try:
        for record in records:
            yield record
            end = records.get_record_offset() + records.get_record_length()
            if end >= span.end - len("\r\n\r\n"):  # the line breaks behind a record are part of a gzip member only
                return
    except (ArchiveLoadFailed, EOFError, ValueError) as error:
        reason = " ".join(str(error).split())
        raise ArchiveError(f"damaged after byte {span.start}: {reason}") from error


def _may_be_html(record: ArcWarcRecord) -> bool:
    kind = (record.http_headers.get_header("content-type") or "text/html").lower()
    return "html" in kind


def _exchange(record: ArcWarcRecord, url: str) -> Exchange:
    """What a response or revisit record holds, the transfer encoding undone where it is still there."""
    headers = tuple(record.http_headers.headers)
    chunked = any(name.lower() == "transfer-encoding" and "chunked" in value.lower() for name, value in headers)
    stream = ChunkedDataReader(record.raw_stream, decomp_type=None) if chunked else record.raw_stream
    body = stream.read(MAX_BODY + 1)
    while len(body) <= MAX_BODY and (more := stream.read(MAX_BODY + 1 - len(body))):
        body += more
    truncated = record.rec_headers.get_header("WARC-Truncated")
    if len(body) > MAX_BODY:
        body, truncated = body[:MAX_BODY], "length"
    status = int(record.http_headers.get_statuscode() or 0)
    return Exchange(url, status, headers, body, _moment(record), truncated=truncated)


def _moment(record: ArcWarcRecord) -> datetime:
    text = record.rec_headers.get_header("WARC-Date") or ""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        digits = "".join(filter(str.isdigit, text))[:14]
        moment = timestamp_to_datetime(digits) if digits else datetime.fromtimestamp(0, UTC)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
