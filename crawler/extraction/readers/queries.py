"""Compiled XPath expressions over a document."""

from __future__ import annotations

from typing import cast

from lxml import etree

from crawler.extraction.document import Document


def found_by(query: etree.XPath, document: Document) -> list[etree._Element]:
    """The elements that an expression selects, in document order."""
    return cast(list[etree._Element], query(document.page.root))
