"""The parts of an article that is spread over several addresses."""

from __future__ import annotations

from crawler.page import Page


def part_addresses(page: Page) -> tuple[str, ...]:
    """The addresses of all parts in order, the first included; empty where the article has one page."""
    return ()
