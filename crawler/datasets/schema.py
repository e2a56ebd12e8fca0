"""The columns of a dataset: the published fields, and what is known only of all lines together. Needs pyarrow."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from crawler.exporters.arrow_schema import schema_of
from crawler.items import Article


@dataclass(frozen=True, slots=True)
class Column:
    """A column that no line has."""

    name: str
    meaning: str


ADDED = (
    Column("publication_name", "`publication` of the line: the name for readers."),
    Column("split", "`train`, `validation` or `test`; the same for all articles of a publication."),
    Column("duplicate_of", "`id` of the earlier article that has nearly the same text; null where there is none."),
    Column("gone_at", "When the article was found to be gone; with `--revisions all` only."),
)
"""Columns behind the published ones. `publication` (short name) and `month` are the partition's."""
PARTITION = ("publication", "month")


def dataset_schema() -> pa.Schema:
    """The Arrow schema of the Parquet files; `evidence` is a list, since not every reader knows maps.

    `publication` is not among the columns: readers refuse a file that has the column of a partition as well.
    """
    kept = [_field(field) for field in schema_of(Article) if field.name != "publication"]
    return pa.schema([*kept, *(pa.field(column.name, pa.string()) for column in ADDED)])


def as_listed(item: Mapping[str, Any]) -> dict[str, Any]:
    """The item with `evidence` as a list of objects that carry the field's name, in the order of the names."""
    evidence = item.get("evidence") or {}
    return {**item, "evidence": [{"field": name, **evidence[name]} for name in sorted(evidence)]}


def _field(field: pa.Field) -> pa.Field:
    if not pa.types.is_map(field.type):
        return field
    entry = [pa.field("field", pa.string(), nullable=False), *field.type.item_type]
    return pa.field(field.name, pa.list_(pa.struct(entry)), nullable=field.nullable)
