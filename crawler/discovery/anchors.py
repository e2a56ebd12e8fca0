"""The anchors of an HTML page as facts: address, title, and where it stands."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib.resources import files

from lxml import etree

from crawler.discovery.anchor_places import HEADINGS, Place, Places
from crawler.discovery.link_kinds import kind_of_path
from crawler.page import LinkKind, Page
from crawler.urls import clean, normalise

MAX_ANCHORS = 5000
"""Anchors read from one page; index pages of large archives hold about 2,000."""
MAX_TITLE = 500

PLACED = frozenset({None, LinkKind.PAGINATION})
"""Kinds by path of which the place on the page tells more."""
NOFOLLOW = frozenset({"nofollow", "ugc", "sponsored"})
UNUSABLE = ("#", "javascript:", "mailto:", "tel:", "data:", "sms:", "whatsapp:")


@dataclass(frozen=True, slots=True)
class Anchor:
    """What a page says of one address, all its anchors taken together."""

    url: str
    """Clean URL."""
    title: str | None = None
    in_heading: bool = False
    in_article: bool = False
    in_navigation: bool = False
    """All of its anchors stand in menus, breadcrumbs or the footer."""
    in_comments: bool = False
    """All of its anchors stand among the comments."""
    in_pager: bool = False
    nofollow: bool = False
    rel: frozenset[str] = frozenset()
    """Tokens of all its `rel` attributes."""


def base_of(page: Page) -> str:
    """The address that the page's relative links start from (`<base href>`)."""
    element = page.root.find(".//base[@href]")
    stated = normalise(element.get("href") or "", page.url) if element is not None else None
    return stated or page.url


def anchors_of(page: Page) -> tuple[Anchor, ...]:
    """Every address that the page's anchors name, once, in document order; what does not resolve is left out.

    Where the path alone says what an address leads to, its place and title are not looked at: menus and sidebars hold
    most of a page's links, and cost most of the time.
    """
    base, places = base_of(page), Places()
    found: dict[str, Anchor] = {}
    for number, element in enumerate(page.root.iter("a", "area")):
        if number >= MAX_ANCHORS:
            break
        url = address_of(element, base)
        if url is not None:
            is_stated = kind_of_path(url) not in PLACED
            anchor = _stated(element, url) if is_stated else _anchor(element, url, places.of(element))
            found[url] = _merged(found[url], anchor) if url in found else anchor
    return tuple(found.values())


def address_of(element: etree._Element, base: str) -> str | None:
    """The clean URL of an anchor, or None where it leads nowhere that can be fetched."""
    href = (element.get("href") or "").strip()
    if not href or href.lower().startswith(UNUSABLE):
        return None
    return clean(href, base)


def _stated(element: etree._Element, url: str) -> Anchor:
    rel = _tokens(element.get("rel") or "")
    return Anchor(url, nofollow=bool(rel & NOFOLLOW), rel=rel)


def _anchor(element: etree._Element, url: str, place: Place) -> Anchor:
    rel = _tokens(element.get("rel") or "")
    inner = inner_heading(element) if len(element) else None
    return Anchor(
        url=url,
        title=_title(element, url, inner if inner is not None else place.heading),
        in_heading=inner is not None or place.heading is not None,
        in_article=place.in_article,
        in_navigation=place.in_navigation,
        in_comments=place.in_comments,
        in_pager=place.in_pager,
        nofollow=bool(rel & NOFOLLOW),
        rel=rel,
    )


@lru_cache(maxsize=256)
def _tokens(rel: str) -> frozenset[str]:
    return frozenset(rel.lower().split())


def _merged(first: Anchor, second: Anchor) -> Anchor:
    """One address, several anchors: the heading's title wins, then the longer; a place in the content beats a menu."""
    return replace(
        first,
        title=max((first, second), key=lambda anchor: (anchor.in_heading, len(anchor.title or ""))).title
        or first.title
        or second.title,
        in_heading=first.in_heading or second.in_heading,
        in_article=first.in_article or second.in_article,
        in_navigation=first.in_navigation and second.in_navigation,
        in_comments=first.in_comments and second.in_comments,
        in_pager=first.in_pager or second.in_pager,
        nofollow=first.nofollow and second.nofollow,
        rel=first.rel | second.rel,
    )


def inner_heading(element: etree._Element) -> etree._Element | None:
    """The heading inside an anchor, where a whole list entry is one link."""
    return next((node for node in element.iterdescendants() if node.tag in HEADINGS), None)


def _title(element: etree._Element, url: str, heading: etree._Element | None) -> str | None:
    """The text of the heading inside, else of the anchor; None for stock phrases, times, addresses, parts of a page."""
    leads_into = heading is None and "#" in (element.get("href") or "")
    if leads_into or (len(element) and element.find(".//time") is not None):
        return None
    if heading is not None and _is_inside(heading, element):
        text = _text(heading)
    else:
        text = _unlabelled(element) if len(element) else _text(element)
    return text if text and not is_stock_title(text) and not _spells(text, url) else None


def _spells(text: str, url: str) -> bool:
    """Whether a text is the address itself or an end of it, as wikis print what links to a page: `posts/the-tide`."""
    return "/" in text.strip("/") and " " not in text and url.rstrip("/").endswith(text.rstrip("/"))


_PAGER = re.compile(
    r"(?:previous|prev|next|older|newer) (?:posts?|articles?|story|entry)|[上下]一[篇页頁章]"
    r"|[前次]の(?:記事|投稿|ページ)"
    r"|이전 ?글|다음 ?글|(?:nächster|vorheriger) (?:beitrag|artikel)|article (?:suivant|précédent)"
    r"|(?:entrada|artículo|post) (?:siguiente|anterior)|(?:следующая|предыдущая) (?:запись|статья)",
    re.IGNORECASE,
)
"""What links to a blog's next and previous post say beside its title."""
_PAGER_WORD = re.compile(r"previous|prev|next|older|newer", re.IGNORECASE)
"""The same in one word, which may be a title's where the link does not say that it leads there."""
TURNS = frozenset({"prev", "previous", "next"})
"""`rel` of such links."""


def _unlabelled(element: etree._Element) -> str:
    """The text of a link without a pager's label that stands before or behind the title in an element of its own."""
    parts = [str(part) for part in element.itertext()]
    turns = bool(_tokens(element.get("rel") or "") & TURNS)
    for end in (0, -1):
        told = [index for index, part in enumerate(parts) if part.strip()]
        if len(told) > 1 and _is_pager(parts[told[end]], turns=turns):
            parts[told[end]] = ""
    return " ".join("".join(parts).split())[:MAX_TITLE]


def _is_pager(text: str, *, turns: bool) -> bool:
    bare = text.strip(" \t\r\n.…»«→←›‹>·|:：-–—")
    return bool(_PAGER.fullmatch(bare) or (turns and _PAGER_WORD.fullmatch(bare)))


def _is_inside(heading: etree._Element, element: etree._Element) -> bool:
    return len(element) > 0 and any(ancestor is element for ancestor in heading.iterancestors())


def _text(element: etree._Element) -> str:
    """The text, white space folded."""
    parts = [str(part) for part in element.itertext()] if len(element) else [element.text or ""]
    return " ".join("".join(parts).split())[:MAX_TITLE]


@cache
def _stock_titles() -> re.Pattern[str]:
    text = files("crawler.discovery").joinpath("stock_titles.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t")[0] for line in text.splitlines() if line and not line.startswith("#"))
    return re.compile("|".join(f"(?:{row})" for row in rows), re.IGNORECASE)


@lru_cache(maxsize=4096)
def is_stock_title(text: str) -> bool:
    """Whether a text is what every link says ("Read more", "3 comments", "»"), by `stock_titles.tsv`."""
    stripped = text.strip(" \t.…»«→←›‹>·|:-–—")
    return _stock_titles().fullmatch(stripped) is not None
