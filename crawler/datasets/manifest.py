"""`manifest.json` of a dataset: what each of its files was made of, so that the next build leaves alone what stands."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from crawler.datasets.partitions import PATTERN
from crawler.errors import ConfigurationError

NAME = "manifest.json"
SINGLE = ("articles.sqlite", "articles.csv", "README.md")
FORMAT = 1
SCRATCH = ".build-"
"""Beginning of the name of the folder in which a build keeps its table of lines."""


class Folder:
    """The folder of a dataset: files are whole or not there, and written only where their input changed."""

    def __init__(self, path: Path) -> None:
        """Raises ConfigurationError on a folder that holds something else: nothing there is to be overwritten."""
        self.path = path
        self._before = _read(path)
        self._after: dict[str, dict[str, Any]] = {}
        self.written = 0
        """Files that this build wrote."""
        path.mkdir(parents=True, exist_ok=True)
        for left in path.glob(f"{SCRATCH}*"):  # of a killed build
            shutil.rmtree(left, ignore_errors=True)
        if not (path / NAME).exists():
            self._write({"files": {}})  # from now on the folder is known for a dataset, whatever becomes of this build

    def keep(self, name: str, made_of: str, write: Callable[[Path], None]) -> None:
        """See that the file stands there, made of what the digest stands for."""
        path = self.path / name
        known = self._before.get(name, {})
        if known.get("made_of") != made_of or not path.is_file() or path.stat().st_size != known.get("bytes"):
            path.parent.mkdir(parents=True, exist_ok=True)
            part = path.with_name(f".{path.name}.part")
            write(part)
            part.replace(path)
            self.written += 1
        self._after[name] = {"made_of": made_of, "bytes": path.stat().st_size}

    def finish(self, facts: dict[str, Any]) -> int:
        """Write the manifest and remove files of earlier builds that have no rows any more; returns how many."""
        stale = [path for path in self._ours() if str(path.relative_to(self.path)) not in self._after]
        for path in stale:
            path.unlink()
            for folder in path.relative_to(self.path).parents[:-1]:
                if not any((self.path / folder).iterdir()):
                    (self.path / folder).rmdir()
        self._write({**facts, "files": dict(sorted(self._after.items()))})
        return len(stale)

    def _write(self, facts: dict[str, Any]) -> None:
        part = self.path / f".{NAME}.part"
        text = json.dumps({"format": FORMAT, **facts}, ensure_ascii=False, indent=1)
        part.write_text(text + "\n", encoding="utf-8")
        part.replace(self.path / NAME)

    def _ours(self) -> Iterator[Path]:
        yield from sorted(self.path.glob(PATTERN))
        yield from (path for name in SINGLE if (path := self.path / name).exists())


def _read(folder: Path) -> dict[str, dict[str, Any]]:
    path = folder / NAME
    try:
        manifest = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise ConfigurationError(f"{folder}: is not empty and no dataset; name a new folder with --to") from None
        return {}
    except ValueError:
        return {}
    files: dict[str, dict[str, Any]] = manifest.get("files", {}) if manifest.get("format") == FORMAT else {}
    return files
