"""`scrapy dataset build`: the lines of crawls as Parquet, SQLite or CSV, with a card."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any, ClassVar

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError
from scrapy.settings import Settings

from crawler.errors import ConfigurationError
from crawler.reports.verdict import EXITS, Verdict

REMEDY = 'pip install "publication-crawler[dataset]"'


class Command(ScrapyCommand):
    """Datasets of what was crawled."""

    requires_crawler_process = False
    default_settings: ClassVar[dict[str, Any]] = {"LOG_ENABLED": False}

    def syntax(self) -> str:
        """Usage."""
        return "build [--input OUTPUT_DIR …] [--to FOLDER] [--format parquet,sqlite,csv] [--revisions latest|all]"

    def short_desc(self) -> str:
        """One line for `scrapy --help`."""
        return "Make a dataset of what was crawled: Parquet, SQLite with full-text search, CSV, and a card"

    def long_desc(self) -> str:
        """What `scrapy dataset --help` says."""
        return (
            "Read the finished files of crawls and write a dataset into FOLDER: Parquet in a folder for each"
            " publication and month, one SQLite or CSV file, a card (README.md) and a manifest. Near-duplicates are"
            " marked, publications divided into train, validation and test. Built again, it writes only the files"
            " whose lines changed. A damaged line is counted and left out: the exit code is then 3. Needs"
            f" {REMEDY}"
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """The command's own options after Scrapy's."""
        super().add_options(parser)
        parser.add_argument(
            "--input", action="append", type=Path, metavar="OUTPUT_DIR",
            help="folder of *.jsonl, or a file; may be given more than once (default: the setting OUTPUT_DIR)",
        )  # fmt: skip
        parser.add_argument("--to", type=Path, default=Path("dataset"), metavar="FOLDER", help="default: dataset")
        parser.add_argument(
            "--format", default="parquet", metavar="NAMES", help="parquet,sqlite,csv (default: parquet)"
        )
        parser.add_argument(
            "--revisions", choices=("latest", "all"), default="latest",
            help="the latest revision of each article, or all (default: latest)",
        )  # fmt: skip
        parser.add_argument(
            "--split", default="80,10,10", metavar="SHARES",
            help="per cent of the publications in train, validation and test (default: 80,10,10)",
        )  # fmt: skip
        parser.add_argument(
            "--leave-out", default="", metavar="RESTRICTIONS",
            help="leave out articles whose pages state one of these, as in noai,tdm-reservation (default: none)",
        )  # fmt: skip

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Entry point."""
        if args != ["build"]:
            raise UsageError("say what to do: scrapy dataset build")
        try:
            self._build(opts)
        except ImportError as error:
            sys.stderr.write(f"scrapy dataset needs {error.name}: {REMEDY}\n")
            self.exitcode = EXITS[Verdict.CONFIGURATION].code
        except ConfigurationError as error:
            raise UsageError(str(error), print_help=False) from error
        except OSError as error:
            sys.stderr.write(f"{error.filename or opts.to}: {error.strerror or error}\n")
            self.exitcode = EXITS[Verdict.DISK].code

    def _build(self, opts: argparse.Namespace) -> None:
        from crawler.datasets.build import FORMATS, Order, build  # noqa: PLC0415 - needs what is optional
        from crawler.datasets.index import Selection  # noqa: PLC0415
        from crawler.datasets.splits import Shares  # noqa: PLC0415

        formats = _names(opts.format)
        if not formats or set(formats) - set(FORMATS):
            raise ConfigurationError(f"--format {opts.format}: give some of {', '.join(FORMATS)}")
        inputs = tuple(opts.input or [Path((self.settings or Settings())["OUTPUT_DIR"])])
        selection = Selection(opts.revisions, frozenset(_names(opts.leave_out)), Shares.parse(opts.split))
        built = build(Order(inputs, opts.to, formats, selection))
        sys.stdout.write(
            f"{opts.to}: {built.rows} rows in {built.files} files;"
            f" {built.written} files written, {built.removed} removed\n"
        )
        if built.problems:
            sys.stderr.write(f"{built.problems} lines are no items and were left out\n")
        self.exitcode = EXITS[Verdict.PARTIAL if built.problems else Verdict.DONE].code


def _names(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name.strip().lower() for name in text.split(",") if name.strip()))
