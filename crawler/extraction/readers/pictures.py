"""Addresses of pictures as markup gives them, lazy loading seen through."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

SETS = ("data-srcset", "data-lazy-srcset", "srcset")
"""Attributes that hold addresses of one picture in several sizes."""

LAZY = ("data-src", "data-lazy-src", "data-original", "data-orig-file", "data-lazyload", "data-lazy", "data-image",
        "data-url", "data-hi-res-src", "data-full-src")  # fmt: skip
"""Attributes of lazy loaders that hold the real address while `src` holds a blank; WordPress.com's full size."""

_SIZED = re.compile(r"(\S+)\s+(\d+(?:\.\d+)?)[wx](?:,|$)")


def picture_address(element: etree._Element) -> str | None:
    """The address of the largest size that an `img` names, as written; None where it has only a placeholder."""
    for name in SETS:
        sized = _SIZED.finditer(element.get(name) or "")
        usable = {match[1]: float(match[2]) for match in sized if _is_address(match[1])}
        if usable:
            return max(usable, key=usable.__getitem__)
    return next(filter(_is_address, stated_addresses(element)), None)


def stated_addresses(element: etree._Element) -> Iterator[str]:
    """Every address that an `img` states outside of a set of sizes, those of lazy loaders before `src`.

    Loaders that no list knows name their attribute after what it replaces: `data-retina-src`, `data-img-src`.
    """
    unlisted = [name for name in map(str, element.keys()) if name.startswith("data-") and name.endswith("src")]
    values = ((element.get(name) or "").strip() for name in (*LAZY, *unlisted, "src"))
    return filter(None, values)


def _is_address(value: str) -> bool:
    return bool(value) and not value.startswith("data:") and "placeholder" not in value and "blank." not in value
