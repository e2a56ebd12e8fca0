"""Exchanges into WARC/1.1 files (ISO 28500:2017), one gzip member a record, through warcio.

A file in progress ends in `.warc.gz.open` and is locked; it is renamed when it is full or the run ends. What a killed
run left is completed by `repair`. Every record is handed to the system before the call that writes it returns, so that
a killed process loses none; a file is synced to disk when it is completed.
"""

from __future__ import annotations

import json
import os
from base64 import b32encode
from collections import OrderedDict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha1
from http.client import responses
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from crawler.archive.exchange import Exchange, Headers, Kept, Place
from crawler.archive.record_file import RecordFile

SOFTWARE = "publication-crawler"
"""What the warcinfo record begins its `software` with: a file that says so is read through its metadata records."""
NOT_MODIFIED = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
SECRET = frozenset({"authorization", "cookie", "proxy-authorization"})
"""Request headers that are left out: an archive is handed on."""
KNOWN_PAYLOADS = 10_000
"""Payload digests that a run remembers for revisit records: about 3 MB."""


@dataclass(frozen=True, slots=True)
class ArchiveOptions:
    """Where and how a run archives."""

    folder: Path
    """Folder of the WARC files; made where it is missing."""
    run_id: str
    """Part of every file's name and of its warcinfo record."""
    max_bytes: int = 1 << 30
    """A file that has grown beyond this is closed and the next one begun."""
    user_agent: str = ""
    """What the crawl calls itself, for the warcinfo record."""


@dataclass(frozen=True, slots=True)
class _Payload:
    url: str
    date: str
    place: Place


class ArchiveWriter:
    """Appends exchanges and facts; not for use by several threads. Every method raises OSError as it comes."""

    def __init__(self, options: ArchiveOptions) -> None:
        self._options = options
        self._serial = 0
        self._file: RecordFile | None = None
        self._payloads: OrderedDict[str, _Payload] = OrderedDict()

    def write(self, exchange: Exchange) -> Kept:
        """Append the response (or a revisit record where its content was archived before) and its request."""
        digest = _digest(exchange.body)
        known = self._payloads.get(digest) if exchange.body and exchange.status != 304 else None
        with self._record() as (writer, place):
            response = _response(writer, exchange, digest=digest, known=known)
            writer.write_request_response_pair(_request(writer, exchange), response)
        if known is None and exchange.status != 304 and not exchange.truncated:
            self._remember(digest, _Payload(exchange.url, warc_date(exchange.fetched_at), place))
        return Kept(place, known.place if known else None)

    def write_facts(self, url: str, facts: Mapping[str, Any], *, written_at: datetime) -> None:
        """Append a metadata record with a JSON object: what the crawl knew and made of a page."""
        payload = json.dumps(facts, ensure_ascii=False, sort_keys=True).encode("utf-8", "surrogatepass")
        headers = {"WARC-Date": warc_date(written_at), "Content-Type": "application/json"}
        with self._record() as (writer, _):
            record = writer.create_warc_record(
                url, "metadata", payload=BytesIO(payload), length=len(payload), warc_headers_dict=headers
            )
            writer.write_record(record)

    def close(self) -> None:
        """Make the open file durable and give it its final name."""
        file, self._file = self._file, None
        if file is not None:
            file.complete()

    @contextmanager
    def _record(self) -> Iterator[tuple[WARCWriter, Place]]:
        """A writer, and where the next record begins; what was written of it is taken back where the storage fails."""
        if self._file is not None and self._file.tell() > self._options.max_bytes:
            self.close()
        file = self._file = self._file or self._open()
        begin = file.tell()
        try:
            yield _writer(file), Place(file.name, begin)
        except OSError:
            file.cut(begin)
            raise

    def _open(self) -> RecordFile:
        folder = self._options.folder
        folder.mkdir(parents=True, exist_ok=True)
        self._serial += 1
        file = RecordFile(folder, f"{self._options.run_id}-{os.getpid()}-{self._serial:05d}")
        facts = {
            "software": SOFTWARE, "format": "WARC File Format 1.1", "isPartOf": self._options.run_id,
            "conformsTo": "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
            "robots": "classic", "http-header-user-agent": self._options.user_agent,
        }  # fmt: skip
        writer = _writer(file)
        try:
            writer.write_record(writer.create_warcinfo_record(file.name, facts))
        except OSError:
            file.cut(0)
            file.complete()
            raise
        return file

    def _remember(self, digest: str, payload: _Payload) -> None:
        self._payloads[digest] = payload
        if len(self._payloads) > KNOWN_PAYLOADS:
            self._payloads.popitem(last=False)


def _writer(file: RecordFile) -> WARCWriter:
    return WARCWriter(file, gzip=True, warc_version="1.1")


def warc_date(moment: datetime) -> str:
    """W3C date in UTC with microseconds, as WARC/1.1 allows."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _response(writer: WARCWriter, exchange: Exchange, *, digest: str, known: _Payload | None) -> ArcWarcRecord:
    http = StatusAndHeaders(_status_line(exchange.status), list(_stored(exchange)), protocol=exchange.protocol)
    headers = {"WARC-Date": warc_date(exchange.fetched_at)}
    headers |= {"WARC-IP-Address": exchange.address} if exchange.address else {}
    headers |= {"WARC-Truncated": exchange.truncated} if exchange.truncated else {}
    if exchange.status == 304:
        headers["WARC-Profile"] = NOT_MODIFIED
        return writer.create_warc_record(exchange.url, "revisit", http_headers=http, warc_headers_dict=headers)
    if known:
        return writer.create_revisit_record(exchange.url, digest, known.url, known.date, http, headers)
    return writer.create_warc_record(
        exchange.url, "response", payload=BytesIO(exchange.body), length=len(exchange.body), http_headers=http,
        warc_headers_dict=headers,
    )  # fmt: skip


def _request(writer: WARCWriter, exchange: Exchange) -> ArcWarcRecord:
    address = urlsplit(exchange.url)
    target = (address.path or "/") + (f"?{address.query}" if address.query else "")
    sent = [(name, value) for name, value in exchange.request_headers if name.lower() not in SECRET]
    http = StatusAndHeaders(
        f"{exchange.method} {target} HTTP/1.1",
        [("Host", address.netloc.rpartition("@")[2]), *sent],
        is_http_request=True,
    )
    return writer.create_warc_record(exchange.url, "request", http_headers=http)


def _digest(body: bytes) -> str:
    return "sha1:" + b32encode(sha1(body, usedforsecurity=False).digest()).decode()


def _status_line(status: int) -> str:
    # Which phrase the server sent is not handed on by the downloader; RFC 9112 section 4 lets it be empty.
    return f"{status} {responses.get(status, '')}"


def _stored(exchange: Exchange) -> Headers:
    """Headers that are true of the stored body: its transfer encoding is gone, its length is known."""
    length = str(len(exchange.body))
    kept = [
        (f"X-Crawler-{name}" if _is_untrue(name, value, length) else name, value) for name, value in exchange.headers
    ]
    has_length = any(name.lower() == "content-length" for name, _ in kept)
    return tuple(kept) if has_length or exchange.status in (204, 304) else (*kept, ("Content-Length", length))


def _is_untrue(name: str, value: str, length: str) -> bool:
    return name.lower() == "transfer-encoding" or (name.lower() == "content-length" and value.strip() != length)
