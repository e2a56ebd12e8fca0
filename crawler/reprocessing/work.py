"""Which files a job reads, and the pieces that its processes share among themselves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from crawler.archive.reader import Opener, is_own
from crawler.archive.spans import ArchiveError, Span, spans
from crawler.errors import ConfigurationError

ENDINGS = (".warc.gz", ".warc", ".warc.zst")
ZSTD = (b"\x28\xb5\x2f\xfd", b"\x5d\x2a\x4d\x18")
"""How such files begin: a frame, or the dictionary before it (IIPC, "WARC compression with Zstandard")."""
CHUNK_BYTES = 1 << 20
"""Bytes of a file that one task reads: some fifty pages, a second of work."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """A piece of a WARC file for one process."""

    file: str
    """Path or URL of the file."""
    own: bool
    """Whether this project wrote the file: it is then read by its metadata records."""
    spans: tuple[Span, ...]
    """Records that lie behind one another."""

    @property
    def span(self) -> Span:
        """From the first record to the last."""
        return Span(self.spans[0].start, self.spans[-1].end)


def open_file(name: str) -> IO[bytes]:
    """A file of this machine."""
    return Path(name).open("rb")


def input_files(names: Iterable[str]) -> list[str]:
    """The files that are named, in order; a folder stands for the WARC files in it, by name.

    Raises ConfigurationError where a name is nothing, or two files are called the same.
    """
    found = [file for name in names for file in _files_of(name)]
    stems: dict[str, str] = {}
    for file in found:
        other = stems.setdefault(stem_of(file), file)
        if other != file:
            raise ConfigurationError(f"{other} and {file} have one name: their outputs would, too")
    return list(dict.fromkeys(found))


def stem_of(file: str) -> str:
    """The name of a WARC file without folder and ending."""
    name = file.rsplit("/", 1)[-1]
    return next((name.removesuffix(ending) for ending in ENDINGS if name.endswith(ending)), name)


def chunks(file: str, *, opener: Opener = open_file, size: int = CHUNK_BYTES) -> Iterator[Chunk]:
    """The pieces of a file. Raises OSError where it cannot be opened, ArchiveError behind the last good piece."""
    with opener(file) as stream:
        if stream.read(4) in ZSTD:
            raise ArchiveError(
                f"{file}: compressed with zstd, which is not read; `zstd -d {stem_of(file)}.warc.zst` first"
            )
        own = is_own(stream)
        yield from (Chunk(file, own, piece) for piece in _pieces(spans(stream), size))


def _pieces(found: Iterator[Span], size: int) -> Iterator[tuple[Span, ...]]:
    """Spans in groups of about `size` bytes; what came before damage is a group before the error is raised."""
    piece: list[Span] = []
    damage: ArchiveError | None = None
    while True:
        try:
            span = next(found, None)
        except ArchiveError as error:
            span, damage = None, error
        if span is None:
            break
        piece.append(span)
        if span.end - piece[0].start >= size:
            yield tuple(piece)
            piece = []
    if piece:
        yield tuple(piece)
    if damage:
        raise damage


def _files_of(name: str) -> list[str]:
    if "://" in name:
        return [name]
    path = Path(name)
    if path.is_dir():
        return [str(file) for file in sorted(path.iterdir()) if file.name.endswith(ENDINGS)]
    if not path.exists():
        raise ConfigurationError(f"{name}: no such file or folder")
    return [name]
