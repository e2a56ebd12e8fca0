"""A small publication for the tests: pages made here, served over HTTP on loopback, with faults to switch on.

/                       front page: the ten newest articles, links to both sections
/section/<name>/        five articles a page, /section/<name>/page/2/ …
/2024/<slug>/           an article
/feed.xml               RSS of the ten newest
/sitemap.xml            every article with lastmod
/robots.txt             allows all, names the sitemap
/about/                 a page that is no article
"""

from __future__ import annotations

import hashlib
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Self

WORDS = (
    "harbour", "council", "budget", "bridge", "repair", "school", "library", "tram", "market", "river", "festival",
    "museum", "engineer", "nurse", "farmer", "teacher", "captain", "weather", "storm", "summer", "winter", "morning",
    "evening", "ticket", "bakery", "garden", "station", "tunnel", "orchestra", "mayor",
)  # fmt: skip
NAMES = ("Ada Brandt", "Jonas Weber", "Mei Tanaka", "Lucia Romero")
FIRST = 1704096000.0
"""2024-01-01T08:00:00Z: when the first article appeared."""


@dataclass
class Post:
    """One article."""

    number: int
    title: str
    author: str
    section: str
    paragraphs: list[str]

    @property
    def path(self) -> str:
        return f"/2024/{'-'.join(self.title.lower().split())}/"

    @property
    def published(self) -> float:
        return FIRST + self.number * 7200

    @property
    def day(self) -> str:
        return _iso(self.published)[:10]


@dataclass
class Answer:
    """What the server says."""

    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    delay: float = 0.0
    """Seconds before the first byte."""
    cut_at: int | None = None
    """The connection is closed after so many bytes of the body."""
    drip: int | None = None
    """Bytes sent a second."""


@dataclass(frozen=True)
class Hit:
    """A request that was made, and its answer."""

    time: float
    path: str
    status: int
    agent: str
    conditional: bool


@dataclass
class Fault:
    """An answer in place of the page's own."""

    wants: Callable[[str], bool]
    answer: Callable[[str], Answer | None]
    times: float


class Site:
    """The publication and its server. Use as a context manager."""

    def __init__(self, articles: int = 30, *, address: str = "127.0.0.1") -> None:
        self.posts = [_post(number) for number in range(articles)]
        self.robots: bytes | None = None
        self.log: list[Hit] = []
        self._faults: list[Fault] = []
        self._lock = threading.Lock()
        self._address = address
        self._server = (_ServerOnIPv6 if ":" in address else _Server)((address, 0), _Handler)
        self._server.site = self
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,))

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @property
    def host(self) -> str:
        address = f"[{self._address}]" if ":" in self._address else self._address
        return f"{address}:{self._server.server_port}"

    @property
    def url(self) -> str:
        return f"http://{self.host}/"

    @property
    def article_urls(self) -> list[str]:
        return [f"http://{self.host}{post.path}" for post in self.posts]

    def fault(
        self,
        path: str | Callable[[str], bool],
        answer: Answer | Callable[[str], Answer | None],
        *,
        times: float = float("inf"),
    ) -> None:
        """For `times` requests of a path (or of those that a function picks), answer so; None: the page's own."""
        wants = path if callable(path) else lambda asked: asked == path
        say = answer if callable(answer) else lambda _: answer
        self._faults.append(Fault(wants, say, times))

    def mend(self) -> None:
        """Forget all faults."""
        self._faults.clear()

    def hits(self, path: str | None = None, *, status: int | None = None) -> list[Hit]:
        """The requests so far, of one path or of all."""
        with self._lock:
            found = list(self.log)
        return [hit for hit in found if path in (None, hit.path) and status in (None, hit.status)]

    def page_hits(self) -> list[Hit]:
        """The requests for articles."""
        return [hit for hit in self.hits() if hit.path.startswith("/2024/")]

    def reset_log(self) -> None:
        with self._lock:
            self.log.clear()

    def note(self, hit: Hit) -> None:
        with self._lock:
            self.log.append(hit)

    # answers

    def answer(self, path: str) -> Answer:
        for fault in self._faults:
            with self._lock:
                due = fault.times > 0 and fault.wants(path)
                fault.times -= due
            if due and (answer := fault.answer(path)) is not None:
                return answer
        return self.page(path)

    def page(self, path: str) -> Answer:
        """The page's own answer, faults aside."""
        post = next((post for post in self.posts if post.path == path), None)
        if post:
            return html_page(article_page(post, self))
        makers = {
            "/": self._front, "/feed.xml": self._feed, "/sitemap.xml": self._sitemap, "/robots.txt": self._robots,
            "/about/": lambda: html_page(layout("About us", "<main><h1>About us</h1><p>Write to us.</p></main>")),
        }  # fmt: skip
        if path in makers:
            return makers[path]()
        if path.startswith("/section/"):
            return self._section(path)
        return Answer(404, {"Content-Type": "text/html"}, b"<!doctype html><title>Not found</title><h1>Not found</h1>")

    def _newest(self) -> list[Post]:
        return sorted(self.posts, key=lambda post: -post.number)

    def _front(self) -> Answer:
        cards = "".join(card(post) for post in self._newest()[:10])
        return html_page(layout("The Daily Example", f"<main>{cards}</main>"))

    def _section(self, path: str) -> Answer:
        parts = path.strip("/").split("/")
        name, number = parts[1], int(parts[3]) if len(parts) == 4 and parts[3].isdigit() else 1
        posts = [post for post in self._newest() if post.section == name]
        shown = posts[(number - 1) * 5 : number * 5]
        if not shown:
            return Answer(404, {"Content-Type": "text/html"}, b"<!doctype html><title>Not found</title>")
        older = (
            f'<a rel="next" href="/section/{name}/page/{number + 1}/">Older posts</a>' if posts[number * 5 :] else ""
        )
        return html_page(
            layout(name.title(), f"<main><h1>{name.title()}</h1>{''.join(map(card, shown))}{older}</main>")
        )

    def _feed(self) -> Answer:
        items = "".join(
            f"<item><title>{post.title}</title><link>{self.url[:-1]}{post.path}</link>"
            f"<pubDate>{formatdate(post.published)}</pubDate></item>"
            for post in self._newest()[:10]
        )
        body = (
            f'<?xml version="1.0"?><rss version="2.0"><channel><title>The Daily Example</title>{items}</channel></rss>'
        )
        return Answer(200, {"Content-Type": "application/rss+xml; charset=utf-8"}, body.encode())

    def _sitemap(self) -> Answer:
        rows = "".join(
            f"<url><loc>{self.url[:-1]}{post.path}</loc><lastmod>{_iso(post.published)}</lastmod></url>"
            for post in self.posts
        )
        body = f'<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{rows}</urlset>'
        return Answer(200, {"Content-Type": "application/xml"}, body.encode())

    def _robots(self) -> Answer:
        body = self.robots if self.robots is not None else f"User-agent: *\nSitemap: {self.url}sitemap.xml\n".encode()
        return Answer(200, {"Content-Type": "text/plain"}, body)


@contextmanager
def served(articles: int = 30) -> Iterator[Site]:
    """A site that is being served."""
    with Site(articles) as site:
        yield site


def _post(number: int) -> Post:
    def word(step: int) -> str:
        return WORDS[(number * 7 + step * (3 + number % 5) + step) % len(WORDS)]

    title = f"{word(1)} {word(2)} and the {word(3)} number {number}".capitalize()
    paragraphs = [
        f"The {word(p)} near the {word(p + 1)} was the talk of the {word(p + 2)} on day {number}, and the {word(p + 3)}"
        f" answered every question about the {word(p + 4)} with great patience. Nobody expected the {word(p + 5)}"
        f" to be finished before the {word(p + 6)}, said the {word(p + 7)}, but paragraph {p + 1} proves it."
        for p in range(4)
    ]
    return Post(number, title, NAMES[number % len(NAMES)], "city" if number % 2 else "region", paragraphs)


def article_page(post: Post, site: Site, *, path: str | None = None, frame: Callable[..., str] | None = None) -> str:
    """An article as the site prints it; `frame` puts it into a page."""
    paragraphs = "".join(f"<p>{text}</p>" for text in post.paragraphs)
    meta = (
        f'<meta property="og:type" content="article"><link rel="canonical" href="{site.url[:-1]}{path or post.path}">'
        f'<meta property="article:published_time" content="{_iso(post.published)}">'
    )
    body = (
        f'<main><article><h1>{post.title}</h1><p class="byline">By <a rel="author" href="/about/">{post.author}</a></p>'
        f'<time datetime="{_iso(post.published)}">{_iso(post.published)[:10]}</time>'
        f'<div class="entry-content">{paragraphs}</div></article></main>'
    )
    return (frame or layout)(post.title, body, meta)


def card(post: Post, path: str | None = None) -> str:
    """A teaser in a list."""
    return f'<article><h2><a href="{path or post.path}">{post.title}</a></h2><p>{post.paragraphs[0][:80]}</p></article>'


def plain_layout(title: str, body: str, head: str = "") -> str:
    """A page that leads nowhere but home."""
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>{head}</head><body>'
        f'<header><a href="/">Home</a></header>{body}<footer>The Daily Example</footer></body></html>'
    )


def layout(title: str, body: str, meta: str = "") -> str:
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>{meta}'
        '<link rel="alternate" type="application/rss+xml" href="/feed.xml"></head><body>'
        '<header><nav><a href="/">Home</a> <a href="/section/city/">City</a> <a href="/section/region/">Region</a>'
        f' <a href="/about/">About</a></nav></header>{body}<footer>The Daily Example</footer></body></html>'
    )


def html_page(text: str) -> Answer:
    return Answer(200, {"Content-Type": "text/html; charset=utf-8"}, text.encode())


def _iso(moment: float) -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%S+00:00", time.gmtime(moment))


class _Server(ThreadingHTTPServer):
    """A server that knows its site."""

    daemon_threads = True
    site: Site


class _ServerOnIPv6(_Server):
    address_family = socket.AF_INET6


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1

    def log_message(self, *_: object) -> None:
        pass

    def do_GET(self) -> None:
        site = self.server.site
        answer = site.answer(self.path)
        time.sleep(answer.delay)
        asked = self.headers.get("If-None-Match")
        status, headers, body = _conditional(answer, asked)
        agent = self.headers.get("User-Agent") or ""
        site.note(Hit(time.monotonic(), self.path, status, agent, bool(asked)))
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        try:
            self._send(body, answer)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def _send(self, body: bytes, answer: Answer) -> None:
        whole = body if answer.cut_at is None else body[: answer.cut_at]
        step = answer.drip or len(whole) or 1
        for start in range(0, len(whole), step):
            self.wfile.write(whole[start : start + step])
            self.wfile.flush()
            if answer.drip:
                time.sleep(1)
        if answer.cut_at is not None:
            self.close_connection = True


def _conditional(answer: Answer, asked: str | None) -> tuple[int, dict[str, str], bytes]:
    """Status, headers and body: 304 where the page is as it was when its ETag was given."""
    if answer.status != 200:
        headers, status, body = dict(answer.headers), answer.status, answer.body
    else:
        etag = '"' + hashlib.sha256(answer.body).hexdigest()[:16] + '"'
        headers = {"ETag": etag, **answer.headers}
        status, body = (304, b"") if asked == headers["ETag"] else (200, answer.body)
    if status != 304 and not {"Transfer-Encoding", "Content-Length"} & set(headers):
        headers["Content-Length"] = str(len(body))
    return status, headers, body
