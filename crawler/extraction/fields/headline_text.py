"""The text of a headline element: its own words, without kicker, label, date or counter inside."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from lxml import etree

from crawler.extraction.document import BREAKING, HEADINGS, SILENT
from crawler.extraction.readers.jsonld import folded
from crawler.extraction.readers.visibility import READ_ALOUD

LEFT_OUT_TAGS = SILENT | {"rt", "rp", "time", "button", "label"}
"""Elements inside a headline that are no part of it: scripts, furigana, dates, controls."""

BLOCK_CLASS = re.compile(r"(?:^|\s)(?:(?:[a-z]{2}:)?block|d-block|db)(?:$|\s)")
"""Utility classes that put an inline element on a line of its own (Tailwind, Bootstrap, Tachyons)."""

ORNAMENT = re.compile(r"^(?:\[?[»›>→▶►•|·:–—-]+\s+)+(?=\S)")
"""Arrows and dots that templates print before a title; a `#` or a bracket that closes again is the author's."""

LEFT_OUT_CLASS = re.compile(
    r"(?:^|[\s_-])(?:kicker|over-?line|eyebrow|top-?line|roof-?line|dachzeile|spitzmarke|super-?title|catch-?line"
    r"|badge|label|category|cat|tag|flag|pretitle|rubri[ck]\w*|meta|date|byline|header-?link|anchor(?:js-link)?|permalink"
    r"|mw-editsection|comments?-?(?:count|link)|counter|sub-?title|sub-?headline|sub-?head(?:ing)?|deck|dek|standfirst"
    rf"|{'|'.join(READ_ALOUD)}|vorspann|preline|intro)(?:$|[\s_-])",
    re.IGNORECASE,
)
"""Class names of kickers, labels, subtitles, permalinks and counters that templates print inside the headline."""

INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff\u200e\u200f"))
"""Soft hyphens and marks without width: breaking hints of the template, no typography of the author."""

_EDGES = " \t:–—-|/·•>»,"
_FEW_WORDS = 3
_MAX_PIECES = 14


def headline_text(element: etree._Element, titles: Sequence[str] = ()) -> str:
    """The headline's words; where some of its pieces are a declared title (given as folded keys), those."""
    whole = list(_pieces(element, keep_all=True))
    if folded("".join(whole)) in titles:
        return unadorned(tidy("".join(whole)))
    pieces = list(_pieces(element))
    if not any(piece.strip() for piece in pieces):
        pieces = whole
    run = _declared_run(pieces, titles) if 1 < len(pieces) <= _MAX_PIECES else None
    return unadorned(tidy("".join(run or pieces)).strip(_EDGES if run or len(pieces) < len(whole) else " "))


def unadorned(text: str) -> str:
    """A title without the arrows that a template prints before it."""
    return ORNAMENT.sub("", text) if text[:1] and not text[0].isalnum() else text


def has_parts(element: etree._Element) -> bool:
    """Whether a headline is made of several pieces of text, as kicker and headline in one element are."""
    return sum(bool(piece.strip()) for piece in _pieces(element, keep_all=True)) > 1


def tidy(text: str) -> str:
    """The text with white space folded and invisible characters removed."""
    return " ".join(text.translate(INVISIBLE).split())


def _pieces(element: etree._Element, *, keep_all: bool = False) -> Iterator[str]:
    """The texts of an element and its descendants in order; a space stands before and after block elements."""
    if element.text:
        yield element.text
    for child in element:
        name = child.get("class") or ""
        if child.tag in HEADINGS and element.tag in HEADINGS:
            return  # a heading ends where the next begins (HTML, tree construction), also one that was never closed
        space = " " if child.tag in BREAKING or _is_block(name, child.get("style") or "") else ""
        if child.tag not in LEFT_OUT_TAGS and (keep_all or not LEFT_OUT_CLASS.search(name)):
            for piece in _pieces(child, keep_all=keep_all):
                yield f"{space}{piece}"
        tail = f"{space}{child.tail or ''}"
        if tail:
            yield tail


def _is_block(name: str, style: str) -> bool:
    """Whether class or style put an inline element on a line of its own."""
    return bool((name and BLOCK_CLASS.search(name)) or (style and "display:block" in style.replace(" ", "").lower()))


def _declared_run(pieces: list[str], titles: Sequence[str]) -> list[str] | None:
    """The neighbouring pieces that together are a declared title; the rest is a kicker before or a note behind.

    Of several the longest: newsrooms declare the kicker alone as `headline` too.
    """
    keys = [folded(piece) for piece in pieces]
    runs = [(start, end) for start in range(len(keys)) for end in range(len(keys), start, -1)]
    fits = [
        (start, end)
        for start, end in runs
        if "".join(keys[start:end]) in titles and (start or _is_note("".join(pieces[end:])))
    ]
    start, end = max(fits, key=lambda run: len("".join(keys[run[0] : run[1]])), default=(0, 0))
    return pieces[start:end] or None


def _is_note(text: str) -> bool:
    """Whether what follows a title inside its element is a source, date or counter rather than the better headline."""
    return len(text.split()) <= _FEW_WORDS or any(map(str.isdigit, text))
