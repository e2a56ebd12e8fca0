"""What an answer's headers say to the spider."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crawler.frontier.visits import Validators
from crawler.page import Link
from crawler.urls import normalise

if TYPE_CHECKING:
    from scrapy.http import Response


def location_of(response: Response) -> str | None:
    """The address that a redirect leads to, or None where it names none that can be fetched."""
    value = response.headers.get("Location")
    return normalise(value.decode("utf-8", "replace"), response.url) if value else None


def link_to(link: Link, target: str, kind: str) -> Link:
    """What is known of an address, for the one that it leads to."""
    return Link(
        target, link.source, link.found_on, link.title, link.date, link.date_modified, link.authors, kind=kind,
        score=link.score,
    )  # fmt: skip


def validators_of(response: Response) -> Validators:
    """What makes the next request conditional (RFC 9110, section 8.8)."""

    def value(name: str) -> str:
        return (response.headers.get(name) or b"").decode("latin-1")

    return Validators(value("ETag"), value("Last-Modified"))
