"""`scrapy crawl`: Scrapy's own, with the run's verdict as exit code, and a summary for whoever watches."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping
from pathlib import Path

from rich.text import Text
from scrapy import Spider
from scrapy.commands.crawl import Command as ScrapyCrawl
from scrapy.exceptions import UsageError
from scrapy.settings import BaseSettings

from crawler.commands.tables import console_for
from crawler.errors import ConfigurationError
from crawler.fetching.guard import guard_of
from crawler.reports.summary import lines_of
from crawler.reports.verdict import EXITS, Verdict
from crawler.visible import log_entry

QUIET = {"LOG_LEVEL": "ERROR", "PROGRESS": "off"}
"""Settings of `--quiet`: errors are still told."""


class Command(ScrapyCrawl):
    """Run a spider; see docs for the exit codes."""

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Scrapy's options, and `--quiet`."""
        super().add_options(parser)
        parser.add_argument("--quiet", action="store_true", help="tell nothing but errors; the report is written")

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Scrapy's, and `--quiet` before the settings that are given with `-s`; the log file's folder is made."""
        assert self.settings is not None  # noqa: S101 - Scrapy sets it before any option is read
        if opts.quiet:
            self.settings.setdict(QUIET, priority="cmdline")
        super().process_options(args, opts)
        make_folder(self.settings["LOG_FILE"])

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Crawl, then leave the verdict in `exitcode`."""
        if len(args) != 1:
            raise UsageError("name one spider, as in: scrapy crawl articles -a url=https://example.org/")
        if self.crawler_process is None:
            raise UsageError("no crawler process")
        crawler = self._create_crawler(args[0])
        try:
            checked(crawler.spidercls, opts.spargs, crawler.settings)
        except ConfigurationError as error:
            sys.stderr.write(f"{error}\n")
            self.exitcode = EXITS[Verdict.CONFIGURATION].code
            return
        self.crawler_process.crawl(crawler, **opts.spargs)
        self.crawler_process.start()
        stats = crawler._stats  # the public attribute raises where the crawl did not come to life
        code = stats.get_value("run/exit_code") if stats else None
        self.exitcode = EXITS[Verdict.CRASHED].code if code is None else int(code)
        written = stats.get_value("run/report") if stats else None
        if written and sys.stderr.isatty() and not opts.quiet:
            show_summary(Path(written))


def make_folder(log_file: str | None) -> None:
    """Make the folder that a log file is to stand in: the first run of a new checkout has none.

    Raises `UsageError` where it cannot be made.
    """
    if not log_file:
        return
    try:
        Path(log_file).parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(
            f"--logfile {log_file}: its folder cannot be made ({error.strerror})", print_help=False
        ) from error


def show_summary(written: Path) -> None:
    """Tell on the terminal how the run went that left this report."""
    report = json.loads(written.read_text(encoding="utf-8"))
    files = sorted(written.parent.parent.glob(f"*{report['run_id']}*.jsonl"))
    console = console_for(sys.stderr)
    for line in lines_of(report, files=files, page=written.with_suffix(".html")):
        console.print(Text(log_entry(line)), soft_wrap=True)


def checked(spider: type[Spider], arguments: Mapping[str, str], settings: BaseSettings) -> None:
    """Raises `ConfigurationError`, before anything is started, where arguments or settings cannot be meant."""
    check = getattr(spider, "check_arguments", None)
    if check:
        check(**arguments)
    guard_of(settings.get("FETCH_ALLOW_PRIVATE"))
