"""From the lines of crawls to a dataset: index, choose, mark, write what changed, describe. Needs pyarrow and rensa."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from functools import partial
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path
from typing import Any

from crawler.datasets.card import card
from crawler.datasets.database import write_database
from crawler.datasets.facts import Facts, facts_of
from crawler.datasets.index import Chosen, Index, Selection
from crawler.datasets.lines import Lines
from crawler.datasets.manifest import SCRATCH, Folder
from crawler.datasets.partitions import fingerprint, path_of, write_parquet
from crawler.datasets.table import write_table

FORMATS = ("parquet", "sqlite", "csv")
SINGLE = {"sqlite": ("articles.sqlite", write_database), "csv": ("articles.csv", write_table)}
"""Format → the one file that it has, and its writer."""


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be built."""

    inputs: tuple[Path, ...]
    folder: Path
    formats: tuple[str, ...] = ("parquet",)
    selection: Selection = field(default_factory=Selection)


@dataclass(frozen=True, slots=True)
class Built:
    """What came of it."""

    rows: int
    files: int
    """Files of the dataset, manifest and card aside."""
    written: int
    """Files that this build wrote."""
    removed: int
    problems: int
    """Lines that are no items."""


def build(order: Order) -> Built:
    """Build or bring up to date. Raises ConfigurationError, and OSError where something cannot be read or written."""
    folder = Folder(order.folder)
    with (
        tempfile.TemporaryDirectory(prefix=SCRATCH, dir=order.folder) as scratch,
        closing(Lines(order.inputs)) as lines,
        closing(Index(Path(scratch) / "index.sqlite", lines, order.selection)) as index,
    ):
        index.build()
        names = [*_partitions(folder, order, index, lines), *_single(folder, order, index, lines)]
        facts = facts_of(index.connection)
        text = card(facts, order.selection, order.formats)
        folder.keep("README.md", _digest([text]), lambda path: _write_text(path, text))
        removed = folder.finish(_described(facts, order))
        return Built(facts.rows, len(names), folder.written, removed, index.problems)


def _partitions(folder: Folder, order: Order, index: Index, lines: Lines) -> Iterator[str]:
    if "parquet" not in order.formats:
        return
    for partition in index.partitions():
        name = path_of(*partition)
        made_of = _made_of(fingerprint(), index.chosen(partition))
        folder.keep(name, made_of, partial(_parquet, index, lines, partition))
        yield name


def _parquet(index: Index, lines: Lines, partition: tuple[str, str], path: Path) -> None:
    write_parquet(path, _rows(index.chosen(partition), lines))


def _single(folder: Folder, order: Order, index: Index, lines: Lines) -> Iterator[str]:
    for format_ in order.formats:
        if format_ in SINGLE:
            name, write = SINGLE[format_]
            made_of = _made_of(f"{format_} {version('publication-crawler')}", index.chosen())
            folder.keep(name, made_of, lambda path, write=write: write(path, _rows(index.chosen(), lines)))  # type: ignore[misc]
            yield name


def _rows(chosen: Iterator[Chosen], lines: Lines) -> Iterator[dict[str, Any]]:
    for line in chosen:
        item = lines.read(line.place)
        yield {
            **item, "publication": line.publication, "month": line.month,
            "publication_name": item.get("publication"), "split": line.split, "duplicate_of": line.duplicate_of,
            "gone_at": line.gone_at,
        }  # fmt: skip


def _made_of(fixed: str, chosen: Iterator[Chosen]) -> str:
    return _digest(
        [fixed, *(f"{c.digest.hex()} {c.split} {c.duplicate_of} {c.gone_at} {c.publication}" for c in chosen)]
    )


def _digest(parts: list[str]) -> str:
    digest = blake2b(digest_size=16)
    for part in parts:
        digest.update(part.encode("utf-8", "surrogatepass") + b"\n")
    return digest.hexdigest()


def _described(facts: Facts, order: Order) -> dict[str, Any]:
    return {
        "version": version("publication-crawler"), "revisions": order.selection.revisions,
        "leave_out": sorted(order.selection.leave_out), "rows": facts.rows, "articles": facts.articles,
        "runs": list(facts.runs),
    }  # fmt: skip


def _write_text(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")
