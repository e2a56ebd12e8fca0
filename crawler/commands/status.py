"""`scrapy status`: what is known and due of each publication, and how its last run went."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, ClassVar

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError
from scrapy.settings import Settings

from crawler.commands.tables import print_rows
from crawler.errors import CrawlerError
from crawler.frontier.scheduler import open_store
from crawler.frontier.store import Store
from crawler.json_lines import encode_line
from crawler.publications import DEFAULT_FILE, Publication, load_publications, publication_from_url


class Command(ScrapyCommand):
    """The frontier's view of the publications."""

    requires_crawler_process = False
    default_settings: ClassVar[dict[str, Any]] = {"LOG_ENABLED": False}

    def syntax(self) -> str:
        """Usage."""
        return "[URL …]"

    def short_desc(self) -> str:
        """One line for `scrapy --help`."""
        return "Show per publication what is known and due, the last run and its verdict"

    def long_desc(self) -> str:
        """What `scrapy status --help` says."""
        return (
            "One row for each publication of publications.toml, or for each URL that was crawled without it: articles"
            " written so far, addresses waiting, the last run and its verdict. Nothing is fetched."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """The command's own options after Scrapy's."""
        super().add_options(parser)
        parser.add_argument("--sites", default=DEFAULT_FILE, help=f"publications file (default: {DEFAULT_FILE})")
        parser.add_argument("--json", action="store_true", help="print one JSON object a line instead of a table")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Entry point."""
        try:
            publications = [publication_from_url(url) for url in args] or load_publications(Path(opts.sites))
            rows = list(self._rows(publications))
        except CrawlerError as error:
            raise UsageError(str(error), print_help=False) from error
        if opts.json:
            sys.stdout.buffer.writelines(encode_line(row) for row in rows)
        else:
            print_rows(rows)

    def _rows(self, publications: list[Publication] | tuple[Publication, ...]) -> Iterator[dict[str, Any]]:
        store = open_store((self.settings or Settings())["FRONTIER_URL"])
        try:
            yield from (_row(publication, store) for publication in publications)
        finally:
            store.close()


def _row(publication: Publication, store: Store) -> dict[str, Any]:
    slug = publication.slug
    visits = store.visits(slug, limit=1)
    last: Mapping[str, Any] = visits[0] if visits else {}
    waiting = sum(count for (_, what), count in store.census(slug).items() if what == "queued")
    return {
        "publication": slug if publication.enabled else f"{slug} (disabled)",
        "articles": sum(store.articles_by_sources(slug).values()),
        "waiting": waiting,
        "last run": _iso(last.get("started")),
        "verdict": last.get("verdict") or ("interrupted" if last else "never run"),
        "run": last.get("run_id"),
    }


def _iso(moment: float | None) -> str | None:
    return datetime.fromtimestamp(moment, UTC).isoformat(timespec="seconds") if moment else None
