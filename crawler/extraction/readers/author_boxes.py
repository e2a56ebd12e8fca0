"""Author boxes: by the rows of plugins and themes, and boxes never seen before by what they are."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from lxml import etree

from crawler.extraction.document import Document
from crawler.extraction.evidence import Level
from crawler.extraction.layout import Layout
from crawler.extraction.platforms.author_boxes import AUTHOR_BOXES
from crawler.extraction.platforms.rows import AuthorBoxRow
from crawler.extraction.readers.class_words import author_ids, author_tokens
from crawler.extraction.readers.queries import found_by
from crawler.extraction.readers.regions import Region
from crawler.extraction.readers.text_lines import Line, lines_of

LONGEST_BOX = 6000
"""Characters; a larger element is a column of the page."""

SMALL_BOX, LARGE_BOX = 40, 300
"""Elements that are surely no column of the page, and that surely are one."""

_A_BOX = re.compile(
    r"author|auteur|autor|writer|contributor|profile|biograph|bio-|-bio|^bio$|about-?me|user-?info|vcard|journalist|"
    r"columnist|penulis|yazar|verfasser|redakteur|skribent|forfatter|avtor|^h-card$",
    re.IGNORECASE,
)
"""What class names and ids call an author box in the languages of the corpora; microformats call it `h-card`."""
_NOT_A_BOX = re.compile(
    r"^has-|comment|login|regist|search|hentry|type-post|status-|authori[tz]|subscri|follow|share|rating|author-archive|copyright",
    re.IGNORECASE,
)
_DESCRIPTION = re.compile(
    r"desc(?:r|ription)?$|description|\bbio\b|-bio|_bio|bio[-_]|biograph|about[-_]?(?:text|author|me)?$|"
    r"author[-_]+(?:text|content|info|about|details|body|excerpt|summary)|beschreibung|descripcion|info-?text|^p-note$",
    re.IGNORECASE,
)
_NOT_A_DESCRIPTION = re.compile(
    r"avatar|image|img|photo|\bpic|picture|thumb|social|share|link|follow|title|name|heading|head\b|header|job|"
    r"role|position|wrap|inner|container|outer|"
    r"meta-?desc|icon|btn|button|posts|latest|recent|article-?desc|site-desc|box$",
    re.IGNORECASE,
)

_JOB = re.compile(r"title|job|role|position", re.IGNORECASE)
"""Classes of a job, which microdata calls a description too."""


@dataclass(frozen=True, slots=True)
class FoundBox:
    """One author box of a page."""

    position: int
    """The element that holds it, or the first of the siblings that make it up."""
    end: int
    """The position behind its last element."""
    where: str
    """The row's id, or how it was recognised."""
    level: Level
    """`BOUND` for both kinds: the box is printed; `INFERRED` where only its place and wording tell."""
    source: str
    """`platform` or `markup`."""
    bios: tuple[int, ...]
    """Elements that hold the biography, best first; the box itself where nothing inside is marked."""
    marked: bool
    """Whether those elements are marked as biography, so that even one word is one."""
    names: tuple[int, ...]
    """Elements that hold the name, where marked."""
    posts: tuple[int, ...]
    """Elements whose links are the author's latest posts, where marked."""
    of_author: bool = False
    """Whether its title says that it is about the article's author, whoever that is."""
    together: bool = False
    """Whether the biography is the text of all those elements rather than of the best."""


def author_boxes(
    document: Document, layout: Layout, *, rows: Iterable[AuthorBoxRow] = AUTHOR_BOXES
) -> Iterator[FoundBox]:
    """Boxes known by a row first, in the rows' order, then others in page order."""
    region = Region(document, layout)
    yield from known_boxes(document, region, rows)
    yield from _unknown(document, region)


def known_boxes(document: Document, region: Region, rows: Iterable[AuthorBoxRow] = AUTHOR_BOXES) -> Iterator[FoundBox]:
    """Boxes known by a row."""
    for row in rows:
        for position in _positions(document, row.box):
            if not region.is_elsewhere(position):
                yield _by_row(document, row, position)


def _positions(document: Document, name: str) -> list[int]:
    if name.startswith("<"):
        return document.by_tag.get(name.strip("<>"), [])
    if name.startswith("#"):
        return [document.by_id[name[1:]]] if name[1:] in document.ids else []
    return document.by_class.get(name, [])


def _inside(document: Document, names: tuple[str, ...], box: int) -> tuple[int, ...]:
    """Elements within the box that one of the names finds; "a b" is a `b` inside an `a`."""
    found: list[int] = []
    for name in names:
        scopes = [box]
        for step in name.split(" "):
            scopes = _within(document, _positions(document, step), scopes)
        found.extend(scopes)
    return tuple(found)


def _within(document: Document, positions: list[int], scopes: list[int]) -> list[int]:
    """Those of some positions that lie in one of the scopes, each once; both are in document order."""
    found: list[int] = []
    end = -1
    for scope in scopes:
        if scope >= end:  # else it lies within the one before
            end = document.ends[scope]
            found += document.among(positions, scope)
    return found


def _by_row(document: Document, row: AuthorBoxRow, position: int) -> FoundBox:
    bios = _inside(document, row.bio, position)
    names, posts = _inside(document, row.name, position), _inside(document, row.posts, position)
    return FoundBox(position, document.ends[position], row.id, Level.BOUND, "platform", bios, True, names, posts)


def _unknown(document: Document, region: Region) -> Iterator[FoundBox]:
    """Elements whose class speaks of an author; the outermost that is not a column of the page."""
    end = -1
    for position in box_positions(document):
        if position < end or position in region.shared or region.is_elsewhere(position):
            continue
        if document.tags[position] in ("html", "body", "article", "main", "a", "img", "blockquote", "q"):
            continue
        if not _is_of_box_size(document, position) or document.inside("textarea", position):
            continue
        end = document.ends[position]
        bios = descriptions(document, position, end)
        yield FoundBox(
            position,
            end,
            _described(document, position),
            Level.BOUND,
            "markup",
            bios or (position,),
            bool(bios),
            (),
            (),
        )


def _is_of_box_size(document: Document, position: int) -> bool:
    """Whether an element is small enough for a box; its text is measured only where its elements leave that open."""
    size = document.ends[position] - position
    return size <= SMALL_BOX or (size <= LARGE_BOX and bool(lines_of(document.elements[position], limit=LONGEST_BOX)))


def _described(document: Document, position: int) -> str:
    mark = document.classes[position] or document.elements[position].get("id") or ""
    return f"box:{document.tags[position]}.{mark}"


_PERSONS = etree.XPath("//*[contains(@itemtype, 'schema.org/Person')]")


def box_positions(document: Document) -> list[int]:
    """Every element that class, id or microdata call an author box, in document order; some are parts of others."""
    return document.once(_sorted_positions)


def _sorted_positions(document: Document) -> list[int]:
    return sorted(_marked_positions(document))


def _marked_positions(document: Document) -> set[int]:
    found = {p for token in author_tokens(document) if _is_box_word(token) for p in document.by_class[token]}
    found.update(document.by_id[name] for name in author_ids(document) if _is_box_word(name))
    if document.by_itemprop and "schema.org/Person" in document.page.text:  # a person without properties says nothing
        found.update(document.positions[element] for element in found_by(_PERSONS, document))
    return found


@lru_cache(maxsize=16384)
def _is_box_word(token: str) -> bool:
    return bool(_A_BOX.search(token)) and not _NOT_A_BOX.search(token)


@lru_cache(maxsize=16384)
def _is_description(token: str) -> bool:
    return bool(_DESCRIPTION.search(token)) and not _NOT_A_DESCRIPTION.search(token)


def descriptions(document: Document, first: int, end: int) -> tuple[int, ...]:
    """Elements between two positions that are marked as a description, the innermost before those that hold them."""
    marked = document.once(_marked_descriptions)
    inside = marked[bisect_left(marked, first) : bisect_left(marked, end)]
    return tuple(sorted(inside, key=lambda p: (document.ends[p] - p, p)))


def _marked_descriptions(document: Document) -> list[int]:
    """Every element of the page that is marked as a description, in document order."""
    found = {p for token in author_tokens(document) if _is_description(token) for p in document.by_class[token]}
    stated = (p for p in document.by_itemprop.get("description", ()) if not _JOB.search(document.classes[p] or ""))
    return sorted(found.union(stated))


def box_lines(document: Document, position: int) -> list[Line]:
    """The lines of a part of a box."""
    return lines_of(document.elements[position], limit=LONGEST_BOX)
