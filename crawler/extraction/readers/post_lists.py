"""The lists of an author's latest posts: inside author boxes, and wherever a title says whose posts follow."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import islice
from urllib.parse import urlsplit

from crawler.extraction.credit_lines import without_dates
from crawler.extraction.document import SUBHEADINGS, Document
from crawler.extraction.moments import parse_moment
from crawler.extraction.names import mentions
from crawler.extraction.readers.addresses import absolute
from crawler.extraction.readers.author_boxes import SMALL_BOX, FoundBox
from crawler.extraction.readers.box_titles import is_list_title, speaks_of_posts
from crawler.extraction.readers.printed import leads_to_author
from crawler.extraction.readers.regions import Region
from crawler.extraction.readers.text_lines import CONTROL
from crawler.items import PostLink

LONGEST_TITLE = 150
"""Characters; a longer line is prose."""

TITLE_TAGS = frozenset({"div", "p", "span", "strong", "b"})
"""Elements that may hold the title of a list where no heading does."""

TITLE_ELEMENTS = 8
"""Elements in the title of a list."""

FEWEST_HEADLINES, FEWEST_POSTS = 2, 2
"""Linked headings that make a list of posts one of headings, and posts that make a list of what is none by its tag."""

FARTHEST_DATE = 3
"""Elements that may wrap a link and its date."""

FARTHEST_TITLE = 2
"""Elements that may wrap the title of a list alone."""

_SAME_AUTHOR = re.compile(
    r"(?:by|from) (?:this|the same) (?:author|writer)|du même auteur|de la même autrice|"
    r"(?:vom|des) (?:selben|gleichen) autors?|der(?:selben|gleichen) autorin|"
    r"del mismo autor|de la misma autora|do mesmo autor|da mesma autora|dello stesso autore|della stessa autrice|"
    r"van dezelfde auteur|(?:записи|статьи|материалы|тексты|статті|матеріали) автора|"
    r"(?:teksty|tekstów|artykuły|artykułów|wpisy|wpisów) (?:autora|autorki)|"
    r"yazarın (?:son|diğer)|(?:المزيد|مقالات(?: أخرى)?|أحدث المقالات) (?:لل|من ال|لنفس ال|من نفس ال)كاتب|"
    r"この(?:著者|筆者|ライター)の|作者(?:的)?(?:其他|最新|更多)文章",
    re.IGNORECASE,
)
"""Titles that say so without the name."""

_IN_SAME_AUTHOR = ("aut", "writer", "автор", "yazar", "كاتب", "この", "作者")
"""One of which stands in every such title; most headings of a page hold none."""

_NO_POST = re.compile(r"/(?:category|tag|topics?|keywords?|search|cdn-cgi)/|^/?$")
"""Paths of lists, of addresses that are kept from robots, and of the front page."""

_LATEST_TOKEN = re.compile(r"latest|recent|related-?entr|author-?posts|posts-?by|more-?by|articles-?by", re.IGNORECASE)


def latest_posts(document: Document, box: FoundBox) -> tuple[PostLink, ...]:
    """The box's list of the author's posts in its order; empty where it has none."""
    return tuple(_post_links(document, box.posts)) if box.posts else next(filter(None, _lists(document, box)), ())


def named_lists(
    document: Document, region: Region, names: frozenset[str]
) -> Iterator[tuple[int, tuple[PostLink, ...]]]:
    """Lists below "Latest posts by X" for one of the authors, whatever plugin made them: position and entries."""
    if not names:
        return
    for position in sorted([*document.by_tag.get("ul", ()), *document.by_tag.get("ol", ())]):
        if _is_titled_by(document, position, names) and not region.is_elsewhere(position):
            found = tuple(_post_links(document, (position,)))
            if found:
                yield position, found
    naming = (title for title in _titles(document, region) if _heads_posts_of(document, title, names))
    for title in islice(naming, MOST_TITLES):
        found = _below(document, title, len(document.elements))
        if found:
            yield title, found


MOST_TITLES = 20
"""Titles of lists by the author that are read: a page of more is a page of lists, and wants to cost time."""


def _heads_posts_of(document: Document, title: int, names: frozenset[str]) -> bool:
    text = _short_text(document, title)
    may_be = document.tags[title] in SUBHEADINGS or is_list_title(text, is_heading=False)
    return may_be and _names_posts(text, names)


def _titles(document: Document, region: Region) -> Iterator[int]:
    """Headings, and behind the body whatever else may stand above a list."""
    last = min(region.reach()[1], len(document.elements))
    others = (p for p in range(region.end, last) if document.tags[p] in TITLE_TAGS and document.elements[p].text)
    yield from sorted({*others, *(position for tag in SUBHEADINGS for position in document.by_tag.get(tag, ()))})


def _below(document: Document, heading: int, end: int) -> tuple[PostLink, ...]:
    """The posts that follow a heading beside it, or beside a line that holds it, up to the next heading."""
    for holder in (heading, *islice(document.ancestors(heading), FARTHEST_TITLE)):
        if holder != heading and not _short_text(document, holder):
            break
        found = tuple(_post_links(document, [p for p in _siblings(document, holder, heading) if p < end]))
        if len(found) >= FEWEST_POSTS:
            return found
    return ()


def _siblings(document: Document, holder: int, title: int) -> list[int]:
    """What follows an element beside it, up to a heading or to the next title written like its own."""
    tokens = frozenset((document.classes[title] or "").split())
    found: list[int] = []
    position, last = document.ends[holder], document.ends[document.parents[holder]]
    while position < last and document.tags[position] not in SUBHEADINGS:
        if not tokens.isdisjoint((document.classes[position] or "").split()):
            break
        found.append(position)
        position = document.ends[position]
    return found


def _names_posts(title: str, names: frozenset[str]) -> bool:
    """Whether a title says that an author's posts follow; one without the name can only mean the only author."""
    lower = title.lower()
    if len(names) == 1 and any(word in lower for word in _IN_SAME_AUTHOR) and _SAME_AUTHOR.search(title):
        return True
    return mentions(title, names) and speaks_of_posts(title)


def _is_titled_by(document: Document, position: int, names: frozenset[str]) -> bool:
    """Whether the text before a list, or before the element that holds it, says "latest posts" and an author's name."""
    for holder in (position, *islice(document.ancestors(position), 2)):
        title = _title_before(document, holder)
        if title:
            return _names_posts(title, names)
    return False


def _title_before(document: Document, position: int) -> str:
    """The text of the element just before another, where it is short."""
    previous, parent = position - 1, document.parents[position]
    if previous == parent:
        return ""
    while document.parents[previous] != parent:
        previous = document.parents[previous]
    return _short_text(document, previous)


def _short_text(document: Document, position: int) -> str:
    """The text of an element; empty where it is too long for a title."""
    if document.ends[position] - position > TITLE_ELEMENTS:
        return ""
    title = document.text(position)
    return title if len(title) <= LONGEST_TITLE else ""


def _lists(document: Document, box: FoundBox) -> Iterator[tuple[PostLink, ...]]:
    """The posts of lists within a box that a class or the heading before them calls the author's posts."""
    for position in range(box.position, box.end):
        tag = document.tags[position]
        if tag in ("ul", "ol"):
            around = [p for p in document.ancestors(position) if p >= box.position]
            marked = any(_LATEST_TOKEN.search(document.classes[p] or "") for p in [position, *around])
            if marked or any(speaks_of_posts(_title_before(document, p)) for p in (position, *around[:1])):
                yield tuple(_post_links(document, (position,)))
        elif _heads_posts(document, position):
            yield _below(document, position, box.end)


def _heads_posts(document: Document, position: int) -> bool:
    """Whether an element in an author's box is the title of a list: a heading, or a line that says nothing else."""
    tag = document.tags[position]
    if tag in SUBHEADINGS:
        return speaks_of_posts(_short_text(document, position))
    text = document.elements[position].text if tag in TITLE_TAGS else None
    return bool(text and text.strip()) and is_list_title(document.text(position), is_heading=False)


def _post_links(document: Document, scopes: Sequence[int]) -> Iterator[PostLink]:
    links = [link for scope in scopes for link in document.inside("a", scope) if _title_of(document, link)]
    headed = [link for link in links if _is_headline(document, link)]
    entries = links if len(headed) < FEWEST_HEADLINES else headed
    base, seen = document.page.url, set[str]()
    for link in entries:
        title, url = _title_of(document, link), absolute(document.elements[link].get("href"), base)
        if not url or url in seen or CONTROL.match(title) or _leads_elsewhere(url, base):
            continue
        seen.add(url)
        yield PostLink(title, url, _date_beside(document, link, title, entries))


def _is_headline(document: Document, link: int) -> bool:
    """Whether a link is in a heading, or holds one: then the other links of such a list are no titles."""
    around = islice(document.ancestors(link), 2)
    return any(document.tags[p] in SUBHEADINGS for p in (*around, *range(link + 1, document.ends[link])))


def _title_of(document: Document, link: int) -> str:
    """The text of a link, without its date and hashtags; of a whole card that is one, the heading."""
    inside = range(link + 1, document.ends[link])
    heading = next((p for p in inside if document.tags[p] in SUBHEADINGS), None)
    if heading is not None or not inside:
        return document.text(link if heading is None else heading)
    others = [text for p in inside if (text := document.text(p)) and _is_beside_title(document, p, text)]
    title = document.text(link)
    for text in others:
        title = title.removeprefix(text).removesuffix(text).strip()
    return title or document.text(link)


def _is_beside_title(document: Document, position: int, text: str) -> bool:
    """Whether an element in a link holds a date or a hashtag."""
    if document.tags[position] == "time" or (text[0] == "#" and " " not in text):
        return True
    return any(map(str.isdigit, text)) and not any(map(str.isalpha, without_dates(text)))


def _leads_elsewhere(url: str, base: str) -> bool:
    """Author archives, other hosts, tags and the front page are no posts."""
    try:
        link, page = urlsplit(url), urlsplit(base)
    except ValueError:
        return True
    foreign = (link.hostname or "").removeprefix("www.") != (page.hostname or "").removeprefix("www.")
    return foreign or leads_to_author(link.path) or bool(_NO_POST.search(link.path))


def _date_beside(document: Document, link: int, title: str, entries: Sequence[int]) -> str | None:
    """The date in the list item, or in the largest element that holds no other entry, around a link."""
    item = link
    for around in islice(document.ancestors(link), FARTHEST_DATE):
        others = bisect_left(entries, document.ends[around]) - bisect_left(entries, around) > 1
        if others or document.ends[around] - around > SMALL_BOX:
            break
        item = around
        if document.tags[around] == "li":
            break
    times = document.inside("time", item)
    stated = next((document.elements[p].get("datetime") for p in times if document.elements[p].get("datetime")), None)
    rest = stated or document.text(item).replace(title, " ").strip(" -–—|·•()")
    moment = parse_moment(rest, language=document.page.profile.language) if any(map(str.isdigit, rest)) else None
    return moment.iso if moment else None
