"""What `scrapy crawl articles -a …` may say."""

from __future__ import annotations

from dataclasses import dataclass
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


def read_arguments(
    *, url: str | None, sites: str | None, since: str | None, until: str | None, limit: str | None
) -> Arguments:
    """The arguments. Raises `ConfigurationError` that names the argument and what it may be."""
    first, last = _date("since", since), _date("until", until)
    if first and last and first > last:
        raise ConfigurationError(f"since={since} lies after until={until}: no article can be meant")
    return Arguments(_publications(url, sites), first, last, _limit(limit))


def _publications(url: str | None, sites: str | None) -> tuple[Publication, ...]:
    if url and sites:
        raise ConfigurationError("url= and sites= exclude each other: give one of them")
    if url:
        named = (publication_from_url(part.strip()) for part in url.split(",") if part.strip())
        found = tuple({publication.slug: publication for publication in named}.values())
    else:
        found = tuple(p for p in load_publications(Path(sites or DEFAULT_SITES)) if p.enabled)
    if not found:
        raise ConfigurationError("no publication is left to crawl: every table says enabled = false, or url= is empty")
    return found


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
