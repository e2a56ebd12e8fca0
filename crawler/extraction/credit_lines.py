"""A byline cut at its labels ("By", "Photographs by", "文/") into parts of one role each, without dates and counts."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache, lru_cache

from crawler.extraction.chinese_names import NAME
from crawler.extraction.date_words import month_table
from crawler.extraction.name_shapes import is_given_name
from crawler.extraction.name_words import Label, alternatives, labels


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a byline."""

    text: str
    """What stands behind the label."""
    role: str | None
    """What the label says that the names did; None for the text itself."""
    introduced: bool
    """Whether a label stands before it that can be nothing else: "posted by", but "von" only behind a date."""


_MONTH_STARTS = (
    *("jan", "feb", "fév", "mar", "mär", "apr", "avr", "may", "mai", "jun", "juin", "jul", "juil", "aug"),
    *("ago", "août", "sep", "set", "oct", "okt", "out", "nov", "dec", "dez", "déc", "dic", "ene", "abr"),
    *("gen", "mag", "giu", "lug", "ott", "янв", "фев", "мар", "апр", "мая", "май", "июн", "июл", "авг"),
    *("сен", "окт", "ноя", "дек"),
)
"""What the names of months begin with that are told from names; CLDR knows how they end ("Marsh" is none)."""
LONG_MONTH, SHORT_MONTHS = 5, frozenset(("maj", "maja", "mart", "mei"))
"""Letters of other months' names, those of given names left out; and names that are shorter, or a given name too."""


def _months() -> str:
    """A regular expression of the months' names, grouped by their beginnings."""
    ends: defaultdict[str, set[str]] = defaultdict(set)
    for name in month_table():
        is_long = len(name) >= LONG_MONTH and name.isalpha() and not is_given_name(name)
        if is_long or name in SHORT_MONTHS or name.startswith(_MONTH_STARTS):
            ends[name[:3]].add(re.escape(name[3:]))
    groups = (f"{start}(?:{'|'.join(sorted(tails, key=len, reverse=True))})" for start, tails in ends.items())
    return rf"(?:{'|'.join(groups)})(?![^\W\d_])\.?"


_WEEKDAY = (
    r"(?:(?:mon|tues?|wednes|thurs?|fri|satur|sun)day|(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch|"
    r"mon|tue|wed|thu|fri|sat|sun)\b\.?,?"
)
_CLOCK = (
    r"(?:(?:um|à|às|a las|alle|ore|om|kl\.?|klo|в|о|o|ob|at)\s+)?"
    r"\d{1,2}(?:[:.]\d{2}(?::\d{2})?\s*(?:[ap]\.?m\.?|uhr|h)?|h\d{2}\b)"
    r"(?:\s*(?-i:[A-Z]{1,4}T|UTC)\b)?"
)
"""A time of day behind its preposition, and its zone: an abbreviation that ends in T (EST, MYT, CEST), or UTC."""


@cache
def _date_pattern() -> re.Pattern[str]:
    """Dates, times and counts as bylines print them."""
    month, ahead = _months(), r"(?=[^\W\d_]+\.?\s+\d)"  # looking ahead spares most words the list of months
    return re.compile(
        rf"(?:\b(?:on|at|am|le|el|il|op|em|den|vom|dnia|dne|pada)\s+)?(?:\b{_WEEKDAY}\s*)?(?:"
        rf"\b{ahead}{month}\s+\d{{1,2}}(?:st|nd|rd|th)?\b,?(?:\s+(?:\d{{4}}|')\b)?|\b\d{{1,2}}(?:st|nd|rd|th)?\.?\s+(?:de\s+|"
        rf"of\s+)?{month},?(?:\s+(?:de\s+)?\d{{4}}\b)?|"
        rf"\b{ahead}{month}\s+\d{{4}}\b|"
        rf"\b\d{{1,4}}[./-]\d{{1,2}}[./-]\d{{1,4}}\b|\d{{2,4}}年\d{{1,2}}月(?:\d{{1,2}}日)?|\b{_CLOCK}|"
        r"\b\d+\+?[\s-]*(?:min(?:ute)?s?|hours?|days?|weeks?|months?|years?|hrs?|comments?|kommentare?|views?|shares?|"
        r"posts?|articles?)\b(?:\s+(?:read|ago))?|"
        r"\bvor\s+\d+\s+\w+|\b\d{4}\b)|\b(?:yesterday|heute|gestern)\b",
        re.IGNORECASE,
    )


_IN_DATES = re.compile(r"\d|yesterday|heute|gestern", re.IGNORECASE)
"""What every date holds: looking for it is much sooner done than trying every form."""
_NOISE = re.compile(
    r"\b(?:(?:last\s+)?(?:updated|modified|published|posted)(?:\s+(?:on|at|in))?|reading time|lesezeit|"
    r"veröffentlicht(?:\s+am)?|"
    r"aktualisiert(?:\s+am)?|publiée?(?:\s+le)?|mise? à jour(?:\s+le)?|publicado(?:\s+(?:el|em))?|"
    r"pubblicato(?:\s+il)?|gepubliceerd(?:\s+op)?|stand|opublikowano|"
    r"zuletzt aktualisiert)\b(?!\s+by\b|\s+von\b|\s+par\b|\s+por\b)\s*:?",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(r"\W*(?:view|see|read|more|show|browse|find|all|other|latest|recent)\b", re.IGNORECASE)
"""Before a label: a link to what somebody wrote."""

LONGEST_GLUED = 8
"""Characters behind a label that is glued to a name in a script without spaces; more is a sentence."""

_EDGE_CHARS = "\x1f\x02\x03|•·/()（）【】[];,&+–—-"
_EDGE = re.escape(_EDGE_CHARS)


@lru_cache(maxsize=1024)
def without_dates(text: str) -> str:
    """A text with a break in the place of every date, time and count."""
    return _NOISE.sub("\x1f", _date_pattern().sub("\x1f", text) if _IN_DATES.search(text) else text)


def split_roles(text: str) -> list[Part]:
    """The parts of a byline in its order; dates, times and counts are left out."""
    text = _TRANSLATED.sub("translated by", _BRACKETED.sub(_label_first, text) if "(" in text else text)
    dated, text = text, without_dates(text)
    found = [match for match in _labels_in(text) if not _is_job(match)]
    if not found:
        return [Part(text, None, False)]
    if _ELSEWHERE.match(text[: found[0].start()]):
        return []
    parts = [_unlabelled(text[: found[0].start()], _label(found[0]))]
    for match, following in zip(found, [*found[1:], None], strict=True):
        end = following.start() if following else len(text)
        introduced = not _label(match).leading or (
            dated != text and text[: match.start()].rstrip(" ,").endswith("\x1f")
        )
        parts.append(Part(text[match.end() : end], _label(match).role, introduced))
    return [part for part in parts if part.text.strip()]


_TRANSLATED = re.compile(r"translated from (?:the )?\w+ by", re.IGNORECASE)


def _is_job(match: re.Match[str]) -> bool:
    """Whether a noun between breaks is what the name before it does: `<b>Jane Doe</b><i>Reporter</i>`.

    So is a preposition behind a comma what joins a paper to the name: "Jane Doe, da Agência Rio".
    """
    label, before = _label(match), match.string[: match.start()]
    is_noun = label.needs_colon and match["apart"] and ":" not in match["apart"]
    if not (is_noun or (label.leading and before.rstrip().endswith(","))):
        return False
    before = before.strip(_AROUND).rpartition("\x1f")[2]
    behind = match.string[match.end() :].strip(_AROUND)
    return bool(before) and (not behind or (_names_somebody(before) and not _names_somebody(behind)))


_AROUND = " \u00a0,.|•·-–—\x1f\x02\x03"
"""What stands around a name in a row of name, job and date."""


def _names_somebody(text: str) -> bool:
    return is_given_name(text.lstrip(_AROUND).partition(" ")[0])


_BRACKETED = re.compile(r"(?P<names>[^()\x1f|/]+?)[\s\x1f]*\((?P<label>[^()\d]{2,20})\)")
"""Names and behind them in brackets what they did: "Jane Doe (Text), Bob Ray (Fotos)"."""
_LEAD_IN = re.compile(r"^(?:[\s,;&+]|(?:by|von|par|por|di|af|av|door|and|und|et|y|e|og|och|en|i)\s)+", re.IGNORECASE)
_BRACKETED_ROLES = frozenset({None, "photography", "illustration", "translation"})
"""Roles that stand in such brackets; "(Editor)" is a job."""


def _label_first(match: re.Match[str]) -> str:
    """Names with their label before them: "Fotos: Bob Ray"; anything else unchanged."""
    label = labels().get(match["label"].casefold().strip())
    if label is None or label.role not in _BRACKETED_ROLES:
        return match[0]
    return f"\x1f{match['label'].strip()}: {_LEAD_IN.sub('', match['names'])}\x1f"


def _labels_in(text: str) -> list[re.Match[str]]:
    """The labels of a text in its order."""
    found: list[re.Match[str]] = []
    for match in _label_pattern().finditer(text):
        if _counts(match, bool(found)):
            found.append(match)
    return found


def has_label(text: str) -> bool:
    """Whether a text begins with a label of the text's authors, or holds one with a colon."""
    start = text[:2].casefold()
    match = _label_pattern().match(text) if start in _beginnings() or start[:1] in _beginnings() else None
    if match and text[match.end() : match.end() + 1].isdigit():
        return False  # "vom 24.01.2020"
    if match and _counts(match) and _label(match).role is None:
        return True
    if not any(sign in text for sign in ":：＝="):
        return False
    if not any(end in _ends() or end[-1:] in _ends() for end in map(str.casefold, _BEFORE_BREAK.findall(text))):
        return False
    return any(found["apart"] and _label(found).role is None for found in _labels_in(text))


@cache
def _beginnings() -> frozenset[str]:
    """The first two characters of every label, to tell most texts apart at once."""
    return frozenset(phrase[:2] for phrase in labels())


_BEFORE_BREAK = re.compile(r"(\S?\S)\s*[:：/／|｜＝=\x1f]")
"""The last two characters before what may stand behind a label; one after a space."""


@cache
def _ends() -> frozenset[str]:
    """The end of every label, in the form of `_BEFORE_BREAK`."""
    return frozenset(phrase[-2:].split()[-1] for phrase in labels())


def _unlabelled(text: str, label: Label) -> Part:
    """What stands before the first label is the author only where the label names somebody else's part."""
    return Part(text if label.role else "", None, False)


def _label(match: re.Match[str]) -> Label:
    phrase = " ".join(match["label"].casefold().split())
    return labels()[phrase]


def _counts(match: re.Match[str], is_later: bool = False) -> bool:
    """Whether a label that may also be part of a name ("von", "da") stands where only a label can.

    `is_later` says that another label stands before it.
    """
    before = match.string[: match.start()].rstrip(" \u00a0")
    label = _label(match)
    if label.needs_colon and not _stands_apart(match, before, is_later or label.role is not None):
        return False
    if match["glued"] is not None and not _is_glued_to_name(match):
        return False
    return not label.leading or bool(match["apart"]) or not before or before[-1] in _EDGE_CHARS


def _is_glued_to_name(match: re.Match[str]) -> bool:
    """Whether a label without a space before a text in Chinese or Japanese stands before a name, not in a sentence."""
    behind = match.string[match.end() :]
    is_reporter = match["label"].endswith(("记者", "記者"))
    return len(behind) <= LONGEST_GLUED and not (is_reporter and not re.match(NAME, behind))


def _stands_apart(match: re.Match[str], before: str, may_follow: bool) -> bool:
    """Whether a noun is a label: a colon or a break behind it and nothing of its line before it.

    "Jane Doe | Senior Writer | May 2" names a job, "A Love Story: A Review" a book. Where credits are listed, a colon
    alone will do: "Text: Jane Doe Fotos: Bob Ray".
    """
    apart = (match["apart"] or "").strip(" ")
    return bool(apart) and ((may_follow and apart in ":：") or not before or before[-1] in _EDGE_CHARS)


@cache
def _label_pattern() -> re.Pattern[str]:
    """A label is followed by a colon, a space or a capital that is glued to it ("ByHarper", "VonJost")."""
    after = (
        r"(?P<apart>\s*[:：/／|｜＝=\x1f]\s*)|\s*(?=\x02)|\s+|\s*$|(?-i:(?<=[Bb][Yy])(?=[A-Z]))|"
        r"(?-i:(?<=\b[Vv]on|\b[Pp]ar|\b[Pp]or)(?=[A-ZÀ-ÞŒŠŽ][a-zß-ÿœšž]))|"
        r"(?P<glued>(?<=[\u3040-\u9fff])(?=[\u3040-\u9fff]))"
    )
    return re.compile(rf"(?:^|(?<=[\s{_EDGE}]))(?P<label>{alternatives(list(labels()))})(?:{after})", re.IGNORECASE)
