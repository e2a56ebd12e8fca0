"""What an answer's headers, or the lack of an answer, say to the spider."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from scrapy.exceptions import IgnoreRequest

from crawler.fetching.refusals import AddressRefused, AnswerRefused
from crawler.fetching.robots import RobotsUnavailableError
from crawler.frontier.visits import Validators
from crawler.page import Link, LinkKind, Page, SiteProfile
from crawler.urls import normalise

if TYPE_CHECKING:
    from datetime import datetime

    from scrapy.http import Response

    from crawler.frontier.records import Settlement
    from crawler.frontier.schedule import RetryPolicy
    from crawler.frontier.visits import Visit


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


def page_of(response: Response, *, links: tuple[Link, ...], fetched_at: datetime, profile: SiteProfile) -> Page:
    """An answer with what is known of its address; the time in whole seconds, as items state it."""
    headers = {
        name.decode("latin-1"): b", ".join(values).decode("latin-1") for name, values in response.headers.items()
    }
    return Page(response.body, response.url, headers, fetched_at.replace(microsecond=0), links, profile)


def validators_of(response: Response) -> Validators:
    """What makes the next request conditional (RFC 9110, section 8.8)."""

    def value(name: str) -> str:
        return (response.headers.get(name) or b"").decode("latin-1")

    return Validators(value("ETag"), value("Last-Modified"))


def after_failure(visit: Visit, error: BaseException | None, *, policy: RetryPolicy) -> Settlement:
    """What a request that brought no answer comes to: refused by a rule of ours, or failed in the network."""
    if isinstance(error, AnswerRefused):
        return visit.rejected(str(error))
    if isinstance(error, AddressRefused) and visit.record.kind == LinkKind.FRONT_PAGE:
        return visit.broken(str(error))  # the operator names it: tried as soon as FETCH_ALLOW_PRIVATE may allow it
    if isinstance(error, IgnoreRequest):
        return visit.blocked(str(error) or type(error).__name__)
    reason = str(error) if isinstance(error, RobotsUnavailableError) else type(error).__name__
    return visit.failed(reason, policy=policy, jitter=random.random())  # noqa: S311 - spreads retries, no secret
