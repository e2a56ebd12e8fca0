"""`scrapy runs`: the reports of the last runs, or one of them."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, ClassVar

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError
from scrapy.settings import Settings

from crawler.commands.tables import print_rows
from crawler.json_lines import encode_line

COUNTED = ("new", "updated", "unchanged", "gone", "rejected", "blocked", "failed")
"""Outcomes that have a column; the report has all."""


class Command(ScrapyCommand):
    """What runs came to."""

    requires_crawler_process = False
    default_settings: ClassVar[dict[str, Any]] = {"LOG_ENABLED": False}

    def syntax(self) -> str:
        """Usage."""
        return "[RUN]"

    def short_desc(self) -> str:
        """One line for `scrapy --help`."""
        return "List the last runs with verdict and counts, or print the report of one"

    def long_desc(self) -> str:
        """What `scrapy runs --help` says."""
        return (
            "A row for each run and publication, newest first, from the reports under OUTPUT_DIR/reports. With RUN (an"
            " id as the rows and each item show it, or its beginning): the whole report as JSON."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """The command's own options after Scrapy's."""
        super().add_options(parser)
        parser.add_argument("--last", type=int, default=20, metavar="N", help="how many runs (default: 20)")
        parser.add_argument("--json", action="store_true", help="print one JSON object a line instead of a table")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Entry point."""
        folder = Path((self.settings or Settings())["OUTPUT_DIR"]) / "reports"
        found = sorted(folder.glob(f"{args[0] if args else ''}*.json"), reverse=True)
        if len(args) > 1 or (args and len(found) != 1):
            raise UsageError(f"{' '.join(args)}: {len(found)} reports in {folder} begin so", print_help=False)
        if args:
            sys.stdout.write(json.dumps(_read(found[0]), ensure_ascii=True, indent=2) + "\n")
            return
        rows = [row for path in found[: max(0, opts.last)] for row in _rows(_read(path))]
        if opts.json:
            sys.stdout.buffer.writelines(encode_line(row) for row in rows)
        else:
            print_rows(rows)


def _read(path: Path) -> dict[str, Any]:
    report: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return report


def _rows(report: dict[str, Any]) -> Iterator[dict[str, Any]]:
    run = {"run": report["run_id"], "started": report["started"], "seconds": report["seconds"]}
    for slug, publication in report["publications"].items():
        outcomes = publication.get("outcomes", {})
        counts = {name: outcomes.get(name, 0) for name in COUNTED}
        yield {**run, "publication": slug, "verdict": publication["verdict"], **counts}
    if not report["publications"]:
        yield {**run, "publication": None, "verdict": report["verdict"], **dict.fromkeys(COUNTED)}
