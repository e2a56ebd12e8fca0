"""Dates of sitemaps, feeds and lists to ISO 8601, no more exact than given: W3C date-time and RFC 822."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone

_ISO = re.compile(
    r"(\d{4})(?:-?(\d\d)(?:-?(\d\d)"
    r"(?:[T ]\s*(\d\d):?(\d\d)(?::?(\d\d)(?:[.,]\d+)?)?\s*(Z|UTC|GMT|[+-]\d\d:?(?:\d\d)?)?)?)?)?",
    re.IGNORECASE,
)
"""W3C date and time formats (the profile of ISO 8601 that sitemaps and Atom use), with its usual slips."""
_RFC822 = re.compile(
    r"(?:[^\W\d]+\.?,?\s+)?(\d{1,2})[\s-]+([^\W\d]{3,})\.?[\s-]+(\d{2,4})"
    r"(?:,?\s+(\d{1,2}):(\d\d)(?::(\d\d))?\s*([A-Z]{1,5}|[+-]\d\d:?\d\d)?)?",
    re.IGNORECASE,
)
"""RFC 822 and 2822 dates, as RSS asks for."""
_MONTHS = {
    "jan": 1, "feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6,
    "jul": 7, "aug": 8, "sep": 9, "oct": 10, "nov": 11, "dec": 12,
}  # fmt: skip
_ZONES = {
    "z": 0, "ut": 0, "utc": 0, "gmt": 0, "est": -300, "edt": -240, "cst": -360, "cdt": -300,
    "mst": -420, "mdt": -360, "pst": -480, "pdt": -420,
}  # fmt: skip
"""RFC 822, section 5.1, in minutes; other letters are ambiguous and give no offset."""


def iso_date(text: str | None) -> str | None:
    """A date as ISO 8601 with the offset and precision it was given in, or None where it is none or impossible.

    Midnight to the second is a day that was printed as a time (`2025-10-13 00:00:00+00:00`) and gives the day.
    """
    value = " ".join((text or "").split())
    if match := _ISO.fullmatch(value):
        return _iso(*match.groups())
    if match := _RFC822.match(value):
        return _rfc822(match)
    return None


def _rfc822(match: re.Match[str]) -> str | None:
    day, month, year, hour, minute, second, zone = match.groups()
    number = _MONTHS.get(month[:3].lower())
    if number is None:
        return None
    years = f"{_century(int(year))}{int(year):02d}" if len(year) < 4 else year
    return _iso(years, f"{number:02d}", f"{int(day):02d}", hour and f"{int(hour):02d}", minute, second, zone)


def _century(year: int) -> int:
    """RFC 2822, section 4.3: two digits below 50 are of this century."""
    return 20 if year < 50 else 19


def _iso(year: str, *rest: str | None) -> str | None:
    month, day, hour, minute, second, zone = rest
    try:
        datetime(int(year), int(month or 1), int(day or 1), int(hour or 0), int(minute or 0), min(int(second or 0), 59))
    except ValueError:
        return None
    parts = "-".join(part for part in (year, month, day) if part)
    if hour is None:
        return parts
    if int(hour) == int(minute or 0) == int(second or 0) == 0:
        return parts
    clock = ":".join(part for part in (hour, minute, second) if part)
    return f"{parts}T{clock}{_offset(zone)}"


def _offset(zone: str | None) -> str:
    if not zone:
        return ""
    if zone[0] in "+-":
        digits = zone[1:].replace(":", "").ljust(4, "0")
        if digits == "0000":
            return "+00:00"
        return f"{zone[0]}{digits[:2]}:{digits[2:]}" if int(digits[:2]) <= 14 and int(digits[2:]) < 60 else ""
    minutes = _ZONES.get(zone.lower())
    if minutes is None:
        return ""
    return datetime(2000, 1, 1, tzinfo=timezone(timedelta(minutes=minutes))).isoformat()[-6:]
