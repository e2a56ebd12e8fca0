"""Where a text prints dates: patterns over digits, month names and separators, for every language at once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from crawler.extraction.date_words import YEAR_FIRST, is_month_first, month_of, offset_of, zone_table
from crawler.extraction.solar_hijri import with_gregorian

MONTHS = "\ue001-\ue00c"
"""Private-use characters that stand for the months in a coded text: no digit of theirs can be read as a day."""

_FIRST = 0xE000
_DIGIT = re.compile(r"\d")
_WORD = re.compile(r"[^\W\d_][^\s\d.,/|·•()\[\]{}:;!?<>\"“”–—\-،、]*")
_ARABIC_PAIR = re.compile(r"(كانون|تشرين)\s+(الأول|الثاني)")
"""The month names that are two words."""

_MONTH = rf"(?P<m>[{MONTHS}])"
_LINK = r"(?:พศ|คศ|de|del|of|di|d['’]|ta|da|den|della?|do|an|du|le|of the|tahun|năm|r|p)"
_ORDINAL = r"(?:st|nd|rd|th|er|re|e|ère|eme|º|ª|°|ste|de|\.?-?[aá]n|-?[ий]|an)?"
_YEAR = r"(?P<y>(?:1[89]|20|2[45])\d\d|(?<=[\s'’/-])\d\d(?!\s*,\s*\d{4})(?=\s*(?:$|[^\d\s:.]|\s\d{1,2}:)))"
_AFTER_DAY = r"(?:\d\d:\d\d(?::\d\d)?\s+)?['’]?(?P<y>(?:1[89]|20)\d\d|(?<=['’])\d\d)"
_FULL_YEAR = r"(?P<y>(?:1[89]|2[0145])\d\d)"
_SHORT_YEAR = r"(?P<y>\d{4}|\d\d)"

PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        # 2024-03-05, 2024/3/5, 2024.03.05., 2024年3月5日, 2024년 3월 5일
        rf"(?<![\d/.-]){_FULL_YEAR}(?:\s*[年년./-]\s*|\s*(?:m\.|оны)\s*)(?P<m>\d{{1,2}})\s*(?:[月월./-]|(?:-?р\s)?сарын)\s*(?P<d>\d{{1,2}})(?!\d)\s*[日일]?",
        # 令和6年3月5日, 民國113年3月5日
        r"(?P<era>令和|平成|昭和|民國|民国)\s*(?P<y>\d{1,3}|元)年\s*(?P<m>\d{1,2})月\s*(?P<d>\d{1,2})日",
        # 113年3月5日, as Taiwan counts
        r"(?<!\d)(?P<y>1[01]\d)年\s*(?P<m>\d{1,2})月\s*(?P<d>\d{1,2})日",
        # 5 March 2024, 5. März 2024, 5 de marzo de 2024, 05-Mar-24, 5th of March, 2024
        rf"(?<![\w:.])(?P<d>\d{{1,2}}){_ORDINAL}[\s.,/–-]*(?:{_LINK}\b\s*)?{_MONTH}[\s.,،/'’–-]*(?:{_LINK}\b\.?\s*)?{_YEAR}(?!\d)",
        # March 5, 2024; Mar. 5th 2024; March 5 2024 at 10
        rf"{_MONTH}[\s.,-]*(?P<d>\d{{1,2}}){_ORDINAL}(?:\s*[,.|]\s*|\s+|-)(?:de |del )?{_AFTER_DAY}(?!\d)",
        # 2024 March 5, 2024. március 5., 2024 m. kovo 5 d.
        rf"(?<!\d)(?P<y>(?:1[89]|20)\d\d)[\s.,/-]*(?:m\.\s*|\(?e?ko\s*)?{_MONTH}\w*[\s.,/-]*(?P<d>\d{{1,2}})(?![\d:])",
        # 2024. gada 5. marts
        rf"(?<!\d)(?P<y>20\d\d)\.?\s*gada\s*(?P<d>\d{{1,2}})\.?\s*{_MONTH}",
        # 5 tháng 3 năm 2024, 5 Tháng 3, 2024
        r"(?<!\d)(?P<d>\d{1,2})\s*tháng\s*(?P<m>\d{1,2})(?:\s*,|\s*năm)?\s*(?P<y>20\d\d)",
        # 05.03.2024, 5/3/24, 5-3-2024
        rf"(?<![\d./-])(?P<a>\d{{1,2}})(?P<s>\s?[./-]\s?)(?P<b>\d{{1,2}})(?P=s){_SHORT_YEAR}(?![\d/-])",
        # March 2024
        rf"{_MONTH}[\s.,-]*(?:de |del )?(?P<y>(?:19|20)\d\d)(?!\d)",
    )
)

_THAI = re.compile("[\u0e01-\u0e5b]")
_BUDDHIST = 543
"""The Thai calendar counts from 543 BC."""

NUMERIC = tuple(pattern for pattern in PATTERNS if MONTHS not in pattern.pattern)
"""Those that need no month name."""

_CODED = re.compile(rf"[{MONTHS}]")
_TWICE = re.compile(rf"([{MONTHS}])\s*[/(]\s*\1\)?")
"""A month in two namings, as Arabic newspapers print it: آذار/مارس."""

_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "民國": 1911, "民国": 1911}

_CLOCK = re.compile(
    r"(?P<pre>上午|下午|午前|午後|오전|오후|\b(?:kl|klo|at|um|ore|alle|às|as)\b\.?)?\s*"
    r"(?<![\d.:])(?P<h>[01]?\d|2[0-4])\s?(?P<sep>[:.h時时시点]|\s?uhr)\s?(?P<min>[0-5]\d)?[分분]?(?::(?P<sec>[0-5]\d))?(?:[.,]\d{3})?(?![\d.])\s*"
    r"(?P<ap>[ap]\.?\s?m\b\.?|[ap]\b)?\s*(?P<post>uhr\b|hrs?\b|klo\b)?",
    re.IGNORECASE,
)
_BEHIND = re.compile(
    r"[\s\d:时分秒時点日]*(更新|公開|掲載|投稿|配信|作成|发布|發布|發佈|发表|發表|修改)(?!时间|時間|日|于|於|[:：])"
)
"""Chinese and Japanese say behind a date what it is of: 3月5日 10時12分更新."""
_BARE_HOUR = re.compile(r"\b(?P<h>1[0-2]|[1-9])\s?(?P<ap>[ap]\.?m\b\.?)", re.IGNORECASE)
_ZONE = re.compile(
    r"^[\s,(]*(?:(?:utc|gmt)\s*(?P<rel>[+-]\d{1,2}(?::?\d\d)?)|(?P<off>[+-]\d\d:?\d\d)|(?P<abbr>[A-Za-zА-я]{1,5})\b)",
    re.IGNORECASE,
)
_DOTTED_CLOCK_WORDS = frozenset({"kl", "klo", "at", "um", "ore", "alle", "às", "as"})
_PM = ("p", "下午", "午後", "오후")


@dataclass(frozen=True, slots=True)
class Found:
    """One date in a text; `day` is 0 where only month and year are printed."""

    before: str
    """What stands before it, behind the date before, in lower case; with a label that follows it at once."""
    year: int
    month: int
    day: int
    hour: int | None = None
    minute: int | None = None
    second: int | None = None
    offset: str | None = None
    """`+01:00`, where a zone is printed that means one offset."""


def find_dates(text: str, language: str | None) -> list[Found]:
    """Every date of a text in its order; one that may be read in two ways is left out."""
    if not _DIGIT.search(text):
        return []
    language = "th" if _THAI.search(text) else language
    text = with_gregorian(text, language)
    coded = _encode(text, language)
    matches = _non_overlapping(coded)
    found: list[Found] = []
    for index, match in enumerate(matches):
        start = matches[index - 1].end() if index else 0
        end = matches[index + 1].start() if index + 1 < len(matches) else len(coded)
        parts = _by_weekday(match, coded[start : match.start()]) or _parts(match, language)
        if parts is not None:
            found.append(
                _with_clock(parts, (coded[start : match.start()], coded[match.end() : end]), is_last=end == len(coded))
            )
    return found


def has_date(text: str) -> bool:
    """Whether a text holds what one language or another reads as a date."""
    return any(_non_overlapping(_encode(text, language)) for language in (None, "hr", "cs"))


def _encode(text: str, language: str | None) -> str:
    """The text in lower case with month names coded; what an icon font has in the same places is removed."""
    text = re.sub(r"([\u0e01-\u0e5b])\.", r"\1", _CODED.sub(" ", text).casefold())

    def code(match: re.Match[str]) -> str:
        word = match[0].rstrip("'’").replace("_", " ")
        month = month_of(word, language)
        if month is None and (word[:2] in ("d'", "d’") or word[0] == "ב"):
            month = month_of(word[1:].lstrip("'’"), language)
        if month is None and word.endswith("ren"):  # Basque: martxoa, martxoaren 5a
            month = month_of(word[:-3], language)
        return chr(_FIRST + month) if month else match[0]

    return _TWICE.sub(r"\1", _WORD.sub(code, _ARABIC_PAIR.sub(r"\1_\2", text)))


def _non_overlapping(coded: str) -> list[re.Match[str]]:
    """The longest match at each place, by the order of the patterns."""
    taken: list[re.Match[str]] = []
    for pattern in PATTERNS if _CODED.search(coded) else NUMERIC:
        for match in pattern.finditer(coded):
            if all(match.end() <= other.start() or match.start() >= other.end() for other in taken):
                taken.append(match)
    return sorted(taken, key=lambda match: match.start())


def _parts(match: re.Match[str], language: str | None) -> tuple[int, int, int] | None:
    group = match.groupdict()
    year = _year(group, is_thai=language == "th")
    if group.get("a"):
        pair = _day_month(int(group["a"]), int(group["b"]), group["s"].strip(), language)
        return (year, pair[1], pair[0]) if pair else None
    month = group["m"]
    return year, ord(month) - _FIRST if _CODED.match(month) else int(month), int(group.get("d") or 0)


_WEEKDAY = re.compile(r"\b(mon|tue|wed|thu|fri|sat|sun)[a-z]*[.,]?\s*$")
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
"""The English ones: other languages write the day first."""


def _by_weekday(match: re.Match[str], before: str) -> tuple[int, int, int] | None:
    """Year, month and day of a date in numbers behind a weekday that only one of its two readings falls on."""
    group = match.groupdict()
    named = _WEEKDAY.search(before) if group.get("a") else None
    if named is None:
        return None
    year, first, second = _year(group, is_thai=False), int(group["a"] or 0), int(group["b"] or 0)
    fitting = [(year, *pair) for pair in ((first, second), (second, first)) if _falls_on(year, *pair, named[1])]
    return fitting[0] if len(fitting) == 1 else None


def _falls_on(year: int, month: int, day: int, weekday: str) -> bool:
    try:
        return datetime(year, month, day).weekday() == _WEEKDAYS.index(weekday)
    except ValueError:
        return False


def _year(group: dict[str, str | None], *, is_thai: bool) -> int:
    text = group["y"] or ""
    year = 1 if text == "元" else int(text)
    era = group.get("era")
    if era:
        return _ERAS[era] + year
    if len(text) == 2 and is_thai:
        return year + 2500 - _BUDDHIST
    if len(text) == 3:
        return year + _ERAS["民國"]
    if len(text) == 2:
        return year + (2000 if year < 70 else 1900)
    return year - _BUDDHIST if year > 2400 else year


def _day_month(first: int, second: int, separator: str, language: str | None) -> tuple[int, int] | None:
    """(day, month) of 5/3 or 3/5; None where both readings are possible and the language does not tell."""
    if first == second or second > 12 or first > 12:
        return (second, first) if second > 12 else (first, second)
    if separator == ".":  # only day-first countries write dots
        return first, second
    if (language or "").partition("-")[0] in YEAR_FIRST:
        return None
    month_first = is_month_first(language)
    if month_first is None:
        return None
    return (second, first) if month_first else (first, second)


def _with_clock(date: tuple[int, int, int], around: tuple[str, str], *, is_last: bool) -> Found:
    before, after = around
    behind = _BEHIND.match(after)
    label = f"{_CODED.sub(' ', before)} {behind[1] if behind else ''}".strip()
    if not date[2]:
        return Found(label, *date)
    clock = _clock(after[: 40 if is_last else 25]) or _clock_before(before)
    if clock is None:
        return Found(label, *date)
    hour, minute, second, rest = clock
    return Found(label, *date, hour, minute, second, _zone(rest, date, hour, minute))


def _clock_before(before: str) -> tuple[int, int, int | None, str] | None:
    clock = _clock(before[-25:])
    return clock if clock and len(clock[3].strip(" ,|-–·•onam")) < 6 else None


def _clock(text: str) -> tuple[int, int, int | None, str] | None:
    """(hour, minute, second, what follows) of the first time of day in a text."""
    for match in _CLOCK.finditer(text):
        dotted = match["sep"] == "." and not _has_clock_word(match, text)
        wordless = match["min"] is None and match["sep"].strip() not in ("h", "uhr", "時", "时", "시", "点")
        if not dotted and not wordless:
            hour = _hour(int(match["h"]), (match["ap"] or match["pre"] or "").lower())
            return hour % 24, int(match["min"] or 0), int(match["sec"]) if match["sec"] else None, text[match.end() :]
    bare = _BARE_HOUR.search(text)
    if bare:
        return _hour(int(bare["h"]), bare["ap"].lower()), 0, None, text[bare.end() :]
    return None


def _has_clock_word(match: re.Match[str], text: str) -> bool:
    """Whether 10.12 is a time of day: a word says so, or a zone follows."""
    zone = _ZONE.match(text[match.end() :])
    word = (match["pre"] or "").strip(". ") in _DOTTED_CLOCK_WORDS
    return bool(match["ap"] or match["post"] or word or (zone and (zone["abbr"] or "") in zone_table()))


def _hour(hour: int, half: str) -> int:
    if half.startswith(_PM) and hour < 12:
        return hour + 12
    return 0 if hour == 12 and half.startswith(("a.", "am", "a ", "上午", "午前", "오전")) else hour


def _zone(rest: str, date: tuple[int, int, int], hour: int, minute: int) -> str | None:
    match = _ZONE.match(rest)
    if match is None:
        return None
    if match["abbr"]:
        try:
            return offset_of(match["abbr"], datetime(*date, hour, minute))
        except ValueError:
            return None
    sign, digits = (match["rel"] or match["off"])[0], (match["rel"] or match["off"])[1:].replace(":", "")
    digits = digits.zfill(2) if len(digits) < 3 else digits.zfill(4)
    return f"{sign}{digits[:2]}:{digits[2:] or '00'}"
