"""What kind of document some bytes are, told by their content and never by what the server says of them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from crawler.decoding.declared import byte_order_mark
from crawler.decoding.detection import looks_like_utf16

HEAD = 1445
"""Bytes looked at: the resource header of the MIME Sniffing standard (§5.2)."""


@dataclass(frozen=True, slots=True)
class Content:
    """The kind of a document."""

    kind: str
    """`html`, `xml`, `json`, `text`, `binary` or `empty`."""
    what: str | None = None
    """What it is exactly, where that is known: `pdf`, `png`, `gzip`, `php error`, …"""
    is_error: bool = False
    """True for a page that a server or its software prints instead of the document, whatever the status says."""

    @property
    def is_markup(self) -> bool:
        """Whether there is markup to parse."""
        return self.kind in ("html", "xml")


@dataclass(frozen=True, slots=True)
class _Signature:
    what: str
    start: bytes
    offset: int = 0


_SIGNATURES = (
    # MIME Sniffing §6.1 to §6.4, and what publications serve under a page's address by mistake.
    _Signature("pdf", b"%PDF-"),
    _Signature("postscript", b"%!PS-Adobe-"),
    _Signature("png", b"\x89PNG\r\n\x1a\n"),
    _Signature("jpeg", b"\xff\xd8\xff"),
    _Signature("gif", b"GIF8"),
    _Signature("webp", b"WEBPVP", 8),
    _Signature("avif", b"ftypavif", 4),
    _Signature("bmp", b"BM\x00"),
    _Signature("icon", b"\x00\x00\x01\x00"),
    _Signature("mp4", b"ftyp", 4),
    _Signature("webm", b"\x1aE\xdf\xa3"),
    _Signature("mp3", b"ID3"),
    _Signature("ogg", b"OggS\x00"),
    _Signature("riff", b"RIFF"),
    _Signature("gzip", b"\x1f\x8b\x08"),
    _Signature("zip", b"PK\x03\x04"),
    _Signature("rar", b"Rar!\x1a\x07"),
    _Signature("7z", b"7z\xbc\xaf\x27\x1c"),
    _Signature("xz", b"\xfd7zXZ\x00"),
    _Signature("bzip2", b"BZh"),
    _Signature("zstd", b"\x28\xb5\x2f\xfd"),
    _Signature("woff", b"wOF"),
    _Signature("rtf", b"{\\rtf"),
    _Signature("office", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
    _Signature("elf", b"\x7fELF"),
    _Signature("sqlite", b"SQLite format 3\x00"),
    _Signature("wasm", b"\x00asm"),
)

_BINARY = bytes({*range(0x20)} - {*b"\t\n\f\r\x1b"})
"""Binary data bytes (MIME Sniffing §3): text in no encoding but UTF-16 has them."""

DAMAGED = 0.05
"""Share of binary data bytes above which a document that begins like text is binary after all. A few are damage."""

DAMAGED_MARKUP = 0.3
"""The same for what begins with a tag."""

_TAG = re.compile(rb"<(?:!doctype|[a-z!/?])", re.IGNORECASE)

ERROR_PAGE = 16_384
"""Bytes: an error page is short. Longer ones are judged by what is on them."""

_ERRORS = (
    ("php error", re.compile(rb"\A[\s\r\n]*(?:<br />\s*)*<b>(?:Fatal|Parse) error</b>:")),
    ("php error", re.compile(rb"\A[\s\r\n]*(?:PHP )?(?:Fatal|Parse) error: [^\n]+ in /[^\n]+ on line \d+")),
    (
        "database error",
        re.compile(rb"<(?:h1|title)>\s*(?:Error establishing a database connection|Database Error)\s*<"),
    ),
    (
        "server error",
        re.compile(rb"<title>\s*(?:50[0-4]|4\d\d) [A-Z][A-Za-z ]+</title>\s*</head>\s*<body[^>]*>\s*<center>"),
    ),
    (
        "server error",
        re.compile(rb"<title>\s*(?:50[0-4]|40[0-4]|429) (?:[A-Z][a-z-]+ ?)+</title>\s*</head>\s*<body>\s*<h1>"),
    ),
    (
        "bot challenge",
        re.compile(rb"<title>(?:Just a moment\.\.\.|Attention Required! \| Cloudflare|Access denied)</title>"),
    ),
    ("directory listing", re.compile(rb"<title>Index of /[^<]*</title>")),
    (
        "server default page",
        re.compile(rb"<title>(?:Welcome to nginx!|Apache2 \w+ Default Page[^<]*|IIS Windows[^<]*)</title>"),
    ),
    ("python traceback", re.compile(rb"\A\s*Traceback \(most recent call last\):")),
)
"""Pages that the software prints: nginx's and Apache's own, WordPress' database error, PHP's with display_errors."""


def sniff(body: bytes) -> Content:
    """The kind of a document. Binary files served as HTML, and software's own error pages, are told before parsing."""
    if not body or body.isspace():
        return Content("empty")
    found = next((mark for mark in _SIGNATURES if body.startswith(mark.start, mark.offset)), None)
    if found:
        return Content("binary", found.what)
    start = body[:HEAD]
    if not byte_order_mark(body) and not looks_like_utf16(body) and _is_binary(start):
        return Content("binary")
    return _text_kind(body, start)


def _is_binary(start: bytes) -> bool:
    bearable = DAMAGED_MARKUP if _TAG.match(start.removeprefix(b"\xef\xbb\xbf").lstrip()) else DAMAGED
    return len(start) - len(start.translate(None, _BINARY)) > bearable * len(start)


def _text_kind(body: bytes, start: bytes) -> Content:
    if len(body) <= ERROR_PAGE:
        error = next((what for what, pattern in _ERRORS if pattern.search(body)), None)
        if error:
            return Content("html" if _TAG.search(start) else "text", error, is_error=True)
    text = start.removeprefix(b"\xef\xbb\xbf").lstrip()
    if text.startswith(b"<?xml") and b"<html" not in start.lower():
        return Content("xml")
    if text[:1] in (b"{", b"["):
        return Content("json")
    wide = b"\0" in start
    return Content("html" if wide or _TAG.search(body) else "text")
