"""What a page holds without showing it: bylines for search engines, texts for screen readers, closed panels."""

from __future__ import annotations

import re
from functools import lru_cache
from unicodedata import category

from lxml import etree

from crawler.extraction.document import Document

READ_ALOUD = (
    "sr-only", "screen-reader-text", "screen-reader", "visually-hidden", "visuallyhidden", "element-invisible",
    "assistive-text",
)  # fmt: skip
"""Classes of text that is read aloud and not shown, as Bootstrap, WordPress, Drupal and Salesforce name it."""

SIGNS = "¶#§^\u200b"
SYMBOLS = frozenset({"So", "Sm", "Co"})
"""Signs that link to a place, the empty one behind which Docusaurus draws it among them, and categories of others
(arrows, pictures, icon fonts)."""
LONGEST_SIGN = 4
"""Characters; a sign may stand in brackets."""

_UNSEEN = re.compile(
    rf"(?:[a-z]{{1,3}}-)?(?:hidden|hide|d-none|aural|{'|'.join(READ_ALOUD)})"
    r"|rich-snippet-hidden|(?:is|u|js)-hidden",
    re.IGNORECASE,
)
"""Whole class tokens of what no screen shows. `rich-snippet-hidden` is Avada's byline for search engines."""


def is_read_aloud(names: str) -> bool:
    """Whether classes keep text from the screen and not from screen readers; `sr-only md:not-sr-only` shows it."""
    return ":" not in names and any(name in READ_ALOUD for name in names.split())


def signs(document: Document) -> list[int]:
    """Positions of the links into the page itself that print a sign alone: the ¶ of a heading, the ↩ of a note."""
    return document.once(_signs)


def _signs(document: Document) -> list[int]:
    texts = ((position, document.text(position)) for position, address, _ in document.anchors if "#" in address)
    return [position for position, text in texts if text and len(text) <= LONGEST_SIGN and _is_sign(text)]


def _is_sign(text: str) -> bool:
    """Whether a text has a sign of links and no letter or digit; a linked `?` belongs to its sentence."""
    return not any(map(str.isalnum, text)) and any(sign in SIGNS or category(sign) in SYMBOLS for sign in text)


def is_unseen(document: Document, position: int, shared: frozenset[int]) -> bool:
    """Whether an element, or one around it that does not also hold the headline (`shared`), is hidden from readers."""
    for around in (position, *document.ancestors(position)):
        if around in shared:
            return False
        if _is_hidden(document, around):
            return True
    return False


def is_hidden_by_attribute(element: etree._Element) -> bool:
    """Whether an element's own `hidden` or `style` keeps it from the screen."""
    return element.get("hidden") is not None or "display:none" in (element.get("style") or "").replace(" ", "").lower()


def _is_hidden(document: Document, position: int) -> bool:
    name = document.classes[position]
    return bool(name and _names_hidden(name)) or is_hidden_by_attribute(document.elements[position])


@lru_cache(maxsize=16384)
def _names_hidden(name: str) -> bool:
    """Whether a token hides an element, and no other shows it on some screens (`hidden md:block`)."""
    return ":" not in name and any(map(_UNSEEN.fullmatch, name.split()))
