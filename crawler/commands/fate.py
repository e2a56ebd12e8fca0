"""Why an address was fetched or not: what the frontier knows of it, or what would keep it from getting there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from crawler.commands.health import sqlite_path
from crawler.discovery.robots import RobotsPolicy, parse_robots, robots_policy
from crawler.discovery.traps import trap_reason
from crawler.errors import CrawlerError
from crawler.frontier.identity import key_of
from crawler.frontier.records import Outcome, Record, State
from crawler.frontier.scheduler import open_store
from crawler.frontier.store import Store
from crawler.publications import Publication, load_publications
from crawler.urls import clean, is_same_site, origin

MEANINGS = {
    Outcome.NEW: "written as an article", Outcome.UPDATED: "written again: it had changed",
    Outcome.UNCHANGED: "visited again: nothing had changed", Outcome.LISTED: "read for its links; it is no article",
    Outcome.GONE: "not there any more", Outcome.MISSING: "not found, once",
    Outcome.REDIRECT: "leads to another address",
    Outcome.ALIAS: "another address of a known article", Outcome.REJECTED: "fetched, and not taken for an article",
    Outcome.SKIPPED: "not fetched", Outcome.BLOCKED: "refused", Outcome.WAITING: "failed, and will be tried again",
    Outcome.FAILED: "failed as often as is tried",
}  # fmt: skip
"""Outcome → what it means for a reader."""


def fate_of(url: str, settings: Any, sites: Path) -> dict[str, Any]:
    """What is known of an address: `known`, `verdict` (a sentence), and `facts` (name → text), in order.

    Reads the frontier and the publications file; fetches nothing. Raises `CrawlerError` where the frontier fails.
    """
    address = clean(url) or url
    store = _store(settings)
    try:
        record = store.get(key_of(address)) if store else None
        publication = _owner(address, sites)
        robots = _robots(address, store, str(settings["USER_AGENT"]))
    finally:
        if store:
            store.close()
    if record is None:
        return {"known": False, "verdict": _why_unknown(address, publication), "facts": robots}
    verdict = MEANINGS[record.outcome] if record.outcome else "known, and not visited yet"
    reason = f" ({record.reason})" if record.reason else ""
    return {"known": True, "verdict": f"{verdict}{reason}", "facts": {**dict(_facts(record)), **robots}}


def _store(settings: Any) -> Store | None:
    """The frontier; None where there is none yet: to ask must not create it."""
    path = sqlite_path(settings)
    return None if path is not None and not path.exists() else open_store(settings["FRONTIER_URL"])


def _owner(url: str, sites: Path) -> Publication | None:
    """The publication of the file whose site the address is on."""
    try:
        publications: Sequence[Publication] = load_publications(sites) if sites.exists() else ()
    except CrawlerError:
        return None  # `scrapy doctor` tells; what the frontier knows is known all the same
    return next((each for each in publications if is_same_site(url, each.url, subdomains=each.subdomains)), None)


def _why_unknown(url: str, publication: Publication | None) -> str:
    if publication is None:
        return "not known: outside every publication of the file (one crawled with -a url= is in no file)"
    if not publication.enabled:
        return f"not known: [{publication.slug}] says enabled = false"
    pattern = next((each.pattern for each in publication.exclude if each.search(url)), None)
    if pattern:
        return f"not known: [{publication.slug}] excludes it by {pattern}"
    if publication.include and not any(each.search(url) for each in publication.include):
        return f"not known: no `include` of [{publication.slug}] matches it"
    trap = trap_reason(url, today=datetime.now(UTC).date())
    if trap:
        return f"not known: the address looks like a trap ({trap}); such patterns have a budget"
    return f"not known: no feed, sitemap or page of [{publication.slug}] that was read names it"


def _facts(record: Record) -> Iterator[tuple[str, str]]:
    yield "publication", record.publication
    yield "kind", record.kind
    for number, link in enumerate(record.links[:5]):
        where = f"{link.source}{f' {link.found_on}' if link.found_on else ''}"
        yield f"named by{f' ({number + 1})' if number else ''}", where
    if record.fetched:
        yield "last answer", _moment(record.fetched)
    if record.revision:
        yield "revisions", str(record.revision)
    if record.attempts:
        yield "failed tries", str(record.attempts)
    if record.state is State.LEASED:
        yield "next visit", "under way in a run"
    else:
        yield "next visit", _moment(record.due) if record.due is not None else "none by itself"


def _robots(url: str, store: Store | None, agent: str) -> dict[str, str]:
    """What the robots.txt that was kept says; nothing where none was."""
    answer = store.robots(origin(url)) if store else None
    if answer is None:
        return {}
    policy = robots_policy(answer.status)
    rules = parse_robots(answer.body if policy is RobotsPolicy.PARSE else b"")
    word = "allows" if rules.is_allowed(url, agent) else "disallows"
    return {"robots.txt": f"{word} it (of {_moment(answer.fetched)})"}


def _moment(seconds: float) -> str:
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%d %H:%M} UTC" if seconds > 1 else "now"
