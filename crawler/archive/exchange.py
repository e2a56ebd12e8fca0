"""One request and its answer, as they crossed the wire, and where an archive keeps them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

Headers = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record begins."""

    file: str
    """Name of the WARC file, without its folder: an archive may be moved."""
    offset: int
    """Byte at which the record (its gzip member) begins."""


@dataclass(frozen=True, slots=True)
class Kept:
    """Where an exchange was written."""

    place: Place
    """The response record, or the revisit record that stands for it."""
    payload: Place | None = None
    """The response record that has the body, where this one is a revisit record."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """A request and its response; only the transfer encoding is undone."""

    url: str
    """The address that was asked for."""
    status: int
    """Status code of the answer."""
    headers: Headers
    """Response headers as sent, repeated ones repeated."""
    body: bytes
    """The body as sent, content encodings (gzip, br, …) in place."""
    fetched_at: datetime
    """When the answer began to arrive (aware)."""
    method: str = "GET"
    """Request method."""
    request_headers: Headers = ()
    """Request headers as sent."""
    address: str | None = None
    """The server's IP address."""
    protocol: str = "HTTP/1.1"
    """Protocol of the answer."""
    truncated: str | None = None
    """Why the body is a part only (`length`, `time`, `disconnect`: WARC/1.1, section 5.13); None where it is whole."""

    def header(self, name: str) -> str | None:
        """The first value of a response header, or None."""
        wanted = name.lower()
        return next((value for key, value in self.headers if key.lower() == wanted), None)
