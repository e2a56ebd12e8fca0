"""The lists of an author's latest posts: inside author boxes, and wherever a title says whose posts follow."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import islice
from urllib.parse import urlsplit

from crawler.extraction.document import Document
from crawler.extraction.moments import parse_moment
from crawler.extraction.names import name_key
from crawler.extraction.readers.addresses import absolute
from crawler.extraction.readers.author_boxes import FoundBox
from crawler.extraction.readers.printed import leads_to_author
from crawler.extraction.readers.text_lines import CONTROL
from crawler.items import PostLink

LONGEST_TITLE = 150
"""Characters; a longer line is prose."""

TITLE_ELEMENTS = 8
"""Elements in the title of a list."""

HEADINGS = ("h2", "h3", "h4", "h5", "h6")

_LATEST = re.compile(
    r"(?:latest|recent|newest|more|other|last) (?:\w+ )?(?:posts?|articles?|stories|entries)|(?:posts?|articles?|"
    r"stories|more|latest|entries) (?:by|from|of)\b|"
    r"(?:letzte|neueste|weitere|aktuelle|alle) (?:beiträge|artikel|texte)|mehr von|"
    r"(?:derniers|autres|plus d') ?articles|articles de|plus de|"
    r"(?:últim[oa]s|más|otr[oa]s) (?:entradas|artículos|publicaciones|posts|textos|notas)|más de|"
    r"(?:últimos|mais|outros) (?:artigos|textos|posts)|mais de|"
    r"(?:ultimi|altri) (?:articoli|post)|articoli di|laatste (?:berichten|artikelen)|meer van|"
    r"(?:ostatnie|inne|najnowsze) (?:teksty|artykuły|wpisy)|(?:fler|flere|siste|senaste) (?:artiklar|artikler|saker)|"
    r"(?:последние|другие|новые|ещё) (?:записи|статьи|материалы|тексты)|(?:son|diğer) yazıları|(?:інші|останні) статті|"
    r"(?:المزيد|مقالات|أحدث|آخر)|(?:最近|最新|その他|他)の(?:投稿|記事)|の最新記事|"
    r"(?:最新|其他|更多)(?:記事|文章)|(?:최신|최근|다른) ?(?:기사|글)",
    re.IGNORECASE,
)
"""What titles of lists of posts say beside the author's name."""

_SAME_AUTHOR = re.compile(
    r"(?:by|from) (?:this|the same) (?:author|writer)|du même auteur|de la même autrice|"
    r"(?:vom|des) (?:selben|gleichen) autors?|der(?:selben|gleichen) autorin|"
    r"del mismo autor|de la misma autora|do mesmo autor|da mesma autora|dello stesso autore|della stessa autrice|"
    r"van dezelfde auteur|(?:записи|статьи|материалы|тексты|статті|матеріали) автора|"
    r"(?:teksty|artykuły|wpisy) (?:autora|autorki)|"
    r"yazarın (?:son|diğer)|المزيد (?:للكاتب|من الكاتب)|この(?:著者|筆者|ライター)の|作者(?:的)?(?:其他|最新|更多)文章",
    re.IGNORECASE,
)
"""Titles that say so without the name."""

_IN_SAME_AUTHOR = ("aut", "writer", "автор", "yazar", "كاتب", "この", "作者")
"""One of which stands in every such title; most headings of a page hold none."""

_LATEST_TOKEN = re.compile(r"latest|recent|related-?entr|author-?posts|posts-?by|more-?by|articles-?by", re.IGNORECASE)


def latest_posts(document: Document, box: FoundBox) -> tuple[PostLink, ...]:
    """The box's list of the author's posts in its order; empty where it has none."""
    scopes = box.posts or tuple(_list_scopes(document, box))
    for scope in scopes:
        found = tuple(_post_links(document, scope))
        if found:
            return found
    return ()


def named_lists(
    document: Document, is_elsewhere: Callable[[int], bool], names: frozenset[str]
) -> Iterator[tuple[int, tuple[PostLink, ...]]]:
    """Lists below "Latest posts by X" for one of the authors, whatever plugin made them: position and entries."""
    if not names:
        return
    for position in sorted([*document.by_tag.get("ul", ()), *document.by_tag.get("ol", ())]):
        if _is_titled_by(document, position, names) and not is_elsewhere(position):
            found = tuple(_post_links(document, position))
            if found:
                yield position, found
    for heading in sorted(position for tag in HEADINGS for position in document.by_tag.get(tag, ())):
        if _names_posts(_short_text(document, heading), names) and not is_elsewhere(heading):
            found = tuple(link for position in _below(document, heading) for link in _post_links(document, position))
            if found:
                yield heading, found


def _below(document: Document, heading: int) -> Iterator[int]:
    """The elements that follow a heading beside it, up to the next one."""
    position = document.ends[heading]
    last = document.ends[document.parents[heading]]
    while position < last and document.tags[position] not in HEADINGS:
        yield position
        position = document.ends[position]


def _names_posts(title: str, names: frozenset[str]) -> bool:
    """Whether a title says that an author's posts follow; one without the name can only mean the only author."""
    lower = title.lower()
    if len(names) == 1 and any(word in lower for word in _IN_SAME_AUTHOR) and _SAME_AUTHOR.search(title):
        return True
    key = name_key(title)
    return any(name in key for name in names) and _LATEST.search(title) is not None


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


def _list_scopes(document: Document, box: FoundBox) -> Iterator[int]:
    """Lists within a box that a class or the heading before them calls the author's posts."""
    for position in range(box.position, document.ends[box.position]):
        if document.tags[position] not in ("ul", "ol"):
            continue
        around = [p for p in document.ancestors(position) if p >= box.position]
        marked = any(_LATEST_TOKEN.search(document.classes[p] or "") for p in [position, *around])
        if marked or any(_LATEST.search(_title_before(document, p)) for p in (position, *around[:1])):
            yield position


def _post_links(document: Document, scope: int) -> Iterator[PostLink]:
    seen: set[str] = set()
    base = document.page.url
    for position in range(scope, document.ends[scope]):
        if document.tags[position] != "a":
            continue
        title, url = _title_of(document, position), absolute(document.elements[position].get("href"), base)
        if not title or not url or url in seen or CONTROL.match(title) or _leads_elsewhere(url, base):
            continue
        seen.add(url)
        yield PostLink(title, url, _date_beside(document, position, title))


def _title_of(document: Document, link: int) -> str:
    """The text of a link; of a whole card that is one, the heading."""
    headings = (p for p in range(link + 1, document.ends[link]) if document.tags[p] in HEADINGS)
    return document.text(next(headings, link))


def _leads_elsewhere(url: str, base: str) -> bool:
    """Author archives, other hosts and tags are no posts."""
    try:
        link, page = urlsplit(url), urlsplit(base)
    except ValueError:
        return True
    foreign = (link.hostname or "").removeprefix("www.") != (page.hostname or "").removeprefix("www.")
    return foreign or leads_to_author(link.path) or bool(re.search(r"/(?:category|tag|topics?)/", link.path))


def _date_beside(document: Document, position: int, title: str) -> str | None:
    """The date in the list item around a link."""
    item = next((p for p in document.ancestors(position) if document.tags[p] == "li"), document.parents[position])
    times = [p for p in range(item, document.ends[item]) if document.tags[p] == "time"]
    stated = next((document.elements[p].get("datetime") for p in times if document.elements[p].get("datetime")), None)
    rest = stated or document.text(item).replace(title, " ").strip(" -–—|·•()")
    moment = parse_moment(rest, language=document.page.profile.language) if any(map(str.isdigit, rest)) else None
    return moment.iso if moment else None
