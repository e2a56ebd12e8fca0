"""`publications.toml`: what is known of each publication, one table per publication."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from crawler.errors import ConfigurationError
from crawler.page import SiteProfile
from crawler.publication_values import PARSERS, parse_url, slug_of


@dataclass(frozen=True, slots=True)
class Publication:
    """One publication; its key in the file is `slug`, every other attribute is a key of its table."""

    slug: str
    """Short name: lower-case letters, digits and hyphens. Names the table, the output files and the reports."""
    url: str
    """Address of the front page. Required."""
    name: str | None = None
    """Name as readers know it; becomes `publication` of every item. Default: the host."""
    feeds: tuple[str, ...] = ()
    """Addresses of feeds, absolute or relative to `url`, beside those that the site itself names."""
    sitemaps: tuple[str, ...] = ()
    """Addresses of sitemaps, absolute or relative to `url`, beside those that robots.txt names."""
    include: tuple[re.Pattern[str], ...] = ()
    """Regular expressions searched in the whole address: where given, only a match can be an article."""
    exclude: tuple[re.Pattern[str], ...] = ()
    """Regular expressions searched in the whole address: a match is never fetched."""
    language: str | None = None
    """BCP 47 language that the publication is written in (`en`, `pt-BR`), for dates and words in its pages."""
    timezone: str | None = None
    """IANA name of the zone that its pages print times in (`Europe/Madrid`)."""
    delay: float | None = None
    """Seconds between two requests to a host. Default: the setting DOWNLOAD_DELAY; a longer Crawl-delay wins."""
    verify_tls: bool = True
    """False accepts an invalid certificate of this publication."""
    subdomains: bool = False
    """True counts hosts below the publication's host as the publication's own."""
    enabled: bool = True
    """False keeps the table and leaves the publication out of every run."""

    @property
    def profile(self) -> SiteProfile:
        """What extraction may know of the publication."""
        return SiteProfile(self.name, self.language, self.timezone)


DEFAULT_FILE = "publications.toml"
"""The file that is read where none is named."""
KEYS = tuple(f.name for f in fields(Publication) if f.name != "slug")
"""The keys that a table may have."""


def load_publications(path: Path) -> tuple[Publication, ...]:
    """Every publication of a file, in the file's order, the disabled ones included.

    Raises `ConfigurationError`, which names the file and, for each problem, table, key and remedy.
    """
    tables = _read(path)
    problems: list[str] = []
    found = [_publication(slug, table, problems) for slug, table in tables.items()]
    publications = tuple(publication for publication in found if publication)
    problems.extend(_repeated(publications))
    if problems:
        raise ConfigurationError("\n".join(f"{path}: {problem}" for problem in problems))
    if not publications:
        raise ConfigurationError(f'{path}: no publication. Add a table: [example] and below it url = "https://…/"')
    return publications


def publication_from_url(url: str) -> Publication:
    """The publication of an address alone, named by its host. Raises `ConfigurationError` on what is no address."""
    try:
        address = parse_url(url)
    except ValueError as error:
        raise ConfigurationError(f"url={url}: {error}") from error
    return Publication(slug_of(address), address)


def _read(path: Path) -> Mapping[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        remedy = "create it, or name another with -a sites=FILE, or a single publication with -a url=…"
        raise ConfigurationError(f"{path}: {error.strerror}; {remedy}") from error
    except UnicodeDecodeError as error:
        raise ConfigurationError(f"{path}: not UTF-8 at byte {error.start}; save the file as UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        raise ConfigurationError(f"{path}: not valid TOML: {error}") from error


@dataclass(slots=True)
class _Table:
    """The values read from one table, and what is wrong with it."""

    slug: str
    values: dict[str, Any] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)


def _publication(slug: str, table: object, problems: list[str]) -> Publication | None:
    if not isinstance(table, dict):
        problems.append(f'"{slug}": stands outside a table; put it below a line [name-of-the-publication]')
        return None
    if slug != slug_of(slug):
        problems.append(f"[{slug}]: a table is named with a-z, 0-9 and hyphens, at most 64; call it [{slug_of(slug)}]")
    read = _Table(slug)
    for key in sorted(table, key="url".__ne__):  # first the address that relative ones are joined to
        _read_key(read, key, table[key])
    if "url" not in table:
        read.problems.append('"url" is missing; give the address of the front page')
    problems.extend(f"[{slug}] {problem}" for problem in read.problems)
    return None if read.problems else Publication(slug, **read.values)


def _read_key(read: _Table, key: str, value: object) -> None:
    if key not in PARSERS:
        near = difflib.get_close_matches(key, KEYS, 1)
        remedy = f'did you mean "{near[0]}"?' if near else f"known keys: {', '.join(KEYS)}"
        read.problems.append(f'unknown key "{key}"; {remedy}')
        return
    try:
        read.values[key] = PARSERS[key](value, read.values.get("url"))
    except ValueError as error:
        read.problems.append(f'"{key}": {error}')


def _repeated(publications: tuple[Publication, ...]) -> Iterator[str]:
    seen: dict[str, str] = {}
    for publication in publications:
        first = seen.setdefault(publication.url, publication.slug)
        if first != publication.slug:
            yield f'[{publication.slug}] "url": [{first}] has the same; keep one of the two tables'
