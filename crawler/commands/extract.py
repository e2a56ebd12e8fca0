"""`scrapy extract`: a page on disk to its item, or a list of pages to a file of items."""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO, ClassVar

import orjson
from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from crawler.commands.pages import PageFile, extract_line, failure_line, item_of, moment
from crawler.processes import map_in_order


class Command(ScrapyCommand):
    """One page or many, without a crawl."""

    requires_crawler_process = False
    default_settings: ClassVar[dict[str, Any]] = {"LOG_ENABLED": False}

    def syntax(self) -> str:
        """Usage."""
        return "FILE --url URL | --pages PAGES.jsonl --output OUT.jsonl"

    def short_desc(self) -> str:
        """One line for `scrapy --help`."""
        return "Print the item of a page on disk, or write the items of many pages"

    def long_desc(self) -> str:
        """What `scrapy extract --help` says."""
        return (
            "With FILE and --url: print the item of the page as JSON. With --pages: read lines of JSON with id, url and"
            " html_path (relative to that file; optional: encoding, headers, fetched_at), and write one item a line, in"
            " the same order and with the record's id; a page that failed is a line with id and error."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """The command's own options after Scrapy's."""
        super().add_options(parser)
        parser.add_argument("--url", help="address that the page in FILE was fetched from")
        parser.add_argument("--encoding", help="encoding of FILE, as its Content-Type header would name it")
        parser.add_argument("--fetched-at", metavar="TIME", help="when FILE was fetched (ISO 8601); bounds its dates")
        parser.add_argument("--pages", metavar="PAGES.jsonl", type=Path, help="list of pages to read")
        parser.add_argument("--output", metavar="OUT.jsonl", default="-", help="where --pages writes (default: stdout)")
        parser.add_argument("--processes", type=int, default=os.cpu_count() or 1, help="default: one per core")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Entry point."""
        if opts.pages and not args:
            self._many(opts)
        elif len(args) == 1 and opts.url and not opts.pages:
            self._one(Path(args[0]), opts)
        else:
            raise UsageError("give either FILE with --url URL, or --pages PAGES.jsonl")

    def _one(self, path: Path, opts: argparse.Namespace) -> None:
        headers = {"content-type": f"text/html; charset={opts.encoding}"} if opts.encoding else {}
        try:
            page = PageFile(None, opts.url, path, headers, moment(opts.fetched_at)).page()
        except (OSError, ValueError) as error:
            raise UsageError(str(error), print_help=False) from error
        options = orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE
        sys.stdout.buffer.write(orjson.dumps(item_of(page), option=options))

    def _many(self, opts: argparse.Namespace) -> None:
        started, total, failed = time.monotonic(), 0, 0
        try:
            with opts.pages.open("rb") as lines, _written(opts.output) as out:
                read = partial(extract_line, folder=opts.pages.parent)
                records = (line for line in lines if line.strip())
                for line, result in map_in_order(read, records, workers=max(1, opts.processes)):
                    item = failure_line(line, result) if isinstance(result, BaseException) else result
                    total, failed = total + 1, failed + item.failed
                    out.write(item.text)
        except OSError as error:
            raise UsageError(str(error), print_help=False) from error
        seconds = time.monotonic() - started
        sys.stderr.write(f"{total} pages, {failed} failed, {seconds:.1f} s\n")


@contextmanager
def _written(name: str) -> Iterator[BinaryIO]:
    """Standard output for `-`; else a file that appears whole, when everything is written."""
    if name == "-":
        yield sys.stdout.buffer
        return
    path = Path(name)
    if path.exists() and not path.is_file():  # a pipe or a device
        with path.open("wb") as out:
            yield out
        return
    part = path.with_name(f".{path.name}.part")
    with part.open("wb") as out:
        yield out
    part.replace(path)
