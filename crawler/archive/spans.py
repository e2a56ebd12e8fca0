"""Where the records of a WARC file begin and end, found without reading what they hold."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import IO, NamedTuple

BLOCK = 1 << 16
"""Bytes read at once."""
OUT = 1 << 22
"""Bytes decompressed at once, and thrown away."""
MAX_HEAD = 1 << 20
"""Bytes of a record's own header; one without an end is damage."""
GZIP = b"\x1f\x8b"


class ArchiveError(Exception):
    """A WARC file cannot be read on: it is damaged or cut at a place; what came before is good."""


class Span(NamedTuple):
    """Bytes of a file: a gzip member, or a record of a file that is not compressed."""

    start: int
    end: int


def spans(file: IO[bytes]) -> Iterator[Span]:
    """The spans of a file from its beginning; memory is bounded whatever a record holds.

    Raises ArchiveError where the file is damaged or breaks off, after the spans that are whole.
    """
    file.seek(0)
    head = file.read(5)
    file.seek(0)
    if head.startswith(GZIP):
        yield from _members(file)
    elif head == b"WARC/":
        yield from _records(file)
    elif head:
        raise ArchiveError("neither a WARC file nor one compressed with gzip")


def _members(file: IO[bytes]) -> Iterator[Span]:
    start = position = 0
    member = zlib.decompressobj(zlib.MAX_WBITS | 16)
    rest = b""
    while chunk := rest or file.read(BLOCK):
        try:
            member.decompress(chunk, OUT)
            while member.unconsumed_tail:
                member.decompress(member.unconsumed_tail, OUT)
        except zlib.error as error:
            raise ArchiveError(f"damaged in the record at byte {start}: {error}") from error
        rest = member.unused_data
        position += len(chunk) - len(rest)
        if member.eof:
            yield Span(start, position)
            start, member = position, zlib.decompressobj(zlib.MAX_WBITS | 16)
    if start < position:
        raise ArchiveError(f"breaks off in the record at byte {start}")


def _records(file: IO[bytes]) -> Iterator[Span]:
    size = file.seek(0, 2)
    start = 0
    while start < size:
        file.seek(start)
        head = file.read(MAX_HEAD)
        length = _content_length(head)
        if length is None:
            raise ArchiveError(f"damaged in the record at byte {start}: no header with a length")
        end = start + length + len(b"\r\n\r\n")
        if end > size:
            raise ArchiveError(f"breaks off in the record at byte {start}")
        yield Span(start, end)
        start = end


def _content_length(head: bytes) -> int | None:
    """Bytes of the record's header and block, the two line breaks behind it aside."""
    header, separator, _ = head.partition(b"\r\n\r\n")
    if not separator or not head.startswith(b"WARC/"):
        return None
    for line in header.split(b"\r\n"):
        name, _, value = line.partition(b":")
        if name.strip().lower() == b"content-length" and value.strip().isdigit():
            return len(header) + len(separator) + int(value)
    return None
