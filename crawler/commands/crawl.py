"""`scrapy crawl`: Scrapy's own, with the run's verdict as exit code and plain words for what cannot be meant."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping

from scrapy import Spider
from scrapy.commands.crawl import Command as ScrapyCrawl
from scrapy.exceptions import UsageError
from scrapy.settings import BaseSettings

from crawler.errors import ConfigurationError
from crawler.fetching.guard import guard_of
from crawler.reports.verdict import EXITS, Verdict


class Command(ScrapyCrawl):
    """Run a spider; see docs for the exit codes."""

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


def checked(spider: type[Spider], arguments: Mapping[str, str], settings: BaseSettings) -> None:
    """Raises `ConfigurationError`, before anything is started, where arguments or settings cannot be meant."""
    check = getattr(spider, "check_arguments", None)
    if check:
        check(**arguments)
    guard_of(settings.get("FETCH_ALLOW_PRIVATE"))
