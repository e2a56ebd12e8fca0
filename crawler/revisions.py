"""When an article counts as changed: hashes of its fields, as they stand in the line that was written last."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import blake2b
from typing import Any

TRIGGERS = ("title", "body")
"""A new line is written only where one of these changed: a new tag or a rotated picture is no new revision."""

COMPARED = (*TRIGGERS, "subtitle", "byline", "date", "date_modified", "section", "tags", "language", "access")
"""The fields that `changed_fields` may name."""


def field_hashes(article: Mapping[str, Any]) -> dict[str, str]:
    """Field → 12 hexadecimal digits of its value, white space folded. A field without a value has none."""
    return {name: _hash(value) for name in COMPARED if (value := article.get(name))}


def is_changed(before: Mapping[str, str], after: Mapping[str, str]) -> bool:
    """Whether an article is to be written again."""
    return any(before.get(name) != after.get(name) for name in TRIGGERS)


def changed_fields(before: Mapping[str, str], after: Mapping[str, str]) -> list[str]:
    """The names of the fields that differ, in a fixed order."""
    return [name for name in COMPARED if before.get(name) != after.get(name)]


def _hash(value: Any) -> str:
    text = " ".join(value.split()) if isinstance(value, str) else repr(value)
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()
