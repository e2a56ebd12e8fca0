"""JSON-LD blocks to a flat list of typed objects, within bounds of size and depth."""

from __future__ import annotations

import html
import json
import math
import re
from collections.abc import Iterable, Iterator
from typing import Any, NoReturn

import orjson

MAX_DEPTH = 20
"""Nesting that is followed; real pages stay below 10."""

MAX_SIZE = 4_000_000
"""Characters of one block that are read. A block is a few KB; live blogs (`liveBlogUpdate`) reach 1 MB."""

MAX_REPAIRED = 500_000
"""Characters of one block that is mended where it is not JSON as it stands."""

MAX_WRAPPINGS = 4
"""Wrappings around one block that are taken off."""

MAX_NODES = 5_000
"""Typed objects that a page may have; beyond them nothing is read."""

_OPENERS = ("\ufeff", "<!--", "//<![CDATA[", "// <![CDATA[", "/*<![CDATA[*/", "/* <![CDATA[ */", "<![CDATA[")
_CLOSERS = (";", "-->", "//]]>", "// ]]>", "/*]]>*/", "/* ]]> */", "]]>", "//")
"""What templates put around a block for the browsers of 1998: comments, CDATA sections, a semicolon."""

_TOKEN = re.compile(
    r"""("(?:[^"\\]|\\.)*+(?:"|\Z))|(,)(?=\s*[}\]])|(/\*.*?(?:\*/|\Z)|(?<=[\s,{\[])//[^\n"]*)""", re.DOTALL
)
"""A string, to the end of the block if it is never closed; a comma before a closing bracket; a comment."""

_ESCAPE = re.compile(
    r"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(?P<lone>u[dD][89a-fA-F][0-9a-fA-F]{2})"
    r"|(?P<quote>')|.)",
    re.DOTALL,
)
"""An escape sequence: a pair of surrogates, an unpaired one, JavaScript's apostrophe, anything else."""


def read_json_ld(scripts: Iterable[str]) -> list[dict[str, Any]]:
    """Every object with an `@type` in the scripts, in document order; a block that cannot be parsed gives none."""
    found: list[dict[str, Any]] = []
    for script in scripts:
        for node in _typed(parse_block(script), 0):
            if len(found) >= MAX_NODES:
                return found
            found.append(node)
    return found


def parse_block(script: str) -> Any:
    """The value of one block, or None. Never raises.

    JSON as of RFC 8259 is read as it stands. What is not JSON is mended where there is one reading only: wrappings,
    raw line breaks in strings, trailing commas, comments, several values in a row, entities. NaN and Infinity are
    refused, as RFC 8259 §6 demands; an unpaired surrogate becomes U+FFFD; of duplicate keys the last counts.
    """
    if len(script) > MAX_SIZE:
        return None
    try:
        return orjson.loads(script)
    except orjson.JSONDecodeError:
        return _parse_mended(script) if len(script) <= MAX_REPAIRED else None


def _parse_mended(script: str) -> Any:
    text = _unwrapped(script)
    if "&quot;" in text and '"' not in text:
        text = html.unescape(text)
    return _parse_all(_TOKEN.sub(_mend_token, text.encode("utf-8", "replace").decode()))


def _unwrapped(script: str) -> str:
    text = script.strip()
    for _ in range(MAX_WRAPPINGS):
        for opener in _OPENERS:
            text = text.removeprefix(opener)
        for closer in _CLOSERS:
            text = text.removesuffix(closer)
        text = text.strip()
    return text


def _mend_token(match: re.Match[str]) -> str:
    string = match.group(1)
    return _ESCAPE.sub(_mend_escape, string) if string and "\\" in string else string or ""


def _mend_escape(match: re.Match[str]) -> str:
    if match["lone"]:
        return "\\ufffd"
    return "'" if match["quote"] else match.group()


def _parse_all(text: str) -> Any:
    """One value, or a list of the values that follow one another."""
    decoder = json.JSONDecoder(strict=False, parse_constant=_refuse, parse_float=_finite)
    values, position = [], 0
    try:
        while position < len(text):
            value, position = decoder.raw_decode(text, position)
            values.append(value)
            position = _SEPARATOR.match(text, position).end()  # type: ignore[union-attr]  # matches the empty string
    except (ValueError, RecursionError):
        return None
    return values[0] if len(values) == 1 else values or None


_SEPARATOR = re.compile(r"[\s,;}]*")
"""What stands behind a value; a template that closes one object too many loses nothing."""


def _finite(digits: str) -> float:
    number = float(digits)
    return number if math.isfinite(number) else _refuse(digits)


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no finite number")


def _typed(value: Any, depth: int) -> Iterator[dict[str, Any]]:
    if depth > MAX_DEPTH:
        return
    if isinstance(value, str):
        value = _encoded(value)
    if isinstance(value, dict) and "@type" in value:
        yield value
    if isinstance(value, (dict, list)):
        for entry in value.values() if isinstance(value, dict) else value:
            if isinstance(entry, (dict, list, str)):
                yield from _typed(entry, depth + 1)


def _encoded(text: str) -> Any:
    """The node that a text is, where a template encoded each node of a graph once more; None for any other text."""
    return parse_block(text) if text.startswith("{") and '"@type"' in text else None
