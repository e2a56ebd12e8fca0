"""Completes the WARC files that a killed run left behind."""

from __future__ import annotations

import fcntl
import zlib
from pathlib import Path
from typing import IO

from crawler.archive.writer import OPEN, SUFFIX

CHUNK = 1 << 16


def repair(folder: Path) -> list[Path]:
    """Cut every abandoned `.open` file behind its last whole record and give it its final name; returns those files.

    A file that a living run holds locked is left alone. A file without a whole record is deleted.
    """
    repaired = []
    for left in sorted(folder.glob(f"*{SUFFIX}{OPEN}")):
        with left.open("r+b") as file:
            if not _lock(file):
                continue
            end = whole_records(file)
            file.truncate(end)
        if end:
            repaired.append(left.rename(left.with_suffix("")))
        else:
            left.unlink()
    return repaired


def whole_records(file: IO[bytes]) -> int:
    """Length in bytes of the whole gzip members at the start of a file."""
    file.seek(0)
    end = position = 0
    member = zlib.decompressobj(zlib.MAX_WBITS | 16)
    rest = b""
    while chunk := rest or file.read(CHUNK):
        try:
            member.decompress(chunk, CHUNK * 64)
            while member.unconsumed_tail:
                member.decompress(member.unconsumed_tail, CHUNK * 64)
        except zlib.error:
            return end
        rest = member.unused_data
        position += len(chunk) - len(rest)
        if member.eof:
            end = position
            member = zlib.decompressobj(zlib.MAX_WBITS | 16)
    return end


def _lock(file: IO[bytes]) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
