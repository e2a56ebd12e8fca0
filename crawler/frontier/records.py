"""What the frontier keeps: the record of one URL, what became of a visit, and what is known of a host."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, StrEnum

from crawler.page import Link


class State(IntEnum):
    """Where a record stands between two visits."""

    QUEUED = 0
    """Waits for its `due` time."""
    LEASED = 1
    """A worker has it."""
    SETTLED = 2
    """Has an outcome; comes back at `due`, where there is one."""


class Outcome(StrEnum):
    """What became of a URL. Each ends in exactly one, with a reason in words where the name does not say it all."""

    NEW = "new"
    """An article, written for the first time."""
    UPDATED = "updated"
    """An article whose text or headline changed: written as the next revision."""
    UNCHANGED = "unchanged"
    """Fetched or asked for again (304), and nothing changed."""
    LISTED = "listed"
    """A document that names others: its links were taken."""
    GONE = "gone"
    """404 or 410, twice."""
    MISSING = "missing"
    """404 or 410, once."""
    REDIRECT = "redirect"
    """Leads to another address, which has its own record."""
    ALIAS = "alias"
    """Another address of an article that is known already."""
    REJECTED = "rejected"
    """Fetched, and not an article (or not one that was asked for)."""
    SKIPPED = "skipped"
    """Not fetched: outside the time window, excluded, or beyond a trap's budget."""
    BLOCKED = "blocked"
    """robots.txt, the server, or our own address guard refuses."""
    WAITING = "waiting"
    """Failed for now; queued again with a later due time."""
    FAILED = "failed"
    """Failed as often as is tried; comes back with the next run."""


@dataclass(frozen=True, slots=True)
class Record:
    """One URL of a publication, as the frontier knows it."""

    key: str
    """Identity of the URL: equal for its variants; also the article's `id`."""
    url: str
    """The address to fetch."""
    host: str
    """Politeness key: host and port."""
    publication: str
    """Slug of the publication."""
    kind: str
    """What it leads to; a `LinkKind`."""
    state: State = State.QUEUED
    priority: int = 50
    """Smaller is fetched earlier."""
    due: float | None = 0.0
    """Unix time of the next visit; None: never again by itself."""
    attempts: int = 0
    """Failed tries since the last success."""
    hops: int = 0
    """Redirects that led here."""
    outcome: Outcome | None = None
    reason: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    text_hash: str | None = None
    """Hash of a listing's links."""
    field_hashes: str | None = None
    """JSON: field of the article → hash of its value as it was last written."""
    revision: int = 0
    """Lines written of this article."""
    changed: float | None = None
    """Unix time of the last change seen."""
    fetched: float | None = None
    """Unix time of the last answer."""
    stable: int = 0
    """Visits since the last change."""
    links: tuple[Link, ...] = ()
    """Who named it, with which title and dates."""


@dataclass(frozen=True, slots=True)
class Settlement:
    """What a visit came to, and when the record is due again."""

    key: str
    outcome: Outcome
    reason: str | None = None
    due: float | None = None
    """Unix time of the next visit; None: never again by itself."""
    queued: bool = False
    """True: back into the queue (a retry); False: settled."""
    attempts: int = 0
    url: str | None = None
    """A new address to fetch, where a redirect leads to a variant of the same URL."""
    hops: int | None = None
    alias_of: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    text_hash: str | None = None
    field_hashes: str | None = None
    revision: int | None = None
    changed: float | None = None
    fetched: float | None = None
    stable: int = 0
    run_id: str | None = None
    content: str | None = None
    """Hash by which copies of an article that was written are known."""


@dataclass(frozen=True, slots=True)
class NewUrl:
    """A URL to be remembered, with whoever named it."""

    key: str
    host: str
    publication: str
    link: Link
    priority: int
    due: float
    hops: int = 0
    visit_before: float | None = None
    """A settled record whose last answer is older than this Unix time is queued again (listings, changed articles)."""
    skip: str | None = None
    """The reason not to fetch it, where there is one."""
    published: float | None = None
    """Unix time of publication as whoever named it says, where it is outside the time window."""


@dataclass(frozen=True, slots=True)
class Host:
    """What is known of a host."""

    name: str
    delay: float | None = None
    """Crawl delay in seconds that robots.txt asks for."""
    not_before: float = 0.0
    """Unix time before which the host is left alone."""
    reason: str | None = None
    """Why it is left alone."""


@dataclass(frozen=True, slots=True)
class RobotsAnswer:
    """A robots.txt as it was answered, kept at most 24 hours (RFC 9309, section 2.4)."""

    origin: str
    """Scheme, host and port."""
    status: int | None
    """HTTP status after redirects; None: unreachable."""
    body: bytes
    fetched: float
    """Unix time."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line that a killed run left in its output file."""

    key: str
    url: str
    publication: str
    revision: int
    run_id: str
    field_hashes: str
    fetched: float | None
    gone: bool
