"""A run in a sentence that a person can act on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from crawler.reports.verdict import EXITS, Verdict

NAMED = 3
"""Publications that the sentence of a run names."""


def of_publication(report: Mapping[str, Any]) -> str:
    """What came of one publication."""
    verdict, outcomes = Verdict(report["verdict"]), report["outcomes"]
    match verdict:
        case Verdict.DRIFT:
            first, *more = report["drift"]
            return str(first["text"]) + (f", and {_many(len(more), 'more change')}." if more else ".")
        case Verdict.NOTHING_EXTRACTED:
            return f"{_many(outcomes.get('rejected', 0), 'page')} read, and none of them was an article."
        case Verdict.BLOCKED | Verdict.SITE_DOWN:
            return f"{EXITS[verdict].meaning} {_main_reason(report)}".strip()
        case Verdict.LOCKED:
            return EXITS[verdict].meaning
    return f"{_counts(report)}{_left(report)}."


def of_run(report: Mapping[str, Any]) -> str:
    """What came of all of them."""
    publications: Mapping[str, Mapping[str, Any]] = report["publications"]
    verdict = Verdict(report["verdict"])
    if not publications or verdict is Verdict.INTERRUPTED:
        return EXITS[verdict].meaning
    if len(publications) == 1:
        return of_publication(next(iter(publications.values())))
    troubled = [slug for slug, each in publications.items() if each["verdict"] != Verdict.DONE]
    new = sum(each["outcomes"].get("new", 0) for each in publications.values())
    told = f"{_many(new, 'new article')} from {len(publications)} publications"
    if not troubled:
        return f"{told}; all of them are as they should be."
    named = [*troubled[:NAMED], f"{len(troubled) - NAMED} more"] if len(troubled) > NAMED else troubled
    names = " and ".join(filter(None, (", ".join(named[:-1]), named[-1])))
    return f"{told}; {names} {'needs' if len(troubled) == 1 else 'need'} a look."


def _counts(report: Mapping[str, Any]) -> str:
    new, updated = (report["outcomes"].get(name, 0) for name in ("new", "updated"))
    if not new and not updated:
        return f"Nothing new: {_many(report['articles_known'], 'article')} known, all that was due was looked at"
    return f"{_many(new, 'new article')}, {updated} updated; {report['articles_known']} known in all"


def _left(report: Mapping[str, Any]) -> str:
    if report["set_aside"]:
        return f"; the host was left alone ({report['set_aside']})"
    parts = [(report["queued"], "left for the next run"), (report["outcomes"].get("failed", 0), "failed")]
    if report["verdict"] == Verdict.DONE:
        return ""
    return "".join(f"; {_many(count, 'address', 'addresses')} {what}" for count, what in parts if count)


def _main_reason(report: Mapping[str, Any]) -> str:
    reasons = {
        reason: count
        for outcome in ("blocked", "failed", "waiting")
        for reason, count in report.get("reasons", {}).get(outcome, {}).items()
    }
    return f"Mostly: {max(reasons, key=lambda reason: reasons[reason])}." if reasons else ""


def _many(count: int, one: str, several: str | None = None) -> str:
    return f"{count:,} {one if count == 1 else several or one + 's'}"
