"""One value as one line of JSON that any reader of lines, terminal or parser can take."""

from __future__ import annotations

import re
from typing import Any

import orjson
from itemadapter import ItemAdapter

BREAKING = re.compile(rb"\x7f|\xc2[\x80-\x9f]|\xe2\x80[\xa8\xa9]")
"""UTF-8 of what splits lines in Python, JavaScript and some shells (U+0085, U+2028, U+2029), and of the other C1
controls and DEL, which steer terminals. JSON allows them inside strings; there alone they can occur."""


def encode_line(value: object) -> bytes:
    """The value as JSON in UTF-8 with a line feed at its end and no other line break of any kind.

    NaN and infinities become null (RFC 8259 has neither), lone surrogates U+FFFD. Dataclasses and other items are
    objects with their fields in order.
    """
    try:
        line = orjson.dumps(value, default=_plain, option=orjson.OPT_APPEND_NEWLINE)
    except orjson.JSONEncodeError:
        line = orjson.dumps(_repaired(value), default=_plain, option=orjson.OPT_APPEND_NEWLINE)
    return BREAKING.sub(_escaped, line)


def _escaped(match: re.Match[bytes]) -> bytes:
    return b"\\u%04x" % ord(match[0].decode())


def _plain(value: object) -> Any:
    if isinstance(value, (set, frozenset)):
        return sorted(value)
    if ItemAdapter.is_item(value):
        return ItemAdapter(value).asdict()
    return str(value)


def _repaired(value: object) -> Any:
    """The value with lone surrogates replaced, which UTF-8 cannot hold, and keys as text."""
    if isinstance(value, str):
        return re.sub("[\ud800-\udfff]", "\ufffd", value)
    if isinstance(value, int) and not -(2**63) <= value < 2**64:
        return str(value)
    if isinstance(value, (list, tuple)):
        return [_repaired(entry) for entry in value]
    if ItemAdapter.is_item(value):
        return {_repaired(str(key)): _repaired(entry) for key, entry in ItemAdapter(value).items()}
    return value
