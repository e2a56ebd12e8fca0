"""What an author box says about the author: the biography's prose."""

from __future__ import annotations

import re

from crawler.extraction.credit_lines import without_dates
from crawler.extraction.document import Document
from crawler.extraction.name_shapes import WIDE
from crawler.extraction.names import labelled, name_key, parse_byline
from crawler.extraction.readers.author_boxes import FoundBox, box_lines
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


NOTES = re.compile(
    r"©|copyright|all rights|alle rechte|licen[sc]ed under|owns shares|has no position in|last modified|"
    r"wurde (?:am .{0,20})?(?:veröffentlicht|erstellt)|not responsible|published this|"
    r"(?:opinions?|views)\b.{0,40}\b(?:expressed|own|those of)|meinung.{0,40}(?:wieder|des autors)|"
    r"^follow\b.{0,80}\bto (?:get|see|receive)|\bmember since\b|mitglied seit",
    re.IGNORECASE,
)
"""Sentences beside a name that are about rights, shares, opinions or the making of the page."""

LONGEST_NOTE = 200
"""Characters; a longer text says more than such a sentence."""

_WORD = r"(?:[A-ZÀ-Þ][\w’'.-]*|at|of|the|for|and|&|in|\||–|-)"
_TITLE = re.compile(rf"{_WORD}(?:[ ,]+{_WORD})*")
"""Capitalised words and what joins them: "Senior Reporter at the Harbour Ledger"."""

_ADDRESSED = re.compile(r"(?:web ?site|web|site|blog|e-?mail|url|homepage|webseite|twitter)\s*:\s*\S+", re.IGNORECASE)
"""A label and an address: "Website: ledger.example"."""


def biography(document: Document, box: FoundBox, names: frozenset[str]) -> str | None:
    """The biography's text as printed, without name, headings and links that lead elsewhere; None for none."""
    for position in box.bios:
        kept = [line.text for line in box_lines(document, position) if _is_prose(line, names, marked=box.marked)]
        text = " ".join(kept)
        if text and (box.source == "platform" or _tells(text)):
            return text
    return None


def _tells(text: str) -> bool:
    """Whether a text says something about somebody, rather than a job title alone or whose words these are."""
    return not (len(text) < LONGEST_NOTE and (_TITLE.fullmatch(text) or NOTES.search(text)))


def _is_prose(line: Line, names: frozenset[str], *, marked: bool) -> bool:
    bare = line.text.strip(" \u00a0:,.-–—|·•")
    if _ADDRESSED.fullmatch(bare):
        return False
    if line.is_heading or not bare or CONTROL.match(line.text) or _HEADING.match(bare) or name_key(bare) in names:
        return False
    if line.linked > (0.8 if marked else 0.5) * len(line.text) or _names_only(bare, names):
        return False
    if not any(map(str.isalpha, without_dates(line.text).replace("\x1f", ""))):
        return False  # the date of the article
    return marked or (_is_sentence(line.text) and not labelled(line.text))


def _names_only(text: str, names: frozenset[str]) -> bool:
    """Whether a line is a byline of the authors: "About Jane Doe", "By Jane Doe, Senior Editor"."""
    if len(text) > LONGEST_BYLINE:
        return False
    bare = _INTRODUCTION.sub("", text)
    found = {name_key(credit.name) for credit in parse_byline(bare)}
    return bool(found) and found <= names and sum(map(len, found)) > 0.6 * len(name_key(bare))


def _is_sentence(text: str) -> bool:
    text = " ".join(re.sub(r"#\S+|\x1f", " ", without_dates(text)).split())
    wide = sum(char > WIDE for char in text)
    return len(text) + wide >= SHORTEST_PROSE and (wide > 5 or text.count(" ") >= 3)
