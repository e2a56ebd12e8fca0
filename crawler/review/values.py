"""Values of an item as text for a reader, and what a reader typed as values of an item."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from crawler.items import Author

PAGE_TYPES = (
    "article", "listing", "front_page", "author_page", "search", "page", "product", "forum", "documentation", "error",
    "login_wall", "consent_wall", "bot_check", "empty",
)  # fmt: skip
PRECISIONS = (("year", r"\d{4}"), ("month", r"\d{4}-\d\d"), ("day", r"\d{4}-\d\d-\d\d"))
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")


class UnfitError(Exception):
    """What was typed is no value of the field; the message says what is."""


def as_text(value: Any) -> str:
    """A value as lines of text: one for each entry of a list; empty for nothing."""
    if value is None or value == []:
        return ""
    if isinstance(value, list):
        return "\n".join(map(_entry, value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def _entry(entry: Any) -> str:
    if not isinstance(entry, dict):
        return str(entry)
    names = ("name", "title", "alt", "caption", "role", "date", "url")
    return " · ".join(str(entry[name]) for name in names if entry.get(name))


def candidate_text(value: Any) -> str:
    """The value of a candidate as text: of a person the name, of a date the ISO form, of a link title and address."""
    if isinstance(value, (list, tuple)):
        return "\n".join(map(candidate_text, value))
    for name in ("iso", "name", "title", "url"):
        found = getattr(value, name, None)
        if isinstance(found, str) and found:
            return found
    return "" if value is None else str(value)


def _line(text: str) -> str | None:
    return " ".join(text.split()) or None


def _text(text: str) -> str | None:
    blocks = (
        "\n".join(line.rstrip() for line in block.split("\n")) for block in re.split(r"\n[ \t]*\n+", text.strip())
    )
    return "\n\n".join(block.strip("\n") for block in blocks) or None


def _lines(text: str) -> list[str]:
    return [line for line in (" ".join(line.split()) for line in text.split("\n")) if line]


def _date(text: str) -> str | None:
    line = _line(text)
    if line and not any(re.fullmatch(pattern, line) for _, pattern in PRECISIONS[:2]):
        try:
            datetime.fromisoformat(line)
        except ValueError:
            raise UnfitError("a date is written 2025-03-04, or 2025-03-04T10:00:00+01:00") from None
    return line


def _language(text: str) -> str | None:
    line = _line(text)
    if line and not _LANGUAGE.fullmatch(line):
        raise UnfitError("a language is a BCP 47 tag like en or pt-BR")
    return line


def _address(text: str) -> str | None:
    line = _line(text)
    if line and (urlsplit(line).scheme not in ("http", "https") or " " in line):
        raise UnfitError("an address begins with http:// or https://")
    return line


def _page_type(text: str) -> str:
    line = _line(text) or ""
    if line not in PAGE_TYPES:
        raise UnfitError(f"a page type is one of {', '.join(PAGE_TYPES)}")
    return line


PARSERS: Mapping[str, Callable[[str], Any]] = {
    "title": _line, "subtitle": _line, "byline": _lines, "date": _date, "date_modified": _date, "body": _text,
    "author_bio": _text, "section": _line, "tags": _lines, "language": _language, "canonical_url": _address,
    "page_type": _page_type,
}  # fmt: skip
"""The fields that a reader may correct, with how what was typed is read; UnfitError where it cannot be meant."""
HINTS: Mapping[str, str] = {
    "byline": "One name a line, without “By”.", "tags": "One a line, in the page's order.",
    "date": "2025-03-04, or with time and offset: 2025-03-04T10:00:00+01:00.",
    "date_modified": "2025-03-04, or with time and offset: 2025-03-04T10:00:00+01:00.",
    "body": "The article's own text, an empty line between blocks.", "language": "A tag like en or pt-BR.",
    "page_type": f"One of {', '.join(PAGE_TYPES)}.",
}  # fmt: skip


def precision_of(date: str | None) -> str | None:
    """How much of a date is given, as in `Article.date_precision`."""
    if date is None:
        return None
    found = next((name for name, pattern in PRECISIONS if re.fullmatch(pattern, date)), None)
    return found or ("minute" if re.fullmatch(r"\S{10}T\d\d:\d\d(Z|[+-]\d\d:?\d\d)?", date) else "second")


def authors_of(names: list[str], known: list[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Authors by name; of those who were known already, all that was."""
    return [dict(next((one for one in known if one["name"] == name), asdict(Author(name)))) for name in names]
