"""What the head of an HTML page says of other addresses: feeds, the canonical address, the next page, the REST root."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from crawler.discovery.anchors import base_of
from crawler.page import Page
from crawler.urls import clean, identity

RELATIONS = frozenset({"alternate", "amphtml", "canonical", "next", "prev", "https://api.w.org/"})
"""Relations that lead to pages and lists; style sheets, icons and their like do not."""
FEED_TYPES = ("application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml")
"""Media types of feeds; `application/json` and `text/xml` name other things as well."""
_COMMENT_FEED = re.compile(
    r"/comments/(?:feed|default)|comments?[-_/]?(?:feed|rss)|[?&]feed=comments|/feeds/\d+/comments/", re.IGNORECASE
)
"""WordPress and Blogger name the feeds of comments beside those of posts."""
_COMMENT_TITLE = re.compile(
    r"\b(?:comments?|kommentare?|commentaires?|comentarios?|coment[aá]rios|commenti|reacties|kommentarer|komentarze"
    r"|yorumlar|комментари\w*)\b",
    re.IGNORECASE,
)
"""Titles that WordPress gives the feeds of comments, in its translations."""
_LINK_HEADER = re.compile(r"<([^<>]*)>((?:\s*;\s*[\w!#$&+.^`|~*-]+\s*=\s*(?:\"[^\"]*\"|[^\s;,\"]+))*)")
"""RFC 8288, section 3."""
_REL = re.compile(r";\s*rel\s*=\s*(?:\"([^\"]*)\"|([^\s;,\"]+))", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class HeadLink:
    """One `<link>` element or `Link` header."""

    rel: frozenset[str]
    """Relations, lower case."""
    url: str
    """Clean URL."""
    media_type: str = ""
    title: str = ""
    medium: str = ""
    """The medium that it is for, where it is not for all: `print`, `handheld`, `only screen and (max-width: 640px)`."""


def head_links(page: Page) -> Iterator[HeadLink]:
    """The links of the head, then those of the headers, as far as they resolve and stand in one of `RELATIONS`."""
    base = base_of(page)
    for element in page.root.iter("link"):
        rel = frozenset((element.get("rel") or "").lower().split()) & RELATIONS
        url = clean(element.get("href") or "", base) if rel and element.get("href") else None
        if url:
            media_type = (element.get("type") or "").partition(";")[0].strip().lower()
            yield HeadLink(rel, url, media_type, element.get("title") or "", element.get("media") or "")
    for target, parameters in _LINK_HEADER.findall(page.header("link") or ""):
        relation = _REL.search(parameters)
        url = clean(target, page.url)
        if relation and url:
            yield HeadLink(frozenset((relation[1] or relation[2]).lower().split()), url)


def feeds_of(page: Page, *, is_article: bool = False) -> tuple[str, ...]:
    """The feeds that a page names as its alternates; not those of comments, which lie below an article's address."""
    below = identity(page.url) + "/"
    feeds = [link for link in head_links(page) if "alternate" in link.rel and link.media_type in FEED_TYPES]
    named = (link.url for link in feeds if not (_COMMENT_FEED.search(link.url) or _COMMENT_TITLE.search(link.title)))
    return tuple(dict.fromkeys(url for url in named if not (is_article and identity(url).startswith(below))))


def related(page: Page, relation: str) -> str | None:
    """The first address that stands in a relation to the page (`next`, `canonical`, `https://api.w.org/`), or None."""
    return next((link.url for link in head_links(page) if relation in link.rel), None)


def renderings_of(page: Page) -> frozenset[str]:
    """Identities of the addresses at which the page says it stands once more: for AMP, for print, for small screens."""
    links = (link for link in head_links(page) if "amphtml" in link.rel or ("alternate" in link.rel and link.medium))
    return frozenset(identity(link.url) for link in links if not link.media_type)
