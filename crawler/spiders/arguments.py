"""What `scrapy crawl articles -a …` may say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from crawler.errors import ConfigurationError
from crawler.publications import Publication, load_publications, publication_from_url

DEFAULT_SITES = "publications.toml"


@dataclass(frozen=True, slots=True)
class Arguments:
    """The spider's arguments, read and checked."""

    publications: tuple[Publication, ...]
    since: date | None = None
    until: date | None = None
    limit: int | None = None
    seeds: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Slug → the addresses to start from, where `url=` gives several of one host."""


def read_arguments(
    *, url: str | None, sites: str | None, since: str | None, until: str | None, limit: str | None
) -> Arguments:
    """The arguments. Raises `ConfigurationError` that names the argument and what it may be."""
    first, last = _date("since", since), _date("until", until)
    if first and last and first > last:
        raise ConfigurationError(f"since={since} lies after until={until}: no article can be meant")
    if url and sites:
        raise ConfigurationError("url= and sites= exclude each other: give one of them")
    named = _named(url) if url else tuple(p for p in load_publications(Path(sites or DEFAULT_SITES)) if p.enabled)
    if not named:
        raise ConfigurationError("no publication is left to crawl: every table says enabled = false, or url= is empty")
    seeds: dict[str, tuple[str, ...]] = {}
    for publication in named:
        seeds[publication.slug] = (*seeds.get(publication.slug, ()), publication.url)
    publications = {publication.slug: publication for publication in reversed(named)}
    return Arguments(tuple(publications[slug] for slug in seeds), first, last, _limit(limit), seeds)


def _named(urls: str) -> tuple[Publication, ...]:
    """A publication for each address; those of one host share its slug."""
    parts = dict.fromkeys(part.strip() for part in urls.split(",") if part.strip())
    return tuple(publication_from_url(part) for part in parts)


def _date(name: str, text: str | None) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ConfigurationError(f"{name}={text}: give a date as 2024-01-31") from error


def _limit(text: str | None) -> int | None:
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and int(text) > 0):
        raise ConfigurationError(f"limit={text}: give a number of articles, 1 or more")
    return int(text)
