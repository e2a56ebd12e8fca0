"""A dataset as one CSV file in which no cell is taken for a formula."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

from crawler.datasets.schema import ADDED, PARTITION
from crawler.exporters.csv import neutralised
from crawler.items import Article
from crawler.json_lines import encode_line

COLUMNS = (
    *PARTITION,
    *(field.name for field in fields(Article) if field.name != "publication"),
    *(column.name for column in ADDED),
)


def write_table(path: Path, rows: Iterable[Mapping[str, Any]]) -> None:
    """Write a file from rows: UTF-8, lists and objects as JSON, what is absent as an empty cell."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows([_cell(row.get(name)) for name in COLUMNS] for row in rows)


def _cell(value: Any) -> Any:
    if isinstance(value, list | dict):
        value = encode_line(value).decode().rstrip("\n") if value else ""
    return neutralised(value) if isinstance(value, str) else value
