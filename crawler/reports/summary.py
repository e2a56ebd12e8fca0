"""The end of a run on the terminal: what came of it, what was left out and why, and what to do next."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from crawler.reports.sentences import of_publication, of_run
from crawler.reports.verdict import EXITS, Verdict

MAX_PUBLICATIONS = 8
"""Publications that are told of one by one: first those that need a look."""
MAX_REASONS = 4
"""Reasons that are named of a publication, the most frequent first."""
MAX_FILES = 5
EXPLAINED = ("failed", "blocked", "waiting", "rejected", "missing", "skipped")
"""Outcomes whose reasons are told, the most urgent first."""

Report = Mapping[str, Any]


def lines_of(report: Report, *, files: Sequence[Path], page: Path | None) -> Iterator[str]:
    """The summary of a run's report, line by line. `files`: those with its items; `page`: its report to look at."""
    verdict = Verdict(report["verdict"])
    yield f"{verdict}: {of_run(report)}"
    publications: Mapping[str, Report] = report["publications"]
    ordered = sorted(publications.items(), key=lambda entry: entry[1]["verdict"] == Verdict.DONE)
    for slug, publication in ordered[:MAX_PUBLICATIONS]:
        if len(ordered) > 1:
            yield f"  {slug}: {of_publication(publication)}"
        told = publication["verdict"] == Verdict.DRIFT  # the sentence names the first one
        yield from (f"    ! {drift['text']}" for drift in publication["drift"][told:])
        yield from _reasons(publication)
    if len(ordered) > MAX_PUBLICATIONS:
        yield f"  and {len(ordered) - MAX_PUBLICATIONS} more publications"
    yield from (f"items:  {path}" for path in files[:MAX_FILES])
    if len(files) > MAX_FILES:
        yield f"        and {len(files) - MAX_FILES} more files"
    if page:
        yield f"report: {page}"
    if verdict is not Verdict.DONE:
        yield f"next:   {EXITS[verdict].act}"
    example = next((address for _, publication in ordered for _, _, address in _left_out(publication) if address), None)
    if example:
        yield f"why:    scrapy explain {example}"
    yield f"exit code {report['exit_code']}"


def _reasons(publication: Report) -> Iterator[str]:
    left_out = _left_out(publication)
    for words, count, address in left_out[:MAX_REASONS]:
        yield f"    {count:,} × {words}" + (f", as {address}" if address else "")
    if len(left_out) > MAX_REASONS:
        yield f"    and {len(left_out) - MAX_REASONS} more reasons"


def _left_out(publication: Report) -> list[tuple[str, int, str | None]]:
    """Outcome with reason, how many addresses ended so, and one of them; by outcome, then the most frequent first."""
    found: list[tuple[str, int, str | None]] = []
    for outcome in EXPLAINED:
        reasons: Mapping[str, int] = publication.get("reasons", {}).get(outcome, {})
        for reason, count in sorted(reasons.items(), key=lambda entry: -entry[1]):
            addresses = publication.get("urls", {}).get(outcome, {}).get(reason) or [None]
            found.append((f"{outcome}: {reason}" if reason else outcome, count, addresses[0]))
    return found
