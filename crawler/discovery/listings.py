"""The links of an HTML page, each with what it leads to: articles, listings, further pages, feeds."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import replace
from urllib.parse import unquote

from crawler.discovery.anchors import Anchor, anchors_of, base_of
from crawler.discovery.article_paths import article_score, date_span, segments_of
from crawler.discovery.cards import card_dates
from crawler.discovery.found import Found, Problem, Window, unique
from crawler.discovery.link_kinds import kind_of_path
from crawler.discovery.multipage import part_addresses
from crawler.discovery.page_heads import feeds_of, related, renderings_of
from crawler.discovery.paging import page_number
from crawler.discovery.structured_lists import STATED_SCORE, structured_links
from crawler.page import Link, LinkKind, Page
from crawler.urls import clean, identity, is_same_site, normalise

MAX_LINKS = 2000
"""Links of one page that are kept; the rest is cut and reported."""

DOCUMENT_SCORES = {
    LinkKind.FEED: 0.9,
    LinkKind.REST: 0.9,
    LinkKind.FRONT_PAGE: 0.8,
    LinkKind.SECTION: 0.6,
    LinkKind.PAGINATION: 0.5,
    LinkKind.AUTHOR: 0.4,
    LinkKind.DATE_ARCHIVE: 0.3,
    LinkKind.TAG: 0.2,
    LinkKind.OTHER: 0.0,
}
"""How soon a document of this kind is worth fetching: sections show what is new, tags repeat what others show."""
FEEDLESS = frozenset({LinkKind.TAG, LinkKind.DATE_ARCHIVE, LinkKind.PAGINATION, LinkKind.OTHER})
PART_KINDS = {True: LinkKind.PAGE_PART, False: LinkKind.PAGINATION}
MIN_SIBLINGS = 3
"""Articles of one folder on one page that make the folder worth a look."""
LOAD_MORE = ("data-next-url", "data-next-page", "data-next", "data-load-more-url", "data-url", "data-href", "hx-get")
"""Attributes in which "load more" buttons keep the address of the next page."""


def read_listing(
    page: Page, *, is_article: bool = False, subdomains: bool = False, window: Window | None = None
) -> Found:
    """The links of a page into its own publication, with titles and dates that stand beside them.

    Left out are other sites (subdomains too unless asked for), the page itself in any rendering that it names, and
    dated addresses that the window rules out. `<base href>` is honoured; `nofollow` is kept as a fact. Numbered
    addresses below the page's own are its parts where it `is_article`, else further pages of the list.
    """
    own, bounds = renderings_of(page) | {identity(page.url)}, window or Window()
    anchors = anchors_of(page)
    parts = dict.fromkeys(part_addresses(page, anchors=anchors), PART_KINDS[is_article])
    anchors = tuple(a for a in anchors if is_same_site(a.url, page.url, subdomains=subdomains))
    anchored = list(_anchor_links(page, anchors, parts))
    if not is_article:
        anchored = _joined(
            anchored, [s for s in structured_links(page) if is_same_site(s.url, page.url, subdomains=subdomains)]
        )
    candidates = [*_head_links(page, is_article=is_article), *anchored, *_load_more(page), *_parents(anchored, page)]
    links = unique(link for link in candidates if _is_wanted(link, own, bounds) and not _carries(link.url, own))
    cut = (Problem("too_many", f"more than {MAX_LINKS} links"),) if len(links) > MAX_LINKS else ()
    return Found(links[:MAX_LINKS], cut)


def _joined(anchored: list[Link], structured: list[Link]) -> list[Link]:
    """The anchors' links, completed by what the page states of the same addresses; then what it states alone."""
    stated = {link.url: link for link in structured}
    links = [_completed(link, stated.pop(link.url, None)) for link in anchored]
    return links + list(stated.values())


def _completed(link: Link, stated: Link | None) -> Link:
    if stated is None or link.kind not in (LinkKind.ARTICLE, LinkKind.SECTION):
        return link
    return replace(
        link,
        kind=stated.kind if stated.score >= STATED_SCORE else link.kind,
        title=stated.title or link.title,
        date=stated.date or link.date,
        date_modified=stated.date_modified,
        score=max(link.score, stated.score),
    )


def _is_wanted(link: Link, own: AbstractSet[str], window: Window) -> bool:
    if identity(link.url) in own:
        return False
    span = date_span(link.url)
    return window.admits(link.date) and (span is None or window.admits_span(*span))


def _carries(url: str, own: AbstractSet[str]) -> bool:
    """Whether a parameter is the page's own address: links to share it, to print it, to come back after logging in."""
    values = (unquote(pair.partition("=")[2]) for pair in url.partition("?")[2].split("&"))
    addresses = (normalise(value, url) for value in values if value.startswith(("/", "http://", "https://")))
    return any(identity(address) in own for address in addresses if address)


def _document(url: str, page: Page, kind: LinkKind) -> Link:
    return Link(url, "listing", found_on=page.url, kind=kind, score=DOCUMENT_SCORES[kind])


def _head_links(page: Page, *, is_article: bool) -> Iterator[Link]:
    """The page's feeds and its next page; the feeds of tags, days and further pages tell nothing new."""
    kind = kind_of_path(page.url) or LinkKind.FEED
    for url in feeds_of(page, is_article=is_article) if kind not in FEEDLESS else ():
        yield Link(url, "listing", found_on=page.url, kind=LinkKind.FEED, score=DOCUMENT_SCORES[kind])
    following = related(page, "next")
    if following and _is_same_list(following, page.url):
        yield _document(following, page, LinkKind.PAGINATION)


def _is_same_list(url: str, page_url: str) -> bool:
    """Whether two addresses are pages of one list: themes use `rel=next` for neighbouring articles too."""
    here, there = page_number(page_url), page_number(url)
    return there is not None and identity(there[0]) == identity(here[0] if here else page_url)


def _anchor_links(page: Page, anchors: tuple[Anchor, ...], parts: Mapping[str, LinkKind]) -> Iterator[Link]:
    dates = card_dates(page.root, base_of(page))
    named = {identity(anchor.url) for anchor in anchors}
    for anchor in anchors:
        if anchor.in_comments and not anchor.in_heading:
            continue
        part = LinkKind.PAGE_PART if _is_part(anchor.url, named) else None
        kind = parts.get(anchor.url) or part or _kind(anchor, page)
        yield _link(anchor, page, kind, dates.get(anchor.url))


def _is_part(url: str, named: set[str]) -> bool:
    """`/slug/2/` where the page links `/slug/` too, and `/slug/` has the shape of an article's address."""
    stem, _, number = url.rstrip("/").rpartition("/")
    return number.isdecimal() and 1 < int(number) < 100 and stem.count("-") >= 1 and identity(stem) in named


def _kind(anchor: Anchor, page: Page) -> LinkKind:
    stated = kind_of_path(anchor.url)
    if stated is not None:
        return stated
    if "next" in anchor.rel and _is_same_list(anchor.url, page.url):
        return LinkKind.PAGINATION
    return LinkKind.SECTION if _looks_like_section(anchor) else LinkKind.ARTICLE


def _looks_like_section(anchor: Anchor) -> bool:
    """A short path without numbers, named in a menu, or in two words at most and nowhere as a headline."""
    if anchor.in_heading and not anchor.in_navigation:
        return False
    names = [re.sub(r"\.(?:html?|php|aspx?)$", "", segment) for segment in segments_of(anchor.url)]
    hyphens = 2 if anchor.in_navigation else 0
    is_short = len(names) <= 2 and all(len(name) <= 24 and name.count("-") <= hyphens for name in names)
    has_number = any(character.isdecimal() for name in names for character in name)
    is_brief = anchor.title is not None and len(anchor.title.split()) <= 2
    return is_short and not has_number and "?" not in anchor.url and (anchor.in_navigation or is_brief)


def _link(anchor: Anchor, page: Page, kind: LinkKind, date: str | None) -> Link:
    return Link(
        url=anchor.url,
        source="pagination" if kind == LinkKind.PAGINATION else "listing",
        found_on=page.url,
        title=anchor.title,
        date=date,
        kind=kind,
        score=_score(anchor, date) if kind == LinkKind.ARTICLE else DOCUMENT_SCORES.get(kind, 0.5),
        nofollow=anchor.nofollow,
    )


def _score(anchor: Anchor, date: str | None) -> float:
    """The path's score, moved by where the anchor stands and what it says."""
    score = article_score(anchor.url)
    score += 0.3 if anchor.in_heading else 0.0
    score += 0.1 if anchor.in_article else 0.0
    score += 0.1 if date else 0.0
    score += 0.1 if len((anchor.title or "").split()) >= 4 else 0.0
    score -= 0.3 if anchor.in_navigation and not anchor.in_heading else 0.0
    return round(min(max(score, 0.0), 1.0), 2)


def _load_more(page: Page) -> Iterator[Link]:
    """Addresses of next pages in the attributes of buttons."""
    base = base_of(page)
    for name in LOAD_MORE:
        for element in page.root.iterfind(f".//*[@{name}]") if name.encode() in page.body else ():
            url = clean(element.get(name) or "", base)
            if url and is_same_site(url, page.url) and page_number(url):
                yield _document(url, page, LinkKind.PAGINATION)


def _parents(links: list[Link], page: Page) -> Iterator[Link]:
    """Folders that several articles of the page lie in: `/posts/` is a listing on most software, linked or not."""
    articles = [link for link in links if link.kind == LinkKind.ARTICLE and link.score >= 0.5]
    folders = Counter(link.url.partition("?")[0].rstrip("/").rpartition("/")[0] + "/" for link in articles)
    for folder, count in folders.items():
        if count >= MIN_SIBLINGS and segments_of(folder) and kind_of_path(folder) is None:
            yield Link(folder, "inferred", found_on=page.url, kind=LinkKind.SECTION, score=0.4)
