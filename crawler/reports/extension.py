"""Writes the run's report and decides its exit code, when everything else is closed."""

from __future__ import annotations

import json
import logging
import os
import time
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, Self, cast

from scrapy import signals

from crawler.reports.verdict import EXITS, Account, Verdict, of_publication, of_run

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scrapy.crawler import Crawler

ENDINGS = {
    "finished": None,
    "disk": Verdict.DISK,
    "locked": Verdict.LOCKED,
    "configuration": Verdict.CONFIGURATION,
    "start_error": Verdict.CRASHED,
}
"""Scrapy's reason for closing a spider → the verdict that it leaves no choice about; any other reason interrupts."""

logger = logging.getLogger(__name__)


class Run(Protocol):
    """What the report needs of the spider."""

    run_id: str
    problem: Exception | None

    def accounts(self) -> Mapping[str, Mapping[str, Any]]:
        """Publication → the fields of its `Account`, and `details` for the report."""

    def finish(self, reports: Mapping[str, Mapping[str, Any]]) -> None:
        """Remember the publications' reports and let go of the frontier."""


class RunReport:
    """Extension: one JSON file per run under OUTPUT_DIR/reports; the exit code stands in the stats."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._started = time.time()
        self._folder = Path(crawler.settings["OUTPUT_DIR"]) / "reports"

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """The report for OUTPUT_DIR."""
        extension = cls(crawler)
        crawler.signals.connect(extension.closed, signal=signals.spider_closed)
        return extension

    def closed(self, reason: str) -> None:
        """Write the report, log it in one line a publication, and leave the exit code in the stats."""
        run = cast("Run", self._crawler.spider)
        ended = ENDINGS.get(reason, Verdict.INTERRUPTED)
        publications = {slug: self._of(account) for slug, account in run.accounts().items()} if ended is None or (
            ended is Verdict.INTERRUPTED) else {}  # fmt: skip
        verdicts = {slug: Verdict(report["verdict"]) for slug, report in publications.items()}
        verdict = of_run(verdicts, ended=ended)
        run.finish(publications)
        report = {
            "run_id": run.run_id, "verdict": str(verdict), "exit_code": EXITS[verdict].code,
            "meaning": EXITS[verdict].meaning, "reason": str(run.problem) if run.problem else reason,
            "started": _iso(self._started), "seconds": round(time.time() - self._started, 1),
            "publications": publications,
        }  # fmt: skip
        self._write(report)
        self._crawler.stats.set_value("run/exit_code", EXITS[verdict].code)

    def _of(self, fields: Mapping[str, Any]) -> dict[str, Any]:
        details = dict(fields["details"])
        account = Account(**{name: value for name, value in fields.items() if name != "details"})
        verdict = of_publication(account)
        complete = verdict not in (Verdict.PARTIAL, Verdict.LOCKED, Verdict.SITE_DOWN) and not account.queued
        return {"verdict": str(verdict), "complete": complete, **asdict(account), **details}

    def _write(self, report: Mapping[str, Any]) -> None:
        path = self._folder / f"{report['run_id']}.json"
        part = path.with_name(f".{path.name}.part")
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with part.open("w", encoding="utf-8") as file:
                json.dump(report, file, ensure_ascii=False, indent=2)
                file.flush()
                os.fsync(file.fileno())
            part.rename(path)
        except OSError as error:
            logger.error("%s: the report cannot be written: %s", path, error.strerror)  # noqa: TRY400 - names the file
        logger.info("Run %s: %s. %s", report["run_id"], report["verdict"], report["meaning"])


def _iso(moment: float) -> str:
    return datetime.fromtimestamp(moment, UTC).isoformat(timespec="seconds")
