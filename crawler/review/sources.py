"""What the desk reads: the finished files of crawls and their archive; again, as soon as there is more."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from threading import Lock

from crawler.datasets.lines import Lines
from crawler.errors import ConfigurationError
from crawler.review.archived import read_archive
from crawler.review.index import Index, Progress


class Sources:
    """Folders that runs write to, and the index that knows what is in them."""

    def __init__(self, index: Index, inputs: Iterable[Path], archive: Path | None) -> None:
        self._index = index
        self._inputs = tuple(inputs)
        self._archive = archive
        self._reading = Lock()

    def read(self, *, progress: Progress) -> int:
        """Take everything in; how many files of the archive are damaged.

        Raises `ConfigurationError` where there is nothing to read, `StorageError` where the index cannot be used.
        """
        return self._take_in(progress, anew=True)

    def renew(self) -> None:
        """Take in what runs have completed since, unless that is being done already; what is known stays."""
        if not self._reading.acquire(blocking=False):
            return
        try:
            self._take_in(_silently, anew=False)
        except (ConfigurationError, OSError):
            return  # the folder was taken away: the desk goes on with what it knows
        finally:
            self._reading.release()

    def _take_in(self, progress: Progress, *, anew: bool) -> int:
        self._index.read(Lines(self._inputs), progress=progress, anew=anew)
        return read_archive(self._index, self._archive, progress=progress) if self._archive else 0


def _silently(text: str) -> None:
    del text
