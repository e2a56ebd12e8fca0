"""Publications that misbehave: each on a port of its own on loopback, with raw sockets, so that any bytes can be sent.

Every publication has a front page, a sound article, and one fault. The fault's place is the article that the front page
names first, or the front page, the feed, the sitemap or robots.txt.
"""

# ruff: noqa: E501 - a row of a table is read on one line

from __future__ import annotations

import asyncio
import socket
import struct
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

FAULTY = "/2024/05/the-ferry-that-nobody-expected/"
SOUND = "/2024/05/a-quiet-day-at-the-harbour/"

PLACES = {"article": FAULTY, "front": "/", "feed": "/feed.xml", "sitemap": "/sitemap.xml", "robots": "/robots.txt"}

Pieces = Iterable[bytes] | AsyncIterator[bytes]


@dataclass(frozen=True)
class Reply:
    """What is sent, byte by byte as it stands."""

    pieces: Callable[[str], Pieces]
    """The publication's address → the bytes, piece by piece."""
    pause: float = 0.0
    """Seconds between two pieces."""
    hold: float = 0.0
    """Seconds that the connection stays open and silent after the last piece."""
    reset: bool = False
    """Whether the connection ends with RST instead of FIN."""


def article(title: str = "The ferry that nobody expected", extra: str = "", head: str = "") -> str:
    """A page with an article."""
    words = "The ferry came in late on Tuesday, and the harbour master wrote it down, as he had done every evening for years."
    paragraphs = "".join(
        f"<p>{words} Passenger {number} left the ship and bought a ticket for the tram.</p>" for number in range(6)
    )
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title><meta property="og:type"'
        f' content="article"><meta property="article:published_time" content="2024-05-07T08:00:00+00:00">{head}</head><body>'
        f'<nav><a href="/">Home</a></nav><main><article><h1>{title}</h1><p class="byline">By <a rel="author" href="/about/">'
        f"Ada Brandt</a></p><div class='entry-content'>{paragraphs}{extra}</div></article></main><footer>The Daily Fault"
        "</footer></body></html>"
    )


def front() -> str:
    """The front page."""
    cards = "".join(
        f'<article><h2><a href="{path}">{title}</a></h2><p>Some words about it.</p></article>'
        for path, title in ((FAULTY, "The ferry that nobody expected"), (SOUND, "A quiet day at the harbour"))
    )
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>The Daily Fault</title><link rel="alternate"'
        f' type="application/rss+xml" href="/feed.xml"></head><body><main>{cards}</main></body></html>'
    )


def feed(url: str) -> str:
    """A feed with the sound article."""
    return (
        f'<?xml version="1.0"?><rss version="2.0"><channel><title>The Daily Fault</title><item><title>A quiet day at the'
        f" harbour</title><link>{url}{SOUND}</link></item></channel></rss>"
    )


def http(
    body: bytes | str, *, status: str = "200 OK", headers: Iterable[str] = (), kind: str = "text/html; charset=utf-8"
) -> bytes:
    """A sound HTTP answer with any body."""
    content = body.encode() if isinstance(body, str) else body
    lines = [
        f"HTTP/1.1 {status}",
        f"Content-Type: {kind}",
        f"Content-Length: {len(content)}",
        "Connection: close",
        *headers,
    ]
    return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + content


@dataclass
class Publication:
    """One publication that is being served."""

    name: str
    place: str
    reply: Reply
    port: int = 0
    hits: list[str] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def answer(self, path: str) -> Reply:
        """The fault where it belongs, and in whatever lies below `/fault/`."""
        if path == PLACES[self.place] or path.startswith("/fault/"):
            return self.reply
        return Reply(lambda url: [self._sound(path, url)])

    def _sound(self, path: str, url: str) -> bytes:
        pages = {
            "/": lambda: http(front()),
            SOUND: lambda: http(article("A quiet day at the harbour")),
            FAULTY: lambda: http(article()),
            "/feed.xml": lambda: http(feed(url), kind="application/rss+xml"),
            "/robots.txt": lambda: http("User-agent: *\n", kind="text/plain"),
        }
        return pages.get(path, lambda: http("<title>Not found</title>", status="404 Not Found"))()


class Laboratory:
    """Serves publications from a thread of its own. Use as a context manager."""

    def __init__(self, publications: Iterable[Publication]) -> None:
        self.publications = list(publications)
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        asyncio.run_coroutine_threadsafe(self._listen(), self._loop).result(10)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        asyncio.run_coroutine_threadsafe(self._end(), self._loop).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()

    async def _listen(self) -> None:
        self._servers = []
        for publication in self.publications:
            server = await asyncio.start_server(self._serving(publication), "127.0.0.1", 0)
            publication.port = server.sockets[0].getsockname()[1]
            self._servers.append(server)

    async def _end(self) -> None:
        for server in self._servers:
            server.close()
        tasks = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    @staticmethod
    def _serving(publication: Publication) -> Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]:
        async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            try:
                head = await reader.readuntil(b"\r\n\r\n")
                path = head.split(b" ", 2)[1].decode("latin-1")
                publication.hits.append(path)
                await send(publication.answer(path), publication.url, writer)
            except (ConnectionError, asyncio.IncompleteReadError, TimeoutError, asyncio.CancelledError):
                pass
            finally:
                writer.close()

        return serve


async def send(reply: Reply, url: str, writer: asyncio.StreamWriter) -> None:
    """Send a reply, and end the connection as it says."""
    pieces = reply.pieces(url)
    if isinstance(pieces, AsyncIterator):
        async for piece in pieces:
            await _write(piece, writer)
    else:
        for piece in pieces:
            await _write(piece, writer)
            if reply.pause:
                await asyncio.sleep(reply.pause)
    await asyncio.sleep(reply.hold)
    if reply.reset:
        linger = struct.pack("ii", 1, 0)
        writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)


async def _write(piece: bytes, writer: asyncio.StreamWriter) -> None:
    for start in range(0, len(piece), 1 << 18):
        writer.write(piece[start : start + (1 << 18)])
        await writer.drain()
