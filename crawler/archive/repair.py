"""Completes the WARC files that a killed run left behind."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path
from typing import IO

from crawler.archive.record_file import OPEN, SUFFIX, sync_folder
from crawler.archive.spans import ArchiveError, spans


def repair(folder: Path) -> list[Path]:
    """Cut every abandoned `.open` file behind its last whole record and give it its final name; returns those files.

    A file that a living run holds locked is left alone. A file without a whole record is deleted. Repeated after a
    crash it does the same again. Raises OSError as the system gives it.
    """
    repaired = []
    for left in sorted(folder.glob(f"*{SUFFIX}{OPEN}")):
        try:
            with left.open("r+b") as file:
                if _lock(file) and left.exists():
                    repaired += _completed(left, file)
        except FileNotFoundError:  # completed by its own run since it was listed
            continue
    return repaired


def whole_records(file: IO[bytes]) -> int:
    """Length in bytes of the whole records at the start of a file."""
    end = 0
    try:
        for span in spans(file):
            end = span.end
    except ArchiveError:
        return end
    return end


def _completed(left: Path, file: IO[bytes]) -> list[Path]:
    end = whole_records(file)
    if not end:
        left.unlink()
        return []
    file.truncate(end)
    os.fsync(file.fileno())
    done = left.rename(left.with_suffix(""))
    sync_folder(left.parent)
    return [done]


def _lock(file: IO[bytes]) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
