"""The sample publication on a loopback port."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

from sample.pages import Answer, site

PORT = 8421
"""Preferred port, the same each time, so that a second crawl meets the addresses of the first."""


@contextmanager
def served(port: int = PORT) -> Iterator[str]:
    """The publication's origin, served until the block ends; on a free port where the wanted one is taken."""
    try:
        server = _server(port)
    except OSError:
        server = _server(0)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _server(port: int) -> ThreadingHTTPServer:
    server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    server.answers = site(f"http://127.0.0.1:{server.server_port}")  # type: ignore[attr-defined]
    return server


class Handler(BaseHTTPRequestHandler):
    """Answers from the table, with an ETag, and 304 where the client has it already (RFC 9110, 13.1.2)."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Send the page, 304 or 404."""
        answers: dict[str, Answer] = self.server.answers  # type: ignore[attr-defined]
        answer = answers.get(self.path.partition("?")[0])
        if answer is None:
            self._send(404, Answer("<h1>Not found</h1>"), None)
            return
        etag = f'"{hashlib.sha256(answer.body.encode()).hexdigest()[:16]}"'
        if self.headers.get("If-None-Match") == etag:
            self._send(304, Answer("", answer.content_type), etag)
        else:
            self._send(200, answer, etag)

    def _send(self, status: int, answer: Answer, etag: str | None) -> None:
        body = answer.body.encode()
        self.send_response(status)
        if etag:
            self.send_header("ETag", etag)
        if status != 304:
            self.send_header("Content-Type", answer.content_type)
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the standard library's
        """Nothing: the crawl's own log tells enough."""
