"""Development corpora on disk: found, unpacked outside the repository, identified by digest."""

from __future__ import annotations

import hashlib
import json
import re
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any


@dataclass(frozen=True, slots=True)
class Corpus:
    """A folder with `pages.jsonl` (`id`, `url`, `html_path`, optional `encoding`, gold fields) and the pages."""

    folder: Path
    nameless: bool = False
    """Whether pages are given without what their class names and ids say, as on a theme that nobody knows."""

    @property
    def name(self) -> str:
        """The folder's name."""
        return self.folder.name

    def records(self) -> list[dict[str, Any]]:
        """The records; those marked as a duplicate of another are left out."""
        with (self.folder / "pages.jsonl").open(encoding="utf-8") as lines:
            records = [json.loads(line) for line in lines if line.strip()]
        return [record for record in records if "dup_of" not in record]

    def page(self, record: dict[str, Any]) -> tuple[bytes, dict[str, str]]:
        """The bytes of a record's page and the headers that its known encoding amounts to."""
        encoding = record.get("encoding")
        headers = {"content-type": f"text/html; charset={encoding}"} if encoding else {}
        body = (self.folder / record["html_path"]).read_bytes()
        return _NAMES.sub(_without_words, body) if self.nameless else body, headers

    def digest(self) -> str:
        """SHA-256 of `pages.jsonl`, the first twelve digits."""
        return hashlib.sha256((self.folder / "pages.jsonl").read_bytes()).hexdigest()[:12]


_NAMES = re.compile(rb"""(\s(?:class|id)\s*=\s*)("[^"]*"|'[^']*')""", re.IGNORECASE)
"""`class` and `id` attributes with quoted values."""


def _without_words(attribute: re.Match[bytes]) -> bytes:
    """The attribute with each name replaced by digits of its hash: what is alike stays alike."""
    names = (b"x" + hashlib.sha256(name).hexdigest()[:6].encode() for name in attribute[2][1:-1].split())
    return attribute[1] + b'"' + b" ".join(names) + b'"'


@contextmanager
def opened(place: Path, names: tuple[str, ...] = (), *, nameless: bool = False) -> Iterator[list[Corpus]]:
    """The corpora below a folder: unpacked ones, or `*.tar.xz` archives, which are unpacked into a temporary folder.

    Raises FileNotFoundError where the folder holds neither.
    """
    with TemporaryDirectory(prefix="corpora-") as scratch:
        archives = sorted(place.glob("**/*.tar.xz"))
        wanted = [file for file in archives if not names or file.name.removesuffix(".tar.xz") in names]
        for archive in wanted:
            with tarfile.open(archive) as tar:
                tar.extractall(scratch, filter="data")
        folder = Path(scratch) if archives else place
        found = sorted(file.parent for file in (*folder.glob("pages.jsonl"), *folder.glob("*/pages.jsonl")))
        corpora = [Corpus(path, nameless) for path in found if not names or path.name in names]
        if not corpora:
            raise FileNotFoundError(f"{place}: no folder with pages.jsonl and no *.tar.xz; name the corpora's folder")
        yield corpora
