"""JSON answers of platforms' lists, read without trust: wrong types give empty values, never errors."""

from __future__ import annotations

import html
import re
from typing import Any

import orjson

_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
MAX_BYTES = 50 * 1024 * 1024


def parse_json(body: bytes) -> Any:
    """The value, or None where the bytes are no JSON."""
    try:
        return orjson.loads(body[:MAX_BYTES].removeprefix(b"\xef\xbb\xbf"))
    except orjson.JSONDecodeError:
        return None


def text_at(value: Any, *path: str) -> str:
    """The text at a path of keys, white space folded; empty where there is none."""
    for key in path:
        value = value.get(key) if isinstance(value, dict) else None
    return " ".join(value.split()) if isinstance(value, str) else ""


def records_of(value: Any) -> list[dict[str, Any]]:
    """The objects of a list; empty where the value is no list."""
    return [record for record in value if isinstance(record, dict)] if isinstance(value, list) else []


def plain(text: str) -> str | None:
    """A title without tags and character references, or None where nothing remains."""
    return " ".join(html.unescape(_TAG.sub("", text)).split()) or None
