"""The parts of an article that is spread over several addresses."""

from __future__ import annotations

import re
from dataclasses import dataclass

from crawler.discovery.anchors import Anchor, anchors_of
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


def part_addresses(page: Page, *, anchors: tuple[Anchor, ...] | None = None) -> tuple[str, ...]:
    """The addresses of all parts in order, the first included; empty where the article has one page.

    Parts are the addresses that the page links, outside its comments, which differ from its own in the part number
    alone; the page itself is always among them. A listing's further pages are none: an address that is a list's by its
    path has no parts. `anchors` saves reading the page's anchors again.
    """
    own = normalise(page.url)
    if own is None:
        return ()
    linked = _linked(page, anchors if anchors is not None else anchors_of(page))
    numbered = part_number(own)
    candidates = [(own, 1), *([numbered] if numbered else [])]
    found = (_parts_of(stem, number, own, linked) for stem, number in candidates if _may_have_parts(stem))
    return next((_in_order(stem, parts) for stem, parts in found if len(parts) > 1), ())


def _may_have_parts(stem: str) -> bool:
    return kind_of_path(stem) in (None, LinkKind.OTHER)


@dataclass(frozen=True, slots=True)
class _Linked:
    """An address that the page links."""

    url: str
    in_pager: bool


def _linked(page: Page, anchors: tuple[Anchor, ...]) -> list[_Linked]:
    inline = [_Linked(anchor.url, anchor.in_pager) for anchor in anchors if not anchor.in_comments]
    return inline + [_Linked(link.url, True) for link in head_links(page) if link.rel & {"next", "prev"}]


def _is_suffixed(url: str) -> bool:
    match = _PART.search(url)
    return match is not None and match[_SUFFIX] is not None


def _parts_of(stem: str, number: int, own: str, linked: list[_Linked]) -> tuple[str, dict[int, str]]:
    """Number → address, for the parts that belong to a stem and can be proved; the page itself is the `number`th."""
    key = identity(stem)
    parts: dict[int, str] = {}
    for link in linked:
        if identity(link.url) == key and (link.in_pager or number == 1):
            parts.setdefault(1, link.url)
        elif (part := _part_of(link, key)) is not None:
            parts.setdefault(part, link.url)
    if parts and 1 <= number <= MAX_PARTS:
        return stem, parts | {number: own}
    return stem, {}


def _part_of(link: _Linked, key: str) -> int | None:
    numbered = part_number(link.url)
    if numbered is None or not 1 < numbered[1] <= MAX_PARTS or identity(numbered[0]) != key:
        return None
    return numbered[1] if link.in_pager or not _is_suffixed(link.url) else None


def _in_order(stem: str, parts: dict[int, str]) -> tuple[str, ...]:
    """From the first to the last, none between two known numbers left out; the first carries no number."""
    pattern = parts[max(parts)]
    known = {1: stem} | parts
    return tuple(known.get(number) or _with_number(pattern, number) for number in range(1, max(parts) + 1))


def _with_number(url: str, number: int) -> str:
    match = _PART.search(url)
    if match is None:
        return url
    group = next(index for index, value in enumerate(match.groups(), 1) if value)
    return f"{url[: match.start(group)]}{number}{url[match.end(group) :]}"
