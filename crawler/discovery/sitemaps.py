"""Sitemaps to links: urlset, index, news, text, and feeds offered as sitemaps (sitemaps.org protocol, Google News)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from crawler.discovery.article_paths import article_score, date_span
from crawler.discovery.build_dates import without_build_dates
from crawler.discovery.dates import iso_date
from crawler.discovery.feeds import read_feed
from crawler.discovery.found import Found, Problem, Window, failure, unique
from crawler.discovery.link_kinds import kind_of_path
from crawler.discovery.sitemap_names import links_of_sitemap, names_pages, span_of_sitemap
from crawler.discovery.unpacking import (
    PROLOGUE,
    elements,
    has_entity,
    local_name,
    looks_like_xml,
    root_name,
    sound,
    text_of,
    ungzip,
)
from crawler.page import Link, LinkKind
from crawler.urls import clean, is_same_site

MAX_ENTRIES = 100_000
"""Twice what the protocol allows in one file; the rest is cut and reported."""
SURE_SCORE = 0.7
"""What a headline of five words reaches, or of three and a date."""
MAX_NESTING = 3
"""Indexes within indexes that a crawl should follow; the protocol allows one level."""

SITEMAP_ROOTS = frozenset({"urlset", "sitemapindex"})
FEED_ROOTS = frozenset({"rss", "feed", "rdf"})


@dataclass(slots=True)
class Entry:
    """What one `<url>` or `<sitemap>` says, as read so far."""

    locations: list[str]
    lastmod: str | None = None
    published: str | None = None
    title: str | None = None


def read_sitemap(body: bytes, url: str, *, window: Window | None = None) -> Found:
    """The links of a sitemap in any of its forms; child sitemaps are links of kind `sitemap`.

    Entries that the window rules out by their own dates (`lastmod` before its start, news date, date in the path) are
    left out, child sitemaps too. A document that is none gives no links and the problem `not_a_sitemap`.
    """
    content, fault = ungzip(body)
    bounds = window or Window()
    if not content.strip():
        return failure(fault or "empty")
    found = _read_xml(content, url, bounds) if looks_like_xml(content) else _read_text(content, url, bounds)
    return Found(found.links, found.problems + ((Problem(fault, url),) if fault else ()))


def _read_text(content: bytes, url: str, window: Window) -> Found:
    if b"\0" in content[:PROLOGUE]:
        return failure("not_a_sitemap", "a binary file")
    lines = content.decode("utf-8-sig", "replace").split("\n", MAX_ENTRIES)
    addresses = (_text_address(line.strip(), url) for line in lines[:MAX_ENTRIES])
    links = [_link(Entry([address]), address, url, _kind(Entry([]), address, url)) for address in addresses if address]
    if not links:
        return failure("not_a_sitemap", "neither XML nor a list of addresses")
    problems = (Problem("too_many", f"more than {MAX_ENTRIES} lines"),) if len(lines) > MAX_ENTRIES else ()
    return Found(unique(link for link in links if _is_wanted(link, window)), problems)


def _text_address(line: str, url: str) -> str | None:
    """The address on one line; an address without scheme counts where it names the sitemap's own host."""
    if not line or any(character.isspace() for character in line):
        return None
    if line.lower().startswith(("http://", "https://")):
        return clean(line)
    scheme = url.partition("://")[0]
    candidate = clean(f"{scheme}://{line}")
    return candidate if candidate and is_same_site(candidate, url, subdomains=True) else None


def _read_xml(content: bytes, url: str, window: Window) -> Found:
    content, faults = sound(content)
    problems = list(faults)
    root = root_name(content)
    if root in FEED_ROOTS:
        return read_feed(content, url, window=window)
    reader = _Reader(url)
    links: list[Link] = []
    for link in reader.links(content):
        if len(links) >= MAX_ENTRIES:
            problems.append(Problem("too_many", f"more than {MAX_ENTRIES} entries"))
            break
        if _is_wanted(link, window):
            links.append(link)
    if not reader.entries:
        return _nothing(root, problems)
    dated, are_builds = without_build_dates(links)
    if are_builds:
        problems.append(Problem("build_dates", "every entry has the date of one build"))
    return Found(unique(dated), tuple(problems + reader.problems))


def _nothing(root: str, problems: list[Problem]) -> Found:
    """An empty sitemap, which is no fault, or another document."""
    if root in SITEMAP_ROOTS:
        return Found(problems=tuple(problems))
    return failure("not_a_sitemap", f"the document's element is {root or 'none'}")


class _Reader:
    """One pass over a document, which is thrown away as it is read."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.entries = 0
        self.problems: list[Problem] = []

    def links(self, content: bytes) -> Iterator[Link]:
        for element in elements(content):
            name = local_name(element)
            if name in {"url", "sitemap"} and not _is_inside_location(element):
                yield from self._of_entry(element, name)
                element.clear()

    def _of_entry(self, element: etree._Element, name: str) -> Iterator[Link]:
        self.entries += 1
        entry = _entry(element)
        for location in entry.locations:
            address = clean(location, self.url)
            if address is None:
                self.problems.append(Problem("bad_url", location[:200]))
            else:
                kind = LinkKind.SITEMAP if name == "sitemap" else _kind(entry, address, self.url)
                yield _link(entry, address, self.url, kind)


def _kind(entry: Entry, address: str, url: str) -> LinkKind:
    """What a page is: an article where a news sitemap lists it; else by the sitemap's name, else by its own path.

    A name is not believed against an address that looks like an article's through and through.
    """
    if entry.published is not None:
        return LinkKind.ARTICLE
    named, stated = links_of_sitemap(url), kind_of_path(address)
    if named == LinkKind.ARTICLE or (stated is None and article_score(address) >= SURE_SCORE):
        return stated or LinkKind.ARTICLE
    return named


def _is_inside_location(element: etree._Element) -> bool:
    parent = element.getparent()
    return parent is not None and local_name(parent) == "loc"


def _entry(element: etree._Element) -> Entry:
    """An entry's own children and those of its `<news:news>`; those of images, videos and alternates do not count."""
    entry = Entry([])
    for child in element:
        if not isinstance(child.tag, str):
            continue
        name = local_name(child)
        if name == "loc" and not has_entity(child):
            entry.locations.append(text_of(child))
        elif name == "lastmod":
            entry.lastmod = entry.lastmod or iso_date(text_of(child))
        elif name == "news":
            _read_news(child, entry)
    if len(element) == 0:
        entry.locations.append(text_of(element))  # an entry without `<loc>`, seen in the wild
    entry.locations = [location for location in entry.locations if location]
    return entry


def _read_news(news: etree._Element, entry: Entry) -> None:
    for child in news:
        if isinstance(child.tag, str):
            name = local_name(child)
            if name == "publication_date":
                entry.published = iso_date(text_of(child))
            elif name == "title":
                entry.title = text_of(child) or None


def _link(entry: Entry, address: str, url: str, kind: LinkKind) -> Link:
    is_news = entry.published is not None
    return Link(
        url=address,
        source="news_sitemap" if is_news else "page_sitemap" if names_pages(url) else "sitemap",
        found_on=url,
        title=entry.title,
        date=entry.published,
        date_modified=entry.lastmod,
        kind=kind,
        score=0.9 if is_news else article_score(address),
    )


def _is_wanted(link: Link, window: Window) -> bool:
    """Whether an entry may lie in the window, by the dates it states itself and the date in its address."""
    if window.is_open:
        return True
    if window.since and link.date_modified and not Window(since=window.since).admits(link.date_modified):
        return False
    span = span_of_sitemap(link.url) if link.kind == LinkKind.SITEMAP else date_span(link.url)
    return window.admits(link.date) and (span is None or window.admits_span(*span))
