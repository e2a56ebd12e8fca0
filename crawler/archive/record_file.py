"""One WARC file in progress: locked, unbuffered, cut back to whole records where the storage fails."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

SUFFIX = ".warc.gz"
OPEN = ".open"
"""Behind the name of a file in progress: neither `*.warc` nor `*.warc.gz` matches it."""


class RecordFile:
    """A file that records are appended to. Every method raises OSError as the system gives it."""

    def __init__(self, folder: Path, name: str) -> None:
        """Create and lock `<name>.warc.gz.open`; raises FileExistsError where the name is taken."""
        self.name = name + SUFFIX
        self._path = folder / (self.name + OPEN)
        self._fd = _create_locked(self._path)
        self._size = 0

    def tell(self) -> int:
        """Bytes written."""
        return self._size

    def write(self, data: bytes) -> None:
        """Hand all of the data to the system: a killed process loses nothing of it."""
        rest = memoryview(data)
        while rest:
            written = os.write(self._fd, rest)
            self._size += written
            rest = rest[written:]

    def flush(self) -> None:
        """Nothing is held back."""

    def cut(self, size: int) -> None:
        """Take back what was written after the first `size` bytes."""
        os.ftruncate(self._fd, size)
        self._size = size

    def complete(self) -> None:
        """Make it durable and give it its final name; one without a record is removed."""
        try:
            os.fsync(self._fd)
            if self._size:
                self._path.rename(self._path.with_suffix(""))
            else:
                self._path.unlink()
            sync_folder(self._path.parent)
        finally:
            os.close(self._fd)


def _create_locked(path: Path) -> int:
    while True:
        fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND, 0o666)
        fcntl.flock(fd, fcntl.LOCK_EX)
        try:
            if os.path.samestat(os.fstat(fd), path.stat()):
                return fd
        except FileNotFoundError:
            pass
        os.close(fd)  # another run took it for a leftover between creation and lock, and removed it


def sync_folder(folder: Path) -> None:
    """Return when the folder's names would survive a power cut."""
    fd = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)
