"""What encoding a document declares: byte order mark, `Content-Type`, `<meta>`, XML declaration."""

from __future__ import annotations

import re
from collections.abc import Iterator

from webencodings.labels import LABELS

PRESCAN = 1024
"""Bytes that the HTML standard looks at before it parses (§13.2.3.2)."""

LATE = 16_384
"""Bytes in which a later declaration is still looked for: a browser that meets it while parsing starts again."""

_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xfe\xff", "utf-16be"), (b"\xff\xfe", "utf-16le"))
_HEADER = re.compile(r"""charset\s*=\s*["']?([^\s;"',]+)""", re.IGNORECASE)
_IN_CONTENT = re.compile(
    rb"""charset[\t\n\f\r ]*=[\t\n\f\r ]*(?:"([^"]*)"|'([^']*)'|([^\t\n\f\r ;"'][^\t\n\f\r ;]*))""", re.IGNORECASE
)
_ATTRIBUTE = re.compile(
    rb"""[\t\n\f\r /]*(?:(?P<end>>)|(?P<name>[^\t\n\f\r />][^\t\n\f\r />=]*)[\t\n\f\r ]*"""
    rb"""(?:=[\t\n\f\r ]*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\t\n\f\r >"'][^\t\n\f\r >]*)|(?=>)))?)"""
)
_XML = re.compile(
    rb"""<\?xml[^>]*?encoding[\x00-\x20]*=[\x00-\x20]*(?:"([^"\x00-\x20>]+)"|'([^'\x00-\x20>]+)')[^>]*>"""
)


def encoding_of_label(label: str) -> str | None:
    """The encoding that a label stands for (WHATWG Encoding §4.2, 228 labels), lower case; None for no known label."""
    name: str | None = LABELS.get(label.strip("\t\n\f\r ").lower())
    return name


def byte_order_mark(body: bytes) -> str | None:
    """The encoding that a byte order mark names. It beats everything else (WHATWG Encoding §6, "BOM sniff")."""
    return next((name for mark, name in _MARKS if body.startswith(mark)), None)


def declared_in_header(content_type: str | None) -> str | None:
    """The encoding of a `Content-Type` header's charset parameter."""
    found = _HEADER.search(content_type) if content_type else None
    return encoding_of_label(found.group(1)) if found else None


def declared_in_document(body: bytes) -> str | None:
    """The encoding that a document names in `<meta>` or in its XML declaration."""
    return prescan(body[:PRESCAN]) or _xml_encoding(body[:PRESCAN]) or _late_meta(body)


def _late_meta(body: bytes) -> str | None:
    if len(body) <= PRESCAN or b"charset" not in body[PRESCAN:LATE].lower():
        return None
    return prescan(body[:LATE])


def prescan(start: bytes) -> str | None:
    """The encoding of the first `<meta>` that declares one: "prescan a byte stream", HTML §13.2.3.2."""
    position = start.find(b"<")
    while 0 <= position < len(start):
        position, encoding = _step(start, position)
        if encoding:
            return encoding
        position = start.find(b"<", position) if position >= 0 else -1
    return None


def _step(start: bytes, position: int) -> tuple[int, str | None]:
    """Where to go on after the markup at a `<`, and the encoding it declares; -1 where the bytes run out."""
    if start.startswith(b"<!--", position):
        end = start.find(b"-->", position + 2)
        return (end + 3 if end >= 0 else -1), None
    if start[position + 1 : position + 5].lower() == b"meta" and start[position + 5 : position + 6] in _AFTER_META:
        return _read_meta(start, position + 5)
    name = start[position + 1 : position + 3].lstrip(b"/")[:1]
    if name.isalpha():
        return _skip_tag(start, position + 1), None
    if start[position + 1 : position + 2] in _MARKUP:
        return start.find(b">", position), None
    return position + 1, None


_AFTER_META = frozenset(b"%c" % byte for byte in b"\t\n\f\r /")
_MARKUP = frozenset((b"!", b"/", b"?"))
_TAG_NAME = re.compile(rb"[^\t\n\f\r >]*")


def _skip_tag(start: bytes, position: int) -> int:
    match = _TAG_NAME.match(start, position)
    position = match.end() if match else position
    for _, _, end in _attributes(start, position):
        position = end
    return position if position < len(start) else -1


def _attributes(start: bytes, position: int) -> Iterator[tuple[bytes, bytes, int]]:
    """Name, value and end of each attribute; an end beyond the bytes means that they ran out within the tag."""
    while position < len(start):
        match = _ATTRIBUTE.match(start, position)
        if match is None or match.end() >= len(start) or start[match.end() : match.end() + 1] == b"=":
            yield b"", b"", len(start)
            return
        if match["end"]:
            yield b"", b"", match.end()
            return
        position = match.end()
        yield match["name"].lower(), match["double"] or match["single"] or match["bare"] or b"", position


def _read_meta(start: bytes, position: int) -> tuple[int, str | None]:
    found: dict[bytes, bytes] = {}
    for name, value, end in _attributes(start, position):
        position = end
        if name:
            found.setdefault(name, value)
    if position >= len(start) and not start.endswith(b">"):
        return -1, None
    return position, _meta_encoding(found)


def _meta_encoding(found: dict[bytes, bytes]) -> str | None:
    label = found.get(b"charset")
    if label is None:
        match = _IN_CONTENT.search(found.get(b"content", b""))
        if match is None or found.get(b"http-equiv", b"").lower() != b"content-type":
            return None
        label = next(group for group in match.groups() if group is not None)
    encoding = encoding_of_label(label.decode("latin-1"))
    # A document whose meta element could be read as ASCII is not UTF-16 (same section, steps 15 and 16).
    return {"utf-16be": "utf-8", "utf-16le": "utf-8", "x-user-defined": "windows-1252"}.get(encoding or "", encoding)


def _xml_encoding(start: bytes) -> str | None:
    """The encoding of an XML declaration ("get an XML encoding", HTML §13.2.3.2)."""
    if start.startswith(b"<\0?\0x\0"):
        return "utf-16le"
    if start.startswith(b"\0<\0?\0x"):
        return "utf-16be"
    match = _XML.match(start)
    encoding = encoding_of_label((match.group(1) or match.group(2)).decode("latin-1")) if match else None
    return "utf-8" if encoding in ("utf-16be", "utf-16le") else encoding
