"""What a publishing platform is to discovery: how its pages are recognised, and where its own lists lie."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from crawler.discovery.found import Found, Window
from crawler.page import Link, Page


@dataclass(frozen=True, slots=True)
class Platform:
    """A row of `platforms.PLATFORMS`."""

    name: str
    generator: re.Pattern[str] | None
    """Matched at the start of `<meta name=generator>`."""
    marks: tuple[str, ...]
    """Texts of which one stands in the source of every page of the platform that hides its generator."""
    lists: Callable[[Page, Window], tuple[Link, ...]]
    """A page → the platform's lists of all articles, as links of kind `rest`, `feed` or `sitemap`."""
    list_path: re.Pattern[str] | None = None
    """Searched in path and query: the addresses that `read` understands."""
    read: Callable[[Page, Window], Found] | None = None
    """An answer of the platform's own list → links."""
    paged_feed: str | None = None
    """The parameter that numbers the pages of its feeds."""

    def is_here(self, page: Page) -> bool:
        """Whether a page was made by the platform."""
        generators = page.meta.get("generator", [])
        if self.generator and any(self.generator.match(generator) for generator in generators):
            return True
        return any(mark in page.text for mark in self.marks)
