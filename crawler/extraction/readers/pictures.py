"""Addresses of pictures as markup gives them, lazy loading seen through."""

from __future__ import annotations

from lxml import etree

SOURCES = ("data-src", "data-lazy-src", "data-original", "data-lazy", "src")
"""Attributes that hold an address; while a picture is not loaded, `src` holds a placeholder."""

SETS = ("data-srcset", "data-lazy-srcset", "srcset")


def picture_address(element: etree._Element) -> str | None:
    """The address in an `img`, as written; None where it has only a placeholder."""
    for name in SOURCES:
        value = (element.get(name) or "").strip()
        if value and not value.startswith("data:") and "placeholder" not in value and "blank." not in value:
            return value
    for name in SETS:
        value = (element.get(name) or "").strip().split(" ")[0].rstrip(",")
        if value and not value.startswith("data:"):
            return value
    return None
