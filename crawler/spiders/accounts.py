"""What is counted of each publication, for the run's report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from crawler.frontier.examples import EACH
from crawler.frontier.frontier import Frontier
from crawler.spiders.admission import TrapBook


def accounts_of(frontier: Frontier, traps: TrapBook) -> dict[str, dict[str, Any]]:
    """Publication → outcomes by reason, what is known, what is left, which source found what, and traps met."""
    return {slug: _account(frontier, traps, slug) for slug in frontier.publications}


def _account(frontier: Frontier, traps: TrapBook, slug: str) -> dict[str, Any]:
    outcomes, reasons = _counted(frontier, slug)
    sources = frontier.store.articles_by_sources(slug)
    census = frontier.store.census(slug)
    known = sum(sources.values())
    hosts = frontier.store.hosts_of(slug)
    return {
        "outcomes": dict(outcomes),
        "articles_known": known,
        "queued": sum(count for (_, what), count in census.items() if what == "queued"),
        "set_aside": next((why for host, why in frontier.traffic.set_aside.items() if host in hosts), None),
        "held_by_others": any(owner for owner in hosts.values()),
        "limited": frontier.is_at_limit,
        "details": {
            "reasons": reasons,
            "sources": _by_source(sources, known),
            "missed": _missed(frontier.store.examples_by_sources(slug)),
            "urls": frontier.examples.of(slug),
            "traps": {pattern: count for (publication, pattern), count in traps.closed.items() if publication == slug},
        },
    }


def _counted(frontier: Frontier, slug: str) -> tuple[Counter[str], dict[str, dict[str, int]]]:
    """Outcome → count, and outcome → reason → count."""
    outcomes: Counter[str] = Counter()
    reasons: dict[str, dict[str, int]] = {}
    for (publication, outcome, reason), count in sorted(frontier.tally.items()):
        if publication == slug:
            outcomes[outcome] += count
            if reason:
                reasons.setdefault(outcome, {})[reason] = count
    return outcomes, reasons


def _missed(examples: Mapping[str, tuple[str, ...]]) -> dict[str, list[str]]:
    """Source → addresses of some articles that it did not name."""
    named = {source for sources in examples for source in sources.split(",") if source}
    return {
        source: [url for sources, urls in examples.items() if source not in sources.split(",") for url in urls][:EACH]
        for source in sorted(named)
    }


def _by_source(together: Mapping[str, int], known: int) -> dict[str, dict[str, int]]:
    """Source → how many of the known articles it named, and how many it missed."""
    found: Counter[str] = Counter()
    for sources, count in together.items():
        for source in filter(None, sources.split(",")):
            found[source] += count
    return {source: {"found": count, "missed": known - count} for source, count in sorted(found.items())}
