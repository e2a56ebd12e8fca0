"""What `scrapy doctor` looks at on this machine: one finding a line, with a remedy. The network is another module's."""

from __future__ import annotations

import os
import shutil
import sqlite3
import sys
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from crawler.errors import ConfigurationError, CrawlerError
from crawler.fetching.guard import guard_of
from crawler.frontier.statements import SCHEMA_VERSION
from crawler.publications import load_publications

LITTLE_ROOM = 1024**3
"""Bytes free below which a crawl may fill the disk before anybody looks."""
BUILT = datetime(2025, 1, 1, tzinfo=UTC)
"""A clock before this is wrong."""
OLD_PART = 3600.0
"""Seconds after which a file in progress, if no run is under way, is a leftover."""
EXTRAS = (("psycopg", "postgres", "FRONTIER_URL=postgresql://…"), ("ray", "cluster", "scrapy reprocess --engine ray"))
"""Package, extra of this project, and what needs it."""


class Mark(StrEnum):
    """How bad a finding is."""

    GOOD = "✓"
    DOUBT = "!"
    BAD = "✗"


@dataclass(frozen=True, slots=True)
class Finding:
    """One line."""

    mark: Mark
    subject: str
    text: str
    remedy: str | None = None


Settings = Mapping[str, Any]


def findings(settings: Settings, sites: Path, *, now: datetime) -> Iterator[Finding]:
    """Everything but the network, in the order in which a crawl would stumble over it."""
    for check in (_versions, _configuration, _folders, _database, _leftovers):
        yield from check(settings)
    yield _publications(sites)
    yield _clock(now)
    yield from _cron(settings)


def _versions(_: Settings) -> Iterator[Finding]:
    names = ("scrapy", "twisted", "lxml", "publication-crawler")
    installed = ", ".join(f"{name} {_version(name) or 'missing'}" for name in names)
    yield Finding(Mark.GOOD, "versions", f"Python {sys.version.split()[0]}, {installed}")
    for package, extra, purpose in EXTRAS:
        found = _version(package)
        text = f"{package} {found}" if found else f"not installed; needed by {purpose} only"
        yield Finding(Mark.GOOD, f"extra {extra}", text)


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def _configuration(settings: Settings) -> Iterator[Finding]:
    try:
        exceptions = guard_of(settings["FETCH_ALLOW_PRIVATE"]).exceptions
    except ConfigurationError as error:
        yield Finding(Mark.BAD, "settings", str(error))
        return
    agent, delay = str(settings["USER_AGENT"]), float(settings["DOWNLOAD_DELAY"])
    if "://" not in agent and "@" not in agent:
        yield Finding(Mark.DOUBT, "USER_AGENT", f"{agent!r} names no address", "add a page or e-mail to reach you at")
    if delay < 0.5:
        yield Finding(
            Mark.DOUBT, "DOWNLOAD_DELAY", f"{delay:g} s is impolite to others' servers", "leave it at 1 or more"
        )
    if exceptions:
        named = ", ".join(f"{host}:{port}" for host, port in sorted(exceptions))
        yield Finding(Mark.DOUBT, "FETCH_ALLOW_PRIVATE", f"{named} may be fetched", "name only servers of your own")
    yield Finding(Mark.GOOD, "settings", f"a request every {delay:g} s and host, as {agent}")


def _folders(settings: Settings) -> Iterator[Finding]:
    named = {name: settings.get(name) for name in ("OUTPUT_DIR", "ARCHIVE_DIR")}
    named["LOG_FILE"] = str(Path(settings["LOG_FILE"]).parent) if settings.get("LOG_FILE") else None
    state = sqlite_path(settings)
    named["FRONTIER_URL"] = str(state.parent) if state else None
    for name, folder in named.items():
        if folder:
            yield _folder(name, Path(folder))


def _folder(name: str, folder: Path) -> Finding:
    existing = next(path for path in (folder, *folder.absolute().parents) if path.exists())
    if not existing.is_dir():
        return Finding(Mark.BAD, name, f"{existing} is no folder", f"remove it, or set {name}")
    if not os.access(existing, os.W_OK | os.X_OK):
        return Finding(
            Mark.BAD, name, f"{existing} cannot be written", f"chown it to the user of the crawl, or set {name}"
        )
    free = shutil.disk_usage(existing).free
    text = f"{folder} can be {'written' if folder.exists() else 'created'}, {free / 1024**3:.1f} GiB free"
    if free < LITTLE_ROOM:
        return Finding(Mark.DOUBT, name, text, "make room")
    return Finding(Mark.GOOD, name, text)


def sqlite_path(settings: Settings) -> Path | None:
    """The file of FRONTIER_URL; None where a server keeps the frontier."""
    scheme, _, rest = str(settings["FRONTIER_URL"]).partition("://")
    return Path(rest.removeprefix("/")) if scheme == "sqlite" else None


def _database(settings: Settings) -> Iterator[Finding]:
    path = sqlite_path(settings)
    if path is None:
        yield _server(str(settings["FRONTIER_URL"]))
    elif not path.exists():
        yield Finding(Mark.GOOD, "frontier", f"{path} will be created by the first crawl")
    else:
        yield _sqlite(path)


def _sqlite(path: Path) -> Finding:
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=5)) as connection:
            found = connection.execute("PRAGMA user_version").fetchone()[0]
            integrity = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
            records = connection.execute("SELECT count(*) FROM urls").fetchone()[0]
    except sqlite3.Error as error:
        return Finding(
            Mark.BAD, "frontier", f"{path}: {error}", "restore it from a backup, or move it away and crawl anew"
        )
    if integrity != "ok":
        return Finding(Mark.BAD, "frontier", f"{path} is damaged: {integrity}", "restore it from a backup")
    if found > SCHEMA_VERSION:
        return Finding(
            Mark.BAD, "frontier", f"{path} has schema {found}, this program {SCHEMA_VERSION}", "upgrade here too"
        )
    return Finding(Mark.GOOD, "frontier", f"{path}: sound, schema {found}, {records:,} addresses")


def _server(url: str) -> Finding:
    from crawler.frontier.scheduler import open_store  # noqa: PLC0415 - what it needs may not be installed

    host = urlsplit(url).hostname or "?"
    try:
        open_store(url).close()
    except (CrawlerError, ImportError) as error:
        return Finding(
            Mark.BAD, "frontier", f"PostgreSQL at {host}: {error}", "see FRONTIER_URL; pip install '.[postgres]'"
        )
    return Finding(Mark.GOOD, "frontier", f"PostgreSQL at {host} answers")


def _leftovers(settings: Settings) -> Iterator[Finding]:
    parts = sorted(Path(settings["OUTPUT_DIR"]).glob(".*.part"))
    now = datetime.now(UTC).timestamp()
    old = [part for part in parts if now - part.stat().st_mtime > OLD_PART]
    if old:
        yield Finding(
            Mark.DOUBT, "leftovers", f"{len(old)} unfinished files, such as {old[0]}",
            "run the crawl again: it completes what a killed run left",
        )  # fmt: skip
    else:
        yield Finding(Mark.GOOD, "leftovers", f"{len(parts)} files in progress, none old" if parts else "none")


def _publications(sites: Path) -> Finding:
    try:
        publications = load_publications(sites)
    except CrawlerError as error:
        return Finding(Mark.BAD, "publications", str(error))
    enabled = sum(publication.enabled for publication in publications)
    if not enabled:
        return Finding(Mark.BAD, "publications", f"{sites}: every table says enabled = false", "enable one")
    return Finding(Mark.GOOD, "publications", f"{sites}: {len(publications)}, of which {enabled} are enabled")


def _clock(now: datetime) -> Finding:
    if now < BUILT:
        return Finding(Mark.BAD, "clock", f"{now:%Y-%m-%d %H:%M} UTC is in the past", "set it; run a time service")
    return Finding(Mark.GOOD, "clock", f"{now:%Y-%m-%d %H:%M} UTC")


def _cron(settings: Settings) -> Iterator[Finding]:
    relative = [
        name for name in ("OUTPUT_DIR", "ARCHIVE_DIR") if settings.get(name) and not os.path.isabs(settings[name])
    ]
    if relative or not str(settings["FRONTIER_URL"]).startswith(("sqlite:////", "postgresql")):
        yield Finding(
            Mark.GOOD, "cron", f"paths are relative to {Path.cwd()}: begin the line with `cd {Path.cwd()} &&`"
        )
    if sys.flags.utf8_mode == 0 and "utf-8" not in (sys.getfilesystemencoding() or "").lower():
        yield Finding(Mark.DOUBT, "locale", "file names are not UTF-8 here", "set LANG=C.UTF-8 in the crontab")
