"""JSON-LD blocks to a flat list of typed objects."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

import orjson

MAX_DEPTH = 20
"""Nesting that is followed; real pages stay below 10."""


def read_json_ld(scripts: Iterable[str]) -> list[dict[str, Any]]:
    """Every object with an `@type` in the scripts, in document order; a block that cannot be parsed gives none."""
    return [node for script in scripts for node in _typed(_parse(script), 0)]


def _parse(script: str) -> Any:
    try:
        return orjson.loads(script)
    except orjson.JSONDecodeError:
        pass
    try:
        return json.loads(script.strip().rstrip(";"), strict=False)
    except (ValueError, RecursionError):
        return None


def _typed(value: Any, depth: int) -> Iterator[dict[str, Any]]:
    if depth > MAX_DEPTH:
        return
    if isinstance(value, list):
        for entry in value:
            yield from _typed(entry, depth + 1)
    elif isinstance(value, dict):
        if "@type" in value:
            yield value
        for entry in value.values():
            if isinstance(entry, (dict, list)):
                yield from _typed(entry, depth + 1)
