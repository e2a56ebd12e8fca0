"""Lines of the input by their place: found once, read again where they are wanted."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import orjson

from crawler.errors import ConfigurationError

MAX_OPEN = 64


@dataclass(frozen=True, slots=True)
class Place:
    """Where a line stands."""

    file: int
    offset: int
    length: int


class Lines:
    """Finished files of crawls. A file in progress has a hidden name and is none of them."""

    def __init__(self, inputs: Iterable[Path]) -> None:
        """Raises ConfigurationError where an input is missing, or holds no line of a crawl."""
        self.files = tuple(dict.fromkeys(path for named in inputs for path in _files(named)))
        self._open: OrderedDict[int, IO[bytes]] = OrderedDict()

    def __iter__(self) -> Iterator[tuple[Place, bytes]]:
        """Every line with its place."""
        for number, path in enumerate(self.files):
            offset = 0
            with path.open("rb") as file:
                for line in file:
                    yield Place(number, offset, len(line)), line
                    offset += len(line)

    def read(self, place: Place) -> dict[str, Any]:
        """The item of a line that was found."""
        file = self._file(place.file)
        file.seek(place.offset)
        item: dict[str, Any] = orjson.loads(file.read(place.length))
        return item

    def close(self) -> None:
        """Let go of the files."""
        for file in self._open.values():
            file.close()
        self._open.clear()

    def _file(self, number: int) -> IO[bytes]:
        if number not in self._open:
            if len(self._open) >= MAX_OPEN:
                self._open.popitem(last=False)[1].close()
            self._open[number] = self.files[number].open("rb")
        self._open.move_to_end(number)
        return self._open[number]


def _files(named: Path) -> list[Path]:
    if named.is_file():
        return [named.resolve()]
    found = sorted(path.resolve() for path in named.glob("*.jsonl"))
    if not found:
        raise ConfigurationError(f"{named}: no *.jsonl there; name the OUTPUT_DIR of a crawl with --input")
    return found
