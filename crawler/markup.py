"""Bytes to a DOM within bounds: depth, number of elements, length of a text. What is cut is said, never silent."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from re import compile as compile_pattern

import numpy as np
from lxml import etree

MAX_DEPTH = 256
"""Nesting of the DOM that is handed on. lxml's parser stops there and drops the rest of the page; here deeper elements
become siblings, as in browsers (which do so at 512). Pages with unclosed `<font>` or `<div>` go beyond it."""

MAX_MARKUP = 250_000
"""`<` characters that are parsed: at most 250,000 elements, or 150 MB of DOM. The largest articles have some 20,000."""

MAX_TEXT = 1_000_000
"""Characters of one text between two tags that are kept; a book is shorter than that."""

MIN_PROSE = 600
"""Characters in the paragraphs of a `<noscript>` from which it is a text, not a request to turn scripts on."""

MAX_ATTRIBUTES = 500
"""Of one tag. libxml2 compares each with every other: 50,000 take 14 s."""

WINDOW = 2048
"""Bytes without `>` from which a tag is looked at for its attributes."""

_MARKUP = compile_pattern(b"<")
_QUOTED = compile_pattern(rb""""[^"]*"|'[^']*'""")
_NAME = compile_pattern(rb"[a-zA-Z][^\s/>]*")


@dataclass(frozen=True, slots=True)
class Markup:
    """A parsed document."""

    root: etree._Element
    """The root element; an empty `html` element where there is no markup."""
    cut: str | None = None
    """Why a part of the document is missing from the DOM; None where all of it is there."""


def parse(source: bytes) -> Markup:
    """The DOM of UTF-8 bytes. Never raises on a page's content; takes time and memory in proportion to the bounds."""
    source, cut = _bound(source)
    source = _without_floods(source)
    parser = _parser(huge=False)
    root = etree.fromstring(source, parser) if source and not source.isspace() else None
    # The error log is made on access only; a parser that stopped early has this as its last entry.
    if parser.error_log and parser.error_log[-1].type == etree.ErrorTypes.ERR_RESOURCE_LIMIT:
        root, deeper = _parse_large(source)
        cut = cut or deeper
    if root is None:
        return Markup(etree.Element("html"), cut)
    _open_fallback(root)
    if cut is None and is_broken_off(source):
        cut = "the document ends within its elements"
    return Markup(root, _shorten(root, cut) if len(source) > MAX_TEXT else cut)


def _open_fallback(root: etree._Element) -> None:
    """Make a `<noscript>` that holds the page's text a plain element: who runs no scripts is meant to read it.

    Discourse prints its topics so, Blogger's dynamic views their posts; the page beside it is empty.
    """
    for element in list(root.iter("noscript")):
        inside = _prose(element)
        if inside >= MIN_PROSE and inside > _prose(root) - inside:
            element.tag = "div"


def _prose(element: etree._Element) -> int:
    """Characters in the paragraphs of an element."""
    return sum(len("".join(map(str, paragraph.itertext())).strip()) for paragraph in element.iter("p"))


def is_broken_off(source: bytes) -> bool:
    """Whether a document ends before its elements do, as one that was cut on its way.

    Minifiers drop `</body>` and `</html>`, which are optional (HTML §13.1.2.4), but never the end of these elements.
    Of 3,857 pages of development corpora, all of them whole, 5 look so.
    """
    if b"</html" in source[-4096:] or b"</body" in source[-4096:]:
        return False
    text = source.lower()
    if b"<html" not in text or b"</html" in text or b"</body" in text:
        return False
    return any(len(opening.findall(text)) > text.count(closing) for opening, closing in _NEVER_OPTIONAL)


_NEVER_OPTIONAL = tuple(
    (compile_pattern(rb"<" + name + rb"[\s>]"), b"</" + name) for name in (b"article", b"main", b"section", b"div")
)


def _parser(*, huge: bool) -> etree.HTMLParser:
    return etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=huge)


def _bound(source: bytes) -> tuple[bytes, str | None]:
    # A tenth of the time of `bytes.count`, which is slow where there is much to count.
    if len(source) <= MAX_MARKUP or np.count_nonzero(np.frombuffer(source, np.uint8) == ord("<")) <= MAX_MARKUP:
        return source, None
    beyond = next(islice(_MARKUP.finditer(source), MAX_MARKUP, None))
    return source[: beyond.start()], f"more than {MAX_MARKUP} tags"


def _without_floods(source: bytes) -> bytes:
    """The source without the attributes of tags that have more than `MAX_ATTRIBUTES`."""
    parts: list[bytes] = []
    done = position = 0
    while position < len(source):
        if source.find(b">", position, position + WINDOW) >= 0:
            position += WINDOW
            continue
        end = source.find(b">", position)
        end = len(source) if end < 0 else end
        start = source.find(b"<", source.rfind(b">", done, position) + 1, end)
        name = _NAME.match(source, start + 1) if start >= 0 else None
        if name and len(_QUOTED.sub(b"", source[name.end() : end]).split()) > MAX_ATTRIBUTES:
            parts.append(source[done : name.end()])
            done = end
        position = end + 1
    return b"".join((*parts, source[done:])) if parts else source


def _parse_large(source: bytes) -> tuple[etree._Element | None, str | None]:
    """The DOM of a page that is nested deeply or has texts over 10 MB, flattened to `MAX_DEPTH`."""
    parser = _parser(huge=True)
    root = etree.fromstring(source, parser)
    stopped = parser.error_log and parser.error_log[-1].type == etree.ErrorTypes.ERR_RESOURCE_LIMIT
    if root is not None:
        _flatten(root)
    return root, "nested too deeply" if stopped else None


def _flatten(root: etree._Element) -> None:
    depth, anchors = 0, []
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if event == "end":
            depth -= 1
            continue
        depth += 1
        if depth == MAX_DEPTH - 1 and len(element):
            anchors.append(element)
    for anchor in anchors:
        _flatten_below(anchor)


def _flatten_below(anchor: etree._Element) -> None:
    """Make every descendant a child, in document order, each text where a reader meets it."""
    order: list[etree._Element] = []
    tails: list[tuple[etree._Element, str]] = []
    for event, element in etree.iterwalk(anchor, events=("start", "end")):
        if element is anchor:
            continue
        if event == "start":
            order.append(element)
        elif element.tail:
            tails.append((order[-1], element.tail))
    for element in reversed(order):
        element.tail = None
        element[:] = []
    joined: dict[etree._Element, list[str]] = {}
    for element, text in tails:
        joined.setdefault(element, []).append(text)
    for element in order:
        element.tail = "".join(joined.get(element, ())) or None
    anchor[:] = order


def _shorten(root: etree._Element, cut: str | None) -> str | None:
    for element in root.iter():
        for place in ("text", "tail"):
            text = getattr(element, place)
            if text and len(text) > MAX_TEXT and element.tag not in ("script", "style"):
                setattr(element, place, text[:MAX_TEXT])
                cut = cut or f"a text of more than {MAX_TEXT} characters"
    return cut
