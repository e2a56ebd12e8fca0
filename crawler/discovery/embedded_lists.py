"""Lists that a page keeps as JSON for its scripts: applications draw the first cards of a list, the rest on request."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

import orjson

from crawler.discovery.article_paths import article_score
from crawler.discovery.found import Window
from crawler.discovery.json_lists import entries_of, following_of, values_of
from crawler.page import Link, LinkKind, Page
from crawler.urls import is_same_site

ARTICLE_SCORE = 0.5
"""What an address of three words reaches: menus stand in the same JSON, their entries have neither that nor a date."""
MAX_LINKS = 500
"""Links that are taken from one script."""
NUMBERED = "__NUXT_DATA__"
"""`id` of Nuxt 3's data, where members hold the positions of their values (devalue)."""


def embedded_links(page: Page, *, window: Window, subdomains: bool = False) -> Iterator[Link]:
    """The dated entries, those of long addresses, and the next page, of `<script type="application/json">`.

    Next.js (`__NEXT_DATA__`), Nuxt 3 (`__NUXT_DATA__`) and others that draw their lists so.
    """
    if b"application/json" not in page.body:
        return
    for element in page.root.iterfind(".//script[@type='application/json']"):
        try:
            document = orjson.loads(element.text or "")
        except orjson.JSONDecodeError:
            continue
        found = _links(_resolved(document) if element.get("id") == NUMBERED else document, page)
        own = (link for link in found if is_same_site(link.url, page.url, subdomains=subdomains))
        wanted = (link for link in own if window.admits(link.date))
        yield from islice(wanted, MAX_LINKS)


def _links(document: Any, page: Page) -> Iterator[Link]:
    for value in values_of(document):
        if isinstance(value, dict):
            for link in entries_of(value, page):
                if link.kind != LinkKind.ARTICLE or link.date or article_score(link.url) >= ARTICLE_SCORE:
                    yield link
            for url in filter(None, following_of(value, page)):
                yield Link(url, "pagination", found_on=page.url, kind=LinkKind.PAGINATION, score=0.5)


def _resolved(document: Any) -> list[dict[str, Any]]:
    """The objects with their values, one level deep: addresses, titles and dates are texts."""
    values = document if isinstance(document, list) else []
    objects = (value for value in values if isinstance(value, dict))
    return [
        {name: values[place] for name, place in each.items() if type(place) is int and 0 <= place < len(values)}
        for each in objects
    ]
