"""Files of lines that no reader sees half-written: a hidden name while in progress, the final one by rename.

In progress: `.<name>.jsonl.part`, which no `*.jsonl` matches, locked (flock) for as long as its process lives.
An unlocked one is what a killed run left: it is repaired and completed by the next run.
"""

from __future__ import annotations

import errno
import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

SUFFIX = ".jsonl"
PART = ".part"
TAIL = 1 << 16
"""Bytes read at once while looking for the last line break."""


class OutputFile:
    """One file in progress. Every method raises OSError as the system gives it."""

    def __init__(self, folder: Path, name: str) -> None:
        """Create and lock `.<name>.jsonl.part`; raises FileExistsError where the name is taken."""
        self.final = folder / f"{name}{SUFFIX}"
        self.path = folder / f".{name}{SUFFIX}{PART}"
        if self.final.exists():
            raise FileExistsError(str(self.final))
        self._fd = _create_locked(self.path)
        self._synced = 0
        self._size = 0
        sync_folder(folder)

    def append(self, line: bytes) -> None:
        """Write one whole line."""
        rest = memoryview(line)
        while rest:
            rest = rest[os.write(self._fd, rest) :]
        self._size += len(line)

    def sync(self) -> None:
        """Return when every line so far would survive a power cut."""
        if self._size > self._synced:
            os.fsync(self._fd)
            self._synced = self._size

    def forget_unsynced(self) -> None:
        """Cut the file back to the lines that are known to be safe."""
        os.ftruncate(self._fd, self._synced)
        self._size = self._synced

    def finish(self) -> None:
        """Give the file its final name, or remove it where it holds no line."""
        self.sync()
        _complete(self.path, self._size)
        os.close(self._fd)


def finished_name(part: Path) -> Path:
    """The name that a file in progress gets."""
    return part.with_name(part.name.removeprefix(".").removesuffix(PART))


class Leftover:
    """What a killed run left in one file: whole lines, and those that turn out to be written elsewhere too."""

    def __init__(self, part: Path) -> None:
        self._part = part
        self.drop: set[int] = set()
        """Indexes of lines that must not be in the completed file."""

    def lines(self) -> Iterator[dict[str, Any]]:
        """The lines, one at a time."""
        with self._part.open("rb") as lines:
            for line in lines:
                yield json.loads(line)

    def complete(self, size: int) -> None:
        """Give the file its final name, without the lines to drop; a file without lines is removed."""
        if self.drop:
            size = self._write_kept()
        if size:
            source = self._rewritten if self.drop else self._part
            source.rename(finished_name(self._part))
        self._part.unlink(missing_ok=True)
        self._rewritten.unlink(missing_ok=True)
        sync_folder(self._part.parent)

    @property
    def _rewritten(self) -> Path:
        return self._part.with_name(f"{self._part.name}.new")

    def _write_kept(self) -> int:
        with self._part.open("rb") as lines, self._rewritten.open("wb") as kept:
            kept.writelines(line for index, line in enumerate(lines) if index not in self.drop)
            kept.flush()
            os.fsync(kept.fileno())
            return kept.tell()


@contextmanager
def leftover(part: Path) -> Iterator[Leftover | None]:
    """What a killed run left in a file, completed on leaving; None where its run still lives.

    The file is cut after its last line that is JSON. It gets its final name only when the block ends without an
    error, so that whoever must know of the lines knows of them first. Repeated after a crash it does the same again.
    """
    try:
        fd = os.open(part, os.O_RDWR | os.O_NOFOLLOW)
    except FileNotFoundError:  # completed by its own run since it was listed
        yield None
        return
    except OSError as error:
        if error.errno != errno.ELOOP:
            raise
        yield None  # a symbolic link: what lies behind it is none of ours
        return
    try:
        if not _lock(fd, part, fcntl.LOCK_EX | fcntl.LOCK_NB):
            yield None
            return
        size = _cut_to_whole_lines(fd)
        found = Leftover(part)
        yield found
        found.complete(size)
    finally:
        os.close(fd)


def sync_folder(folder: Path) -> None:
    """Return when the folder's names would survive a power cut."""
    fd = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)


def _create_locked(path: Path) -> int:
    while True:
        fd = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_APPEND, 0o666)
        if _lock(fd, path, fcntl.LOCK_EX):
            return fd
        os.close(fd)  # another run took it for a leftover between creation and lock, and removed it


def _lock(fd: int, path: Path, how: int) -> bool:
    """Whether the lock was got, and the path still names this very file."""
    try:
        fcntl.flock(fd, how)
        return os.path.samestat(os.fstat(fd), path.stat())
    except (BlockingIOError, FileNotFoundError):
        return False


def _complete(part: Path, size: int) -> None:
    if size:
        part.rename(finished_name(part))
    else:
        part.unlink()
    sync_folder(part.parent)


def _cut_to_whole_lines(fd: int) -> int:
    """Cut the file after its last whole line of JSON; returns the size that is left."""
    end = os.fstat(fd).st_size
    size = _end_of_line_before(fd, end)
    while size:
        start = _end_of_line_before(fd, size - 1)
        if _is_object(os.pread(fd, size - start, start)):
            break
        size = start
    if size < end:
        os.ftruncate(fd, size)
        os.fsync(fd)
    return size


def _end_of_line_before(fd: int, end: int) -> int:
    """The position behind the last line feed in the first `end` bytes; 0 where there is none."""
    while end > 0:
        start = max(0, end - TAIL)
        found = os.pread(fd, end - start, start).rfind(b"\n")
        if found >= 0:
            return start + found + 1
        end = start
    return 0


def _is_object(line: bytes) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except ValueError:  # JSONDecodeError and UnicodeDecodeError
        return False
