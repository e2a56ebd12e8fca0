"""Which file an `<img>` offers at its largest, and which pictures are no content."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from urllib.parse import urljoin, urlsplit

from lxml import etree

from crawler.extraction.document import Document
from crawler.extraction.readers.pictures import stated_addresses

MIN_SIDE = 90
"""Pixels of the longer stated side below which a picture is an icon, an avatar or a tracking pixel."""

LAZY_SETS = ("srcset", "data-srcset", "data-lazy-srcset", "data-sizes-srcset")

DECORATION = re.compile(
    r"(?:^|[-_ /.])(?:avatars?|gravatar|logos?|icons?|emoji|wp-smiley|smiley|pixel|spacer|spinner|load(?:er|ing)"
    r"|sprite|badge|button|banner-?ad|advert(?:isement)?|ads?|sponsor|tracking|beacon|1x1|blank|transparent|placeholder"
    r"|author(?:-?(?:photo|image|pic|avatar|img|thumb|box))?|profile-?(?:pic|photo|image)|headshot|byline|social|share"
    r"|qr-?codes?|alipay|wechat(?:-?pay)?)"
    r"(?:$|[-_ /.\d])",
    re.IGNORECASE,
)
"""Class tokens and file names of pictures that show no part of the story."""
DECORATIVE_HOSTS = (
    *("gravatar.com", "doubleclick.", "googlesyndication", "scorecardresearch", "facebook.com/tr", "feedburner"),
    *("/pixel", "amazon-adsystem", "pubmatic", "wp.com/latex", "s.w.org/images/core/emoji", "pixel.wp.com", "vgwort"),
    "ioam.de",
)
"""Avatar, advertising and counting services, in lower case; plain searches take a tenth of a pattern's time."""
FURNITURE = re.compile(
    r"/(?:wp-content/(?:plugins|themes)|wp-includes|sites/all/(?:themes|modules))/"
    r"|(?<!\d)(?:728x90|160x600|120x600|468x60|320x50|320x100|970x90|970x250)(?!\d)"
    r"|(?<![-\d])(?:300x250|336x280|300x600)(?!\d)",
)
"""Folders in which WordPress and Drupal keep the pictures of themes and plugins, and the advertising industry's sizes
(IAB, fixed size ad specification) in an address; the broader ones may, after a hyphen, be WordPress's smaller copy."""

_CANDIDATE = re.compile(r"\s*([^\s,][^\s]*[^\s,]|[^\s,])(?:\s+([\d.]+)([wxh]))?\s*(?:,|$)")


def is_decoration(document: Document, position: int) -> bool:
    """Whether a picture is an avatar, logo, icon, pixel or advertisement by its class, address or size."""
    element = document.elements[position]
    if _is_decorative(document.classes[position] or "") or _is_small(element.get("width"), element.get("height")):
        return True
    near = islice(document.ancestors(position), 2)
    if any(_is_decorative(document.classes[place] or "") for place in near):
        return True
    address = next(stated_addresses(element), "")
    lower = address.lower()
    if any([host in lower for host in DECORATIVE_HOSTS]) or FURNITURE.search(address):
        return True
    return DECORATION.search(address.split("?")[0].rpartition("/")[2]) is not None


@lru_cache(maxsize=20_000)
def _is_decorative(classes: str) -> bool:
    return DECORATION.search(classes) is not None


def _is_small(*sides: str | None) -> bool:
    known = [int(side) for side in sides if side and side.isdigit()]
    return bool(known) and max(known) < MIN_SIDE


def largest_source(document: Document, position: int) -> tuple[str, float] | None:
    """Absolute address of the largest file that the `<img>` and its `<picture>` offer, and its width in pixels.

    The width is 0 where the page does not tell it; None where there is no usable address.
    """
    for width, address in sorted(_sized(document, position), key=lambda pair: -pair[0]):
        url = absolute(address, document.page.url)
        if url:
            return url, width
    stated = stated_addresses(document.elements[position])
    url = next(filter(None, (absolute(address, document.page.url) for address in stated)), None)
    return (url, 0.0) if url else None


def _sized(document: Document, position: int) -> Iterator[tuple[float, str]]:
    """Width (of a density, a thousandth of it: order alone counts) and address of each file in the sets."""
    for element in _sources(document, position):
        for name in LAZY_SETS:
            stated = element.get(name)
            for address, size, unit in _CANDIDATE.findall(stated) if stated else ():
                if not address.startswith("data:"):
                    known = float(size) if _is_number(size) else 0.0
                    yield known if unit == "w" else known / 1000, address


def _sources(document: Document, position: int) -> Iterator[etree._Element]:
    yield document.elements[position]
    pictures = (place for place in islice(document.ancestors(position), 4) if document.tags[place] == "picture")
    for picture in pictures:  # libxml2 does not know `<source>` as empty: the `<img>` may stand inside of it
        inside = range(picture + 1, document.ends[picture])
        yield from (document.elements[place] for place in inside if document.tags[place] == "source")


def _is_number(text: str) -> bool:
    return text.replace(".", "", 1).isdigit()


_PLAIN = re.compile(r"https?://[\w.-]+(?:/[^\s\\]*)?", re.ASCII)
"""An address that needs no resolving; most do not, and resolving is the slow part."""


def absolute(address: str, base: str) -> str | None:
    """An http(s) address, or None for `data:`, blanks and what cannot be parsed."""
    address = address.strip()
    if address.startswith(("https://", "http://")) and _PLAIN.fullmatch(address):
        return address
    if not address or address.startswith(("data:", "javascript:", "blob:", "#")):
        return None
    try:
        url = urljoin(base, address)
        parts = urlsplit(url)
    except ValueError:
        return None
    return url.replace(" ", "%20") if parts.scheme in {"http", "https"} and parts.netloc else None
