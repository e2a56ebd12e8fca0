"""How each key of `publications.toml` is read: one parser per key, which says what it expects."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urljoin, urlsplit, urlunsplit
from zoneinfo import available_timezones

MAX_DELAY = 3600.0
"""Seconds; one request an hour is the slowest that a crawl can be meant to be."""
MAX_SLUG = 64
"""Characters; with the run's id a file name stays below the 255 bytes that file systems allow."""
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|[0-9]{3}))?")
"""RFC 5646: language, script, region; variants and extensions do not occur on publications."""

Parser = Callable[[object, str | None], Any]
"""(value, the table's url) → the attribute's value; raises ValueError with what was expected."""


def slug_of(text: str) -> str:
    """A short name made of the host of an address, or of any text: a-z, 0-9 and single hyphens."""
    host = re.split(r"[/?#]", text.partition("://")[2])[0] or text
    slug = re.sub(r"[^a-z0-9]+", "-", host.lower().removeprefix("www.")).strip("-")
    return slug[:MAX_SLUG].rstrip("-") or "publication"


def parse_url(value: object, site: str | None = None) -> str:
    """An absolute http(s) address without fragment, with a path; relative ones are joined to the site's.

    Raises ValueError on everything else: other schemes, no host, a port that is none, userinfo.
    """
    text = _text(value)
    address = urlsplit(urljoin(site, text) if site else text)
    if address.scheme not in {"http", "https"} or not address.hostname or re.search(r"\s", text):
        raise ValueError(f'expects an address like "https://example.org/", got {text!r}')
    if "@" in address.netloc:
        raise ValueError("an address with a user name or password would end up in logs and output; remove it")
    _ = address.port  # raises ValueError itself where the port is no number
    return urlunsplit(address._replace(path=address.path or "/", fragment=""))


def _site(value: object, _: str | None) -> str:
    return parse_url(value)


def _text(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"expects a text, got {value!r}")
    return value.strip()


def _name(value: object, _: str | None) -> str:
    return _text(value)


def _list(value: object) -> list[object]:
    if not isinstance(value, list):
        raise ValueError(f"expects a list like [{value!r}], got {value!r}")
    return value


def _urls(value: object, site: str | None) -> tuple[str, ...]:
    return tuple(parse_url(entry, site) for entry in _list(value))


def _patterns(value: object, _: str | None) -> tuple[re.Pattern[str], ...]:
    return tuple(_pattern(entry) for entry in _list(value))


def _pattern(value: object) -> re.Pattern[str]:
    text = _text(value)
    try:
        return re.compile(text)
    except re.error as error:
        raise ValueError(f"{text!r} is no regular expression: {error}") from error


def _language(value: object, _: str | None) -> str:
    text = _text(value)
    if not LANGUAGE.fullmatch(text):
        raise ValueError(f'expects a language tag like "en" or "pt-BR", got {text!r}')
    return text


def _timezone(value: object, _: str | None) -> str:
    text = _text(value)
    if text not in available_timezones():
        raise ValueError(f'expects an IANA time zone like "Europe/Madrid", got {text!r}')
    return text


def _delay(value: object, _: str | None) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value <= MAX_DELAY:
        raise ValueError(f"expects seconds from 0 to {MAX_DELAY:.0f}, got {value!r}")
    return float(value)


def _flag(value: object, _: str | None) -> bool:
    if not isinstance(value, bool):
        raise ValueError(f"expects true or false, got {value!r}")
    return value


PARSERS: Mapping[str, Parser] = {
    "url": _site,
    "name": _name,
    "feeds": _urls,
    "sitemaps": _urls,
    "include": _patterns,
    "exclude": _patterns,
    "language": _language,
    "timezone": _timezone,
    "delay": _delay,
    "verify_tls": _flag,
    "subdomains": _flag,
    "enabled": _flag,
}
"""Key → its parser."""
