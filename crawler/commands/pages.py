"""Pages from files to items: one page, or the lines of a list of them."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from crawler.extraction import extract
from crawler.items import Article
from crawler.json_lines import encode_line
from crawler.page import Page
from crawler.pipelines.cleaning import clean_article
from crawler.pipelines.validate import without_implausible


@dataclass(frozen=True, slots=True)
class PageFile:
    """One page on disk, as a line of PAGES.jsonl describes it."""

    id: Any
    """Whatever identifies the record; comes back with its item."""
    url: str
    path: Path
    headers: dict[str, str] = field(default_factory=dict)
    fetched_at: datetime | None = None

    def page(self) -> Page:
        """The page. Raises OSError where the file cannot be read."""
        return Page(self.path.read_bytes(), self.url, self.headers, self.fetched_at)


def item_of(page: Page) -> Article:
    """The item that a crawl would write for the page, but for what only a crawl knows (`id`, `run_id`, …)."""
    article, _ = without_implausible(clean_article(extract(page)))
    article.publication = article.publication or page.profile.name or urlsplit(page.url).hostname
    return article


def read_record(line: bytes, folder: Path) -> PageFile:
    """The page that a line of PAGES.jsonl names; a null `url` is one that nobody knows.

    Raises ValueError that says what is missing or wrong.
    """
    record = json.loads(line)
    if not isinstance(record, dict):
        raise ValueError("the line is no JSON object")
    missing = [key for key in ("id", "url", "html_path") if key not in record]
    if missing:
        raise ValueError(f"the record lacks {', '.join(missing)}")
    headers = {str(name): str(value) for name, value in (record.get("headers") or {}).items()}
    if record.get("encoding"):
        headers = {name: value for name, value in headers.items() if name.lower() != "content-type"}
        headers["content-type"] = f"text/html; charset={record['encoding']}"
    return PageFile(
        record["id"], record["url"] or "", folder / record["html_path"], headers, moment(record.get("fetched_at"))
    )


def moment(text: str | None) -> datetime | None:
    """An ISO 8601 time, taken as UTC where it gives no offset. Raises ValueError on anything else."""
    if not text:
        return None
    found = datetime.fromisoformat(text)
    return found if found.tzinfo else found.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of output."""

    text: bytes
    failed: bool = False


def extract_line(line: bytes, folder: Path) -> Line:
    """The item's line for a record's line: with the record's id, or with `error` where the page failed."""
    try:
        record = read_record(line, folder)
        return Line(encode_line({**asdict(item_of(record.page())), "id": record.id}))
    except Exception as error:  # noqa: BLE001 - the edge of one page: its failure is its line
        return failure_line(line, error)


def failure_line(line: bytes, error: BaseException) -> Line:
    """The line of a record whose page could not be read."""
    try:
        record = json.loads(line)
    except ValueError:
        record = None
    identity = record.get("id") if isinstance(record, dict) else None
    return Line(encode_line({"id": identity, "error": f"{type(error).__name__}: {error}"}), failed=True)
