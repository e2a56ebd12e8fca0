"""Which of several dates is right: support, contradiction, local time."""

from __future__ import annotations

import datetime
from collections import defaultdict

from crawler.extraction.evidence import Candidate, Choice
from crawler.extraction.fields.date_sources import Dated
from crawler.extraction.moments import WEIGHTLESS, Moment

MAX_OFFSET = datetime.timedelta(hours=14)
"""The largest difference between a local time and UTC."""

ODD_OFFSETS = frozenset({345, 525, 765})
"""Minutes of the zones that are no multiple of half an hour: Nepal, Eucla, Chatham."""


def choose(candidates: list[Dated], *, absent: str, prefers_earlier: bool = True) -> Choice[Moment]:
    """The date in which the candidates, given in order of trust, agree best; None where there is none.

    `prefers_earlier`: what the page prints beats a later day that one other source alone names; systems that know the
    last publication only write it where the first belongs.
    """
    if not candidates:
        return Choice(reason=absent)
    first, reason = _first(candidates, prefers_earlier)
    local = _local_form(first, candidates)
    best = _most_exact(local or first, candidates)
    rivals = tuple(date for date in candidates if date is not best)
    return Choice(best.value, best, rivals, ("in local time" if local else reason) + _contradictions(best, rivals))


def _contradictions(best: Dated, rivals: tuple[Dated, ...]) -> str:
    """The other days that were named, for the reader of the choice."""
    others = {date.value.day: date.where for date in rivals if _contradicts(date.value, best.value)}
    return "".join(f"; {where} names {day}" for day, where in list(others.items())[:3])


def _contradicts(moment: Moment, other: Moment) -> bool:
    is_known = moment.precision not in WEIGHTLESS and other.precision not in WEIGHTLESS
    return (
        is_known and moment.day != other.day and not _is_elsewhere(moment, other) and not _is_elsewhere(other, moment)
    )


def _first(candidates: list[Dated], prefers_earlier: bool) -> tuple[Dated, str]:
    """The most trusted date, unless others of two kinds agree against it, or the page prints an earlier day alone."""
    days = [date for date in candidates if date.value.precision not in WEIGHTLESS]
    if not days:
        return candidates[0], "the only date"
    first, kinds = days[0], _kinds(days)
    support, printed_twice = kinds[first.value.day], _printed_twice(days)
    for other in days[1:]:
        against = kinds[other.value.day] - printed_twice[other.value.day]
        if len(support) == 1 and len(against) > 1 and not _is_elsewhere(first.value, other.value):
            return other, f"{' and '.join(sorted(against))} agree against {first.where}"
    printed = next((date for date in days if date.source == "markup"), None)
    if printed and prefers_earlier and len(support) == 1 and _is_earlier(printed, first):
        return printed, f"printed for readers, and earlier than {first.where}"
    return first, f"named by {', '.join(sorted(support))}"


def _is_earlier(printed: Dated, first: Dated) -> bool:
    is_local = not printed.value.iso.endswith("+00:00") and not _is_elsewhere(first.value, printed.value)
    return first.source != "markup" and printed.value.day < first.value.day and is_local


def _kinds(days: list[Dated]) -> defaultdict[str, set[str]]:
    """Day → kinds of source that name it."""
    kinds: defaultdict[str, set[str]] = defaultdict(set)
    for date in days:
        kinds[date.value.day].add(date.source)
    return kinds


def _printed_twice(days: list[Dated]) -> defaultdict[str, set[str]]:
    """As `_kinds`, but only microdata that are the printed date itself: no second voice against others."""
    printed = {date.position for date in days if date.source == "markup"}
    return _kinds([date for date in days if date.source == "microdata" and date.position in printed])


def _most_exact(first: Dated, candidates: list[Dated]) -> Dated:
    """Of the dates that name the same day, the first with a time and offset where the chosen one lacks them."""
    same = [date for date in candidates if date.value.day == first.value.day]
    for is_enough in (_has_offset, _has_time):
        if is_enough(first.value):
            return first
        better = next((date for date in same if is_enough(date.value)), None)
        if better is not None:
            return better
    return first


def _has_time(moment: Moment) -> bool:
    return "T" in moment.iso


def _has_offset(moment: Moment) -> bool:
    return _has_time(moment) and moment.iso[-6] in "+-"


def _local_form(first: Dated, candidates: list[Dated]) -> Dated | None:
    """The same instant in the publication's own time, where the first is in UTC and another source or the page has it.

    Systems store UTC; the day that a reader sees is the local one. Where the page prints that day without a time and
    nothing else names it, the instant says more and is right everywhere: on the development corpora the gold is then
    the day in UTC on 8 pages and the printed one on 4.
    """
    if not first.value.iso.endswith("+00:00"):
        return None
    instant = datetime.datetime.fromisoformat(first.value.iso)
    for date in candidates:
        if _has_offset(date.value) and date.value.iso[-6:] != "+00:00" and _is_elsewhere(first.value, date.value):
            return date
    printed = [date for date in candidates if date.source == "markup" and date is not first]
    if _is_printed(first.value.day, printed):
        return None
    others = {date.value.day for date in candidates if date.source != "markup"}
    shifted = (
        date
        for date in printed
        if _is_shifted(first.value, date.value) and (_has_time(date.value) or date.value.day in others)
    )
    return next((local for date in shifted if (local := _localised(first, date, instant))), None)


def _is_printed(day: str, dates: list[Dated]) -> bool:
    """Whether a date for readers, rather than an attribute in UTC, names the day."""
    shown = (date for date in dates if date.source == "markup" and not date.value.iso.endswith("+00:00"))
    return any(date.value.day == day for date in shown)


def _localised(first: Dated, date: Dated, instant: datetime.datetime) -> Dated | None:
    """A date if it is the same instant elsewhere on earth, with what the two know together; else None."""
    if _has_offset(date.value):
        return None
    return _with_offset(first, date, instant) if _has_time(date.value) else date


def _with_offset(first: Dated, printed: Dated, instant: datetime.datetime) -> Dated | None:
    """A printed local time with the offset that makes it the instant; None where none does."""
    local = datetime.datetime.fromisoformat(printed.value.iso).replace(tzinfo=None)
    utc = instant.replace(tzinfo=None)
    difference = local.replace(second=0) - utc.replace(second=0)
    minutes = round(difference.total_seconds() / 60)
    if (minutes % 30 and minutes not in ODD_OFFSETS) or abs(difference) > MAX_OFFSET:
        return None
    offset = f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"
    iso = (utc + difference).isoformat(timespec=f"{first.value.precision}s") + offset
    where = f"{first.where} at the local time of {printed.where}"
    return Candidate(Moment(iso, first.value.precision), first.source, where, first.level, printed.position)


def _is_elsewhere(first: Moment, other: Moment) -> bool:
    """Whether two dates may be one instant in different zones."""
    if _has_offset(first) and _has_offset(other):
        return datetime.datetime.fromisoformat(first.iso) == datetime.datetime.fromisoformat(other.iso)
    return first.iso.endswith("+00:00") and _is_shifted(first, other)


def _is_shifted(utc: Moment, other: Moment) -> bool:
    """Whether another day is what a time in UTC is elsewhere on earth."""
    if not _has_time(utc) or other.precision in WEIGHTLESS or other.day == utc.day:
        return False
    days = (datetime.date.fromisoformat(other.day) - datetime.date.fromisoformat(utc.day)).days
    hour = int(utc.iso[11:13])
    return (days == -1 and hour < 12) or (days == 1 and hour >= 10)
