"""The lines of text that an element shows, each with how much of it is links."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from lxml import etree

from crawler.extraction.document import BREAKING, HEADINGS, SILENT

_SKIPPED = SILENT | {"button", "form", "figure", "nav", "input", "select", "textarea", "img", "video", "audio"}
_TEXT = etree.XPath("string()", smart_strings=False)
"""All text of an element, in a fifth of the time of `itertext`."""

CONTROL = re.compile(
    r"^[\s(\[→»«›+|]*(?:(?:view|see|read|show|browse|more|all|find|check out|discover|lees|ver|voir|alle|mehr|"
    r"weitere|leggi|vedi|tous|toutes|zobacz|more from|other)\b.{0,60}"
    r"\b(?:posts?|articles?|stories|entries|bio|biography|profile|author|autho?rs?|from|by|work|beiträge|artikel|"
    r"profil|von|bio|artículos|entradas|"
    r"publicaciones|articles?|articoli|wpisy|todos?|all)\b.{0,60}|see all|view all|read more|more|website|web|"
    r"homepage|web\s?site|blog|follow(?: me| us)?\b.{0,40}|"
    r"e-?mail|mail|contact(?: me| author)?|twitter|x|facebook|instagram|linked-?in|youtube|github|pinterest|"
    r"mastodon|bluesky|rss|tiktok|threads|"
    r"subscribe|view profile|full bio|full profile|author archive|learn more|weiterlesen|webseite|kontakt|site web|"
    r"mehr(?: infos?| erfahren| lesen| anzeigen)?|lire (?:la suite|plus)|leer m[áa]s|l[äe]s mer|więcej|více|подробнее|"
    r"sitio web|\d+\s+\w+|»|→)"
    r"[\s)\]→»›….:]*$",
    re.IGNORECASE,
)
"""Links and lines that lead somewhere instead of saying something about the author."""


_OPEN = re.compile(
    r"\b(?:on|at|via|to|in|her|his|their|my|the|a|auf|bei|im|sur|en|au|su|sul|no|na|em|op|på|w|в|на)\s+$|"
    r"\w,? (?:and|or|und|oder|et|ou|y|o|e|en|och|og|i|и)\s+$",
    re.IGNORECASE,
)
"""A word after which a link is part of the sentence."""


LONGEST_NAME = 40
"""Characters of a line that a link such as "Follow" parts from what comes behind it."""


def _is_control(link: etree._Element) -> bool:
    return bool(CONTROL.match(" ".join(str(_TEXT(link)).split()) or "x y z"))


@dataclass(slots=True)
class Line:
    """One line of an element's text."""

    text: str
    """White space folded."""
    linked: int = 0
    """Characters of it that are links."""
    is_heading: bool = False
    """Whether it stands in a heading element."""
    is_item: bool = False
    """Whether it stands in a list item."""


@dataclass(slots=True)
class _Writer:
    lines: list[Line] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    linked: int = 0
    heading: bool = False
    item: bool = False
    room: int = 0

    def write(self, text: str | None, in_link: bool) -> None:
        if text:
            self.parts.append(text)
            self.room -= len(text)
            if in_link:
                self.linked += len(" ".join(text.split()))

    def goes_on(self) -> bool:
        """Whether what was written so far asks for another word: "Follow her on"."""
        return bool(_OPEN.search("".join(self.parts[-2:])))

    def part(self) -> None:
        """End the line where it may be a name, before "Follow"."""
        words = "".join(self.parts).split() if sum(map(len, self.parts)) <= LONGEST_NAME else []
        if len(words) > 1 and all(word[0].isupper() for word in words):
            self.flush()

    def flush(self) -> None:
        text = " ".join("".join(self.parts).split())
        if text:
            self.lines.append(Line(text, self.linked, self.heading, self.item))
        self.parts, self.linked = [], 0


def lines_of(
    element: etree._Element, *, limit: int, skip: Callable[[etree._Element], bool] | None = None
) -> list[Line]:
    """The lines of an element; none where it holds more than `limit` characters. `skip` leaves elements out."""
    writer = _Writer(room=limit)
    _walk(element, writer, skip, (False, 0))
    writer.flush()
    return writer.lines if writer.room >= 0 else []


def _walk(
    element: etree._Element, writer: _Writer, skip: Callable[[etree._Element], bool] | None, state: tuple[bool, int]
) -> None:
    in_link, depth = state
    writer.write(element.text, in_link)
    for child in element:
        if writer.room < 0 or depth > 40:
            return
        tag = child.tag
        if isinstance(tag, str) and tag not in _SKIPPED and not (skip and skip(child)):
            _enter(child, writer, skip, (in_link, depth))
        elif tag in _SKIPPED:
            writer.write(" ", False)
        writer.write(child.tail, in_link)


def _enter(
    child: etree._Element, writer: _Writer, skip: Callable[[etree._Element], bool] | None, state: tuple[bool, int]
) -> None:
    in_link, depth = state
    tag = child.tag
    if tag == "a" and _is_control(child) and not writer.goes_on():
        writer.part()
        return
    apart = tag in BREAKING
    before = writer.heading, writer.item
    if apart:
        writer.flush()
        writer.heading, writer.item = writer.heading or tag in HEADINGS, writer.item or tag == "li"
    _walk(child, writer, skip, (in_link or tag == "a", depth + 1))
    if apart:
        writer.flush()
        writer.heading, writer.item = before
