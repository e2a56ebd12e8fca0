"""The date that a listing prints beside a link: `<time datetime>` in the same list entry."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from crawler.discovery.anchor_places import HEADINGS
from crawler.discovery.anchors import address_of, inner_heading
from crawler.discovery.dates import iso_date

MAX_TIMES = 500
MAX_CLIMB = 7
"""How many ancestors of a time are searched for its headline."""
MAX_CARD_ANCHORS = 40
"""Anchors of one list entry that are looked at."""


def card_dates(root: etree._Element, base: str) -> dict[str, str]:
    """Address → publication date as ISO 8601, where a time and just one linked headline share a list entry.

    The entry is the smallest block around the time that has a linked headline; two headlines there leave it open
    whose time it is, and no date is given.
    """
    found: dict[str, str] = {}
    headlines: dict[etree._Element, frozenset[str]] = {}
    for number, time in enumerate(root.iter("time")):
        if number >= MAX_TIMES:
            break
        date = iso_date(time.get("datetime"))
        url = _address_beside(time, base, headlines) if date and not _is_change_date(time) else None
        if date and url:
            found.setdefault(url, date)
    return found


def _is_change_date(time: etree._Element) -> bool:
    """WordPress themes print two times, of which the second carries the class `updated` (hAtom)."""
    marks = f"{time.get('class') or ''} {time.get('itemprop') or ''}".lower()
    return ("updated" in marks or "modified" in marks) and "published" not in marks


def _address_beside(time: etree._Element, base: str, headlines: dict[etree._Element, frozenset[str]]) -> str | None:
    """`headlines` remembers those of a block: a page of times alone would have it searched for each of them."""
    for climbed, ancestor in enumerate(time.iterancestors()):
        if climbed >= MAX_CLIMB or ancestor.tag in {"body", "html", "main"}:
            return None
        if ancestor not in headlines:
            headlines[ancestor] = frozenset(_headline_addresses(ancestor, base))
        addresses = headlines[ancestor]
        if addresses:
            return next(iter(addresses)) if len(addresses) == 1 else None
    return None


def _headline_addresses(block: etree._Element, base: str) -> Iterator[str]:
    for number, anchor in enumerate(block.iter("a")):
        if number >= MAX_CARD_ANCHORS:
            return
        is_headline = inner_heading(anchor) is not None or _is_in_heading(anchor)
        if is_headline and (url := address_of(anchor, base)):
            yield url


def _is_in_heading(anchor: etree._Element) -> bool:
    """Whether one of the three next ancestors is a heading."""
    return any(node.tag in HEADINGS for _, node in zip(range(3), anchor.iterancestors(), strict=False))
