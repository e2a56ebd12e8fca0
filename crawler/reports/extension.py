"""Writes the run's reports and decides its exit code, when everything else is closed."""

from __future__ import annotations

import logging
import os
import time
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, Self, cast

from scrapy import signals

from crawler.items import Article
from crawler.reports.baseline import Baseline
from crawler.reports.files import write_reports
from crawler.reports.metrics import write_metrics
from crawler.reports.observed import Observations
from crawler.reports.publication import report_of, slim
from crawler.reports.summary import lines_of
from crawler.reports.verdict import EXITS, Verdict, of_run

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scrapy.crawler import Crawler

ENDINGS = {
    "finished": None,
    "disk": Verdict.DISK,
    "locked": Verdict.LOCKED,
    "configuration": Verdict.CONFIGURATION,
    "start_error": Verdict.CRASHED,
    "crashed": Verdict.CRASHED,
}
"""Scrapy's reason for closing a spider → the verdict that it leaves no choice about; any other reason interrupts."""
MOST_WHOLE = 300
"""Publications that are reported with their long lists, of those that are done and of the others; else with numbers."""

logger = logging.getLogger(__name__)


class Run(Protocol):
    """What the report needs of the spider."""

    run_id: str
    problem: Exception | None
    disk_error: str | None
    """Why output could not be written, where it could not."""

    def accounts(self) -> Mapping[str, Mapping[str, Any]]:
        """Publication → the fields of its `Account`, and `details` for the report."""

    def baseline(self, slug: str) -> Mapping[str, Any]:
        """The publication's baseline as the last run kept it; empty at first."""

    def keep_baseline(self, slug: str, baseline: Mapping[str, Any]) -> None:
        """Remember it for the next run."""

    def finish(self, reports: Mapping[str, Mapping[str, Any]]) -> None:
        """Remember the publications' reports, and let go of the frontier."""


class RunReport:
    """Extension: a JSON and an HTML file per run under OUTPUT_DIR/reports; the exit code stands in the stats."""

    def __init__(self, crawler: Crawler, *, clock: Callable[[], float] = time.time) -> None:
        self._crawler = crawler
        self._clock = clock
        self._started = clock()
        self._seen = Observations(clock)
        self._folder = Path(crawler.settings["OUTPUT_DIR"]) / "reports"
        self._metrics = Path(crawler.settings.get("METRICS_FILE") or self._folder / "metrics.prom")

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """The report for OUTPUT_DIR."""
        extension = cls(crawler)
        crawler.signals.connect(extension.scraped, signal=signals.item_scraped)
        crawler.signals.connect(extension.closed, signal=signals.spider_closed)
        return extension

    def scraped(self, item: Any, response: Any) -> None:
        """Count an article that was handed to the writer."""
        record = response.meta.get("record") if response is not None else None
        if isinstance(item, Article):
            self._seen.note(record.publication if record else str(item.publication), item)

    def closed(self, reason: str) -> None:
        """Write the reports, log the verdict and every drift, and leave the exit code in the stats."""
        run = cast("Run", self._crawler.spider)
        # Files are completed after the crawl has "finished": what fails then is no success either.
        ended = ENDINGS.get("disk" if run.disk_error else reason, Verdict.INTERRUPTED)
        publications = self._publications(run) if ended in (None, Verdict.INTERRUPTED) else {}
        verdicts = {slug: Verdict(report["verdict"]) for slug, report in publications.items()}
        verdict = of_run(verdicts, ended=ended)
        run.finish({slug: slim(report) for slug, report in publications.items()})
        report = {
            "run_id": run.run_id, "pid": os.getpid(), "verdict": str(verdict), "exit_code": EXITS[verdict].code,
            "meaning": EXITS[verdict].meaning, "reason": str(run.problem or run.disk_error or reason),
            "started": _iso(self._started), "finished": _iso(self._clock()),
            "seconds": round(self._clock() - self._started, 1), "publications": publications,
        }  # fmt: skip
        self._crawler.stats.set_value("run/exit_code", EXITS[verdict].code)
        self._write(report)

    def _publications(self, run: Run) -> dict[str, dict[str, Any]]:
        reports: dict[str, dict[str, Any]] = {}
        whole: Counter[bool] = Counter()
        for slug, fields in run.accounts().items():
            baseline = Baseline.load(run.baseline(slug))
            report, after = report_of(
                fields, self._seen.of(slug), baseline, run_id=run.run_id, started=_iso(self._started)
            )
            if after is not baseline:
                run.keep_baseline(slug, after.dump())
            is_done = report["verdict"] == Verdict.DONE
            whole[is_done] += 1
            reports[slug] = report if whole[is_done] <= MOST_WHOLE else slim(report)
        return reports

    def _write(self, report: Mapping[str, Any]) -> None:
        name = self._folder / report["run_id"]
        write_reports(self._folder, report)
        write_metrics(self._metrics, report)
        if name.with_suffix(".json").is_file():  # a full disk keeps it from being written
            self._crawler.stats.set_value("run/report", str(name.with_suffix(".json")))
        page = name.with_suffix(".html")
        has_drifted = any(publication["drift"] for publication in report["publications"].values())
        for line in lines_of(report, files=(), page=page):
            logger.log(logging.WARNING if has_drifted else logging.INFO, "%s", line)


def _iso(moment: float) -> str:
    return datetime.fromtimestamp(moment, UTC).isoformat(timespec="seconds")
