"""What an author box says: the biography's prose and the list of the author's posts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import islice
from urllib.parse import urlsplit

from crawler.extraction.credit_lines import without_dates
from crawler.extraction.document import Document
from crawler.extraction.moments import parse_moment
from crawler.extraction.names import labelled, name_key, parse_byline
from crawler.extraction.readers.addresses import absolute
from crawler.extraction.readers.author_boxes import FoundBox, box_lines
from crawler.extraction.readers.printed import leads_to_author
from crawler.extraction.readers.text_lines import CONTROL, Line
from crawler.items import PostLink

LONGEST_BYLINE = 150
"""Characters; a longer line is prose."""

TITLE_ELEMENTS = 8
"""Elements in the title of a list."""

SHORTEST_PROSE = 20
"""Characters that make a sentence where nothing marks a text as biography; half of it in scripts without spaces."""

_HEADING = re.compile(
    r"^(?:(?:more )?about (?:the |this )?(?:authors?|writer|contributor)s?|about me|about|authors?|the authors?|"
    r"author (?:bio|info|details|profile)|bio|biography|"
    r"meet the author|(?:written|posted|published|authored) by|by|über (?:den|die) autor(?:in|en)?|zum autor|"
    r"zur autorin|autor(?:in)?|à propos(?: de l'auteur)?|l'auteur|auteur|"
    r"sobre (?:el|la|o|a) autor(?:a)?|acerca del autor|autor|autore|l'autore|over de auteur|om (?:för)?fat+aren|"
    r"o autor(?:ze|ovi|es?)|об авторе|автор|著者|作者|この記事を書いた人|关于作者|"
    r"latest posts?|recent posts?|latest articles?|posts|articles|editor|profile|follow .{0,40}|view .{0,60}|"
    r"posted in .*|share.{0,20}|contributor|guest author|"
    r"(?:latest|recent|more|other) (?:posts?|articles?|stories) (?:by|from) .*|\d+ (?:posts?|articles?|stories|"
    r"beiträge|artikel|comments?))[:.]?$",
    re.IGNORECASE,
)
_LATEST = re.compile(
    r"(?:latest|recent|newest|more|other|last) (?:\w+ )?(?:posts?|articles?|stories|entries)|(?:posts?|articles?|"
    r"stories|more|latest|entries) (?:by|from|of)\b|"
    r"(?:letzte|neueste|weitere|aktuelle) (?:beiträge|artikel)|(?:derniers|autres|plus d') ?articles|(?:últim[oa]s|"
    r"más) (?:entradas|artículos|publicaciones|posts)|"
    r"(?:ultimi|altri) (?:articoli|post)|laatste (?:berichten|artikelen)|последние (?:записи|статьи)|"
    r"最近の(?:投稿|記事)|"
    r"最新(?:記事|文章)",
    re.IGNORECASE,
)
_INTRODUCTION = re.compile(r"^(?:about|über|sobre|à propos de|posts? author:?|author:?|acerca de)\s*", re.IGNORECASE)
_LATEST_TOKEN = re.compile(r"latest|recent|related-?entr|author-?posts|posts-?by|more-?by|articles-?by", re.IGNORECASE)


def biography(document: Document, box: FoundBox, names: frozenset[str]) -> str | None:
    """The biography's text as printed, without name, headings and links that lead elsewhere; None for none."""
    for position in box.bios:
        kept = [line.text for line in box_lines(document, position) if _is_prose(line, names, marked=box.marked)]
        text = " ".join(kept)
        if text:
            return text
    return None


def _is_prose(line: Line, names: frozenset[str], *, marked: bool) -> bool:
    bare = line.text.strip(" \u00a0:,.-–—|·•")
    if line.is_heading or not bare or CONTROL.match(line.text) or _HEADING.match(bare) or name_key(bare) in names:
        return False
    if line.linked > (0.8 if marked else 0.5) * len(line.text) or _names_only(bare, names):
        return False
    return marked or (_is_sentence(line.text) and not labelled(line.text))


def _names_only(text: str, names: frozenset[str]) -> bool:
    """Whether a line is a byline of the authors: "About Jane Doe", "By Jane Doe, Senior Editor"."""
    if len(text) > LONGEST_BYLINE:
        return False
    bare = _INTRODUCTION.sub("", text)
    found = {name_key(credit.name) for credit in parse_byline(bare)}
    return bool(found) and found <= names and sum(map(len, found)) > 0.6 * len(name_key(bare))


def _is_sentence(text: str) -> bool:
    text = " ".join(re.sub(r"#\S+|\x1f", " ", without_dates(text)).split())
    wide = sum(char > "\u2e80" for char in text)
    return len(text) + wide >= SHORTEST_PROSE and (wide > 5 or text.count(" ") >= 3)


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


def _is_titled_by(document: Document, position: int, names: frozenset[str]) -> bool:
    """Whether the text before a list, or before the element that holds it, says "latest posts" and an author's name."""
    for holder in (position, *islice(document.ancestors(position), 2)):
        title = _title_before(document, holder)
        if title and _LATEST.search(title):
            return any(name in name_key(title) for name in names)
        if title:
            return False
    return False


def _title_before(document: Document, position: int) -> str:
    """The text of the element just before another, where it is short."""
    previous = document.elements[position].getprevious()
    where = document.positions.get(previous) if previous is not None else None
    if where is None or document.ends[where] - where > TITLE_ELEMENTS:
        return ""
    title = document.text(where)
    return title if len(title) <= LONGEST_BYLINE else ""


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
        title, url = document.text(position), absolute(document.elements[position].get("href"), base)
        if not title or not url or url in seen or CONTROL.match(title) or _leads_elsewhere(url, base):
            continue
        seen.add(url)
        yield PostLink(title, url, _date_beside(document, position, title))


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
