"""`scrapy fleet`: several workers of `scrapy crawl articles` on this machine, one report, one exit code."""

from __future__ import annotations

import argparse
import json
import secrets
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, ClassVar

from scrapy.commands import BaseRunSpiderCommand
from scrapy.exceptions import UsageError
from scrapy.settings import Settings
from scrapy.spiderloader import get_spider_loader

from crawler.commands.crawl import checked
from crawler.errors import ConfigurationError, StorageError
from crawler.frontier.scheduler import open_store
from crawler.reports.files import write_reports
from crawler.reports.fleet import Ended, merged
from crawler.reports.metrics import write_metrics
from crawler.reports.summary import lines_of
from crawler.reports.verdict import EXITS, Verdict
from crawler.visible import log_entry

PATIENCE = 9.5
"""Seconds that workers have to end after a signal; one that has not by then is killed, which loses nothing."""
STEP = 0.1


class Command(BaseRunSpiderCommand):
    """Workers on one frontier."""

    requires_crawler_process = False
    default_settings: ClassVar[dict[str, Any]] = {"LOG_ENABLED": False}

    def syntax(self) -> str:
        """Usage."""
        return "[-n WORKERS] [-a NAME=VALUE …]"

    def short_desc(self) -> str:
        """One line for `scrapy --help`."""
        return "Crawl with several workers on this machine; one report and one exit code"

    def long_desc(self) -> str:
        """What `scrapy fleet --help` says."""
        return (
            "Start several workers, each an ordinary `scrapy crawl articles` with the same arguments and settings, on"
            " the frontier of FRONTIER_URL. A host is crawled by one worker at a time, so more workers than hosts bring"
            " nothing. SIGTERM and SIGINT are passed on and end all within 10 s. A worker that dies is reported, and"
            " not started again; its work goes to the others or to the next run. The merged report is"
            " OUTPUT_DIR/reports/fleet/<run>.json and .html; METRICS_FILE holds its numbers."
            " Exit code: the gravest of configuration (2), disk (7), crashed (1) and interrupted (9) that any worker"
            " met, else that of the publications over all workers."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Options after Scrapy's."""
        super().add_options(parser)
        parser.add_argument("-n", "--workers", type=int, default=2, metavar="WORKERS", help="how many (default: 2)")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Start the workers, wait for them, merge what they report."""
        if args or opts.workers < 1 or opts.output or opts.overwrite_output:
            raise UsageError(
                "as in: scrapy fleet -n 4 -a sites=publications.toml (-o and -O: not with several workers)"
            )
        settings = self.settings or Settings()
        try:
            checked(get_spider_loader(settings).load("articles"), opts.spargs, settings)
            open_store(settings["FRONTIER_URL"]).close()
        except (ConfigurationError, StorageError) as error:
            sys.stderr.write(f"{error}\n")
            verdict = Verdict.CONFIGURATION if isinstance(error, ConfigurationError) else Verdict.DISK
            self.exitcode = EXITS[verdict].code
            return
        reports = Path(settings["OUTPUT_DIR"]) / "reports"
        self.exitcode = Fleet(reports, Path(settings["METRICS_FILE"] or reports / "metrics.prom"), opts).run()


class Fleet:
    """The processes, from start to merged report."""

    def __init__(self, reports: Path, metrics: Path, opts: argparse.Namespace) -> None:
        self._reports = reports
        self._metrics = metrics
        self._opts = opts
        self._begun = time.time()
        self._workers: list[subprocess.Popen[bytes]] = []
        self._signalled: float | None = None

    def run(self) -> int:
        """The exit code, once every worker has ended and the report is written."""
        with self._passing_signals_on():
            for number in range(1, self._opts.workers + 1):
                if self._signalled is None:
                    self._workers.append(self._start(number))
            codes: dict[int, int] = {}
            while len(codes) < len(self._workers):
                time.sleep(STEP)
                codes |= self._ended(codes)
        ended = [self._result(number, codes[number]) for number in sorted(codes)]
        report = merged(ended, interrupted=self._signalled is not None)
        self._write(report)
        return int(report["exit_code"])

    def _start(self, number: int) -> subprocess.Popen[bytes]:
        settings = {
            **self._opts_settings(), "PROGRESS": "plain", "LOG_ENABLED": "1",
            "LOG_FORMAT": f"[{number}] %(asctime)s [%(name)s] %(levelname)s: %(message)s",
            "METRICS_FILE": str(self._reports / "fleet" / f"worker-{number}.prom"),
        }  # fmt: skip
        command = [sys.executable, "-m", "scrapy", "crawl", "articles"]
        command += [part for name, value in self._opts.spargs.items() for part in ("-a", f"{name}={value}")]
        command += [part for name, value in settings.items() for part in ("-s", f"{name}={value}")]
        # A session of its own: a signal from the terminal would otherwise reach each worker twice, which means "now".
        worker = subprocess.Popen(command, start_new_session=True)  # noqa: S603 - our own command
        _say(f"worker {number}: process {worker.pid}")
        return worker

    def _opts_settings(self) -> dict[str, str]:
        given = dict(setting.split("=", 1) for setting in self._opts.set)
        return {**({"LOG_LEVEL": self._opts.loglevel} if self._opts.loglevel else {}), **given}

    @contextmanager
    def _passing_signals_on(self) -> Iterator[None]:
        def pass_on(number: int, _: object) -> None:
            self._signalled = self._signalled or time.monotonic()
            for worker in self._workers:
                worker.send_signal(number)

        before = {number: signal.signal(number, pass_on) for number in (signal.SIGTERM, signal.SIGINT)}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def _ended(self, known: Mapping[int, int]) -> dict[int, int]:
        """Worker's number → exit code, of those that ended since the last look."""
        is_late = self._signalled is not None and time.monotonic() > self._signalled + PATIENCE
        ended = {}
        for number, worker in enumerate(self._workers, 1):
            code = worker.poll()
            if number in known:
                continue
            if code is not None:
                ended[number] = code
                _say(f"worker {number}: {_how(code)}")
            elif is_late:
                _say(f"worker {number}: did not end within {PATIENCE} s; killed, the next run takes up its work")
                worker.kill()
        return ended

    def _result(self, number: int, code: int) -> Ended:
        pid = self._workers[number - 1].pid
        return Ended(number, pid, code, self._report_of(pid))

    def _report_of(self, pid: int) -> dict[str, Any] | None:
        for path in self._reports.glob("*.json"):
            if path.stat().st_mtime >= self._begun:
                report: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
                if report.get("pid") == pid:
                    return report
        return None

    def _write(self, report: dict[str, Any]) -> None:
        begun = datetime.fromtimestamp(self._begun, UTC)
        run_id = f"{begun:%Y%m%dT%H%M%SZ}-{secrets.token_hex(3)}"
        whole = {
            "run_id": run_id, **report, "started": begun.isoformat(timespec="seconds"),
            "finished": datetime.now(UTC).isoformat(timespec="seconds"), "seconds": round(time.time() - self._begun, 1),
        }  # fmt: skip
        folder = self._reports / "fleet"
        write_reports(folder, whole)
        write_metrics(self._metrics, whole)
        for line in lines_of(whole, files=(), page=folder / f"{run_id}.html"):
            _say(log_entry(line))


def _how(code: int) -> str:
    if code < 0:
        return f"ended by signal {-code}; not started again, its work is left to the others or to the next run"
    return f"exit code {code}"


def _say(text: str) -> None:
    sys.stderr.write(f"fleet: {text}\n")
    sys.stderr.flush()
