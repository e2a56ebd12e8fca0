"""One report and one verdict of several workers that ran on one frontier."""

from __future__ import annotations

import signal
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from crawler.reports.observed import SAMPLES
from crawler.reports.verdict import EXITS, Account, Verdict, of_publication, of_run, with_drift

Report = Mapping[str, Any]

GRAVEST = (Verdict.CONFIGURATION, Verdict.DISK, Verdict.CRASHED, Verdict.INTERRUPTED)
"""What ended a worker before its time, gravest first: the fleet's verdict is the gravest of these, whatever else was
reached. Where no worker met one, the publications decide, counted over all workers."""
MOST_ADDRESSES = 20
"""Addresses that are kept behind a number, of all workers together."""
CODES = {exit_.code: verdict for verdict, exit_ in EXITS.items()}


@dataclass(frozen=True, slots=True)
class Ended:
    """A worker that is over."""

    number: int
    pid: int
    code: int
    """Exit code; that of a signal is negative."""
    report: Report | None
    """The worker's own report, where it wrote one."""

    @property
    def verdict(self) -> Verdict:
        """The word for its exit code; one that a signal met before it could end in order was interrupted or crashed."""
        if self.code in (-signal.SIGTERM, -signal.SIGINT):
            return Verdict.INTERRUPTED
        return CODES.get(self.code, Verdict.CRASHED)

    @property
    def reason(self) -> str | None:
        """Why it ended, in its own words or by the signal that ended it."""
        if self.report:
            return str(self.report["reason"])
        return f"ended by signal {-self.code}" if self.code < 0 else None

    def line(self) -> dict[str, Any]:
        """What the fleet's report says of it."""
        return {
            "worker": self.number, "pid": self.pid, "exit_code": self.code, "verdict": str(self.verdict),
            "run_id": self.report["run_id"] if self.report else None,
            "reason": self.reason,
        }  # fmt: skip


def merged(workers: Sequence[Ended], *, interrupted: bool) -> dict[str, Any]:
    """Verdict, exit code, the publications over all workers, and a line for each worker."""
    reports = sorted((worker.report for worker in workers if worker.report), key=_ended)
    slugs = dict.fromkeys(slug for report in reports for slug in report["publications"])
    publications = {
        slug: _publication([report["publications"][slug] for report in reports if slug in report["publications"]])
        for slug in slugs
    }
    met = {worker.verdict for worker in workers} | ({Verdict.INTERRUPTED} if interrupted else set())
    ended = next((verdict for verdict in GRAVEST if verdict in met), None)
    verdicts = {slug: Verdict(report["verdict"]) for slug, report in publications.items()}
    verdict = of_run(verdicts, ended=ended or (None if verdicts else Verdict.LOCKED))
    return {
        "verdict": str(verdict), "exit_code": EXITS[verdict].code, "meaning": EXITS[verdict].meaning,
        "reason": next((why for why in (w.reason for w in workers) if why not in (None, "finished")), "finished"),
        "publications": publications, "workers": [worker.line() for worker in workers],
    }  # fmt: skip


def _ended(report: Report) -> tuple[str, int]:
    """Sorts reports by their end; of workers that ended in one second, the later one found less left to do."""
    return str(report["finished"]), -sum(each["queued"] for each in report["publications"].values())


def _publication(reports: Sequence[Report]) -> dict[str, Any]:
    """Outcomes are added up; what was known and left at the end is as the last worker found it."""
    last = reports[-1]
    outcomes: Counter[str] = Counter()
    for report in reports:
        outcomes.update(report["outcomes"])
    account = Account(
        dict(outcomes), articles_known=max(report["articles_known"] for report in reports), queued=last["queued"],
        set_aside=next((report["set_aside"] for report in reports if report["set_aside"]), None),
        held_by_others=last["held_by_others"], limited=any(report["limited"] for report in reports),
    )  # fmt: skip
    drift = [drift for report in reports for drift in report.get("drift", ())]
    verdict = with_drift(of_publication(account), drifted=bool(drift))
    return {
        "verdict": str(verdict), "outcomes": account.outcomes, "articles_known": account.articles_known,
        "queued": account.queued, "set_aside": account.set_aside, "held_by_others": account.held_by_others,
        "limited": account.limited, "drift": drift, **_of_items(reports), **_details(reports),
    }  # fmt: skip


def _of_items(reports: Sequence[Report]) -> dict[str, Any]:
    """What was seen of the articles. Medians cannot be added up: there is one where one worker wrote all of them."""
    wrote = [report for report in reports if report.get("items")]
    return {
        "items": sum(report["items"] for report in wrote),
        "filled": dict(_sum(report.get("filled", {}) for report in wrote)),
        "languages": dict(_sum(report.get("languages", {}) for report in wrote).most_common()),
        "median_words": wrote[0].get("median_words") if len(wrote) == 1 else None,
        "lacking": _joined(report.get("lacking", {}) for report in wrote),
        "samples": [sample for report in wrote for sample in report.get("samples", ())][:SAMPLES],
    }


def _details(reports: Sequence[Report]) -> dict[str, Any]:
    """Reasons and traps are added up, addresses joined; sources and history are as the last worker had them."""
    outcomes = dict.fromkeys(name for report in reports for key in ("reasons", "urls") for name in report.get(key, {}))
    reasons = {name: _sum(report.get("reasons", {}).get(name, {}) for report in reports) for name in outcomes}
    urls = {name: _joined(report.get("urls", {}).get(name, {}) for report in reports) for name in outcomes}
    return {
        "reasons": {name: dict(counts) for name, counts in reasons.items() if counts},
        "urls": {name: each for name, each in urls.items() if each},
        "traps": dict(_sum(report.get("traps", {}) for report in reports)),
        **{name: reports[-1][name] for name in ("sources", "missed", "history", "days") if name in reports[-1]},
    }


def _sum(counts: Iterable[Mapping[str, int]]) -> Counter[str]:
    total: Counter[str] = Counter()
    for each in counts:
        total.update(each)
    return total


def _joined(lists: Iterable[Mapping[str, Sequence[str]]]) -> dict[str, list[str]]:
    """Name → the first addresses of all lists of that name, each once."""
    found: dict[str, dict[str, None]] = {}
    for each in lists:
        for name, addresses in each.items():
            found.setdefault(name, {}).update(dict.fromkeys(addresses))
    return {name: list(addresses)[:MOST_ADDRESSES] for name, addresses in found.items()}
