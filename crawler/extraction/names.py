"""Raw bylines to the names in them: labels, roles, dates, job titles, handles and addresses are set apart."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol, TypeVar

from crawler.extraction.chinese_names import names_in_row
from crawler.extraction.credit_lines import Part, has_label, split_roles, without_dates
from crawler.extraction.kinds_of_names import kind_of
from crawler.extraction.name_ends import SHORTEST_FULL, SUFFIX, without_agency, without_tail, without_trade
from crawler.extraction.name_shapes import WIDE_SCRIPT, has_small_words, is_given_name, is_job_word, is_name, is_prose
from crawler.extraction.name_words import labels, words

LINK_START, LINK_END, BREAK = "\x02", "\x03", "\x1f"
"""Marks that readers put around links to author pages, and where markup sets two texts apart."""

_ADDRESS = re.compile(r"\(?\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+\)?|\bhttps?://\S+|\bwww\.\S+|(?<![\w])(?:@\w[\w.]*)+")
_GLUE = re.compile(r"(?<=[^\s\x1e])\x1e+(?=[^\s\x1e,;.])")
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060\ufeff\u00ad]")
_PICTURES = re.compile("[\u2600-\u27bf\u2b00-\u2bff\ufe0f\U0001f000-\U0001faff]+")
"""Emoji and ornaments."""
_BARS = {ord("丨"): "｜", ord("ㅣ"): "｜"}
"""A Chinese and a Korean letter that stand for bars."""
_HARD = re.compile(
    rf"[{LINK_END}{BREAK}|•‧∙●▪»›～]|(?<![\u3400-\u9fff])·|·(?![\u3400-\u9fff])|\s[-–—/]\s|\s[-–—]$|^[-–—]\s|(?={LINK_START})"
)
_PLACE = re.compile(r"(?:in|for|at|on|from|of|under|filed|für|bei|aus|unter|em|en|im)\s")
"""What follows "By Jane Doe, ": a section, an employer, a place."""
_IN_SECTION = re.compile(r",\s*in\s*$", re.IGNORECASE)
"""What stands before the sections that a post was filed in: "By TPN, in News, Portugal"."""
_FILED = frozenset({"in", "under", "filed under", "posted in", "dans", "unter", "for", "for the"})
"""The same where markup sets sections and groups apart: "harbourcat for Backyard Science"."""
_NOTE = re.compile(r"(\s[^\W\d_]{3,})[\d*†‡§,]{1,6}$")
"""Marks of footnotes behind names of several words."""
_SAYS_WHO = re.compile(
    r"(?:this|the following) is a guest (?:\w+ )?(?:post|article|essay|column) (?:by|from|written by)\b|"
    r"this (?:\w+ ){0,2}(?:post|article|story|piece|report|essay|blog|guide|column|recipe|review) (?:was |is )?"
    r"(?:\w+ )?(?:written|authored|contributed|submitted|provided) by\b",
    re.IGNORECASE,
)
"""A byline that is a sentence."""


class Named(Protocol):
    """What has a name and a kind: a credit, an author."""

    @property
    def name(self) -> str:
        """The name alone."""

    @property
    def kind(self) -> str:
        """`person` or `organization`."""


N = TypeVar("N", bound=Named)


@dataclass(frozen=True, slots=True)
class Credit:
    """One name of a byline."""

    name: str
    """The name alone."""
    kind: str = "person"
    """`person` or `organization`."""
    role: str | None = None
    """What it did; None for the text."""


def parse_byline(text: str, *, trusted: bool = False, displayed: bool = False) -> tuple[Credit, ...]:
    """The names in a byline in its order, each once; empty where it names nobody. Never raises.

    `trusted` says that the source marks its text as author: handles and lower-case names are then believed.
    `displayed` says that the text is the name that a system keeps for an account: degrees belong to it. So do those in
    links to authors' pages; in running bylines ("By Ann Lee, MD, a surgeon at …") they describe.
    """
    found: dict[str, Credit] = {}
    text = _SLASH.sub(_joined_names, clean(text))
    for part in split_roles(_with_colon(upright(text) if trusted else text)):
        for name in _names(part, trusted=trusted, displayed=displayed):
            found.setdefault(name_key(name), Credit(name, kind_of(name), part.role))
    return without_bystanders(tuple(found.values()))


_NOUN = re.compile(
    r"^(\W*(?:authors?|autor(?:in|en|es|a)?|auteure?s?|autrice|writer|reporter|redakteur(?:in)?|verfasser)) +"
    r"(?=([^\W\d_]+))",
    re.IGNORECASE,
)
"""A noun before a name: "Autoren Jane Doe und Bob Ray"."""


_SLASH = re.compile(r"(?<=[^\W\d_]) / (?=([^\W\d_]+) [^\W\d_])")


def _joined_names(match: re.Match[str]) -> str:
    """A slash without spaces where a full name follows: "Jane Doe / Bob Ray"; others set a place or a paper apart."""
    return "/" if is_given_name(match[1]) else match[0]


_FROM_PLACE = re.compile(r"^\W*Aus\s+[A-ZÄÖÜ][\w-]+\s+(?:von|berichtet|berichten)\s+")
"""Where a German report was written: "Aus Berlin von Jane Doe"."""
_DE = re.compile(r"^\W*de\s+(?=([^\W\d_]+)(?: [^\W\d_a-z][\w'’.-]+){1,3}\s*(?:$|[|,•·(\x1f–-]|\d))")
"""The Romanian "by", and nothing but a full name behind it on its line."""


def _with_colon(text: str) -> str:
    """A text with the colon that makes a label of how it begins: "Autor Jane Doe", "Aus Berlin von", Romanian "de"."""
    text = _FROM_PLACE.sub("Von ", text)
    match = _DE.match(text)
    if match and is_given_name(match[1]):
        return f"by: {text[match.end() :]}"
    match = _NOUN.match(text)
    return f"{match[1]}: {text[match.end() :]}" if match and is_given_name(match[2]) else text


def upright(text: str) -> str:
    """ "Doe, Jane" as "Jane Doe"; any other text unchanged. Library records and `<meta>` put last names first."""
    last, comma, first = (side.strip() for side in text.partition(","))
    is_inverted = comma and " " not in last and 0 < len(first.split()) < 4 and "," not in first
    if is_inverted and not is_given_name(last) and is_given_name(first.split()[0]) and last.isalpha():
        return f"{first} {last}"
    return text


def without_bystanders(names: tuple[N, ...]) -> tuple[N, ...]:
    """Names without what stands beside full names but is no second one: a section, a place, a job title."""
    full = [other.name for other in names if " " in other.name and other.kind == "person"]
    proper = any(not has_small_words(name) for name in full)
    return tuple(
        name
        for name in names
        if not any(other != name.name for other in full) or not _is_bystander(name, beside_proper=proper)
    )


def _is_bystander(name: Named, *, beside_proper: bool) -> bool:
    """`beside_proper` says that another name has no word in small letters: what has one describes it."""
    tokens = name.name.split()
    if any(map(is_job_word, tokens)):
        return True
    if len(tokens) > 1:
        return beside_proper and has_small_words(name.name)
    return name.kind == "person" and not WIDE_SCRIPT.match(name.name)


_BEFORE_LABEL = " \t\n(-–—"
"""What stands before the label of a byline that is set apart: "(Reporting by Jane Doe)"."""
_INNER = re.compile(r"\b(?:by|von|par|por|di|door|av|af|durch|auth?ore?s?|autor\w*)\b|[文記记]", re.IGNORECASE)
"""Labels that stand behind dates: looking for one is sooner done than taking the dates out."""


@lru_cache(maxsize=8192)
def labelled(text: str) -> bool:
    """Whether a text begins with a label such as "By" or "Text:", dates before it aside."""
    text = _with_colon(text.strip(_BEFORE_LABEL))
    if has_label(text) or is_label(text) or _SAYS_WHO.match(text):
        return True
    dated = _INNER.search(text) and any(map(str.isdigit, text))
    return bool(dated) and has_label(without_dates(text).strip(" \x1f|,·•-–"))


def is_label(text: str) -> bool:
    """Whether a text is a label and nothing else: what it introduces stands in the next element."""
    label = labels().get(" ".join(text.casefold().strip(" :：\n\t").split())) if len(text) < 40 else None
    return label is not None and label.role is None


def clean(text: str) -> str:
    """Text without entities, invisible characters, addresses and handles, white space folded."""
    if _LEVEL.fullmatch(text):
        return ""
    text = html.unescape(text) if "&" in text else text
    text = _unglued(text) if "\x1e" in text else text
    text = _INVISIBLE.sub("", unicodedata.normalize("NFC", text))
    text = text if text.isascii() else _PICTURES.sub(BREAK, text).translate(_BARS)
    return " ".join(_ADDRESS.sub(BREAK, text).replace("\t", BREAK).split(" ")) if text else ""


def _unglued(text: str) -> str:
    """Text with breaks between elements that touch, commas between elements that each hold a full name."""
    pieces = [piece.strip() for piece in text.split("\x1e") if piece.strip()]
    if len(pieces) > 1 and all(1 < len(piece.split()) < 5 and is_given_name(piece.split()[0]) for piece in pieces):
        return ", ".join(pieces)
    return _GLUE.sub(BREAK, _TITLED.sub(_set_apart, text)).replace("\x1e", "")


_TITLED = re.compile(r"(?<=[\S\x1e] )\x1e([^\x1e]+)(?:\x1e|$)")
"""What an element behind a name holds: `Jane Doe <span class="title">Harbour reporter</span>`."""
_LEVEL = re.compile(r"\s*(?:lv|level|lvl)\.?\s?\d{1,3}\s*", re.IGNORECASE)
"""The level of an account, which communities and some blogs print behind a name: "Lv5"."""


def _set_apart(match: re.Match[str]) -> str:
    """A job title and an account's level between breaks; anything else unchanged."""
    is_apart = _LEVEL.fullmatch(match[1]) or any(map(is_job_word, match[1].split()))
    return f"{BREAK}{match[1]}{BREAK}" if is_apart else match[0]


@lru_cache(maxsize=8192)
def name_key(name: str) -> str:
    """A form in which spellings of one name are equal: without case, accents, punctuation, spaces and degrees."""
    bare, comma, degrees = name.partition(",")
    bare = bare if comma and all(map(_is_degree, degrees.split(","))) else name
    spread = unicodedata.normalize("NFKD", bare.casefold())
    return "".join(char for char in spread if char.isalnum() or (unicodedata.combining(char) and char > "\u0370"))


def mentions(text: str, keys: Iterable[str]) -> bool:
    """Whether a text gives one of the names, by their `name_key`."""
    said = name_key(text)
    return any(key in said for key in keys if key)


def _names(part: Part, *, trusted: bool, displayed: bool) -> list[str]:
    """Names of one role, read from left to right; what follows a name without a connector is a description."""
    names: list[str] = []
    for piece in _HARD.split(part.text):
        linked = piece.startswith(LINK_START)
        if names and piece.strip().casefold() in _FILED:
            break
        if len(names) == 1 and _is_section(names[0], piece.strip(f"{LINK_START} ")):
            names.clear()
        goes_on = linked or _CONNECTS.match(piece) or ends_open(part.text, piece)
        if names and not goes_on and not _is_next(part.text, piece, names[-1]):
            continue
        for text in _people(piece.strip(LINK_START + " "), has_degrees=displayed or linked):
            if not names and is_prose(without_tail(text)):
                break  # of which a later piece may look like a name
            name = without_trade(without_tail(text))
            _append(names, name, trusted=trusted or linked or _is_whole(part, text))
        if names and _IN_SECTION.search(piece):
            break
    return names


def _is_next(text: str, piece: str, last: str) -> bool:
    """Whether an element of a list holds a full name: `<div>Jane Doe</div><div>Bob Ray</div>`."""
    tokens = piece.split()
    is_full = SHORTEST_FULL <= len(tokens) <= LONGEST_FULL and is_given_name(tokens[0]) and not _NO_NAME.search(piece)
    return is_full and " " in last and kind_of(piece.strip()) == "person" and f"{BREAK}{piece}" in text


LONGEST_FULL = 4
"""Words of the longest full name."""
_NO_NAME = re.compile(r"[\d,;:(]")


def _is_section(word: str, following: str) -> bool:
    """Whether a lone word before a full name is what the article was filed under: "Politics · Jane Doe"."""
    is_name = " " in following and is_given_name(following.split(None, 1)[0]) and not following.isupper()
    return is_name and " " not in word and word.isalpha() and word[0].isupper() and not is_given_name(word)


def _is_whole(part: Part, text: str) -> bool:
    """Whether a label and one word are all there is: "by harpers_cat on July 3"."""
    return part.introduced and " " not in text and part.text.strip(f" .,|·•@:{BREAK}{LINK_START}{LINK_END}") == text


def ends_open(text: str, piece: str) -> bool:
    """Whether the text before a piece ends in a connector, so that the piece goes on with the list of names."""
    before = text[: text.find(piece)].rstrip(f" {LINK_START}{LINK_END}{BREAK}") if piece else ""
    return bool(_OPEN.search(before))


_WORDS = r"and|und|et|y|e|en|og|och|ja|i|a|и|та|και|ve|és|dan|och"
_CONNECTS = re.compile(rf"^\s*(?:,|;|&|\+|(?:{_WORDS})\s)")
_CONNECTOR = re.compile(rf"^(?:(?:{_WORDS})\s+)+")
_CONNECTED = re.compile(rf"\s+(?:{_WORDS})$")
_OPEN = re.compile(rf"(?:,|;|&|\+|\s(?:{_WORDS}))$")
_JOIN = re.compile(
    rf"\s*[,;，、；]\s*(?:(?:{_WORDS}|And|AND)\s+)?|\s+(?:{_WORDS}|And|AND|UND|with|avec|mit)\s+|\s*[&+]\s*|"
    rf"^\s*(?:{_WORDS})\s+"
)


def _people(text: str, *, has_degrees: bool) -> list[str]:
    """The pieces between connectors; "Sr" and the like stay with the name before them, descriptions go."""
    pieces: list[str] = []
    for mark, piece in _joined(without_agency(_NEXT_FACT.sub("", _OF_PAPER.sub("", text)))):
        if pieces and _PLACE.match(piece):
            break
        if mark == "," and pieces and (SUFFIX.match(piece) or (has_degrees and _is_degree(piece))):
            pieces[-1] += f", {piece}"
        elif not (mark == "," and pieces and _describes(piece, pieces[0])):
            pieces.extend(name for side in _sides(piece) for name in names_in_row(side))
    return pieces


_OF_PAPER = re.compile(r"^[\u3400-\u9fff·]{0,12}(?:记者|記者)[\s:：]+(?=[\u3400-\u9fff])")
"""A paper and "reporter" before a Chinese name: "海港报记者 李明"."""
_NEXT_FACT = re.compile(r"\s+[\u3400-\u9fff]{1,4}\s*[:：].*$")
"""What stands behind the author in a row of facts: "李明 点击：120"."""


def _is_degree(text: str) -> bool:
    """Whether a text is one or more degrees or credentials as they stand behind names: "PhD", "M.D.", "MSc RN"."""
    tokens = text.replace("Ph. D", "PhD").split()
    return bool(tokens) and all(
        any(map(str.isupper, token)) and token.replace(".", "").casefold() in words("suffixes") for token in tokens
    )


def _joined(text: str) -> Iterator[tuple[str, str]]:
    """(What stands before, piece): a comma or another connector; empty for the first."""
    end, mark = 0, ""
    for match in _JOIN.finditer(text):
        if text[end : match.start()].strip():
            yield mark, text[end : match.start()].strip()
        end, mark = match.end(), "," if match[0].strip() == "," else "and"
    if text[end:].strip():
        yield mark, text[end:].strip()


def _describes(piece: str, first: str) -> bool:
    """Whether what follows a full name and a comma is a place, a credential or an employer."""
    is_full = " " in first or kind_of(first) == "organization"
    return is_full and (" " not in piece or kind_of(piece) == "organization") and not WIDE_SCRIPT.match(piece)


def _sides(piece: str) -> list[str]:
    """ "AFP/Reuters" and "Eva Klein/Hans Meier" are two; "det/dpa" is one signature, "SP-X" an agency's code."""
    sides = [side.strip() for side in piece.split("/")]
    if len(sides) > 1 and any(" " in side and kind_of(side) == "person" for side in sides):
        sides = [side for side in sides if kind_of(side) == "person" and (" " in side or not side.isupper())]
    apart = all(map(_signs, sides))
    return sides if apart else [piece]


def _signs(side: str) -> bool:
    """Whether one side of a slash can sign by itself: a full name, an agency."""
    is_whole = " " in side and not any(map(str.isdigit, side)) and kind_of(side) == "person"
    return is_whole or side.casefold() in words("agencies")


_STYLE = re.compile(r"^the\s+(?=(?:very |right |most )?(?:rev|hon|reverend|honou?rable)\b)", re.IGNORECASE)
"""The article before the style of a clergyman: "By the Rev. Jane Doe"."""


def _append(names: list[str], text: str, *, trusted: bool) -> None:
    if text.rstrip().endswith((":", "：")):
        return  # what stands before a colon is a label that no list knows
    name = _STYLE.sub("", text.strip(" \u00a0,;:|@-–—/\\'\"“”„«»()[]【】\x02\x03\x1f"))
    name = _NOTE.sub(r"\1", _CONNECTED.sub("", _CONNECTOR.sub("", name)))
    name = name.removesuffix(".") if name.count(".") == 1 and not re.search(r"\b(?:\w|[JS]r)\.$", name) else name
    if name and is_name(name, trusted=trusted, first=not names):
        names.append(" ".join(name.split()))
