"""One request and its answer, as they crossed the wire."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

Headers = tuple[tuple[str, str], ...]


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
    """When the request was sent (aware)."""
    method: str = "GET"
    """Request method."""
    request_headers: Headers = ()
    """Request headers as sent."""
    address: str | None = None
    """The server's IP address."""

    def header(self, name: str) -> str | None:
        """The first value of a response header, or None."""
        wanted = name.lower()
        return next((value for key, value in self.headers if key.lower() == wanted), None)
