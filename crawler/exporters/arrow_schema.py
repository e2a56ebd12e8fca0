"""The published schema (`crawler.items`) as an Arrow schema, and lines as rows of it. Needs pyarrow."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import pyarrow as pa

SIMPLE: Mapping[type, pa.DataType] = {str: pa.string(), int: pa.int64(), float: pa.float64(), bool: pa.bool_()}
"""Python → Arrow. Dates stay text: they keep the offset and the precision that they were found with."""


def schema_of(item: type) -> pa.Schema:
    """Fields of a dataclass of `crawler.items` in their order. Raises TypeError on a type that has no counterpart."""
    return pa.schema(_fields(item))


def record_batch(items: Iterable[Mapping[str, Any]], schema: pa.Schema) -> pa.RecordBatch:
    """Rows of items as they stand in JSON Lines; a field that an item lacks is null or, where it is a list, empty."""
    rows = [{field.name: _value(item.get(field.name), field) for field in schema} for item in items]
    return pa.RecordBatch.from_pylist(rows, schema=schema)


def _fields(item: type) -> list[pa.Field]:
    hints = get_type_hints(item)
    return [_field(field.name, hints[field.name]) for field in fields(item)]


def _field(name: str, hint: Any) -> pa.Field:
    options = get_args(hint) if get_origin(hint) in (Union, UnionType) else (hint,)
    kinds = [option for option in options if option is not NoneType]
    if len(kinds) != 1:
        raise TypeError(f"{name}: {hint} is no type of one column")
    return pa.field(name, _type(kinds[0]), nullable=NoneType in options)


def _type(hint: Any) -> pa.DataType:
    if hint in SIMPLE:
        return SIMPLE[hint]
    if is_dataclass(hint) and isinstance(hint, type):
        return pa.struct(_fields(hint))
    arguments = get_args(hint)
    if get_origin(hint) is list:
        return pa.list_(pa.field("item", _type(arguments[0]), nullable=False))
    if get_origin(hint) is dict and arguments[0] is str:
        return pa.map_(pa.string(), pa.field("value", _type(arguments[1]), nullable=False))
    raise TypeError(f"{hint} has no counterpart in Arrow")


def _value(value: Any, field: pa.Field) -> Any:
    if pa.types.is_map(field.type):
        return list((value or {}).items())
    return [] if value is None and pa.types.is_list(field.type) else value
