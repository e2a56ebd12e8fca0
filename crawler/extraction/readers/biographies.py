"""What an author box says about the author: the biography's prose."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from crawler.extraction.credit_lines import without_dates
from crawler.extraction.document import Document
from crawler.extraction.moments import find_moments
from crawler.extraction.name_shapes import WIDE, is_given_name
from crawler.extraction.names import labelled, mentions, name_key, parse_byline
from crawler.extraction.readers.author_boxes import FoundBox, box_lines
from crawler.extraction.readers.box_titles import (
    behind_author_title,
    is_author_title,
    is_list_title,
    without_author_title,
)
from crawler.extraction.readers.calls import asks, calls
from crawler.extraction.readers.notes import NOTES, UNWRITTEN
from crawler.extraction.readers.text_lines import CONTROL, Line

LONGEST_BYLINE = 150
"""Characters; a longer line is prose."""

SHORTEST_PROSE = 20
"""Characters that make a sentence where nothing marks a text as biography; half of it in scripts without spaces."""

_HEADING = re.compile(
    r"^(?:(?:more )?about (?:the |this )?(?:authors?|writer|contributor)s?|about me|about|authors?|the authors?|"
    r"author (?:bio|info|details|profile)|bio|biography|"
    r"meet the author|(?:written|posted|published|authored) by|by|über (?:den|die) autor(?:in|en)?|zum autor|"
    r"zur autorin|autor(?:in)?|à propos(?: de l'auteur)?|l'auteur|auteur|"
    r"sobre (?:el|la|o|a) autor(?:a)?|acerca del autor|autor|autore|l'autore|over de auteur|om (?:för)?fat+aren|"
    r"o autor(?:ze|ovi|es?)|об авторе|автор|著者|作者|この記事を書いた人|关于作者|"
    r"latest posts?|recent posts?|latest articles?|posts|articles|editor|profile|follow .{0,40}|view .{0,60}|"
    r"posted in .*|share.{0,20}|contributor|guest author|"
    r"(?:latest|recent|more|other) (?:posts?|articles?|stories) (?:by|from) .*|\d+ (?:posts?|articles?|stories|"
    r"beiträge|artikel|comments?))[:.]?$",
    re.IGNORECASE,
)
_INTRODUCTION = re.compile(
    r"^(?:about (?:the|this) (?:author|writer)|meet the author|written by|über (?:den autor|die autorin)|zur person|"
    r"zum autor|zur autorin|об авторе|o autor(?:ze|ce)|sobre (?:el|la|o|a) autora?|"
    r"about|über|sobre|à propos de|posts? author:?|author:?|acerca de)\s*",
    re.IGNORECASE,
)


LONGEST_NAME = 5
"""Words; a heading of as many is no name."""

SHORTEST_ENTRY = 8
"""Characters of the title of a post, in scripts without spaces as well."""

LONGEST_ROLE, _STOPS = 60, (".", "!", "?", "…", "。", "！", "？", "।", "؟", "”", "»", ")")
"""Characters of a line between name and biography, and what sentences end with."""

_ADDRESS, _WORDS = re.compile(r"\S*@\S+"), re.compile(r"[^\W\d_]+")
_LABELS = frozenset(
    (
        *("author", "a", "guest", "post", "posted", "written", "published", "page", "last", "updated", "on", "at"),
        *("by", "and", "article", "text", "photo", "photos", "eingestellt", "erstellt", "veröffentlicht", "artikel"),
        *("und", "von", "am", "um", "uhr", "fotos", "par", "le", "à", "publié", "por", "el", "di", "il", "door"),
        *("av", "af"),
        *("przez", "автор", "기자", "记者", "記者", "作者", "文"),
    )
)
"""Words of lines that say who made an article, and when: taken for the biography, they hid it on seven pages."""

MANY_SMALL = 6
"""Words in small letters that, with a comma, say more than a job."""

MANY_DATES = 3
"""Dates in a short text that make it a list."""

LONGEST_NOTE = 200
"""Characters; a longer text says more than such a sentence."""

_WORD = r"(?:[A-ZÀ-Þ][\w’'.-]*|at|of|the|for|and|&|in|\||–|-)"
_TITLE = re.compile(rf"{_WORD}(?:[ ,]+{_WORD})*")
"""Capitalised words and what joins them: "Senior Reporter at the Harbour Ledger"."""

_ENDED = re.compile(r"(?:[^\s\d.]{2}|\d{4})[)\"”»'’]*[.!?…।؟][)\"”»'’]*(?:\s|$)")
_FIRST = re.compile(r"\b(?:I|I['’]m|my|me|ich|mein\w*|je|mes?|yo|mi|eu|meu|minha|io|jag|jeg|ik|я|мой|мы)\b")
_DOES = re.compile(r"(?P<name>[^\W\d_]\w[\w.'’ -]*?),? (?!(?:and|et|und|y|e)\b)[a-zß-ÿ\u0100-\u017fа-яё]")
"""The end of a sentence, what speaks of oneself, and a name that goes on in small letters: "Jane Doe writes about"."""

_GLUED = re.compile(r"[a-z](?=[A-Z])")
_TWICE = re.compile(r"(\w[^.!?]{2,60}?)(?: [-–—:|])? (?=\1\b)")
"""What a text begins with twice."""

_ADDRESSED = re.compile(r"(?:web ?site|web|site|blog|e-?mail|url|homepage|webseite|twitter)\s*:\s*\S+", re.IGNORECASE)
"""A label and an address: "Website: ledger.example"."""


def biography(document: Document, box: FoundBox, names: frozenset[str]) -> str | None:
    """The biography's text as printed, without name, headings and links that lead elsewhere; None for none."""
    for scope in (box.bios,) if box.together else ((position,) for position in box.bios):
        lines = [line for position in scope for line in box_lines(document, position)]
        marked = box.marked and (box.source == "platform" or not any(line.is_heading for line in lines))
        if not (marked or box.of_author or _is_headed(lines, names)):
            continue
        kept = list(_prose(lines, names, marked=marked))
        if not marked:
            kept = [line for line in kept if len(line) >= LONGEST_NOTE or not NOTES.search(line)]
        is_all = marked and (box.source == "platform" or not any(name_key(line.text) in names for line in lines))
        text = _without_title(" ".join(kept if is_all else _without_role(kept)), names)
        if text and not UNWRITTEN.search(text) and (box.source == "platform" or _tells(text, names)):
            return text if box.source == "platform" or _is_said(text, names) else None
    return None


def _is_headed(lines: Sequence[Line], names: frozenset[str]) -> bool:
    """Whether no prose stands before the first line that names an author: else it is about others, or their lists.

    Unless that is the last line: some sign their biography.
    """
    named = next((i for i, line in enumerate(lines) if mentions(line.text, names)), 0)
    return named == len(lines) - 1 or not any(_is_prose(line, names, marked=False) for line in lines[:named])


def _prose(lines: Sequence[Line], names: frozenset[str], *, marked: bool) -> Iterator[str]:
    """The lines that tell something, without those of a list of posts: from its title to the next name or title."""
    in_list = False
    for index, line in enumerate(lines):
        if is_list_title(line.text, is_heading=line.is_heading):
            in_list = any(map(_is_entry, lines[index + 1 : index + 3]))
        elif name_key(line.text) in names or is_author_title(line.text):
            in_list = False
        elif line.is_heading and not mentions(line.text, names) and _heads_another(line):
            in_list = True
        elif not in_list and _is_prose(line, names, marked=marked):
            yield line.text


def _heads_another(line: Line) -> bool:
    """Whether a heading is the linked headline of a post, or the name of somebody else."""
    is_headline = line.linked > 0.8 * len(line.text) and (" " in line.text or _is_caseless(line.text))
    return is_headline or is_full_name(line.text)


def is_full_name(text: str) -> bool:
    """Whether a text is a given name and others, capitalised, and nothing else but degrees: "Jane Doe, PhD"."""
    words = text.partition(",")[0].split()
    return 1 < len(words) < LONGEST_NAME and is_given_name(words[0]) and all(word[0].isupper() for word in words)


def _is_entry(line: Line) -> bool:
    """Whether a line is the linked title of a post; the links of tabs are shorter."""
    return line.linked > 0.8 * len(line.text) and line.linked >= SHORTEST_ENTRY


def _without_role(lines: list[str]) -> list[str]:
    """Lines without what stands above the first that ends as a sentence does, where that is short: job, town, date."""
    first = next((index for index, text in enumerate(lines) if text.endswith(_STOPS)), 0)
    return lines[first:] if all(len(text) <= LONGEST_ROLE for text in lines[:first]) else lines


def _without_title(text: str, names: frozenset[str]) -> str:
    """A biography without the title before it: "About the author: …", "About the Author Jane Doe is …", and with the
    name once where that stands above it: "Jane Doe – Jane Doe is …".
    """
    text = _without_glued_name(text, names)
    twice = _TWICE.match(text)
    if twice and name_key(twice[1]) in names:
        text = text[twice.end() :]
    bare = without_author_title(text)
    if bare != text:
        return bare
    rest = behind_author_title(text)
    return rest if rest and name_key(rest).startswith(tuple(names)) else text


def _without_glued_name(text: str, names: frozenset[str]) -> str:
    """A text without the name that runs into it, as where a page shows both below one another: "Jane DoeJane is"."""
    if not text.isascii():
        return text
    ends = (match.end() for match in _GLUED.finditer(text, 0, LONGEST_ROLE))
    return next((text[end:] for end in ends if name_key(text[:end]) in names), text)


def _tells(text: str, names: frozenset[str]) -> bool:
    """Whether a text says something about somebody, rather than a job title alone, or whose words these are."""
    if not any(word[0].isalpha() and not word[0].isupper() for word in text.split()) and not _is_caseless(text):
        return False  # an address, a list of names
    if len(text) >= LONGEST_NOTE:
        return True
    dates = len(find_moments(text))
    if dates >= MANY_DATES or (dates and not text.endswith(_STOPS)) or (text[0] == "(" and text[-1] == ")"):
        return False  # when the article was made, the titles of others, the town in brackets
    if calls(text) or (asks(text) and not mentions(text, names)):
        return False
    return not (_TITLE.fullmatch(text) or NOTES.search(text) or _is_credit(text, names))


def _is_said(text: str, names: frozenset[str]) -> bool:
    """Whether a text that no row marks as biography is a sentence: it ends as one, says "I", or what a name does.

    Else it is a job, a place, a label, or a line of links.
    """
    if len(text) >= LONGEST_NOTE or _ENDED.search(text) or _FIRST.search(text) or _is_caseless(text):
        return True
    if "," in text and sum(word.islower() for word in text.split()) >= MANY_SMALL:
        return True
    said = _DOES.match(text)
    key = name_key(said["name"]) if said else ""
    return len(key) > 2 and any(name.startswith(key) or name.endswith(key) for name in names)


def _is_caseless(text: str) -> bool:
    """Whether letters are of a script without capitals, as Arabic's, whose biographies often end without a stop."""
    return any(char.isalpha() and char.lower() == char.upper() for char in text)


def _is_credit(text: str, names: frozenset[str]) -> bool:
    """Whether nothing but labels is left of a text without names, dates and e-mail addresses."""
    words = _WORDS.findall(without_dates(_ADDRESS.sub(" ", text)).casefold())
    known = {part for name in names for part in words if name_key(part) and name_key(part) in name}
    return all(word in _LABELS or word in known for word in words)


def _is_prose(line: Line, names: frozenset[str], *, marked: bool) -> bool:
    bare = line.text.strip(" \u00a0:,.-–—|·•")
    if _ADDRESSED.fullmatch(bare):
        return False
    if line.is_heading or not bare or CONTROL.match(line.text) or _HEADING.match(bare) or name_key(bare) in names:
        return False
    if is_author_title(bare):
        return False
    if line.linked > (0.8 if marked else 0.5) * len(line.text) or _names_only(bare, names):
        return False
    if not any(map(str.isalpha, without_dates(line.text).replace("\x1f", ""))):
        return False  # the date of the article
    return marked or (is_sentence(line.text) and not labelled(line.text) and not _TITLE.fullmatch(line.text))


def is_introduction(text: str) -> bool:
    """Whether a text is nothing but what stands before a name: "About", "Written by"."""
    return _HEADING.match(text.strip(" :")) is not None


def _names_only(text: str, names: frozenset[str]) -> bool:
    """Whether a line is a byline of the authors: "About Jane Doe", "By Jane Doe, Senior Editor"."""
    if len(text) > LONGEST_BYLINE:
        return False
    bare = _INTRODUCTION.sub("", text)
    found = {name_key(credit.name) for credit in parse_byline(bare)}
    return bool(found) and found <= names and sum(map(len, found)) > 0.6 * len(name_key(bare))


def speaks_of(text: str, name: str) -> bool:
    """Whether a text is a sentence with a part of a name in it, or one that says "I"."""
    return text.endswith(_STOPS) and (says_part_of(text, name) or _FIRST.search(text) is not None)


def says_part_of(text: str, name: str) -> bool:
    """Whether a first or last name, or another word of a name, is a word of a text."""
    spoken = {word.strip(".,:;()'’،") for word in text.casefold().split()}
    return any(part in spoken for part in name.casefold().split() if len(part) > 2)


def is_sentence(text: str) -> bool:
    """Whether a line is long enough, and of enough words, to say something."""
    text = " ".join(re.sub(r"#\S+|\x1f", " ", without_dates(text)).split())
    wide = sum(char > WIDE for char in text)
    return len(text) + wide >= SHORTEST_PROSE and (wide > 5 or text.count(" ") >= 3)
