"""`scrapy explain`: where each value of an item came from, and what it beat."""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from rich.console import Console
from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from crawler.commands.explanation import PLAIN_WIDTH, explanation, show_explanation, show_fate
from crawler.commands.fate import fate_of
from crawler.commands.one_page import fetch_page
from crawler.commands.pages import PageFile, moment
from crawler.errors import CrawlerError
from crawler.extraction import read_page
from crawler.json_lines import encode_line
from crawler.page import Page
from crawler.publications import DEFAULT_FILE


class Command(ScrapyCommand):
    """The reasons behind one item."""

    def syntax(self) -> str:
        """Usage."""
        return "FILE --url URL | URL"

    def short_desc(self) -> str:
        """One line for `scrapy --help`."""
        return "Show for every field of a page the value chosen, its source and its rivals"

    def long_desc(self) -> str:
        """What `scrapy explain --help` says."""
        return (
            "Read a page, from FILE or by fetching URL as a crawl would (robots.txt is obeyed), and show what it is"
            " taken for and why, for every field the value chosen, where it was found and the rivals that it beat, and"
            " every block of text with its label, kept or dropped. For a URL it first says what the frontier knows:"
            " who named it, what became of it and why, when it is visited next; or why it is not known."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """The command's own options after Scrapy's."""
        super().add_options(parser)
        parser.add_argument("--url", help="address that the page in FILE was fetched from")
        parser.add_argument("--encoding", help="encoding of FILE, as its Content-Type header would name it")
        parser.add_argument("--fetched-at", metavar="TIME", help="when FILE was fetched (ISO 8601); bounds its dates")
        parser.add_argument(
            "--no-fetch", action="store_true", help="with URL: say what the frontier knows, and no more"
        )
        parser.add_argument("--sites", default=DEFAULT_FILE, help=f"publications file (default: {DEFAULT_FILE})")
        parser.add_argument("--json", action="store_true", help="print everything as one JSON object")

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Log what went wrong only; `-L` and `-s` may ask for more."""
        if self.settings is not None:
            self.settings.set("LOG_LEVEL", "WARNING", priority="spider")
        super().process_options(args, opts)

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Entry point."""
        if len(args) != 1:
            raise UsageError("give one FILE with --url URL, or one URL")
        fate = self._fate(args[0], Path(opts.sites)) if _is_address(args[0]) else None
        console = Console(width=None if sys.stdout.isatty() else PLAIN_WIDTH, highlight=False)
        if fate and not opts.json:
            show_fate(fate, console)
        page = None if opts.no_fetch else self._page(args[0], opts)
        if page is None and not (opts.no_fetch and fate):
            self.exitcode = 1
            return
        found = explanation(read_page(page)) if page else {}
        if opts.json:
            known = {"frontier": fate} if fate else {}
            text = json.dumps(json.loads(encode_line({**known, **found})), ensure_ascii=True, indent=2)
            sys.stdout.write(text + "\n")
        elif found:
            show_explanation(found, console)

    def _fate(self, url: str, sites: Path) -> dict[str, Any]:
        try:
            return fate_of(url, self.settings, sites)
        except CrawlerError as error:
            raise UsageError(str(error), print_help=False) from error

    def _page(self, named: str, opts: argparse.Namespace) -> Page | None:
        if _is_address(named):
            answer = fetch_page(self.crawler_process, named)
            if isinstance(answer, Page):
                return answer
            sys.stderr.write(f"{named}: {answer}\n")
            return None
        if not opts.url:
            raise UsageError("with FILE, --url says where the page is from", print_help=False)
        headers = {"content-type": f"text/html; charset={opts.encoding}"} if opts.encoding else {}
        try:
            return PageFile(None, opts.url, Path(named), headers, moment(opts.fetched_at)).page()
        except (OSError, ValueError) as error:
            raise UsageError(str(error), print_help=False) from error


def _is_address(named: str) -> bool:
    """Whether an argument is a URL rather than a file."""
    return urlsplit(named).scheme in {"http", "https"} and not os.path.exists(named)
