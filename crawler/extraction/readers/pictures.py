"""Addresses of pictures as markup gives them, lazy loading seen through."""

from __future__ import annotations

import re

from lxml import etree

SETS = ("data-srcset", "data-lazy-srcset", "srcset")
"""Attributes that hold addresses of one picture in several sizes."""

SOURCES = ("data-src", "data-lazy-src", "data-original", "data-lazy", "src")
"""Attributes that hold one address; while a picture is not loaded, `src` holds a placeholder."""

_SIZED = re.compile(r"(\S+)\s+(\d+(?:\.\d+)?)[wx](?:,|$)")


def picture_address(element: etree._Element) -> str | None:
    """The address of the largest size that an `img` names, as written; None where it has only a placeholder."""
    for name in SETS:
        sized = _SIZED.finditer(element.get(name) or "")
        usable = {match[1]: float(match[2]) for match in sized if _is_address(match[1])}
        if usable:
            return max(usable, key=usable.__getitem__)
    values = [(element.get(name) or "").strip() for name in SOURCES]
    return next(filter(_is_address, values), None)


def _is_address(value: str) -> bool:
    return bool(value) and not value.startswith("data:") and "placeholder" not in value and "blank." not in value
