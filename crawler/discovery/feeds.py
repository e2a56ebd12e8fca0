"""Feeds to links: RSS 2.0, RSS 1.0 (RDF), Atom, JSON Feed, with the next page of each (RFC 5005)."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from lxml import etree

from crawler.discovery.build_dates import without_build_dates
from crawler.discovery.dates import iso_date
from crawler.discovery.found import Found, Problem, Window, failure, unique
from crawler.discovery.json_feed import read_json_feed
from crawler.discovery.link_kinds import kind_of_entry
from crawler.discovery.paging import next_by_number
from crawler.discovery.unpacking import local_name as name_of
from crawler.discovery.unpacking import parse_tolerant, sound, text_of, ungzip
from crawler.page import Link, LinkKind
from crawler.urls import clean, normalise

ATOM = "http://www.w3.org/2005/Atom"
XML_BASE = "{http://www.w3.org/XML/1998/namespace}base"
ROOTS = frozenset({"rss", "feed", "rdf", "channel"})
MAX_ENTRIES = 10_000
MAX_TITLE = 1000

_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_PUBLISHED = ("published", "pubdate", "issued", "date", "created")
"""Atom 1.0, RSS 2.0, Atom 0.3, Dublin Core, Atom 0.3: the first that can be read."""
_UPDATED = ("updated", "modified")
"""Atom 1.0 (also within RSS), Atom 0.3 and `dcterms:modified`."""


def read_feed(body: bytes, url: str, *, window: Window | None = None) -> Found:
    """The entries of a feed as links of kind `article`; further pages of the feed as links of kind `feed`.

    Dates are given as the feed gives them, with its offset. Further pages are named only while an entry of this page
    lies in the window. A document that is no feed gives no links and the problem `not_a_feed`.
    """
    content, fault = ungzip(body)
    bounds = window or Window()
    if not content.strip():
        return failure(fault or "empty")
    if content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"{", b"[")):
        return read_json_feed(content, url, window=bounds)
    content, faults = sound(content)
    root = parse_tolerant(content)
    if root is None or name_of(root) not in ROOTS:
        return failure("not_a_feed", f"the document's element is {name_of(root) if root is not None else 'none'}")
    problems = [*faults, *([Problem(fault, url)] if fault else [])]
    entries = list(_entries(root))
    links = [link for entry in entries[:MAX_ENTRIES] if (link := _link(entry, url)) is not None]
    links, are_builds = without_build_dates(links)
    if are_builds:
        problems.append(Problem("build_dates", "every entry has the date of one build"))
    wanted = [link for link in links if bounds.admits(link.date or link.date_modified)]
    more = _further_pages(root, url) if wanted else []
    return Found(unique([*wanted, *more]), tuple(problems))


def _entries(root: etree._Element) -> Iterator[etree._Element]:
    return (node for node in root.iter() if isinstance(node.tag, str) and name_of(node) in {"item", "entry"})


def _children(entry: etree._Element) -> dict[str, list[etree._Element]]:
    """Local name → children, those of the media namespace left out: their titles and dates are the picture's."""
    found: dict[str, list[etree._Element]] = {}
    for child in entry:
        if isinstance(child.tag, str) and "search.yahoo.com/mrss" not in child.tag and "itunes" not in child.tag:
            found.setdefault(name_of(child), []).append(child)
    return found


def _link(entry: etree._Element, url: str) -> Link | None:
    parts = _children(entry)
    address = _address(parts, _base(entry, url))
    if address is None:
        return None
    return Link(
        url=address,
        source="feed",
        found_on=url,
        title=_title(parts),
        date=_first_date(parts, _PUBLISHED),
        date_modified=_first_date(parts, _UPDATED),
        authors=_authors(parts),
        kind=kind_of_entry(address),
        score=0.9,
    )


def _base(element: etree._Element, url: str) -> str:
    """`xml:base` of the entry and what encloses it, resolved from the outside inwards."""
    bases = [node.get(XML_BASE) for node in (element, *element.iterancestors())]
    for base in reversed([base for base in bases if base]):
        url = normalise(base, url) or url
    return url


def _address(parts: dict[str, list[etree._Element]], base: str) -> str | None:
    """The entry's page: FeedBurner's original link, Atom's alternate, RSS's link, else an id that is an address."""
    candidates = [text_of(node) for node in parts.get("origlink", ())]
    links = parts.get("link", ())
    alternates = [node for node in links if node.get("href") and node.get("rel", "alternate") == "alternate"]
    alternates.sort(key=lambda node: "html" not in node.get("type", "html"))
    candidates += [text_of(node) for node in links if not node.get("href")]
    candidates += [node.get("href", "") for node in alternates]
    candidates += [
        text for node in (*parts.get("guid", ()), *parts.get("id", ())) if _is_address(text := text_of(node))
    ]
    return next((address for text in candidates if text and (address := clean(text, base))), None)


def _is_address(text: str) -> bool:
    return text.startswith(("http://", "https://"))


def _title(parts: dict[str, list[etree._Element]]) -> str | None:
    return plain_title(next((text for node in parts.get("title", ()) if (text := text_of(node))), ""))


def plain_title(text: str) -> str | None:
    """A title without markup: feeds escape HTML in titles once more than their standard says."""
    plain = " ".join(html.unescape(_TAG.sub("", html.unescape(text) if "&lt;" in text else text)).split())
    return plain[:MAX_TITLE] or None


def _first_date(parts: dict[str, list[etree._Element]], names: tuple[str, ...]) -> str | None:
    texts = (text_of(node) for name in names for node in parts.get(name, ()))
    return next((date for text in texts if (date := iso_date(text))), None)


def _authors(parts: dict[str, list[etree._Element]]) -> tuple[str, ...]:
    """Names in `dc:creator`, Atom's `author/name` and RSS's `author`, whose form is "address (name)"."""
    names: list[str] = [text_of(node) for node in parts.get("creator", ())]
    for author in parts.get("author", ()):
        inner = [text_of(child) for child in author if isinstance(child.tag, str) and name_of(child) == "name"]
        names += inner or [_rss_author(text_of(author))]
    return tuple(dict.fromkeys(name for name in names if name))


def _rss_author(text: str) -> str:
    match = re.fullmatch(r"\S+@\S+\s*\((.+)\)", text)
    return match[1].strip() if match else "" if "@" in text else text


def _further_pages(root: etree._Element, url: str) -> list[Link]:
    """RFC 5005's next page or previous archive; else the next number, on platforms whose feeds are known to page."""
    for node in root.iter(f"{{{ATOM}}}link"):
        if node.get("rel") in {"next", "prev-archive"} and (address := clean(node.get("href", ""), _base(node, url))):
            return [_feed_link(address, url)] if address != url else []
    generator = next(
        (text_of(node) for node in root.iter() if isinstance(node.tag, str) and name_of(node) == "generator"), ""
    )
    if "wordpress" in generator.lower() and (address := next_by_number(url, "paged")):
        return [_feed_link(address, url)]
    return []


def _feed_link(address: str, url: str) -> Link:
    return Link(address, "feed", found_on=url, kind=LinkKind.FEED, score=0.0)
