"""RDFa Lite in the body: elements with a `property`, as Drupal and hand-written templates mark up articles."""

from __future__ import annotations

import re
from typing import cast

from lxml import etree

from crawler.extraction.document import Document

_DATES = re.compile(r"property\s?=\s?[\"']?[^\"'>]{0,80}?(?:[dD]ate|issued|created|modified)")
"""A first look at the bytes: most pages have `property` in `<meta>` alone, and no element need be asked."""

_PROPERTIES = etree.XPath(".//*[@property]", smart_strings=False)


def dated_elements(document: Document) -> dict[str, list[int]]:
    """Property, lower case and without its prefix (`schema:`, `dc:`) → positions, where the page has any of a date."""
    return document.once(_dated_elements)


def _dated_elements(document: Document) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    bodies = document.by_tag.get("body", ())[:1]
    if not bodies or not _DATES.search(document.page.decoded.text):
        return found
    for element in cast(list[etree._Element], _PROPERTIES(document.elements[bodies[0]])):
        for name in (element.get("property") or "").split():
            found.setdefault(name.rpartition(":")[2].rpartition("/")[2].lower(), []).append(document.positions[element])
    return found
