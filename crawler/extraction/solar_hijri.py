"""Dates of the Solar Hijri calendar, in which Iran and Afghanistan count, as Gregorian ones."""

from __future__ import annotations

import re
from datetime import date

MONTHS = ("فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور", "مهر", "آبان", "آذر", "دی", "بهمن", "اسفند")
"""The months from spring on; Afghanistan's own names are seldom printed in newspapers."""

_EPOCH = -356_033
"""What makes the count of days below an ordinal of `datetime.date`: 1 Farvardin 1400 was 21 March 2021."""

_SPELLED = re.compile(
    rf"(?<!\d)(\d{{1,2}})\s*(?:ام\s*)?({'|'.join(MONTHS)})\s*(?:ماه\s*)?(?:سال\s*)?[،,/]?\s*(1[34]\d\d)(?!\d)"
)
_NUMERIC = re.compile(r"(?<![\d/-])(1[34]\d\d)([/-])(\d{1,2})\2(\d{1,2})(?![\d/-])")


def with_gregorian(text: str, language: str | None) -> str:
    """The text with its Solar Hijri dates (digits in ASCII) as ISO 8601; numbers alone only where it is Persian."""
    if "13" not in text and "14" not in text:
        return text
    text = _SPELLED.sub(lambda match: _iso(match, match[3], MONTHS.index(match[2]) + 1, match[1]), text)
    if (language or "").partition("-")[0] in ("fa", "ps", "prs"):
        text = _NUMERIC.sub(lambda match: _iso(match, match[1], int(match[3]), match[4]), text)
    return text


def _iso(match: re.Match[str], year: str, month: int, day: str) -> str:
    found = gregorian(int(year), month, int(day))
    return found.isoformat() if found else match[0]


def gregorian(year: int, month: int, day: int) -> date | None:
    """The Gregorian date of a Solar Hijri one between 1300 and 1499; None where there is no such day.

    Eight leap years in 33, which agrees with the astronomical calendar in this time.
    """
    if not (1300 <= year < 1500 and 1 <= month <= 12 and 1 <= day <= (31 if month < 7 else 30)):
        return None
    before = (month - 1) * 31 if month < 7 else 186 + (month - 7) * 30
    ordinal = _days_before(year) + before + day
    return date.fromordinal(_EPOCH + ordinal) if ordinal <= _days_before(year + 1) else None


def _days_before(year: int) -> int:
    shifted = year + 1595
    return 365 * shifted + shifted // 33 * 8 + (shifted % 33 + 3) // 4
