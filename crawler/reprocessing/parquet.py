"""Parquet files and their manifests, one for each input, on any file system of fsspec. Needs pyarrow and fsspec."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import fsspec
import orjson
import pyarrow.parquet as pq

from crawler.exporters.arrow_schema import record_batch, schema_of
from crawler.items import Article
from crawler.reprocessing.manifest import FOLDER, Tally
from crawler.reprocessing.outputs import PART, Nowhere
from crawler.reprocessing.work import stem_of

ROWS = 1000
"""Rows of a group: what is held in memory, some 10 MB."""


@dataclass(frozen=True, slots=True)
class Remote:
    """Opens files by path or URL, one of them from a copy on this machine."""

    file: str
    """The input."""
    copy: str
    """Path of its copy; the input itself where that is on this machine."""

    def __call__(self, name: str) -> IO[bytes]:
        """The file for reading and seeking. Raises OSError."""
        opened: IO[bytes] = fsspec.open(self.copy if name == self.file else name, "rb").open()
        return opened


@contextmanager
def on_this_machine(file: str) -> Iterator[Remote]:
    """The input, copied to a temporary folder where it is elsewhere: a record is then found without the network."""
    if "://" not in file:
        yield Remote(file, file)
        return
    with tempfile.TemporaryDirectory(prefix="reprocess-") as folder:
        copy = str(Path(folder) / file.rsplit("/", 1)[-1])
        files, path = fsspec.core.url_to_fs(file)
        files.get_file(path, copy)
        yield Remote(file, copy)


class ParquetPerInput(Nowhere):
    """`<input>.parquet` in a folder, complete or not there, and a manifest that says that it is done."""

    def __init__(self, folder: str) -> None:
        self._files, self._folder = fsspec.core.url_to_fs(folder)
        self._schema = schema_of(Article)
        self._rows: list[dict[str, Any]] = []
        self._local: Path | None = None
        self._writer: Any = None

    def done(self, file: str) -> Tally | None:
        """See `Output`."""
        try:
            return Tally.from_json(self._files.cat_file(self._manifest(file)))
        except (FileNotFoundError, ValueError):
            return None

    def write(self, file: str, line: bytes) -> None:  # noqa: ARG002 - one input at a time
        """Take a line."""
        self._rows.append(orjson.loads(line))
        if len(self._rows) >= ROWS:
            self._flush()

    def finish(self, file: str, tally: Tally) -> None:
        """Put the complete file in its place, then say so; an input without an article has a file without rows."""
        self._flush()
        self._writer.close()
        assert self._local is not None  # noqa: S101 - _flush has opened it
        self._put(self._local, f"{self._folder}/{stem_of(file)}.parquet")
        self._local.write_bytes(tally.as_json())
        self._put(self._local, self._manifest(file))
        self._local.unlink()
        self._writer = self._local = None

    def _flush(self) -> None:
        if self._writer is None:
            with tempfile.NamedTemporaryFile(prefix="reprocess-", delete=False) as file:
                self._local = Path(file.name)
            self._writer = pq.ParquetWriter(self._local, self._schema, compression="zstd")
        if self._rows:
            self._writer.write_batch(record_batch(self._rows, self._schema))
        self._rows.clear()

    def _put(self, local: Path, path: str) -> None:
        folder, _, name = path.rpartition("/")
        self._files.makedirs(folder, exist_ok=True)
        part = f"{folder}/.{name}{PART}"
        self._files.put_file(str(local), part)
        self._files.mv(part, path)

    def _manifest(self, file: str) -> str:
        return f"{self._folder}/{FOLDER}/{stem_of(file)}.json"
