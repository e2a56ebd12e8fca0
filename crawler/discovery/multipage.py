"""The parts of an article that is spread over several addresses."""

from __future__ import annotations

import re

from crawler.discovery.anchors import anchors_of
from crawler.discovery.link_kinds import kind_of_path
from crawler.discovery.page_heads import head_links
from crawler.page import LinkKind, Page
from crawler.urls import identity, normalise

MAX_PARTS = 50
"""Parts of one article that are joined."""

_PART = re.compile(
    r"/(?:(?:page|seite|pagina|p)[/:_-]?)?(\d{1,2})/?$|[?&](?:page|pg|seite|pagina)=(\d{1,2})$"
    r"|[_,-](?:page|seite|p)?(\d{1,2})(?=\.html?$)",
    re.IGNORECASE,
)
"""`/slug/2/` (WordPress `<!--nextpage-->`), `/slug/page/2/`, `?page=2` (WordPress plain links), `slug-2.html`."""
_SUFFIX = 3
"""The group of `slug-2.html`: the second article of a name looks the same, so that it counts in a pager only."""


def part_number(url: str) -> tuple[str, int] | None:
    """The address without its part number, and the number, or None where it carries none."""
    match = _PART.search(url)
    if match is None:
        return None
    number = next(int(group) for group in match.groups() if group)
    return url[: match.start()] + (url[match.end() :] if url[match.end() :].startswith(".") else ""), number


def part_addresses(page: Page) -> tuple[str, ...]:
    """The addresses of all parts in order, the first included; empty where the article has one page.

    Parts are the addresses that the page links, outside its comments, which differ from its own in the part number
    alone. A listing's further pages are none: an address that is a list's by its path has no parts.
    """
    own = normalise(page.url)
    if own is None:
        return ()
    numbered = part_number(own)
    stems = [own] if numbered is None else [own, numbered[0]]
    links = _linked(page)
    for stem in stems:
        parts = _parts_of(stem, links) if kind_of_path(stem) in (None, LinkKind.OTHER) else {}
        if parts:
            return _in_order(stem, parts, own, links)
    return ()


def _linked(page: Page) -> list[str]:
    anchors = [anchor for anchor in anchors_of(page) if not anchor.in_comments]
    inline = [anchor.url for anchor in anchors if anchor.in_pager or not _is_suffixed(anchor.url)]
    return inline + [url for rel, _, url in head_links(page) if rel & {"next", "prev"}]


def _is_suffixed(url: str) -> bool:
    match = _PART.search(url)
    return match is not None and match[_SUFFIX] is not None


def _parts_of(stem: str, links: list[str]) -> dict[int, str]:
    key = identity(stem)
    parts: dict[int, str] = {}
    for url in links:
        numbered = part_number(url)
        if numbered and 1 < numbered[1] <= MAX_PARTS and identity(numbered[0]) == key:
            parts.setdefault(numbered[1], url)
    return parts


def _in_order(stem: str, parts: dict[int, str], own: str, links: list[str]) -> tuple[str, ...]:
    """First the address without a number, as it is linked; between two linked numbers none is left out."""
    key = identity(stem)
    first = next((url for url in [own, *links] if identity(url) == key), stem)
    numbered = part_number(own)
    if numbered and identity(numbered[0]) == key:
        parts.setdefault(numbered[1], own)
    pattern = parts[max(parts)]
    numbers = range(2, max(parts) + 1)
    return (first, *(parts.get(number) or _with_number(pattern, number) for number in numbers))


def _with_number(url: str, number: int) -> str:
    match = _PART.search(url)
    if match is None:
        return url
    group = next(index for index, value in enumerate(match.groups(), 1) if value)
    return f"{url[: match.start(group)]}{number}{url[match.end(group) :]}"
