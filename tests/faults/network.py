"""Faults of the connection, of HTTP, of compression and of redirects."""

# ruff: noqa: E501 - a row of a table is read on one line

from __future__ import annotations

import gzip
import itertools
import zlib
from collections.abc import AsyncIterator
from functools import cache

import brotli

from crawler.fetching.decompression import zstd
from tests.faults.server import FAULTY, Reply, article, http
from tests.faults.table import Fault, is_cut, sends

PAGE = article().encode()
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nConnection: close\r\n"


def plain(*headers: bytes) -> bytes:
    return HEAD + b"".join(header + b"\r\n" for header in headers) + b"\r\n"


def endless(start: bytes, piece: bytes) -> Reply:
    return Reply(lambda _: itertools.chain([start], itertools.repeat(piece)))


def dripping(start: bytes, piece: bytes, seconds: float) -> Reply:
    return Reply(lambda _: itertools.chain([start], itertools.repeat(piece)), pause=seconds)


def chunked(*chunks: bytes) -> bytes:
    return plain(b"Transfer-Encoding: chunked") + b"".join(b"%x\r\n%s\r\n" % (len(chunk), chunk) for chunk in chunks)


def gzipped_gigabyte() -> bytes:
    compressor = zlib.compressobj(9, wbits=31)
    block = bytes(1 << 20)
    return b"".join(compressor.compress(block) for _ in range(1024)) + compressor.flush()


def encoded(body: bytes, name: str) -> bytes:
    return http(body, headers=[f"Content-Encoding: {name}"])


@cache
def payload(name: str) -> bytes:
    """A bomb, made once."""
    zeros = bytes(64 << 20)
    made = {
        "gzip": gzipped_gigabyte,
        "br": lambda: brotli.compress(zeros, quality=3),
        "zstd": lambda: zstd.compress(zeros),
        "gzip, gzip": lambda: gzip.compress(gzip.compress(zeros)),
    }
    return encoded(made[name](), name)


def bomb(name: str) -> Reply:
    return Reply(lambda _: [payload(name)])


BOMBS = ("gzip", "br", "zstd", "gzip, gzip")


def to(location: str, status: str = "302 Found") -> Reply:
    return Reply(lambda url: [http("", status=status, headers=[f"Location: {location.replace('{url}', url)}"])])


def endless_chain() -> Reply:
    numbers = itertools.count()
    return Reply(lambda url: [http("", status="302 Found", headers=[f"Location: {url}/fault/{next(numbers)}/"])])


async def interim(count: int) -> AsyncIterator[bytes]:
    for _ in range(count):
        yield b"HTTP/1.1 100 Continue\r\n\r\n"
    yield http(article())


def growing() -> Reply:
    numbers = itertools.count(1)
    return Reply(
        lambda url: [
            http(
                "",
                status="302 Found",
                headers=[f"Location: {url}/fault/?{'x' * 200 * next(numbers)}", "Set-Cookie: a=b"],
            )
        ]
    )


def with_headers(*headers: str, status: str = "200 OK") -> Reply:
    return sends(http(article(), headers=headers, status=status))


FAILED = {"outcome": "failed", "verdict": "partial"}

NETWORK = (
    Fault("closes without an answer", sends(), **FAILED),
    Fault("resets the connection", sends(reset=True), **FAILED),
    Fault("never answers", sends(hold=60), **FAILED),
    Fault("drips the head", dripping(b"HTTP/1.1 200 OK\r\n", b"X-A: b\r\n", 0.5), **FAILED),
    Fault("drips the body", dripping(plain(), b"<p>word</p>", 0.5), **FAILED),
    Fault("stalls half-way", sends(plain(b"Content-Length: %d" % len(PAGE)), PAGE[:900], hold=60), **FAILED),
    Fault("closes half-way", sends(plain(b"Content-Length: %d" % len(PAGE)), PAGE[:900]), **FAILED),
    Fault(
        "resets half-way", sends(plain(b"Content-Length: %d" % len(PAGE)), PAGE[:900], reset=True, hold=0.2), **FAILED
    ),
    Fault("says more bytes than there are", sends(plain(b"Content-Length: 99999"), PAGE), **FAILED),
    Fault("says fewer bytes than there are", sends(plain(b"Content-Length: 1500"), PAGE), "new", item=is_cut),
    Fault("says two lengths", sends(plain(b"Content-Length: 900", b"Content-Length: 1900"), PAGE), **FAILED),
    Fault("says a negative length", sends(plain(b"Content-Length: -5"), PAGE), **FAILED),
    Fault("says a length that is none", sends(plain(b"Content-Length: many"), PAGE), **FAILED),
    Fault(
        "says a length beyond the limit",
        sends(plain(b"Content-Length: 99999999999"), PAGE, hold=60),
        "rejected",
        reason="bytes",
    ),
    Fault("breaks off between chunks", sends(chunked(PAGE[:900], PAGE[900:1800])), **FAILED),
    Fault("has a chunk length that is none", sends(plain(b"Transfer-Encoding: chunked"), b"zz\r\nabc"), **FAILED),
    Fault("has a chunk length without end", endless(plain(b"Transfer-Encoding: chunked"), b"f" * 65536), **FAILED),
    Fault(
        "has chunks and a length",
        sends(plain(b"Content-Length: 20", b"Transfer-Encoding: chunked"), b"5\r\n<p>ab\r\n0\r\n\r\n"),
        "rejected",
    ),
    Fault("sends a body without end", endless(plain(), b"<p>word</p>" * 6000), "rejected", reason="bytes"),
    Fault(
        "sends chunks without end",
        endless(plain(b"Transfer-Encoding: chunked"), b"10000\r\n" + b"x" * 65536 + b"\r\n"),
        "rejected",
        reason="bytes",
    ),
    Fault(
        "sends headers without end",
        endless(b"HTTP/1.1 200 OK\r\n", b"X-Header: value\r\n" * 1000),
        "rejected",
        reason="headers",
    ),
    Fault("sends one header without end", endless(b"HTTP/1.1 200 OK\r\nX-Long: ", b"x" * 65536), **FAILED),
    Fault(
        "sends interim answers without end",
        endless(b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 1000),
        "rejected",
        reason="headers",
    ),
    Fault("sends a few interim answers", Reply(lambda _: interim(5)), "new"),
    Fault("has a header without colon", sends(plain(b"no colon here"), PAGE), "new"),
    Fault("has control characters in headers", sends(plain(b"X-A: \x1b[2J\x00\x07"), PAGE), "new"),
    Fault(
        "sets a thousand cookies",
        sends(plain(*(b"Set-Cookie: c%d=x; Domain=.co.uk" % n for n in range(1000))), PAGE),
        "new",
    ),
    Fault(
        "has validators that are none",
        sends(plain(b'ETag: "' + b"x" * 9000 + b'\x01"', b"Last-Modified: \x9b31m", b"Age: -1"), PAGE),
        "new",
    ),
    Fault("has a type that is none", sends(plain(b"Content-Type: ;;=,charset"), PAGE), "new"),
    Fault("speaks TLS", sends(b"\x15\x03\x01\x00\x02\x02\x28"), **FAILED),
    Fault("speaks HTTP/0.9", sends(PAGE), **FAILED),
    Fault("speaks no HTTP", sends(b"SSH-2.0-OpenSSH_9.0\r\n"), **FAILED),
    Fault("has a status that is none", sends(b"HTTP/1.1 abc OK\r\n\r\n"), **FAILED),
    Fault("has status 999", sends(http(article(), status="999 Denied")), "rejected"),
    Fault(
        "switches protocols",
        sends(b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n", hold=60),
        **FAILED,
    ),
    Fault("has no content, with a body", sends(http(article(), status="204 No Content")), "rejected"),
    Fault(
        "closes instead of saying a length",
        sends(plain(), PAGE),
        "new",
        item=lambda item: item["body_complete"] is not False,
    ),
    Fault("closes early instead of saying a length", sends(plain(), PAGE[:1500]), "new", item=is_cut),
    Fault("sends early hints", sends(b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\n\r\n", http(article())), "new"),
    Fault("sends a part that nobody asked for", sends(b"HTTP/1.1 206 Partial Content\r\nContent-Type: text/html\r\nContent-Range: bytes 0-899/5000\r\n"
          b"Content-Length: 1500\r\nConnection: close\r\n\r\n", PAGE[:1500]), "rejected"),
    Fault("ends header lines with line feeds alone", sends(HEAD.replace(b"\r\n", b"\n") + b"X-A: b\nSet-Cookie: c=d\n\n", PAGE), "new"),
    Fault("folds its headers", sends(plain(b"X-A: b\r\n c\r\n\td"), PAGE), "new"),
    Fault("has NUL in the status line", sends(b"HTTP/1.1 200 O\0K\r\n" + plain()[17:], PAGE), "new"),
    Fault("says a chunk of 16 EiB", sends(plain(b"Transfer-Encoding: chunked"), b"ffffffffffffffff\r\nabc"), **FAILED),
    Fault("says a negative chunk", sends(plain(b"Transfer-Encoding: chunked"), b"-5\r\nabc\r\n0\r\n\r\n"), **FAILED),
    Fault("has chunk extensions without end", endless(plain(b"Transfer-Encoding: chunked") + b"5;", b"a=b;" * 16384), **FAILED),
    Fault("has trailers without end", endless(chunked(PAGE) + b"0\r\n", b"X-A: b\r\n" * 10_000), **FAILED),
    Fault("has two kinds of transfer encoding", sends(plain(b"Transfer-Encoding: gzip, chunked"), chunked(gzip.compress(PAGE))[len(plain(b"Transfer-Encoding: chunked")):] + b"0\r\n\r\n"), **FAILED),
    Fault("is a picture by its type and a page by its bytes", sends(http(article(), kind="image/png")), "rejected"),
    Fault("is a download", with_headers("Content-Disposition: attachment; filename=../../../etc/cron.d/x"), "new"),
    Fault("refreshes by a header to a private address", with_headers("Refresh: 0; url=http://10.0.0.1/", "Content-Location: file:///etc/passwd"), "new"),
    Fault("names dangerous addresses in Link", with_headers('Link: <javascript:1>; rel=canonical, <file:///etc/passwd>; rel="alternate"'), "new"),
    Fault("is modified in the year 99999", with_headers("Last-Modified: Mon, 01 Jan 99999 00:00:00 GMT", "Date: yesterday", "Expires: -1"), "new"),
    Fault("wants to be asked again in a million years", with_headers("Retry-After: 99999999999999999999", status="503 Service Unavailable"), "waiting", verdict="partial"),
    Fault("wants to be asked again yesterday", with_headers("Retry-After: -1e999", status="429 Too Many Requests"), **FAILED),
    Fault("says utf-7", sends(http(article(extra="<p>+ADw-script+AD4-alert(1)+ADw-/script+AD4- of the ferry</p>"), kind="text/html; charset=utf-7")), "new",
          item=lambda item: "<script" not in item["body"]),
    Fault("says an encoding that hides text", sends(http(article(), kind="text/html; charset=iso-2022-kr")), "rejected"),
)  # fmt: skip

COMPRESSION = (
    Fault("breaks off within gzip", sends(encoded(gzip.compress(PAGE)[:-80], "gzip")), **FAILED),
    Fault("breaks off within the checksum", sends(encoded(gzip.compress(PAGE)[:-3], "gzip")), **FAILED),
    Fault("has a bad checksum", sends(encoded(gzip.compress(PAGE)[:-8] + bytes(8), "gzip")), **FAILED),
    Fault("breaks off within brotli", sends(encoded(brotli.compress(PAGE)[:-60], "br")), **FAILED),
    Fault("breaks off within zstd", sends(encoded(zstd.compress(PAGE)[:-60], "zstd")), **FAILED),
    Fault("breaks off within deflate", sends(encoded(zlib.compress(PAGE)[:-60], "deflate")), **FAILED),
    Fault("is a gzip bomb of 1 GiB", bomb("gzip"), "rejected", reason="decompressed"),
    Fault("is a brotli bomb", bomb("br"), "rejected", reason="decompressed"),
    Fault("is a zstd bomb", bomb("zstd"), "rejected", reason="decompressed"),
    Fault("is a nested bomb", bomb("gzip, gzip"), "rejected", reason="decompressed"),
    Fault(
        "is compressed ten times",
        sends(encoded(PAGE, ", ".join(["gzip"] * 10))),
        "rejected",
        reason="content encodings",
    ),
    Fault("says gzip and is not", sends(encoded(PAGE, "gzip")), "new"),
    Fault("has an unknown encoding", sends(encoded(PAGE, "x-own")), "new"),
    Fault("has garbage behind gzip", sends(encoded(gzip.compress(PAGE) + b"\0garbage", "gzip")), "new"),
    Fault("has garbage behind zstd", sends(encoded(zstd.compress(PAGE) + b"\0garbage", "zstd")), "new"),
    Fault("has garbage behind brotli", sends(encoded(brotli.compress(PAGE) + b"\0garbage", "br")), **FAILED),
    Fault("has several gzip members", sends(encoded(gzip.compress(PAGE[:900]) + gzip.compress(PAGE[900:]), "gzip")), "new"),
    Fault("is damaged within brotli", sends(encoded(brotli.compress(PAGE)[:300] + bytes(50) + brotli.compress(PAGE)[350:], "br")), **FAILED),
    Fault("is damaged within zstd", sends(encoded(zstd.compress(PAGE)[:300] + bytes(50) + zstd.compress(PAGE)[350:], "zstd")), **FAILED),
    Fault("says brotli and is not", sends(encoded(PAGE, "br")), **FAILED),
    Fault("says zstd and is not", sends(encoded(PAGE, "zstd")), "new"),
)  # fmt: skip

REDIRECTS = (
    Fault("redirects to a file", to("file:///etc/passwd"), "rejected"),
    Fault("redirects to data", to("data:text/html,<p>hello"), "rejected"),
    Fault("redirects to FTP", to("ftp://127.0.0.1/"), "rejected"),
    Fault("redirects to a script", to("javascript:alert(1)"), "rejected"),
    Fault("redirects to the cloud's metadata", to("http://169.254.169.254/latest/meta-data/"), "redirect"),
    Fault("redirects to another loopback port", to("http://127.0.0.1:9/"), "redirect"),
    Fault("redirects to loopback as a number", to("http://2130706433/"), "redirect"),
    Fault("redirects to loopback in octal", to("http://0177.0.0.1/"), "redirect"),
    Fault("redirects to mapped loopback", to("http://[::ffff:127.0.0.1]/"), "redirect"),
    Fault("redirects with backslashes", to("http:\\\\127.0.0.1:9\\x"), "redirect"),
    Fault("redirects to itself", to("{url}" + FAULTY), "failed", verdict="partial", reason="redirect loop"),
    Fault("redirects without end", endless_chain(), "redirect", verdict="partial"),
    Fault("redirects to ever longer addresses", growing(), "redirect", verdict="partial"),
    Fault(
        "redirects to TLS that is none",
        Reply(lambda url: [http("", status="302 Found", headers=[f"Location: {url.replace('http:', 'https:')}/x/"])]),
        "redirect",
        verdict="partial",
    ),
    Fault("redirects to somebody's account", to("http://admin:secret@169.254.169.254/"), "redirect"),
    Fault("redirects to translated loopback", to("http://[64:ff9b::7f00:1]/"), "redirect"),
    Fault("redirects to a socket", to("http://%2Fvar%2Frun%2Fdocker.sock/"), "rejected"),
    Fault("redirects nowhere", sends(http("", status="302 Found")), "rejected"),
    Fault("redirects to nonsense", to("http://[/"), "rejected"),
    Fault(
        "redirects with a line feed", sends(http("", status="302 Found", headers=["Location: /a\x0b\x00b"])), "redirect"
    ),
    Fault("redirects to an address of 100 KB", to("/" + "a" * 100_000), "failed", verdict="partial"),
)
