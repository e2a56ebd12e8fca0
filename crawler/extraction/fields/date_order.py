"""In which order a page writes day and month, where its language leaves that open: 3/4/2025 in English."""

from __future__ import annotations

import re
from collections.abc import Iterator

from crawler.extraction.date_words import YEAR_FIRST, is_month_first
from crawler.extraction.document import Document
from crawler.extraction.fields.date_sources import PUBLISHED_META
from crawler.extraction.layout import Layout

MONTH_FIRST, DAY_FIRST = "en-us", "en-gb"
"""Languages that stand for the two orders."""

MAX_LENGTH = 500_000
"""Characters of a page in which other dates are looked for."""

AROUND = 120
"""Elements before and behind the headline whose dates may have two readings."""

MAX_LINE = 200
"""Characters of a text that may be a date line."""

_NUMERIC = re.compile(r"(?<![\w/.-])(\d{1,2})([/-])(\d{1,2})\2(?:20)?\d\d(?![\w/.-])")


def other_readings(document: Document, layout: Layout, language: str | None) -> tuple[str, ...]:
    """The languages by which the numbers around a headline may be read too; none where there is nothing to decide.

    One where other dates of the page show its order (13/4/2025), else both.
    """
    if is_month_first(language) is not None or (language or "").partition("-")[0] in YEAR_FIRST:
        return ()
    if not any(_is_open(*match.group(1, 3)) for text in _lines(document, layout) for match in _NUMERIC.finditer(text)):
        return ()
    found = {order for order in map(_order, _NUMERIC.findall(document.page.decoded.text[:MAX_LENGTH])) if order}
    return tuple(found) if len(found) == 1 else (MONTH_FIRST, DAY_FIRST)


def _lines(document: Document, layout: Layout) -> Iterator[str]:
    """Texts near the headline that may hold such numbers, and what `<meta>` elements say."""
    anchor = layout.headline if layout.headline is not None else layout.body_start or 0
    for element in document.elements[max(anchor - AROUND, 0) : anchor + AROUND]:
        for text in (element.text, element.tail):
            if text and len(text) <= MAX_LINE and ("/" in text or "-" in text):
                yield text
    yield from (text for row in PUBLISHED_META for text in document.page.meta.get(row.name, ())[:1])


def _is_open(first: str, second: str) -> bool:
    return first != second and 0 < int(first) <= 12 and 0 < int(second) <= 12


def _order(numbers: tuple[str, str, str]) -> str | None:
    first, second = int(numbers[0]), int(numbers[2])
    if 12 < first <= 31 and 0 < second <= 12:
        return DAY_FIRST
    return MONTH_FIRST if 12 < second <= 31 and 0 < first <= 12 else None
