"""Publishing platforms with public lists of their own; a new one is a file here and a row in `PLATFORMS`."""

from __future__ import annotations

from crawler.discovery.found import Found, Window, failure, unique
from crawler.discovery.platforms import blogger, ghost, squarespace, substack, wordpress
from crawler.discovery.platforms.platform import Platform
from crawler.page import Link, Page

__all__ = ["PLATFORMS", "Platform", "platform_lists", "platform_of", "read_platform_list"]

PLATFORMS = (
    wordpress.PLATFORM,
    ghost.PLATFORM,
    substack.PLATFORM,
    blogger.PLATFORM,
    squarespace.PLATFORM,
)
"""In the order in which they are asked; the first that recognises a page has it."""


def platform_of(page: Page) -> Platform | None:
    """The platform that made a page, or None."""
    return next((platform for platform in PLATFORMS if platform.is_here(page)), None)


def platform_lists(page: Page, window: Window) -> tuple[Link, ...]:
    """The lists that the page's platform offers, bounded by the window where the platform can do so."""
    platform = platform_of(page)
    return unique(platform.lists(page, window)) if platform else ()


def read_platform_list(page: Page, window: Window) -> Found:
    """The links of a platform's own list, recognised by its address; the problem `not_a_list` where it is none."""
    location = "/" + page.url.partition("://")[2].partition("/")[2]
    for platform in PLATFORMS:
        if platform.read is not None and platform.list_path is not None and platform.list_path.search(location):
            return platform.read(page, window)
    return failure("not_a_list", "no platform has a list at such an address")
