"""`scrapy doctor`: whether a crawl can run here, one line for each thing that it needs."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rich.text import Text
from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from crawler.commands.health import Finding, Mark, findings
from crawler.commands.knock import knock
from crawler.commands.tables import console_for
from crawler.errors import CrawlerError
from crawler.publications import DEFAULT_FILE, load_publications
from crawler.visible import visible, without_secrets

STYLES = {Mark.GOOD: "green", Mark.DOUBT: "yellow", Mark.BAD: "bold red"}


class Command(ScrapyCommand):
    """The state of an installation."""

    def syntax(self) -> str:
        """Usage."""
        return "[--no-network]"

    def short_desc(self) -> str:
        """One line for `scrapy --help`."""
        return "Check configuration, permissions, frontier, disk, versions and whether each publication answers"

    def long_desc(self) -> str:
        """What `scrapy doctor --help` says."""
        return (
            "One line for each thing that a crawl needs: versions, settings, folders and room on the disk, frontier,"
            " leftovers, publications.toml, the clock, and whether each publication answers"
            " (robots.txt and front page, once). ✓ is well, ! is doubtful, ✗ has to be mended, and a remedy follows."
            " Exit code 0: no ✗; 2: at least one."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """The command's own options after Scrapy's."""
        super().add_options(parser)
        parser.add_argument("--sites", default=DEFAULT_FILE, help=f"publications file (default: {DEFAULT_FILE})")
        parser.add_argument("--no-network", action="store_true", help="ask no publication")
        parser.add_argument("--json", action="store_true", help="print one JSON object a line")

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Log nothing: what is wrong is a finding."""
        if self.settings is not None:
            self.settings.set("LOG_LEVEL", "CRITICAL", priority="spider")
            self.settings.set("DOWNLOAD_TIMEOUT", 20, priority="spider")
        super().process_options(args, opts)

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Entry point."""
        if args:
            raise UsageError("takes no argument; --sites FILE names the publications")
        worst = 0
        for finding in self._findings(opts):
            worst = max(worst, 2 if finding.mark is Mark.BAD else 0)
            _print(finding, as_json=opts.json)
        self.exitcode = worst

    def _findings(self, opts: argparse.Namespace) -> Iterator[Finding]:
        settings: Any = self.settings
        sites = Path(opts.sites)
        is_sound = True
        for finding in findings(settings, sites, now=datetime.now(UTC)):
            is_sound = is_sound and not (finding.mark is Mark.BAD and finding.subject in ("settings", "publications"))
            yield finding
        if is_sound and not opts.no_network:
            yield from self._answers(sites)

    def _answers(self, sites: Path) -> Iterator[Finding]:
        try:
            publications = [publication for publication in load_publications(sites) if publication.enabled]
        except CrawlerError:
            return  # told already
        answers = knock(self.crawler_process, publications) if self.crawler_process else {}
        for publication in publications:
            yield answered(publication.slug, publication.url, answers.get(publication.url, "no answer"))


def answered(slug: str, url: str, answer: int | str) -> Finding:
    """What an answer to the request for a front page means."""
    if isinstance(answer, int):
        if answer < 400:
            return Finding(Mark.GOOD, slug, f"{url} answers HTTP {answer}")
        return Finding(Mark.BAD, slug, f"{url} answers HTTP {answer}", f"look closer: scrapy try {url}")
    if "disallow" in answer:
        return Finding(Mark.BAD, slug, f"{url}: {answer}", "ask the publisher for leave, or set enabled = false")
    return Finding(Mark.BAD, slug, f"{url}: {answer}", f"look closer: scrapy try {url}")


def _print(finding: Finding, *, as_json: bool) -> None:
    if as_json:
        found = {name: str(value) if value is not None else None for name, value in asdict(finding).items()}
        sys.stdout.write(json.dumps(found, ensure_ascii=True) + "\n")
        return
    console = console_for(sys.stdout)
    text = Text(f"{finding.mark} ", style=STYLES[finding.mark])
    text.append(f"{finding.subject}: ", style="bold").append(_safe(finding.text), style="not bold")
    console.print(text, soft_wrap=True)
    if finding.remedy:
        console.print(Text(f"  → {_safe(finding.remedy)}"), soft_wrap=True)


def _safe(text: str) -> str:
    return visible(without_secrets(text))
