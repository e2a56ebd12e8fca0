"""Who named a URL: kept as JSON in its record, bounded, the sightings with dates and titles first."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import fields
from typing import Any

from crawler.page import Link

KEPT = 8
"""Sightings kept of one URL: one of each source is enough to complete a page and to reconcile sources."""

_NAMES = frozenset(field.name for field in fields(Link))
_DEFAULTS = tuple((field.name, field.default) for field in fields(Link) if field.name != "url")


def encode(links: Iterable[Link], url: str) -> str:
    """JSON of the sightings. What is the record's own (its address) or a default is left out."""
    return json.dumps([_slim(link, url) for link in links], separators=(",", ":"))


def decode(text: str | None, url: str) -> tuple[Link, ...]:
    """The sightings of a record. Unknown keys (of a newer version) are ignored."""
    rows = json.loads(text) if text else []
    return tuple(Link(**_complete(row, url)) for row in rows)


def merge(known: tuple[Link, ...], link: Link) -> tuple[Link, ...]:
    """`known` with `link` in place of a poorer or older one of the same source; `known` itself if it adds nothing."""
    rival = next((old for old in known if old.source == link.source), None)
    if rival is None:
        return (*known, link) if len(known) < KEPT else known
    if rival == link or _wealth(rival) > _wealth(link) or (_facts(rival) == _facts(link)):
        return known
    return tuple(link if old is rival else old for old in known)


def sources(links: Iterable[Link]) -> str:
    """The names of the sources, sorted, with commas: what a report groups by."""
    return ",".join(sorted({link.source for link in links}))


def _wealth(link: Link) -> int:
    return sum(bool(value) for value in (link.title, link.date, link.date_modified, link.authors))


def _facts(link: Link) -> tuple[object, ...]:
    return (link.title, link.date, link.date_modified, link.authors)


def _slim(link: Link, url: str) -> dict[str, object]:
    slim = {name: value for name, default in _DEFAULTS if (value := getattr(link, name)) != default}
    return slim if link.url == url else {**slim, "url": link.url}


def _complete(row: dict[str, Any], url: str) -> dict[str, Any]:
    known = {key: value for key, value in row.items() if key in _NAMES}
    authors = known.get("authors")
    known["authors"] = tuple(map(str, authors)) if isinstance(authors, list) else ()
    return {"url": url, **known}
