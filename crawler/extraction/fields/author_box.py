"""Author boxes and cards: biography and latest posts of the article's author."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from crawler.extraction.document import Document
from crawler.extraction.evidence import Candidate, Choice, Level
from crawler.extraction.layout import Layout
from crawler.extraction.names import name_key
from crawler.extraction.platforms.author_boxes import AUTHOR_BOXES
from crawler.extraction.platforms.rows import AuthorBoxRow
from crawler.extraction.readers.addresses import absolute
from crawler.extraction.readers.author_boxes import FoundBox, author_boxes, titled_boxes
from crawler.extraction.readers.biographies import biography, latest_posts, named_lists
from crawler.extraction.readers.pictures import picture_address
from crawler.extraction.readers.printed import is_author_link
from crawler.extraction.readers.regions import Region
from crawler.items import Author, PostLink

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})

FEWEST_WORDS = 3
"""Words in small letters that make a sentence about somebody."""


@dataclass(frozen=True, slots=True)
class AuthorBox:
    """What was chosen for `author_bio` and `latest_posts`."""

    bio: Choice[str]
    latest_posts: Choice[tuple[PostLink, ...]]
    bios: tuple[tuple[str, str], ...] = ()
    """(author name, biography) of every box, for pages with several authors."""
    avatars: tuple[tuple[str, str], ...] = ()
    """(author name, absolute address of the picture) of every box."""


@dataclass(frozen=True, slots=True)
class _Read:
    box: FoundBox
    author: str
    bio: str | None
    posts: tuple[PostLink, ...]


def read_author_box(
    document: Document, layout: Layout, authors: tuple[Author, ...], *, rows: tuple[AuthorBoxRow, ...] = AUTHOR_BOXES
) -> AuthorBox:
    """Biography and latest posts of the article's author; the first author's where a page has several."""
    names = {name_key(author.name): author.name for author in authors}
    region = Region(document, layout)
    read = list(_read(document, author_boxes(document, layout, rows=rows), names))
    if names and not any(entry.bio for entry in read):
        read += (entry for entry in _read(document, titled_boxes(document, region), names) if _tells_of(entry))
    read = _best_spelled(read)
    bios = _first_by_author(read)
    first = authors[0].name if authors else ""
    named = named_lists(document, region.is_elsewhere, frozenset(names))
    avatars = _avatars(document, read)
    return AuthorBox(_choose_bio(read, first), _choose_posts(read, named), tuple(bios.items()), tuple(avatars.items()))


def _read(document: Document, boxes: Iterable[FoundBox], names: dict[str, str]) -> Iterator[_Read]:
    seen: set[str] = set()
    for box in boxes:
        if box.source != "platform" and seen.issuperset(names.values()):
            return  # every author's biography was found in a box that a row knows
        owner = _owner(document, box, names)
        if owner is None:
            continue
        bio = biography(document, box, frozenset(names))
        if bio:
            seen.add(owner)
        yield _Read(box, owner, bio, latest_posts(document, box))


def _tells_of(entry: _Read) -> bool:
    """Whether a text below an author's name speaks of that person: a sentence with a part of the name, no address."""
    words = (entry.bio or "").split()
    is_sentence = sum(word.isalpha() and word.islower() for word in words) >= FEWEST_WORDS
    spoken = {word.casefold().strip(".,:;()'’") for word in words}
    return is_sentence and any(part in spoken for part in entry.author.casefold().split() if len(part) > 2)


def _owner(document: Document, box: FoundBox, names: dict[str, str]) -> str | None:
    """The author whom a box is about; None where it names somebody else or nobody."""
    texts = [document.text(position) for position in box.names] or [document.text(box.position)]
    key = name_key(" ".join(texts))
    found = sorted((key.find(name), original) for name, original in names.items() if name and name in key)
    if found:
        return found[0][1]
    lone = next(iter(names.values()), None) if len(names) == 1 else None
    return lone if box.source == "platform" and not box.names and _names_nobody(document, box) else None


def _names_nobody(document: Document, box: FoundBox) -> bool:
    """Whether a box has neither a heading nor a link to an author's page: it can only mean the byline's author."""
    inside = range(box.position, document.ends[box.position])
    return not any(
        document.tags[p] in HEADINGS or (document.tags[p] == "a" and is_author_link(document.elements[p]))
        for p in inside
    )


def _best_spelled(read: list[_Read]) -> list[_Read]:
    """The boxes, each biography as the copy with the most white space has it.

    Starbox drops the line breaks of a biography ("since 2013.By day"), which the theme's card of the author keeps.
    """
    best: dict[str, str] = {}
    for entry in read:
        if entry.bio:
            best[name_key(entry.bio)] = max(best.get(name_key(entry.bio), ""), entry.bio, key=_words)
    return [replace(entry, bio=best[name_key(entry.bio)]) if entry.bio else entry for entry in read]


def _words(text: str) -> int:
    return len(text.split())


def _first_by_author(read: list[_Read]) -> dict[str, str]:
    bios: dict[str, str] = {}
    for entry in read:
        if entry.bio:
            bios.setdefault(entry.author, entry.bio)
    return bios


def _avatars(document: Document, read: list[_Read]) -> dict[str, str]:
    """Author name → the first picture of a box about that author."""
    pictures = document.by_tag.get("img", [])
    found: dict[str, str] = {}
    for entry in read:
        first, last = entry.box.position, document.ends[entry.box.position]
        for position in pictures[bisect_left(pictures, first) : bisect_left(pictures, last)]:
            address = absolute(picture_address(document.elements[position]), document.page.url)
            if address:
                found.setdefault(entry.author, address)
                break
    return found


def _choose_bio(read: list[_Read], first: str) -> Choice[str]:
    found = [
        (entry.author, Candidate(entry.bio, entry.box.source, entry.box.where, entry.box.level, entry.box.position))
        for entry in read
        if entry.bio
    ]
    own = [candidate for author, candidate in found if author == first]
    if not own:
        return Choice(reason="no author box with a biography")
    return Choice(own[0].value, own[0], tuple(own[1:]), "the first box of the first author")


def _choose_posts(read: list[_Read], named: Iterable[tuple[int, tuple[PostLink, ...]]]) -> Choice[tuple[PostLink, ...]]:
    found = [
        Candidate(entry.posts, entry.box.source, entry.box.where, entry.box.level, entry.box.position)
        for entry in read
        if entry.posts
    ]
    found += [Candidate(posts, "markup", "list titled by author", Level.BOUND, position) for position, posts in named]
    if not found:
        return Choice(reason="no author box with a list of posts")
    return Choice(found[0].value, found[0], tuple(found[1:]), "the first box with a list")


def described(authors: Choice[tuple[Author, ...]], box: AuthorBox) -> Choice[tuple[Author, ...]]:
    """The choice of authors with the biographies and pictures of their boxes."""
    bios, avatars = dict(box.bios), dict(box.avatars)
    if not authors.value or not (bios or avatars):
        return authors
    filled = (
        replace(author, bio=bios.get(author.name), avatar=avatars.get(author.name) or author.avatar)
        for author in authors.value
    )
    return replace(authors, value=tuple(filled))
