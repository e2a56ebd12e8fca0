"""The words of dates: month names, time zones, the order of day and month, digits of other scripts."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

MONTH_FIRST = frozenset({"en-us", "en-ph", "en-ca", "fil", "fil-ph", "es-us", "es-pr"})
"""Languages with region that write 3/5/2024 for the fifth of March (CLDR, short date patterns)."""

DAY_FIRST_REGIONS = frozenset(
    [
        "gb",
        "uk",
        "au",
        "nz",
        "ie",
        "za",
        "in",
        "ng",
        "ke",
        "gh",
        "sg",
        "hk",
        "my",
        "mt",
        "zw",
        "ug",
        "tz",
        "pk",
        "bd",
        "lk",
        "jm",
        "tt",
    ]
)
"""Regions that write English with the day first (CLDR, `en-XX` short date patterns)."""

YEAR_FIRST = frozenset({"zh", "ja", "ko", "hu", "lt", "mn"})
"""Languages that write the year first (CLDR, short date patterns)."""

DIGITS = {
    ord(digit): str(value)
    for zero in "٠۰०০੦૦୦௦౦೦൦๐໐၀០０"
    for value, digit in enumerate(map(chr, range(ord(zero), ord(zero) + 10)))
}
"""Decimal digits of other scripts → ASCII."""


def rows(name: str) -> Iterator[list[str]]:
    """The rows of a table of this package, comments left out."""
    for line in files("crawler.extraction").joinpath(name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")


@cache
def month_table() -> Mapping[str, Mapping[str, int]]:
    """Name → language → month; the key "" stands for every language where all agree."""
    table: dict[str, dict[str, int]] = {}
    for name, month, languages in rows("months.tsv"):
        for spelling in {name, without_accents(name)}:
            table.setdefault(spelling, {}).update(dict.fromkeys(languages.split(), int(month)))
    for meanings in table.values():
        if len(set(meanings.values())) == 1:
            meanings[""] = next(iter(meanings.values()))
    return table


def month_of(name: str, language: str | None) -> int | None:
    """The month that a word names, or None; a word that languages disagree on needs the language."""
    meanings = month_table().get(name) or month_table().get(without_accents(name))
    if meanings is None:
        return None
    return meanings.get((language or "").partition("-")[0].lower()) or meanings.get("")


def without_accents(text: str) -> str:
    """A text without combining marks, for Latin and Greek capitals that lost their accents."""
    if text.isascii():
        return text
    return "".join(char for char in unicodedata.normalize("NFD", text) if not "\u0300" <= char <= "\u036f")


def is_month_first(language: str | None) -> bool | None:
    """Whether 3/5/2024 is the fifth of March in a language; None where that cannot be told."""
    code = (language or "").lower().replace("_", "-")
    if code in MONTH_FIRST:
        return True
    name, _, region = code.partition("-")
    if not name or (name == "en" and region not in DAY_FIRST_REGIONS):
        return None
    return False


def region_of(url: str | None) -> str | None:
    """The region of an English-language country whose top-level domain a URL has: `gb` of https://example.co.uk/."""
    host = re.search(r"^[a-z]+://[^/?#]*?\.([a-z]{2})(?::\d+)?(?:[/?#]|$)", url or "", re.IGNORECASE)
    name = host[1].lower() if host else ""
    return "us" if name == "us" else name if name in DAY_FIRST_REGIONS - {"in"} else None


@cache
def zone_table() -> Mapping[str, str]:
    """Abbreviation, lower case → offset or IANA zone."""
    return {row[0]: row[1] for row in rows("zones.tsv")}


def offset_of(zone: str, local: datetime) -> str | None:
    """The offset, as `+01:00`, that a zone abbreviation or IANA name has at a local time; None where unknown."""
    name = zone_table().get(zone.lower(), zone if "/" in zone else "")
    if "/" not in name:
        return name or None
    try:
        delta = local.replace(tzinfo=ZoneInfo(name)).utcoffset() or timedelta()
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None
    minutes = int(delta.total_seconds() // 60)
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"
