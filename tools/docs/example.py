"""The item that the README shows: what the crawler makes of one page of the sample publication."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from crawler.commands.pages import item_of
from crawler.page import Link, Page, SiteProfile
from sample.pages import NAME, site

ORIGIN = "http://127.0.0.1:8421"
POST = "/forty-one-boats-wintered-in-port-ellery/"
SHOWN = (
    "url", "publication", "title", "byline", "authors", "date", "body", "author_bio", "latest_posts", "section",
    "language", "images", "word_count",
)  # fmt: skip
"""Fields of the README's item; the others are in docs/fields.md."""
EVIDENCE = ("title", "date", "author_bio")
LONG = 110
"""Characters of a text that the README shows."""


def item() -> str:
    """The shortened item as a fenced block of JSON."""
    url = ORIGIN + POST
    links = (Link(url, "feed", f"{ORIGIN}/feed/", date="2025-02-24T07:40:00+01:00", authors=("Mara Lind",)),)
    body = site(ORIGIN)[POST].body.encode()
    page = Page(body, url, {}, datetime(2026, 3, 1, tzinfo=UTC), links, SiteProfile(name=NAME))
    found = asdict(item_of(page))
    shown = {name: _short(found[name]) for name in SHOWN}
    shown["evidence"] = {name: found["evidence"][name] for name in EVIDENCE if name in found["evidence"]}
    return f"```json\n{_laid_out(shown)}\n```"


def _short(value: Any) -> Any:
    if isinstance(value, str):
        return value if len(value) <= LONG else f"{value[:LONG].rstrip()} …"
    if isinstance(value, list):
        return [_short(entry) for entry in value[:2]]
    return {key: _short(entry) for key, entry in value.items() if entry} if isinstance(value, dict) else value


def _laid_out(item: dict[str, Any]) -> str:
    """One field a line, to fit a screen."""
    lines = [f"  {json.dumps(name)}: {json.dumps(value, ensure_ascii=False)}" for name, value in item.items()]
    return "{\n" + ",\n".join(lines) + "\n}"
