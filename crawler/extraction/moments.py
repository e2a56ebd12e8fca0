"""Dates and times as pages print them: text to `Moment`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from crawler.extraction.date_text import Found, find_dates, has_date
from crawler.extraction.date_words import DIGITS

WEIGHTLESS = frozenset({"month", "year"})
"""Precisions that can neither support nor contradict a day."""

MAX_LENGTH = 300
"""Longer texts are prose, not dates."""

_ISO = re.compile(
    r"(\d{4})-(\d{1,2})-(\d{1,2})"
    r"(?:[T\s]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2}|[+-]\d{2})?)?",
    re.IGNORECASE,
)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T?(\d{2})(\d{2})(\d{2})?(Z|[+-]\d{2}:?\d{2})?)?")
_EPOCH = re.compile(r"(1\d{9})(\d{3})?(?:\.\d+)?")
_MONTH_ONLY = re.compile(r"((?:19|20)\d{2})-(\d{2})")
_YEAR_ONLY = re.compile(r"(?:19|20)\d{2}")
_LOOKS_LIKE_DATE = re.compile(r"(?=.*[^\W\d_]{3})(?=.*\s)(?:\d{1,2}.*\d{4}|\d{4}.*\d{1,2})", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Moment:
    """A point in time, only as exact as it was given."""

    iso: str
    """ISO 8601: `2023-06-26`, `2023-06-26T09:12+02:00`; no offset where none was given."""
    precision: str
    """`second`, `minute`, `day`, `month` or `year`."""

    @property
    def day(self) -> str:
        """The calendar day as written: `2023-06-26`; shorter where the day is not known."""
        return self.iso[:10]


def parse_moment(text: str, *, language: str | None = None, now: datetime | None = None) -> Moment | None:
    """The date that a text states, or None where it states none, or more than one reading is possible.

    `language` (BCP 47) settles month names and the order of day and month; relative dates need `now`.
    """
    return parse_known(text, language=language) or (
        None if has_date(text) else _parse_slowly(text.strip(), language, now)
    )


def parse_known(text: str, *, language: str | None = None) -> Moment | None:
    """As `parse_moment`, but of absolute dates in the forms that this package knows; never slow."""
    text = text.strip()
    if not text or len(text) > MAX_LENGTH:
        return None
    exact = parse_machine(text)
    if exact is not None:
        return exact
    found = {moment for _, moment in find_moments(text, language=language)}
    best = max(found, key=lambda moment: len(moment.iso), default=None)
    return best if best and all(best.iso.startswith(moment.iso) for moment in found) else None


def parse_machine(text: str) -> Moment | None:
    """The date that a text is, in a form made for machines: ISO 8601, RFC 3339, compact, Unix time."""
    text = text.strip()
    for pattern in (_ISO, _COMPACT):
        match = pattern.fullmatch(text)
        if match:
            return _moment(*match.groups())
    epoch = _EPOCH.fullmatch(text)
    if epoch:
        return Moment(datetime.fromtimestamp(int(epoch[1]), UTC).isoformat(), "second")
    month = _MONTH_ONLY.fullmatch(text)
    if month and 1 <= int(month[2]) <= 12:
        return Moment(text, "month")
    return Moment(text, "year") if _YEAR_ONLY.fullmatch(text) else None


@lru_cache(maxsize=64)
def find_moments(text: str, *, language: str | None = None) -> tuple[tuple[str, Moment], ...]:
    """Every date that a text prints, each with the words before it in lower case (`published`, `updated`)."""
    found: list[tuple[str, Moment]] = []
    for date in find_dates(text.translate(DIGITS), language):
        moment = _of(date)
        if moment is not None:
            found.append((date.before, moment))
    return tuple(found)


def _of(date: Found) -> Moment | None:
    if not date.day:
        return Moment(f"{date.year:04}-{date.month:02}", "month") if 1 <= date.month <= 12 else None
    return _moment(date.year, date.month, date.day, date.hour, date.minute, date.second, date.offset)


Part = str | int | None
"""One part of a timestamp, as digits or number."""


def _moment(*parts: Part) -> Moment | None:
    """A checked moment of year, month, day, hour, minute, second, offset; midnight sharp stands for a day alone."""
    clock = [int(part) for part in parts[3:6] if part is not None]
    try:
        year, month, day = (int(part or 0) for part in parts[:3])
        local = datetime(year, month, day, *(clock if len(clock) > 1 else ()))
        zone = _offset(str(parts[6] or ""))
    except ValueError:
        return None
    if len(clock) < 2 or not any(clock):
        return Moment(local.date().isoformat(), "day")
    precision = "second" if len(clock) > 2 else "minute"
    return Moment(local.isoformat(timespec=f"{precision}s") + zone, precision)


def _offset(text: str) -> str:
    if not text:
        return ""
    if text.upper() in ("Z", "UTC", "GMT"):
        return "+00:00"
    digits = text[1:].replace(":", "").ljust(4, "0")
    if int(digits[:2]) > 14 or int(digits[2:]) > 59:
        raise ValueError(text)
    return f"{text[0]}{digits[:2]}:{digits[2:]}"


def _parse_slowly(text: str, language: str | None, now: datetime | None) -> Moment | None:
    """What dateparser reads in a short text that looks like a date, or like a relative one where `now` is given."""
    if len(text) > 60 or not (_LOOKS_LIKE_DATE.search(text) or now):
        return None
    import dateparser  # noqa: PLC0415 - loading it takes longer than reading a hundred pages

    name = (language or "").partition("-")[0].lower()
    settings = {
        "REQUIRE_PARTS": ["year", "month", "day"],
        "RETURN_AS_TIMEZONE_AWARE": False,
        "PARSERS": ["absolute-time", *(["relative-time"] if now else [])],
        **({"RELATIVE_BASE": now.replace(tzinfo=None)} if now else {}),
    }
    try:
        parsed = dateparser.parse(text, languages=[name] if name else None, settings=settings)
    except (ValueError, OverflowError, TypeError, RecursionError, KeyError, AttributeError):
        return None
    if parsed is None or (now and parsed > now.replace(tzinfo=None) + timedelta(days=1)):
        return None
    return Moment(parsed.date().isoformat(), "day")
