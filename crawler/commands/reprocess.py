"""`scrapy reprocess`: archived pages into items again, on all cores of this machine or on a cluster."""

from __future__ import annotations

import argparse
import os
import secrets
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, ClassVar

import orjson
from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from crawler.commands.tables import print_rows
from crawler.errors import ConfigurationError
from crawler.reports.verdict import EXITS, Verdict
from crawler.reprocessing.comparison import Comparison, EarlierLines
from crawler.reprocessing.job import Job, JobOptions
from crawler.reprocessing.manifest import Tally
from crawler.reprocessing.outputs import FilePerInput, Nowhere, OneFile, Output
from crawler.reprocessing.work import input_files


class Command(ScrapyCommand):
    """WARC files to items."""

    requires_crawler_process = False
    default_settings: ClassVar[dict[str, Any]] = {"LOG_ENABLED": False}

    def syntax(self) -> str:
        """Usage."""
        return "FILE|FOLDER … [--output FILE|FOLDER/] [--changed-against OUTPUT] [--engine ray --output FOLDER]"

    def short_desc(self) -> str:
        """One line for `scrapy --help`."""
        return "Read archived pages (WARC) again: write their items, or what changed since an earlier output"

    def long_desc(self) -> str:
        """What `scrapy reprocess --help` says."""
        return (
            "Read WARC files (of ARCHIVE_DIR, CC-NEWS, browsertrix, wget; a folder stands for those in it) with the"
            " extractor and the pipelines of a crawl, on all cores, and write the items in the order of the archive."
            " --output FOLDER/ makes one file for each input and passes over inputs that are done. --changed-against"
            " compares with the lines of an earlier output, field by field. --engine ray: the same on a Ray cluster,"
            " Parquet into FOLDER. A damaged file is reported and ends nothing: the exit code is then 3."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """The command's own options after Scrapy's."""
        super().add_options(parser)
        parser.add_argument("--output", metavar="FILE|FOLDER/", help="where items go (default: stdout)")
        parser.add_argument("--changed-against", metavar="OUTPUT", type=Path, help="file or folder of earlier items")
        parser.add_argument("--json", action="store_true", help="print what changed as JSON instead of a table")
        parser.add_argument("--processes", type=int, default=os.cpu_count() or 1, help="default: one per core")
        parser.add_argument("--engine", choices=("local", "ray"), default="local", help="default: local")
        parser.add_argument("--address", help="Ray cluster (default: that of RAY_ADDRESS, or a new one here)")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Entry point."""
        if not args:
            raise UsageError("name WARC files or folders of them")
        try:
            files = input_files(args)
            self._on_cluster(files, opts) if opts.engine == "ray" else self._here(files, opts)
        except ConfigurationError as error:
            raise UsageError(str(error), print_help=False) from error
        except OSError as error:
            sys.stderr.write(f"{error.filename or opts.output or 'stdout'}: {error.strerror}\n")
            self.exitcode = EXITS[Verdict.DISK].code

    def _here(self, files: list[str], opts: argparse.Namespace) -> None:
        started = time.monotonic()
        earlier = EarlierLines(opts.changed_against) if opts.changed_against else None
        comparison = Comparison(earlier) if earlier else None
        with _output(opts) as output:
            options = JobOptions(new_run_id(), max(1, opts.processes))
            job = Job(options, output, seen=comparison.take if comparison else None)
            total = job.run(files)
        if comparison and earlier:
            _print(comparison.report(), as_json=opts.json)
            earlier.close()
        self._end(total, f"{len(files)} files, {len(job.skipped)} done before, {time.monotonic() - started:.1f} s")

    def _on_cluster(self, files: list[str], opts: argparse.Namespace) -> None:
        from crawler.reprocessing.cluster import ClusterJob  # noqa: PLC0415 - needs what only a cluster's user installs

        if not opts.output or opts.changed_against:
            raise UsageError("--engine ray needs --output FOLDER, and compares nothing", print_help=False)
        started = time.monotonic()
        job = ClusterJob(new_run_id(), folder=opts.output, address=opts.address, processes=opts.processes)
        total = job.run(files)
        done = f"{job.skipped} done before, {len(job.workers)} workers"
        self._end(total, f"{len(files)} files, {done}, {time.monotonic() - started:.1f} s")

    def _end(self, total: Tally, work: str) -> None:
        for problem in total.problems:
            sys.stderr.write(f"{problem}\n")
        reasons = "; ".join(f"{count} {reason}" for reason, count in total.dropped.most_common())
        sys.stderr.write(
            f"{work}: {total.pages} pages, {total.items} items, {total.problem_count} problems"
            f"{'; without an item: ' + reasons if reasons else ''}\n"
        )
        self.exitcode = EXITS[Verdict.PARTIAL if total.problem_count else Verdict.DONE].code


def new_run_id() -> str:
    """Identity of a job, as that of a crawl."""
    return f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}-{secrets.token_hex(3)}"


def _output(opts: argparse.Namespace) -> Output:
    if opts.output is None:
        return Nowhere() if opts.changed_against else OneFile("-")
    if opts.output.endswith("/") or Path(opts.output).is_dir():
        return FilePerInput(Path(opts.output))
    return OneFile(opts.output)


def _print(report: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        sys.stdout.buffer.write(orjson.dumps(report, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))
        return
    sys.stdout.write(
        f"{report['compared']} lines compared, {report['equal']} equal; {report['new']['count']} new,"
        f" {report['no_longer_articles']['count']} no longer articles,"
        f" {report['not_in_these_archives']} not in these archives\n"
    )
    sys.stdout.flush()
    if report["fields"]:
        print_rows([_row(name, change) for name, change in report["fields"].items()])


def _row(name: str, change: dict[str, Any]) -> dict[str, Any]:
    example = change["examples"][0]
    counts = {kind: change[kind] for kind in ("differs", "changed", "appeared", "vanished")}
    return {
        "field": name,
        **counts,
        "before": _cell(example["before"]),
        "after": _cell(example["after"]),
        "url": example["url"],
    }


def _cell(value: Any) -> str:
    text = " ".join(str("–" if value is None else value).split())
    return text if len(text) <= 60 else text[:59] + "…"
