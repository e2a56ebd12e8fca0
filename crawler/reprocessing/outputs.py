"""Where the lines of a job go: one stream, or one file for each input."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Protocol, Self

from crawler.reprocessing.manifest import FOLDER, Tally
from crawler.reprocessing.work import stem_of

PART = ".part"


class Output(Protocol):
    """A job's output. Every method raises OSError as it comes."""

    def done(self, file: str) -> Tally | None:
        """What an input came to, where it is done already; None where it is to be read."""

    def write(self, file: str, line: bytes) -> None:
        """Take a line that an input gave."""

    def finish(self, file: str, tally: Tally) -> None:
        """An input is read to its end."""

    def __enter__(self) -> Self:
        """Open."""

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Complete, or take back where the job breaks off."""


class Nowhere:
    """No lines are wanted."""

    def done(self, file: str) -> Tally | None:  # noqa: ARG002 - see Output
        """Never."""
        return None

    def write(self, file: str, line: bytes) -> None:
        """Nothing."""

    def finish(self, file: str, tally: Tally) -> None:
        """Nothing."""

    def __enter__(self) -> Self:
        """Nothing to open."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Nothing to close."""


class OneFile(Nowhere):
    """All lines in the order of the inputs, in a file that appears whole; `-` is standard output."""

    def __init__(self, name: str) -> None:
        path = Path(name)
        self._path = None if name == "-" or (path.exists() and not path.is_file()) else path
        self._name = name
        self._out: BinaryIO

    def write(self, file: str, line: bytes) -> None:  # noqa: ARG002 - see Output
        """Take a line."""
        self._out.write(line)

    def __enter__(self) -> Self:
        """Open a hidden file beside the final one."""
        if self._path:
            self._out = self._part.open("wb")
        else:
            self._out = sys.stdout.buffer if self._name == "-" else Path(self._name).open("wb")
        return self

    @property
    def _part(self) -> Path:
        assert self._path is not None  # noqa: S101 - asked for a file's path only
        return self._path.with_name(f".{self._path.name}{PART}")

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Give the file its final name; where the job broke off it keeps the hidden one."""
        self._out.flush()
        if self._path:
            os.fsync(self._out.fileno())
        if self._name != "-":
            self._out.close()
        if self._path and kind is None:
            self._part.replace(self._path)


class FilePerInput(Nowhere):
    """`<input>.jsonl` in a folder; with each a manifest, by which another run passes over what is done."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._open: dict[str, BinaryIO] = {}

    def done(self, file: str) -> Tally | None:
        """See `Output`."""
        try:
            return Tally.from_json(self._manifest(file).read_bytes())
        except (FileNotFoundError, ValueError):
            return None

    def write(self, file: str, line: bytes) -> None:
        """Take a line."""
        if file not in self._open:
            self._open[file] = self._part(file).open("wb")
        self._open[file].write(line)

    def finish(self, file: str, tally: Tally) -> None:
        """Complete the input's file, then say so in its manifest; an input without an article has an empty file."""
        self.write(file, b"")
        with self._open.pop(file) as out:
            out.flush()
            os.fsync(out.fileno())
        self._part(file).replace(self._folder / f"{stem_of(file)}.jsonl")
        part = self._manifest(file).with_suffix(PART)
        part.write_bytes(tally.as_json())
        part.replace(self._manifest(file))

    def __enter__(self) -> Self:
        """Make the folder."""
        (self._folder / FOLDER).mkdir(parents=True, exist_ok=True)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Leave what is not complete under its hidden name."""
        for out in self._open.values():
            out.close()

    def _part(self, file: str) -> Path:
        return self._folder / f".{stem_of(file)}.jsonl{PART}"

    def _manifest(self, file: str) -> Path:
        return self._folder / FOLDER / f"{stem_of(file)}.json"
