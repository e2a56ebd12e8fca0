"""Exchanges into WARC/1.1 files (ISO 28500:2017), one gzip member a record, through warcio.

A file in progress ends in `.warc.gz.open` and is locked; it is renamed when it is full or the run ends. What a killed run
left is completed by `repair`.
"""

from __future__ import annotations

import fcntl
import json
import os
from base64 import b32encode
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha1
from http.client import responses as HTTP_REASONS
from io import BytesIO
from pathlib import Path
from typing import IO, Any

from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from crawler.archive.exchange import Exchange, Headers

SUFFIX = ".warc.gz"
OPEN = ".open"
NOT_MODIFIED = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
KNOWN_PAYLOADS = 10_000
"""Payload digests that a run remembers for revisit records: about 2 MB."""


@dataclass(frozen=True, slots=True)
class ArchiveOptions:
    """Where and how a run archives."""

    folder: Path
    """Folder of the WARC files; made where it is missing."""
    run_id: str
    """Part of every file's name and of its warcinfo record."""
    max_bytes: int = 1 << 30
    """A file that has grown beyond this is closed and the next one begun."""
    software: str = "publication-crawler"
    """Name and version for the warcinfo record."""


class ArchiveWriter:
    """Appends exchanges and facts; not for use by several threads."""

    def __init__(self, options: ArchiveOptions) -> None:
        self._options = options
        self._serial = 0
        self._file: IO[bytes] | None = None
        self._writer: WARCWriter | None = None
        self._payloads: OrderedDict[str, tuple[str, str]] = OrderedDict()

    def write(self, exchange: Exchange) -> str:
        """Append the response (or a revisit record where the content was archived before) and its request.

        Returns the response's record id. Raises OSError where the storage fails.
        """
        writer = self._opened()
        response = self._response(writer, exchange)
        writer.write_request_response_pair(self._request(writer, exchange), response)
        return str(response.rec_headers.get_header("WARC-Record-ID"))

    def write_facts(self, url: str, facts: Mapping[str, Any], *, written_at: datetime) -> None:
        """Append a metadata record with a JSON object: what the crawl knew and what extraction made of a page."""
        writer = self._opened()
        payload = json.dumps(facts, ensure_ascii=False, sort_keys=True).encode()
        headers = {"WARC-Date": warc_date(written_at), "Content-Type": "application/json"}
        writer.write_record(
            writer.create_warc_record(
                url, "metadata", payload=BytesIO(payload), length=len(payload), warc_headers_dict=headers
            )
        )

    def close(self) -> None:
        """Make the open file durable and give it its final name."""
        if self._file is None:
            return
        name = Path(self._file.name)
        self._file.flush()
        os.fsync(self._file.fileno())
        name.rename(name.with_suffix(""))
        self._file.close()
        self._file = self._writer = None

    def _opened(self) -> WARCWriter:
        if self._file is not None and self._file.tell() > self._options.max_bytes:
            self.close()
        if self._writer is None:
            self._open()
        assert self._writer is not None  # noqa: S101 - for the type checker: _open sets it
        return self._writer

    def _open(self) -> None:
        folder = self._options.folder
        folder.mkdir(parents=True, exist_ok=True)
        self._serial += 1
        name = f"{self._options.run_id}-{os.getpid()}-{self._serial:05d}{SUFFIX}"
        self._file = (folder / (name + OPEN)).open("xb")
        fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        self._writer = WARCWriter(self._file, gzip=True, warc_version="1.1")
        facts = {"software": self._options.software, "format": "WARC File Format 1.1", "isPartOf": self._options.run_id}
        self._writer.write_record(self._writer.create_warcinfo_record(name, facts))

    def _response(self, writer: WARCWriter, exchange: Exchange) -> ArcWarcRecord:
        http = StatusAndHeaders(_status_line(exchange.status), list(_stored(exchange)), protocol="HTTP/1.1")
        date = warc_date(exchange.fetched_at)
        headers = {"WARC-Date": date} | ({"WARC-IP-Address": exchange.address} if exchange.address else {})
        if exchange.status == 304:
            headers["WARC-Profile"] = NOT_MODIFIED
            return writer.create_warc_record(exchange.url, "revisit", http_headers=http, warc_headers_dict=headers)
        digest = sha1(exchange.body, usedforsecurity=False).hexdigest()
        known = self._payloads.get(digest)
        if known and exchange.body:
            return writer.create_revisit_record(exchange.url, _label(exchange.body), *known, http, headers)
        self._remember(digest, (exchange.url, date))
        return writer.create_warc_record(
            exchange.url,
            "response",
            payload=BytesIO(exchange.body),
            length=len(exchange.body),
            http_headers=http,
            warc_headers_dict=headers,
        )

    def _request(self, writer: WARCWriter, exchange: Exchange) -> ArcWarcRecord:
        target = exchange.url.split("://", 1)[-1].partition("/")[2].split("#")[0]
        http = StatusAndHeaders(f"{exchange.method} /{target} HTTP/1.1", list(exchange.request_headers), is_http_request=True)
        return writer.create_warc_record(exchange.url, "request", http_headers=http)

    def _remember(self, digest: str, place: tuple[str, str]) -> None:
        self._payloads[digest] = place
        if len(self._payloads) > KNOWN_PAYLOADS:
            self._payloads.popitem(last=False)


def warc_date(moment: datetime) -> str:
    """W3C date in UTC with microseconds, as WARC/1.1 allows."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _label(body: bytes) -> str:
    digest = sha1(body, usedforsecurity=False).digest()
    return "sha1:" + b32encode(digest).decode()


def _status_line(status: int) -> str:
    return f"{status} {HTTP_REASONS.get(status, 'Unknown')}"


def _stored(exchange: Exchange) -> Headers:
    """Headers that are true of the stored body: its transfer encoding is gone, its length is known."""
    changed = {"transfer-encoding", "content-length"}
    kept = [(name if name.lower() not in changed else f"X-Crawler-{name}", value) for name, value in exchange.headers]
    return (*kept, ("Content-Length", str(len(exchange.body))))
