"""Signals between the rooms that do not import one another: the spider, the writer, the frontier and the archive."""

from __future__ import annotations

from dataclasses import dataclass

from crawler.items import Article
from crawler.page import Page

articles_written = object()
"""Sent when lines are durable. `ids`: the `Article.id` of each line, in order."""

output_repaired = object()
"""Sent at start for each file that a killed run left. `lines`: its whole lines as dicts, in order.

A receiver may return a set of indexes: lines that are written elsewhere too, and that the writer then leaves out."""

page_read = object()
"""Sent when the address of an article was read, before its item, if there is one. `visit`: a `PageRead`."""


@dataclass(frozen=True, slots=True)
class PageAnswer:
    """A page, and where the archive keeps its answer."""

    page: Page
    kept: object = None
    """What the archive left in the request's meta as `archived`."""


@dataclass(frozen=True, slots=True)
class PageRead:
    """What the spider knows of an article's address once it has read it."""

    article: Article
    """What extraction made of it, whether it is an article or not."""
    answers: tuple[PageAnswer | None, ...]
    """The pages that it was read from, the first part first; None for each part that could not be had."""
    id: str
    """The article's identity."""
    publication: str
    """Its publication's name."""
    run_id: str
    revision: int
    """The revision that its line is, or would be."""
    wanted: bool
    """Whether an item follows."""
