"""Parquet files of a dataset, one per publication and month; the same rows give the same bytes. Needs pyarrow."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from crawler.datasets.schema import as_listed, dataset_schema
from crawler.exporters.arrow_schema import record_batch

PATTERN = "data/publication=*/month=*/part-0.parquet"
ROWS = 1000
"""Rows of a group: what is held in memory, some 10 MB."""
LEVEL = 9
"""Of zstd: a tenth smaller than its default, and reads as fast."""


def path_of(publication: str, month: str) -> str:
    """Path of a partition's file. Nothing but Parquet is below `data`: pandas takes every file of a folder for it."""
    return f"data/publication={publication}/month={month}/part-0.parquet"


def fingerprint() -> str:
    """What besides the rows decides the bytes of a file."""
    return f"{pa.__version__} {LEVEL} {ROWS} {dataset_schema()}"


def write_parquet(path: Path, rows: Iterable[dict[str, Any]]) -> None:
    """Write a file from rows; every option that a library may change its mind about is given."""
    schema = dataset_schema()
    with pq.ParquetWriter(
        path, schema, compression="zstd", compression_level=LEVEL, version="2.6", data_page_version="1.0",
        use_dictionary=True, write_statistics=True,
    ) as writer:  # fmt: skip
        for group in batches(rows, ROWS):
            writer.write_batch(record_batch(map(as_listed, group), schema), row_group_size=ROWS)


def batches(rows: Iterable[dict[str, Any]], size: int) -> Iterator[list[dict[str, Any]]]:
    """The rows in lists of a size; the last one may be shorter."""
    iterator = iter(rows)
    while group := list(islice(iterator, size)):
        yield group
