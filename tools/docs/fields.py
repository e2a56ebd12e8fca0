"""docs/fields.md and docs/item.schema.json, from crawler/items.py."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from tools.docs.attributes import Attribute, Described, classes_of
from tools.docs.places import CRAWLER

ITEM = "Article"
ENUMERATIONS = {
    ("Author", "kind"): ["person", "organization"],
    ("Article", "date_precision"): ["second", "minute", "day", "month", "year"],
    ("Article", "access"): ["free", "metered", "paid"],
    ("Evidence", "level"): ["stated", "bound", "declared", "inferred"],
}
"""Attributes with a closed set of values."""
URI = {"url", "canonical_url", "avatar"}
SIMPLE = {"str": "string", "int": "integer", "float": "number", "bool": "boolean"}
HEAD = """# Fields

<!-- Generated from crawler/items.py by `make reference`; edit the docstrings there. -->

One line of output is one JSON object with the fields of [Article](#article), all of them, in this order. What is not
known is `null` or `[]`, never an empty text and never a guess. The same as a JSON Schema (2020-12):
[item.schema.json](item.schema.json).
"""


def schema() -> str:
    """The JSON Schema of one line."""
    classes = classes_of(CRAWLER / "items.py")
    whole = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": ITEM,
        **_object(classes[ITEM]),
        "$defs": {name: _object(described) for name, described in classes.items() if name != ITEM},
    }
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def page() -> str:
    """The page for readers."""
    classes = classes_of(CRAWLER / "items.py")
    ordered = [classes[ITEM], *(described for name, described in classes.items() if name != ITEM)]
    return "\n".join([HEAD, *(line for described in ordered for line in _section(described))])


def _section(described: Described) -> Iterator[str]:
    yield f"## {described.name}\n\n{described.doc}\n\n| field | type | what it holds |\n| --- | --- | --- |"
    for attribute in described.attributes:
        yield f"| `{attribute.name}` | {_readable(attribute.type)} | {attribute.doc} |"
    yield ""


def _readable(annotation: str) -> str:
    text = annotation.replace("str", "text").replace("int", "integer").replace("bool", "true or false")
    text = re.sub(r"dict\[text, (\w+)\]", r"object of \1", re.sub(r"list\[(\w+)\]", r"list of \1", text))
    text = text.replace(" | None", " or null")
    return re.sub(r"\b(Author|PostLink|Image|Evidence)\b", lambda match: f"[{match[0]}](#{match[0].lower()})", text)


def _object(described: Described) -> dict[str, Any]:
    return {
        "description": described.doc,
        "type": "object",
        "properties": {a.name: _property(described.name, a) for a in described.attributes},
        "required": [attribute.name for attribute in described.attributes],
        "additionalProperties": False,
    }


def _property(owner: str, attribute: Attribute) -> dict[str, Any]:
    found = _type(attribute.type)
    allowed = ENUMERATIONS.get((owner, attribute.name))
    if allowed:
        found["enum"] = [*allowed, None] if "null" in found["type"] else allowed
    if attribute.name in URI:
        found["format"] = "uri"
    if "string" in found.get("type", ()) and not allowed:
        found["minLength"] = 1
    return {"description": attribute.doc, **found}


def _type(annotation: str) -> dict[str, Any]:
    optional = annotation.endswith(" | None")
    inner = annotation.removesuffix(" | None")
    if inner in SIMPLE:
        return {"type": [SIMPLE[inner], "null"] if optional else SIMPLE[inner]}
    if match := re.fullmatch(r"list\[(.+)\]", inner):
        return {"type": "array", "items": _type(match[1])}
    if match := re.fullmatch(r"dict\[str, (.+)\]", inner):
        return {"type": "object", "additionalProperties": _type(match[1])}
    return {"$ref": f"#/$defs/{inner}"}
