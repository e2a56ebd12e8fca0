"""Author boxes that no class calls so: small parts of a page below an author's name or a title such as "The author"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterator

from crawler.extraction.document import Document
from crawler.extraction.evidence import Level
from crawler.extraction.names import name_key
from crawler.extraction.readers.author_boxes import SMALL_BOX, FoundBox, box_lines
from crawler.extraction.readers.regions import Region
from crawler.extraction.readers.text_lines import Line

LONGEST_TITLE, SHORTEST_SURPLUS, LONGEST_SURPLUS = 60, 12, 2000
"""Characters of a box's title, and of what it must and may say besides."""

MOST_INSIDE = 4
"""Elements of a paragraph about the author that begins with one: emphasis around all of it, or around the name."""

LONGEST_LABEL = 30
"""Characters of what stands above the name in a box: "Written by"."""

BODY_TAIL = 12
"""Elements at the end of the body among which a title may stand: the body may have taken the box in."""

TITLES = frozenset(
    (
        *("about the author", "about the authors", "about the writer", "the author", "author bio", "meet the author"),
        *("über den autor", "über die autorin", "zur person", "zum autor", "zur autorin", "der autor", "die autorin"),
        *("à propos de l'auteur", "à propos de l'autrice", "l'auteur", "l'autrice", "qui suis-je"),
        *("sobre el autor", "sobre la autora", "acerca del autor", "acerca de la autora", "el autor", "la autora"),
        *("sobre o autor", "sobre a autora", "o autor", "a autora", "l'autore", "l'autrice", "sull'autore"),
        *("over de auteur", "om forfatteren", "om författaren", "om skribenten", "kirjoittajasta"),
        *("o autorze", "o autorce", "o autorovi", "o autorce článku", "a szerzőről", "despre autor", "за автора"),
        *("об авторе", "об авторах", "про автора", "yazar hakkında", "tentang penulis", "về tác giả"),
        *("عن الكاتب", "عن الكاتبة", "نبذة عن الكاتب", "نبذة عن الكاتبة", "درباره نویسنده", "על הכותב", "על הכותבת"),
        *("लेखक के बारे में", "लेखिका के बारे में", "লেখক পরিচিতি", "เกี่ยวกับผู้เขียน", "о аутору", "o autoru"),
        *("この記事を書いた人", "著者について", "著者プロフィール", "執筆者", "ライター紹介"),
        *("作者简介", "作者介绍", "关于作者", "作者簡介", "關於作者", "글쓴이", "작성자 소개", "저자 소개"),
    )
)
"""Titles of boxes about whoever wrote the article, in the languages of the corpora and a few more."""

_REPORTER = re.compile(r"\s(?:기자|记者|記者)\s*$")
"""What East Asian newspapers put behind the names of their reporters."""

COLONS = (":", "：")

_APOSTROPHES = str.maketrans("’", "'")


def titled_boxes(document: Document, region: Region, names: frozenset[str]) -> Iterator[FoundBox]:
    """Small parts of the page from the body on that a short heading, an author's name or such a title heads."""
    headings = {position for tag in ("h2", "h3", "h4", "h5", "h6") for position in document.by_tag.get(tag, ())}
    ordered = sorted(headings)
    first, last = region.start, min(region.reach()[1], len(document.elements))
    closing = range(max(first, region.end - BODY_TAIL), last)
    titles = (position for position in closing if _is_title(document, position, names))
    for position in sorted({*ordered[bisect_left(ordered, first) : bisect_left(ordered, last)], *titles}):
        holder, lines = _holder(document, region, position)
        if lines and _heads(document, position, lines) and not region.is_elsewhere(position):
            of_author = _is_phrase(document, position)
            where = f"box titled by {'a phrase' if of_author else 'the name'}:{document.tags[position]}"
            names_at = () if of_author else (position,)
            yield FoundBox(holder, where, Level.INFERRED, "markup", (holder,), False, names_at, (), of_author)


def _heads(document: Document, title: int, lines: list[Line]) -> bool:
    """Whether a title stands at the start of its box, behind labels at most, and is not who speaks in an interview."""
    text = document.text(title)
    for line in lines:
        if line.text.startswith(text):
            speaks = text.endswith(COLONS) or line.text[len(text) :].lstrip().startswith(COLONS)
            return not speaks or _is_phrase(document, title)
        if len(line.text) > LONGEST_LABEL:
            return False
    return False


def telling_paragraphs(document: Document, region: Region, names: Collection[str]) -> Iterator[FoundBox]:
    """Paragraphs at the end of the body and behind it that begin with the full name of an author and speak of it."""
    paragraphs = document.by_tag.get("p", [])
    first, last = bisect_left(paragraphs, region.end), bisect_left(paragraphs, region.reach()[1])
    for position in paragraphs[first:last]:
        text = (document.elements[position].text or "").lstrip()
        if not text and document.ends[position] - position <= MOST_INSIDE:
            text = document.text(position)
        name = next((name for name in names if " " in name and text.startswith(f"{name} ")), None)
        behind = text[len(name or "") + 1 :]
        if name and behind[:1].islower() and not _REPORTED.match(behind) and not region.is_elsewhere(position):
            where = "paragraph that begins with the name"
            yield FoundBox(position, where, Level.INFERRED, "markup", (position,), False, (), ())


_REPORTED = re.compile(
    r"(?:contributed|reported|reports|said|says|owns|retains|holds the copyright|has no position|can be|published|"
    r"may be (?:reached|contacted)|wrote this)\b"
)
"""What such a paragraph says of the article, or of rights and shares, rather than of its author."""


def _is_phrase(document: Document, position: int) -> bool:
    return _folded(document.text(position)) in TITLES


def _is_title(document: Document, position: int, names: frozenset[str]) -> bool:
    """Whether an element's text is a name of an author or such a title, and nothing else."""
    text = document.elements[position].text
    if not text or not text.strip() or len(text) > LONGEST_TITLE:
        return False
    name = text if text.isascii() else _REPORTER.sub("", text)
    return name_key(name) in names or _folded(text) in TITLES


def _folded(text: str) -> str:
    return " ".join(text.casefold().translate(_APOSTROPHES).split()).strip(" :.")


def _holder(document: Document, region: Region, title: int) -> tuple[int, list[Line]]:
    """The smallest element around a short title that says more than the title; no lines beyond the size of a box."""
    length = len(document.text(title))
    if not 0 < length <= LONGEST_TITLE:
        return title, []
    for around in document.ancestors(title):
        if around in region.shared or around < region.start or document.ends[around] - around > SMALL_BOX:
            return title, []
        lines = box_lines(document, around)
        said = sum(len(line.text) for line in lines) - length
        if said > SHORTEST_SURPLUS:
            return around, lines if said < LONGEST_SURPLUS else []
    return title, []
