"""RDFa Lite in the body: elements with a `property`, as Drupal and hand-written templates mark up articles."""

from __future__ import annotations

import re
from typing import cast

from lxml import etree

from crawler.extraction.document import Document

_WITH_PROPERTY = etree.XPath("descendant::*/@property/..")  # in half the time of `*[@property]`

_DATES = re.compile("[dD]ate|issued|created|modified")


def dated_elements(document: Document) -> dict[str, list[int]]:
    """Property, lower case and without its prefix (`schema:`, `dc:`) → positions, where the page has any of a date."""
    return document.once(_dated_elements)


def _dated_elements(document: Document) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    bodies = [document.elements[position] for position in document.by_tag.get("body", ())[:1]]
    marked = [element for body in bodies for element in cast(list[etree._Element], _WITH_PROPERTY(body))]
    if not any(_DATES.search(element.get("property") or "") for element in marked):
        return found
    for element in marked:
        for name in (element.get("property") or "").split():
            found.setdefault(name.rpartition(":")[2].rpartition("/")[2].lower(), []).append(document.positions[element])
    return found
