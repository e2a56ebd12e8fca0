"""Author boxes and cards: biography and latest posts of the article's author."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain, islice

from lxml import etree

from crawler.extraction.document import HEADINGS, Document
from crawler.extraction.evidence import Candidate, Choice, Level
from crawler.extraction.layout import Layout
from crawler.extraction.moments import find_moments
from crawler.extraction.name_shapes import WIDE, is_given_name
from crawler.extraction.names import name_key
from crawler.extraction.platforms.author_boxes import AUTHOR_BOXES
from crawler.extraction.platforms.rows import AuthorBoxRow
from crawler.extraction.readers.addresses import absolute
from crawler.extraction.readers.author_boxes import LONGEST_BOX, SMALL_BOX, FoundBox, author_boxes, box_lines
from crawler.extraction.readers.biographies import biography, is_full_name, says_part_of
from crawler.extraction.readers.box_titles import behind_author_title
from crawler.extraction.readers.notes import NOTES
from crawler.extraction.readers.pictures import picture_address
from crawler.extraction.readers.post_lists import latest_posts, named_lists
from crawler.extraction.readers.printed import is_author_link
from crawler.extraction.readers.regions import Region
from crawler.extraction.readers.shared_boxes import apart
from crawler.extraction.readers.titled_boxes import telling_paragraphs, titled_boxes
from crawler.items import Author, PostLink

FEWEST_WORDS, FEWEST_WIDE = 2, 8
"""Words without a capital that make a sentence about somebody, and characters of scripts without spaces."""

LONGEST_CAPTION, FARTHEST_PORTRAIT = 40, 3
"""Characters that may stand around a box and the portrait beside it, and elements that may wrap both."""

_AGO = re.compile(
    r"\d+ ?\w+ ago\b|\bvor \d+ \w+|il y a \d+|hace \d+|há \d+|\d+ \w+ назад|"
    r"\d+\s?(?:分钟|小时|天|時間|日)前|\d+\s?(?:분|시간|일) ?전"
)
"""Times as comments print them."""

_JOINED = re.compile(
    r"\b(?:joined|member since|mitglied seit|membre depuis|m(?:ie|e)mbro desde)\b|"
    r"加入|注册|登録|가입",
    re.IGNORECASE,
)
"""What stands before the date of an account in a profile."""


_SIGN = re.compile(r"[^?]*(?:icon|badge|emoji|sprite|orcid|\.svg\b)", re.IGNORECASE)
"""What names a picture that is no portrait, in its path: Gravatar asks for `d=identicon` behind it."""


@dataclass(frozen=True, slots=True)
class AuthorBox:
    """What was chosen for `author_bio` and `latest_posts`."""

    bio: Choice[str]
    latest_posts: Choice[tuple[PostLink, ...]]
    bios: tuple[tuple[str, str], ...] = ()
    """(author name, biography) of every box, for pages with several authors."""
    avatars: tuple[tuple[str, str], ...] = ()
    """(author name, absolute address of the picture) of every box."""
    addresses: tuple[tuple[str, str], ...] = ()
    """(author name, absolute address of the author's page) of every box that links to it."""
    places: tuple[range, ...] = ()
    """Where the boxes with a biography stand."""


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
    people = {name_key(author.name): author.name for author in authors if author.kind == "person"}
    if people and not any(entry.bio for entry in read):
        titled = chain(
            titled_boxes(document, region, frozenset(people)), telling_paragraphs(document, region, people.values())
        )
        read += (entry for entry in _read(document, titled, names) if _tells_of(document, entry))
    read = _best_spelled(read)
    bios = _first_by_author(read)
    first = authors[0].name if authors else ""
    named = named_lists(document, region, frozenset(names))
    return AuthorBox(
        _choose_bio(read, first),
        _choose_posts(read, named),
        tuple(bios.items()),
        tuple(_avatars(document, read).items()),
        tuple(_addresses(document, read).items()),
        tuple(range(entry.box.position, entry.box.end) for entry in read if entry.bio),
    )


def _read(document: Document, boxes: Iterable[FoundBox], names: dict[str, str]) -> Iterator[_Read]:
    seen: set[str] = set()
    for box in chain.from_iterable(_each(document, box, names) for box in boxes):
        if box.source != "platform" and seen.issuperset(names.values()):
            return  # every author's biography was found in a box that a row knows
        owner = _owner(document, box, names)
        if owner is None:
            continue
        bio = biography(document, box, frozenset(names))
        if bio and box.source != "platform" and (_is_standfirst(document, bio) or _tells_of_another(bio, owner)):
            bio = None
        if bio:
            seen.add(owner)
        yield _Read(box, owner, bio, latest_posts(document, box))


def _is_standfirst(document: Document, text: str) -> bool:
    """Whether a text by the headline is what the page declares as its description.

    Microdata's properties are left aside: they describe what they stand in, at times the author or the publisher.
    """
    metas = (document.elements[position] for position in document.by_tag.get("meta", ()))
    named = (meta for meta in metas if (meta.get("name") or meta.get("property") or "").lower() in _DESCRIPTIONS)
    return any(text in (meta.get("content") or "") for meta in named)


_DESCRIPTIONS = frozenset({"description", "og:description"})


_SOMEBODY = re.compile(
    r"([^\W\d_a-zа-я][\w'’-]+)(?: [^\W\d_a-zа-я][\w.'’-]*?){1,2}(?:, \d\d,| \(\d\d\),?|,)? [a-zß-ÿа-я]"
)
"""A full name that a sentence begins with, and an age, or a comma before what somebody is."""


def _tells_of_another(bio: str, author: str) -> bool:
    """Whether a biography begins with a full name and never gives the author's: that of the book's writer, say."""
    somebody = _SOMEBODY.match(behind_author_title(bio) or bio)
    return somebody is not None and is_given_name(somebody[1]) and not _shares_word(bio, author)


def _shares_word(bio: str, author: str) -> bool:
    said = bio.casefold()
    return any(word in said for word in author.casefold().split() if len(word) > 2)


def _each(document: Document, box: FoundBox, names: dict[str, str]) -> Iterable[FoundBox]:
    """The box, or its parts where several authors have a biography in it."""
    parts = [box] if len(names) < 2 or box.source == "platform" else apart(document, box, names)
    return parts if len(parts) > 1 and any(biography(document, part, frozenset(names)) for part in parts) else (box,)


def _tells_of(document: Document, entry: _Read) -> bool:
    """Whether a text below a name or title speaks of the author: a sentence that says who, or stands by a portrait."""
    text = entry.bio or ""
    words = text.split()
    small = sum(word.strip(".,;:").isalpha() and not word[0].isupper() for word in words)
    if (small < FEWEST_WORDS and sum(char > WIDE for char in text) < FEWEST_WIDE) or NOTES.search(text):
        return False
    return entry.box.of_author or says_part_of(text, entry.author) or _is_pictured(document, entry)


def _is_pictured(document: Document, entry: _Read) -> bool:
    """Whether a portrait, a link to the author's page or an address stands in or beside a box without any date.

    Initials stand for a portrait.
    """
    text = _JOINED.split(document.text(entry.box.position), maxsplit=1)[0]
    if find_moments(text) or _AGO.search(text):
        return False  # comments are dated
    initials = _initials(entry.author)
    return any(
        document.tags[p] == "img"
        or (document.tags[p] == "a" and _is_personal(document.elements[p]))
        or document.elements[p].text in initials
        for p in _with_portrait(document, entry.box, initials)
    )


def _initials(name: str) -> tuple[str, ...]:
    """What stands for a portrait: "J" and "JD" of Jane Doe."""
    words = name.upper().split()
    return (words[0][:1], "".join(word[0] for word in words)) if len(words) > 1 else ()


def _with_portrait(document: Document, box: FoundBox, initials: tuple[str, ...] = ()) -> range:
    """The box, or what holds hardly more than the box and a portrait, or initials, beside it."""
    own = range(box.position, box.end)
    length = len(document.text(box.position)) if box.end == document.ends[box.position] else LONGEST_BOX
    for around in (box.position, *islice(document.ancestors(box.position), FARTHEST_PORTRAIT)):
        held = own if around == box.position else range(around, document.ends[around])
        if held is not own and (len(held) > SMALL_BOX or len(document.text(around)) > length + LONGEST_CAPTION):
            break
        if "img" in document.tags[held.start : held.stop] or any(document.elements[p].text in initials for p in held):
            return held
    return own


def _is_personal(link: etree._Element) -> bool:
    return is_author_link(link) or (link.get("href") or "").startswith("mailto:")


def _owner(document: Document, box: FoundBox, names: dict[str, str]) -> str | None:
    """The author whom a box is about; None where it names somebody else or nobody."""
    texts = [document.text(position) for position in box.names] or [document.text(box.position)]
    key = name_key(" ".join(texts))
    found = sorted((key.find(name), original) for name, original in names.items() if name and name in key)
    if found:
        return found[0][1]
    if box.marked and (before := _named_before(document, box)) in names:
        return names[before]
    lone = next(iter(names.values()), None) if len(names) == 1 else None
    may_be_silent = box.of_author or (box.source == "platform" and not box.names)
    return lone if may_be_silent and _names_nobody(document, box) else None


def _named_before(document: Document, box: FoundBox) -> str:
    """What the element right before a description says: the name, in cards that wrap neither."""
    element = document.elements[box.position].getprevious()
    return name_key(document.text(document.positions[element])) if element in document.positions else ""


def _names_nobody(document: Document, box: FoundBox) -> bool:
    """Whether a box has neither a heading, a link to an author's page nor a name on a line of its own: it can only mean
    the byline's author.
    """
    if any(is_full_name(line.text) for line in box_lines(document, box.position)):
        return False
    return not any(
        (document.tags[p] in HEADINGS and not box.of_author)
        or (document.tags[p] == "a" and is_author_link(document.elements[p]))
        for p in range(box.position, box.end)
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
        around = _with_portrait(document, entry.box) if entry.bio else range(entry.box.position, entry.box.end)
        for position in pictures[bisect_left(pictures, around.start) : bisect_left(pictures, around.stop)]:
            address = absolute(picture_address(document.elements[position]), document.page.url)
            if address and not _SIGN.match(address):
                found.setdefault(entry.author, address)
                break
    return found


def _addresses(document: Document, read: list[_Read]) -> dict[str, str]:
    """Author name → the first link to an author's page in a box about that author."""
    found: dict[str, str] = {}
    for entry in read:
        for position in range(entry.box.position, entry.box.end):
            element = document.elements[position]
            address = absolute(element.get("href"), document.page.url) if document.tags[position] == "a" else None
            if address and is_author_link(element):
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
    """The choice of authors with the biographies, pictures and addresses of their boxes."""
    bios, avatars, addresses = dict(box.bios), dict(box.avatars), dict(box.addresses)
    if not authors.value or not (bios or avatars or addresses):
        return authors
    filled = (
        replace(
            author,
            bio=bios.get(author.name),
            avatar=avatars.get(author.name) or author.avatar,
            url=author.url or addresses.get(author.name),
        )
        for author in authors.value
    )
    return replace(authors, value=tuple(filled))
