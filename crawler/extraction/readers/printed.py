"""The printed text of small elements with marks where markup sets texts apart, for bylines and author boxes."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import islice

from lxml import etree

from crawler.extraction.document import BREAKING, SILENT
from crawler.extraction.names import BREAK, LINK_END, LINK_START

AUTHOR_SEGMENTS = frozenset(
    (
        *("author", "authors", "auteur", "auteurs", "autor", "autoren", "autores", "autorin", "autore", "autori"),
        *("by", "byline", "people", "person", "profile", "profiles", "profil", "staff", "contributor", "contributors"),
        *("writer", "writers", "columnist", "columnists", "journalist", "journalists", "journaliste", "reporter"),
        *("reporters", "bio", "redaktion", "redakteure", "team", "user", "users", "member", "members", "expert"),
        *("experts", "correspondent", "correspondents", "verfasser", "skribent", "creator", "creators", "avtor"),
        *("avtory", "penulis", "yazar", "yazarlar", "editors", "opinionators", "szerzo", "szerzok", "autorzy"),
        *("dziennikarz", "forfatter", "forfattere", "skribenter", "kirjoittaja", "kirjoittajat", "toimittaja"),
        *("toimittajat", "autorius", "redattore", "redattori", "giornalisti", "journalistes", "redacteur"),
        *("redacteurs", "colunista", "colunistas"),
        *("columnista", "columnistas", "tac-gia", "muallif", "yazari", "syntaktis", "arthrografos"),
    )
)
"""Directories of author pages, as publishing software and newsrooms name them."""

SUBJECTS = frozenset(
    (
        *("people", "person", "personen", "personnes", "persona", "personas", "profile", "profiles", "profil"),
        *("expert", "experts", "user", "users", "member", "members", "team", "bio", "staff"),
    )
)
"""Those of them that may also hold pages about the people whom articles speak of."""

NO_PEOPLE = re.compile(r"(?:log-?in|sign[-_]?(?:in|up|out)|log-?out|register|password|/new|[a-z]list)(?:\.\w+)?/?$")
"""What paths in such directories end in that are nobody's page: `/user/account/external-login`."""

FILING_SEGMENTS = frozenset(
    (
        *("category", "categories", "tag", "tags", "topic", "topics", "section", "sections", "label", "labels"),
        *("kategorie", "kategorien", "schlagwort", "thema", "themen", "rubrik", "rubriken", "rubrique", "rubriques"),
        *("categorie", "sujet", "categoria", "categorias", "etiqueta", "etiquetas", "tema", "temas", "kategoria"),
        *("kategori", "etiket", "cimke", "cimkek", "rubrika", "rubric", "tegi", "stitek", "onderwerp", "emne"),
    )
)
"""Directories of the pages that list what was filed under one word."""

APART = BREAKING | {"a", "time", "button", "img", "label"}
"""Elements whose text is apart from their neighbours'."""


def is_author_link(element: etree._Element) -> bool:
    """Whether a link leads to an author's page."""
    return leads_to_author(element.get("href") or "") or "author" in (element.get("rel") or "").lower()


def leads_to_author(address: str) -> bool:
    """Whether an address is that of an author's page: a directory of authors with something in it, a handle."""
    segments = address.lower().rstrip("/").split("/")
    last = segments[-1]
    if not AUTHOR_SEGMENTS.isdisjoint(segments[:-1]):
        return not NO_PEOPLE.search(address.lower().partition("?")[0])
    return (
        _is_account(segments)
        or last.startswith(("@", "author-", "author_", "?author=", "space-uid-"))
        or "&author=" in last
    )


def lists_authors(address: str) -> bool:
    """Whether an address is that of the directory itself, which newsrooms give where an author has no page."""
    return address.lower().partition("?")[0].rstrip("/").rpartition("/")[2] in AUTHOR_SEGMENTS


def _is_account(segments: list[str]) -> bool:
    """Whether an address of this site is that of an account: `/u/name`; elsewhere it may be the site's own (Weibo)."""
    return segments[0] == "" and "u" in segments[1:-1]


def is_filing_link(element: etree._Element) -> bool:
    """Whether a link leads to the posts of one category or tag; WordPress marks the former `rel="category tag"`."""
    address = (element.get("href") or "").lower()
    if leads_to_author(address):
        return False
    return "category" in (element.get("rel") or "").lower() or not FILING_SEGMENTS.isdisjoint(
        address.rstrip("/").split("/")[:-1]
    )


def leads_to_subject(element: etree._Element) -> bool:
    """Whether a link to somebody's page may be one to whom the article speaks of: `/person/…`, but not `/author/…`."""
    segments = (element.get("href") or "").lower().split("/")
    return (AUTHOR_SEGMENTS - SUBJECTS).isdisjoint(segments) and "author" not in (element.get("rel") or "").lower()


def leads_to_section(element: etree._Element, page: str) -> bool:
    """Whether a link leads to a section that the page's own address continues: magazines have one called "People"."""
    address = element.get("href") or ""
    path = f"{(address.partition('//')[2] or address).rstrip('/')}/"
    return "/people/" in path and path in page


def printed(element: etree._Element, limit: int) -> str | None:
    """The text of an element with `BREAK`s, and `LINK_START`/`LINK_END` around author links; None beyond the limit.

    Links to categories and tags are left out: what a post was filed in stands beside its author.
    """
    parts: list[str] = []
    if _collect(element, parts, limit, 0) < 0:
        return None
    return "".join(parts).strip() or None


def printed_line(element: etree._Element, begins: Callable[[str], bool], limit: int) -> str | None:
    """The first line of an element's own text that `begins` accepts, with marks as in `printed`; None for none.

    A line ends at the next `<br>` or block: blogs without paragraphs print "Posted by Jane Doe<br><br>" first.
    """
    children = list(element)
    for index, text in enumerate([element.text, *(child.tail for child in children)]):
        at_start = index == 0 or children[index - 1].tag in BREAKING
        if not (at_start and text and text.strip() and len(text) <= limit and begins(text)):
            continue
        parts: list[str] = []
        room = _append(parts, text, limit)
        for child in islice(children, index, None):
            if child.tag in BREAKING or room < 0:
                break
            start, end = _marks(child)
            parts.append(start)
            room = _collect(child, parts, room, 0)
            parts.append(end)
            room = _append(parts, child.tail, room)
        return "".join(parts).strip() if room >= 0 else None
    return None


def _collect(element: etree._Element, parts: list[str], room: int, depth: int) -> int:
    """Append the text of an element; returns the room left, negative when there was not enough."""
    room = _append(parts, element.text, room)
    for child in element:
        if room < 0 or depth > 25:
            return -1
        if child.tag == "a" and is_filing_link(child):
            parts.append(BREAK)
        elif isinstance(child.tag, str) and child.tag not in SILENT:
            start, end = _marks(child)
            parts.append(start)
            room = _collect(child, parts, room, depth + 1)
            parts.append(end)
        room = _append(parts, child.tail, room)
    return room


def _append(parts: list[str], text: str | None, room: int) -> int:
    if not text:
        return room
    folded = " ".join(text.split())
    before = " " if text[0].isspace() else ""
    parts.append(before + folded + (" " if folded and text[-1].isspace() else ""))
    return room - len(folded)


def _marks(element: etree._Element) -> tuple[str, str]:
    if element.tag == "a":
        return (LINK_START, LINK_END) if is_author_link(element) else (BREAK, BREAK)
    if element.tag in APART:
        return BREAK, BREAK
    if element.tag == "span" and (element.get("class") or _touches(element)):
        return "\x1e", "\x1e"
    return "", ""


def _touches(element: etree._Element) -> bool:
    """Whether an element follows another of its kind without a space: `<span>Jane Doe</span><span>Editor</span>`."""
    before = element.getprevious()
    return before is not None and before.tag == element.tag and not before.tail
