"""`scrapy try`: a first look at a publication, and its table for `publications.toml`."""  # noqa: N999 - a command is named as its module

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from rich.console import Console
from rich.text import Text
from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from crawler.commands.doubts import doubts_of, refusal
from crawler.commands.publication_table import save, table_of
from crawler.commands.tables import console_for
from crawler.commands.trial import Trial, small_settings, try_publication
from crawler.errors import CrawlerError
from crawler.fetching.guard import guard_of
from crawler.items import Article
from crawler.page import LinkKind
from crawler.publications import DEFAULT_FILE, publication_from_url
from crawler.visible import visible

SHOWN = 160
"""Characters of a body that are shown."""


class Command(ScrapyCommand):
    """The first minute with a publication."""

    def syntax(self) -> str:
        """Usage."""
        return "URL"

    def short_desc(self) -> str:
        """One line for `scrapy --help`."""
        return "Try a publication: find its feeds and sitemaps, read a few articles, print its table"

    def long_desc(self) -> str:
        """What `scrapy try --help` says."""
        return (
            "Crawl a publication as `scrapy crawl articles` would (robots.txt, delays and limits hold) until a few"
            " articles are read, show them and what is missing or doubtful, and print the table for publications.toml."
            " Nothing is kept: no output, no memory. Exit code 0: articles were read; else as of a crawl."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """The command's own options after Scrapy's."""
        super().add_options(parser)
        parser.add_argument("--articles", type=int, default=3, metavar="N", help="articles to read (default: 3)")
        parser.add_argument("--seconds", type=float, default=120, metavar="N", help="longest time (default: 120)")
        parser.add_argument("--save", action="store_true", help="append the table to the publications file")
        parser.add_argument("--sites", default=DEFAULT_FILE, help=f"publications file (default: {DEFAULT_FILE})")

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Keep the crawl small, in a folder of its own; log nothing that is told better afterwards."""
        self._folder = tempfile.TemporaryDirectory(prefix="scrapy-try-")
        if self.settings is not None:
            self.settings.set("LOG_LEVEL", "CRITICAL", priority="spider")
            self.settings.setdict(small_settings(Path(self._folder.name), opts.seconds), priority="spider")
        super().process_options(args, opts)

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Entry point."""
        if len(args) != 1 or self.crawler_process is None:
            raise UsageError("give one URL, as in: scrapy try https://example.org/")
        address = args[0] if "://" in args[0] else f"https://{args[0]}"
        console = console_for(sys.stdout)
        with self._folder as folder:
            try:
                url = publication_from_url(address).url
                guard_of(self.settings.get("FETCH_ALLOW_PRIVATE") if self.settings else None)
                _wait_a_moment(url, opts)
                trial = try_publication(self.crawler_process, url, articles=max(1, opts.articles), folder=Path(folder))
                self.exitcode = _shown(trial, console)
                if trial.items:
                    _offer(trial, console, Path(opts.sites) if opts.save else None)
            except CrawlerError as error:
                raise UsageError(str(error), print_help=False) from error


def _wait_a_moment(url: str, opts: argparse.Namespace) -> None:
    if sys.stderr.isatty():
        sys.stderr.write(f"Reading {opts.articles} articles of {url}, a request a second …\n")


def _shown(trial: Trial, console: Console) -> int:
    """Print what was seen; returns the exit code."""
    for line in _found(trial):
        _line(console, line)
    if not trial.items:
        problem = refusal(trial)
        sys.stderr.write(f"{visible(problem.text)}\n  → {visible(problem.remedy)}\n")
        return int(trial.report.get("exit_code", 1)) or 4
    for number, item in enumerate(trial.items, 1):
        console.print()
        for index, line in enumerate(_article(number, item)):
            _line(console, line, "bold" if index == 0 else "")
    console.print()
    for doubt in doubts_of(trial):
        _line(console, f"! {doubt.text}", "yellow")
        _line(console, f"  → {doubt.remedy}")
    return 0


def _found(trial: Trial) -> Iterator[str]:
    status = "no answer" if trial.robots_status is None else f"HTTP {trial.robots_status}"
    yield f"robots.txt  {status}"
    for kind in (LinkKind.FEED, LinkKind.SITEMAP):
        for source in trial.readable(kind)[:5]:
            more = f", {source.documents} further documents" if source.documents else ""
            yield f"{kind:<11} {source.url}  {source.articles} articles{more}"


def _article(number: int, item: Article) -> Iterator[str]:
    yield f"{number}. {item.title}"
    yield f"   url     {item.url}"
    yield f"   by      {item.byline or ', '.join(author.name for author in item.authors) or '–'}"
    yield f"   date    {item.date or '–'}"
    yield f"   body    {item.word_count or 0} words, {item.language or 'language unknown'}"
    text = " ".join((item.body or "").split())
    yield f"           {text[:SHOWN].rstrip()}{' …' if len(text) > SHOWN else ''}"


def _offer(trial: Trial, console: Console, path: Path | None) -> None:
    """Print the table to paste, or put it into the file."""
    if path is None:
        _line(console, f"For {DEFAULT_FILE} (or run again with --save):\n", "dim")
        console.print(Text(visible(table_of(trial))), soft_wrap=True, end="")
        return
    present = save(trial, path)
    if present:
        _line(console, f"{path}: [{present}] is there already; nothing was written.")
    else:
        _line(console, f"{path}: added. Next: scrapy crawl articles -a sites={path}")


def _line(console: Console, text: str, style: str = "") -> None:
    console.print(Text(visible(text), style=style), soft_wrap=True)
