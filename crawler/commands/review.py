"""`scrapy review`: the review desk, a page for the browser on this machine."""

from __future__ import annotations

import argparse
import socket
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError
from scrapy.settings import Settings

from crawler.errors import ConfigurationError, StorageError
from crawler.reports.verdict import EXITS, Verdict

if TYPE_CHECKING:
    from crawler.review.web import Desk

REMEDY = 'pip install "publication-crawler[review]"'
ADDRESS = "127.0.0.1"
"""The desk listens here and nowhere else; there is no option for it."""
INDEX = ".review.sqlite"


class Command(ScrapyCommand):
    """Looks at what was written, beside where it came from."""

    requires_crawler_process = False
    default_settings: ClassVar[dict[str, Any]] = {"LOG_ENABLED": False}

    def syntax(self) -> str:
        """Usage."""
        return "[--input OUTPUT_DIR …] [--archive ARCHIVE_DIR] [--fixtures FOLDER] [--port NUMBER]"

    def short_desc(self) -> str:
        """One line for `scrapy --help`."""
        return "Look at articles beside the pages they came from, in the browser; say what is wrong"

    def long_desc(self) -> str:
        """What `scrapy review --help` says."""
        return (
            "Serve a local page over the finished files of crawls: articles by publication, date, missing fields, low"
            " evidence and words; each beside its archived page with the source of every field marked and the rivals"
            " listed; what changed between revisions; and a form that saves a page with the right value as a fixture"
            " for the tests. It listens on 127.0.0.1 alone, until Ctrl-C. The first start reads everything once into"
            f" an index (--index), later ones what is new. Needs {REMEDY}"
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """The command's own options after Scrapy's."""
        super().add_options(parser)
        parser.add_argument(
            "--input", action="append", type=Path, metavar="OUTPUT_DIR",
            help="folder of *.jsonl, or a file; may be given more than once (default: the setting OUTPUT_DIR)",
        )  # fmt: skip
        parser.add_argument(
            "--archive",
            type=Path,
            metavar="ARCHIVE_DIR",
            help="folder of WARC files (default: ARCHIVE_DIR)",
        )
        parser.add_argument(
            "--fixtures", type=Path, default=Path("tests/fixtures"), metavar="FOLDER",
            help="where \"this is wrong\" saves, in its folder `reviewed` (default: tests/fixtures)",
        )  # fmt: skip
        parser.add_argument(
            "--index",
            type=Path,
            metavar="FILE",
            help=f"the desk's index (default: {INDEX} in the input)",
        )
        parser.add_argument("--port", type=int, default=8765, help="port to listen on; 0: any (default: 8765)")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Entry point."""
        if args:
            raise UsageError("scrapy review takes options only")
        try:
            from waitress import serve  # noqa: PLC0415 - optional

            from crawler.review.web import make_app  # noqa: PLC0415
        except ImportError as error:
            sys.stderr.write(f"scrapy review needs {error.name}: {REMEDY}\n")
            self.exitcode = EXITS[Verdict.CONFIGURATION].code
            return
        try:
            desk = self._desk(opts)
            listening = socket.create_server((ADDRESS, opts.port))
        except (ConfigurationError, OverflowError) as error:
            raise UsageError(str(error), print_help=False) from error
        except (StorageError, OSError) as error:
            self._fail(error, opts)
            return
        sys.stderr.write(f"http://{ADDRESS}:{listening.getsockname()[1]}/  (Ctrl-C ends it)\n")
        with suppress(KeyboardInterrupt):
            serve(make_app(desk), sockets=[listening], threads=4, ident=None, _quiet=True)

    def _fail(self, error: Exception, opts: argparse.Namespace) -> None:
        in_use = isinstance(error, OSError) and error.filename is None
        text = f"port {opts.port}: {error}; give another one with --port" if in_use else str(error)
        sys.stderr.write(f"{text}\n")
        self.exitcode = EXITS[Verdict.CONFIGURATION if in_use else Verdict.DISK].code

    def _desk(self, opts: argparse.Namespace) -> Desk:
        from crawler.review.index import Index  # noqa: PLC0415
        from crawler.review.sources import Sources  # noqa: PLC0415
        from crawler.review.web import Desk  # noqa: PLC0415

        settings = self.settings or Settings()
        inputs = opts.input or [Path(settings["OUTPUT_DIR"])]
        folder = inputs[0] if inputs[0].is_dir() else inputs[0].parent
        index = Index(opts.index or folder / INDEX)
        archive = opts.archive or settings["ARCHIVE_DIR"]
        sources = Sources(index, inputs, Path(archive) if archive else None)
        index.prepare()
        damaged = sources.read(progress=_say)
        if index.problems:
            sys.stderr.write(f"{index.problems} lines are no items and are not shown\n")
        if damaged:
            sys.stderr.write(f"{damaged} files of the archive are damaged; what comes before the damage is shown\n")
        return Desk(index, opts.fixtures, sources)


def _say(text: str) -> None:
    sys.stderr.write(f"{text}\n")
