"""What was seen a moment ago: menus and "related" lists name the same addresses on every page of a site."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable

from crawler.frontier.records import NewUrl

KEPT = 50_000
"""Sightings that are remembered, about 10 MB, however many URLs are known."""


class RecentSightings:
    """Spares the store what it was told already in this run."""

    def __init__(self, *, kept: int = KEPT) -> None:
        self._kept = kept
        self._seen: OrderedDict[int, None] = OrderedDict()

    def fresh(self, urls: Iterable[NewUrl]) -> list[NewUrl]:
        """The URLs that say something that was not said lately: a URL, a source, a title, a date, a wish to visit."""
        return [url for url in urls if not self._is_repeated(url)]

    def _is_repeated(self, url: NewUrl) -> bool:
        link = url.link
        said = hash(
            (url.key, link.source, link.title, link.date, link.date_modified, link.authors, url.visit_before, url.skip,
             url.priority)
        )  # fmt: skip
        if said in self._seen:
            self._seen.move_to_end(said)
            return True
        self._seen[said] = None
        if len(self._seen) > self._kept:
            self._seen.popitem(last=False)
        return False
