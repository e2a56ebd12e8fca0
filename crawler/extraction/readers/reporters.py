"""Reporters as East Asian newspapers name them, without link or class: "本报记者 李明", "（记者 李明）"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from crawler.extraction.chinese_names import NAMES
from crawler.extraction.document import Document
from crawler.extraction.name_shapes import WIDE
from crawler.extraction.name_words import words
from crawler.extraction.readers.regions import Region

DATELINE, LONGEST_LINE = 160, 60
"""Characters at the start of a text among which its dateline stands, and of a line that names its reporter."""

_ROLE = r"(?:记者|記者|特派员|特派員|特约记者|实习记者|实习生)"
_FROM = r"\s*(?:发自|發自|[\u3400-\u9fff]{2,6}(?:报道|報導|报导))"
"""Where a report was written: "发自北京", "上海报道"."""
_END = (
    r"(?=\s*(?:$|[)）／/|｜;；]|通讯员|通訊員|实习|特约|文|摄|攝|报道|報導|\d|"
    rf"[\u3400-\u9fff]{{2,6}}\d{{1,2}}日[电電]|{_FROM}))"
)
_MARKED = re.compile(rf"^[■□◎●▲△◆◇★☆]\s*(?P<names>{NAMES})\s*$")
"""A line of names behind the mark of a byline: "□ 李明"."""
_LINE = re.compile(rf"^\W*(?:[\u3400-\u9fff·\s]{{0,20}})??{_ROLE}[\s:：]*(?P<names>{NAMES}){_END}")
"""A line: paper, "reporter", names."""
_ANY = r"(?P<any>[\u3400-\u9fff·]{2,6})(?=\s*[)）])"
"""A name of another people, which nothing but its place tells from other words."""
_BRACKETED = re.compile(
    rf"[(（][\u3400-\u9fff]{{0,8}}\s?{_ROLE}(?:[\s:：]*(?P<names>{NAMES}){_END}|[\s:：]+{_ANY})|"
    rf"日[电電讯訊]\s*[(（]\s*(?P<bare>{NAMES})\s*[)）]"
)
"""The same in the brackets of a dateline."""
_CLOSING = re.compile(
    rf"(?:^|[。！？”…\s])[(（]\s*(?:[\u3400-\u9fff]{{0,8}}\s?{_ROLE}[\s:：]*)?(?P<names>{NAMES})(?:{_FROM})?\s*[)）]\s*$|"
    rf"[(（](?:本文)?作者[:：\s]*(?P<bare>{NAMES})(?=系|为|為|是|[，,。\s)）])"
)
"""The end of an article: names in brackets behind its last sentence."""
_KOREAN = re.compile(
    r"^(?:[\[(（][^\])）]{1,20}[\])）]\s*)?\W*(?:기자명\s)?(?:[가-힣A-Za-z0-9]{2,10}\s?=\s?)?"
    r"(?P<names>[가-힣]{2,4}(?:[\s·,]+[가-힣]{2,4})*)\s?(?:(?:인턴|객원|선임|전문)\s?)?(?:기자|특파원)"
    r"(?P<dateline>\s*=)?(?=\s*(?:$|[|/·=()\[@▶■:]|외\s|[\w.]+@)|(?<==))"
)
"""Place and agency in brackets, paper and equals sign, names, "reporter"."""


def reporters(text: str) -> str | None:
    """The names in a line that names its reporters, with commas between them; None for any other text."""
    if not text or text.isascii() or len(text) > LONGEST_LINE:
        return None
    match = _LINE.search(text) or _KOREAN.search(text) or _MARKED.search(text)
    return _listed(match) if match else None


def dateline_reporters(text: str) -> str | None:
    """The names of the reporters in the dateline of an article: "中新社上海12月15日电 (记者 李佳佳)"."""
    start = text[:DATELINE]
    match = None if start.isascii() else _BRACKETED.search(start)
    korean = None if match or "기자" not in start else _KOREAN.search(start)
    if korean and korean["dateline"]:
        match = korean
    return _listed(match) if match else None


def closing_reporters(text: str) -> str | None:
    """The names in brackets that close an article: "渡轮停航。（李明 王宁）"."""
    end = text[-LONGEST_LINE:]
    match = None if end.isascii() else _CLOSING.search(end)
    names = match["names"] if match else None
    if match is None or (names and len(names) < LONG_ENOUGH and names[0] in AMBIGUOUS):
        return None
    return _listed(match)


BLOCKS = frozenset({"p", "div", "td", "span", "font"})
"""Elements that may close an article."""

LONG_ENOUGH = 3
"""Characters of a name that is no other word."""
AMBIGUOUS = frozenset("高马林何梁江金方石万文常武安温龙白田包单左游连代曲费康关严时海成路项明")
"""Family names that begin other words of two characters: 文化, 江苏, 高考."""


def _listed(match: re.Match[str]) -> str | None:
    found = match.groupdict()
    names = [found["any"]] if found.get("any") else re.split(r"[\s、，,·]+", found.get("bare") or found["names"])
    return "、".join(name for name in names if name not in words("not_names")) or None


def reporter_lines(document: Document, region: Region) -> Iterator[tuple[int, str]]:
    """Positions around the headline and at both ends of the body where such a line stands, and the names in it."""
    titles = (*document.by_tag.get("title", ())[:1], *(() if region.headline is None else (region.headline,)))
    if any(char > WIDE for position in titles for char in document.text(position)):
        yield from ((position, names) for position, names in _lines(document, region) if names)


def _lines(document: Document, region: Region) -> Iterator[tuple[int, str | None]]:
    """Every position that is looked at, and the names of reporters there."""
    for position in region.near():
        element = document.elements[position]
        texts = (element.text, *(child.tail for child in element))
        found = (reporters(" ".join(text.split())) for text in texts if text and not text.isascii())
        yield position, next(filter(None, found), None)
    if region.start < len(document.elements):
        yield region.start, dateline_reporters(document.text(region.start))
    for position in region.closing():
        if document.tags[position] in BLOCKS:
            yield position, closing_reporters(document.text(position))
