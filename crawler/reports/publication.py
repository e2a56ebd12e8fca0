"""What a run's report says of one publication, and what is remembered of it for the next run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from crawler.reports.baseline import Baseline, run_of
from crawler.reports.drift import Drift, judge
from crawler.reports.observed import FIELDS, Observed, median
from crawler.reports.verdict import Account, Verdict, of_publication, with_drift

UNFINISHED = (Verdict.PARTIAL, Verdict.LOCKED, Verdict.SITE_DOWN)
UNREAD = (Verdict.BLOCKED, Verdict.LOCKED, Verdict.SITE_DOWN)
"""Verdicts of publications that gave nothing to measure."""
BULKY = frozenset({"urls", "missed", "lacking", "samples", "history", "days"})
"""Long lists: only the run's own report has them, and not of every publication where there are many."""
CHARTED_DAYS = 56


def report_of(
    fields: Mapping[str, Any], observed: Observed, baseline: Baseline, *, run_id: str, started: str
) -> tuple[dict[str, Any], Baseline]:  # fmt: skip
    """The publication's report and its next baseline. `fields`: those of `Account`, and `details`."""
    details = dict(fields["details"])
    account = Account(**{name: value for name, value in fields.items() if name != "details"})
    verdict = of_publication(account)
    complete = verdict not in UNFINISHED and not account.queued
    drifts: tuple[Drift, ...] = ()
    changes: dict[str, Any] = {}
    if verdict not in UNREAD and not details.get("partial"):
        stretch = run_of(observed, since=started, outcomes=account.outcomes, duplicates=_duplicates(details))
        baseline = baseline.with_run(stretch, observed.days, _point(account, observed, run_id=run_id, started=started))
        read = details.get("front_page", {})
        judgement = judge(
            baseline, now=started, front_page=(read.get("read", 0), read.get("named", 0)),
            whole=not account.queued and not account.set_aside,
        )  # fmt: skip
        baseline, drifts = judgement.baseline, judgement.drifts
        changes = {"recovered": list(judgement.ended), "accepted": list(judgement.accepted)}
    return {
        "verdict": str(with_drift(verdict, drifted=bool(drifts))), "complete": complete, **asdict(account), **details,
        **observed.report(), "drift": [{**asdict(drift), "text": drift.text} for drift in drifts], **changes,
        "history": list(baseline.points), "days": dict(list(baseline.days.items())[-CHARTED_DAYS:]),
    }, baseline  # fmt: skip


def slim(report: Mapping[str, Any]) -> dict[str, Any]:
    """The report without its long lists."""
    return {name: value for name, value in report.items() if name not in BULKY}


def _duplicates(details: Mapping[str, Any]) -> int:
    reasons: Mapping[str, int] = details.get("reasons", {}).get("rejected", {})
    return sum(count for reason, count in reasons.items() if reason.startswith("duplicate"))


def _point(account: Account, observed: Observed, *, run_id: str, started: str) -> dict[str, Any]:
    """What the charts show of a run."""
    items = observed.items
    return {
        "run": run_id, "started": started, **{name: account.count(name) for name in ("new", "updated", "rejected")},
        "items": items, "words": median(observed.words),
        "filled": {name: round(100 * observed.filled[name] / items) for name in FIELDS} if items else {},
    }  # fmt: skip
