"""Addresses that a server makes without end: how to recognise them, and the pattern under which they are counted."""

from __future__ import annotations

import re
from collections import Counter

from crawler.discovery.article_paths import path_of, segments_of

TRAP_BUDGET = 50
"""Pages that one trap may cost a run."""
MAX_DEPTH = 12
"""Path segments; publications' own addresses stay below 10."""
MAX_REPEATS = 2
"""How often one path segment may occur."""
MAX_PARAMETERS = 4
"""Query parameters; more of them are the facets of a search."""
MAX_URL = 1000

_NUMBER = re.compile(r"\d+")
_HASH = re.compile(r"(?<![a-z0-9])[0-9a-f]{8,}(?![a-z0-9])")


def pattern_of(url: str) -> str:
    """Host and path with every run of digits folded to `9`, hashes to `h`, and the names of its parameters."""
    rest = url.partition("://")[2]
    location, _, query = rest.partition("?")
    folded = _NUMBER.sub("9", _HASH.sub("h", location))
    names = sorted({pair.partition("=")[0] for pair in query.split("&") if pair})
    return folded + ("?" + "&".join(names) if names else "")


def trap_reason(url: str) -> str | None:
    """Why an address looks like one of a trap's, or None."""
    segments = segments_of(url)
    if len(url) > MAX_URL:
        return "long_url"
    if len(segments) > MAX_DEPTH:
        return "deep_path"
    if any(count > MAX_REPEATS for count in Counter(segments).values()) or "//" in path_of(url).rstrip("/"):
        return "repeating_path"
    if url.partition("?")[2].count("=") > MAX_PARAMETERS:
        return "facets"
    return None
