"""WARC files as other programs write them, made here through warcio."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

DATE = "2024-05-14T09:30:00Z"


def article(number: int, *, title: str = "The ferry returns to the northern quay") -> bytes:
    """A page that is an article, as any news site might have it."""
    paragraphs = "".join(
        f"<p>The ferry number {number} left the northern quay at {hour} o'clock with {hour * 7} passengers, and"
        f" the harbour master said that the tide had been kinder than anybody expected that morning.</p>"
        for hour in range(6, 11)
    )
    address = f"https://news.example/2024/ferry-{number}/"
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title} {number}</title>'
        f'<link rel="canonical" href="{address}"><meta property="og:type" content="article">'
        f'<meta property="article:published_time" content="2024-05-13T10:0{number % 10}:00+00:00"></head>'
        f'<body><main><article><h1>{title} {number}</h1><p>By <a rel="author" href="/a">Ada Brandt</a></p>'
        f"{paragraphs}</article></main></body></html>"
    ).encode()


class Warc:
    """A file under construction."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file = path.open("wb")
        self._writer = WARCWriter(self._file, gzip=path.suffix == ".gz", warc_version="1.0")

    def answer(
        self,
        url: str,
        body: bytes,
        *headers: tuple[str, str],
        status: str = "200 OK",
        kind: str = "text/html; charset=utf-8",
        **warc: str,
    ) -> Warc:
        """Append a response record."""
        http = StatusAndHeaders(status, [("Content-Type", kind), *headers], protocol="HTTP/1.1")
        self._add(url, "response", body, http, {"WARC-Date": DATE, **{n.replace("_", "-"): v for n, v in warc.items()}})
        return self

    def resource(self, url: str, body: bytes) -> Warc:
        """Append a record of what was not fetched over HTTP."""
        self._add(url, "resource", body, None, {"WARC-Date": DATE, "Content-Type": "text/html"})
        return self

    def surroundings(self, url: str, body: bytes) -> Warc:
        """Append what other crawlers write around an answer: warcinfo, request, metadata, revisit, page facts, DNS."""
        writer, when = self._writer, {"WARC-Date": DATE}
        writer.write_record(
            writer.create_warcinfo_record(self.path.name, {"software": "wget/1.21", "format": "WARC 1.0"})
        )
        asked = StatusAndHeaders("GET / HTTP/1.1", [("Host", "news.example")], is_http_request=True)
        self._add(url, "request", b"", asked, when)
        self._add(url, "metadata", b"fetchTimeMs: 210\r\n", None, {**when, "Content-Type": "application/warc-fields"})
        self._add("urn:pageinfo:1", "resource", b'{"urls": {}}', None, {**when, "Content-Type": "application/json"})
        self._add(
            "dns:news.example",
            "response",
            b"news.example. 60 IN A 192.0.2.1",
            None,
            {**when, "Content-Type": "text/dns"},
        )
        seen = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
        writer.write_record(
            writer.create_revisit_record(url, "sha1:AAAA", url, DATE, http_headers=seen, warc_headers_dict=when)
        )
        return self

    def done(self) -> Path:
        """The complete file."""
        self._file.close()
        return self.path

    def _add(self, url: str, kind: str, body: bytes, http: StatusAndHeaders | None, headers: dict[str, str]) -> None:
        record = self._writer.create_warc_record(
            url, kind, payload=BytesIO(body), length=len(body), http_headers=http, warc_headers_dict=headers
        )
        self._writer.write_record(record)


def chunked(body: bytes) -> bytes:
    """The body in two chunks (RFC 9112, section 7.1)."""
    half = len(body) // 2
    return b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in (body[:half], body[half:])) + b"0\r\n\r\n"
