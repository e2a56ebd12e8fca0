"""The data that pages built by JavaScript carry along, and the object in it that describes this page's article.

Next.js keeps them in `<script id="__NEXT_DATA__">` or pushes them in pieces (`self.__next_f.push([1,"…"])`), Nuxt in a
list whose values are positions in itself (`__NUXT_DATA__`), others assign them (`window.__STATE__ = {…}`).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any
from urllib.parse import unquote

from crawler.extraction.document import Document
from crawler.extraction.readers.addresses import joined
from crawler.extraction.readers.jsonld import address_key, folded, plain

MAX_SIZE = 2_000_000
"""Characters of one script that are read; those of large pages reach 1 MB."""

SHORTEST = 100
"""Characters of a script that may hold an article."""

MAX_OBJECTS = 50_000
"""Objects that are looked at."""

MAX_DEPTH = 60

TITLES = ("title", "headline", "name", "heading", "subject", "articleTitle", "article_title", "post_title")
ADDRESSES = ("url", "canonicalUrl", "canonical", "link", "permalink", "path", "fullUrl", "uri", "href")
SLUGS = ("slug", "fullSlug")

_PUSHED = re.compile(r"__next_f\.push\(\[1,\s*(?=\")")
_ASSIGNED = re.compile(r"[=(]\s*(?=[{\[])")
_MAX_ASSIGNED = 5
_ROW = re.compile(r"^[0-9a-f]+:(?=[\[{])", re.MULTILINE)


def described(document: Document, names: tuple[str, ...], titles: frozenset[str]) -> list[Mapping[str, Any]]:
    """Objects with one of the properties that are titled as this page (`titles`, folded) or have its address."""
    found: list[Mapping[str, Any]] = []
    for position in document.by_tag.get("script", ()):
        element = document.elements[position]
        text = element.text or ""
        if len(text) <= MAX_SIZE and _is_data(element.get("type") or "", text) and any(name in text for name in names):
            objects = (node for value in _values(text) for node in _objects(value))
            found += [node for node in objects if not node.keys().isdisjoint(names) and _is_own(node, document, titles)]
    return found


def _is_data(kind: str, text: str) -> bool:
    """Whether a script holds JSON of some size; JSON-LD is read elsewhere, and functions are no data."""
    return len(text) > SHORTEST and "ld+json" not in kind and ('":' in text or '\\":' in text)


def _is_own(node: Mapping[str, Any], document: Document, titles: frozenset[str]) -> bool:
    if any(folded(_text(node.get(name))) in titles for name in TITLES if node.get(name)):
        return True
    own = address_key(document.page.url)
    addresses = (node[name] for name in ADDRESSES if isinstance(node.get(name), str) and "/" in node[name])
    if any(address_key(joined(document.page.url, address)) == own for address in addresses):
        return True
    segments = [unquote(segment) for segment in own.partition("?")[0].split("/")[1:]]
    return any(
        str(node[name]).lower().strip("/").endswith(segments[-1]) for name in SLUGS if node.get(name) and segments
    )


def _text(value: Any) -> str:
    """A title, which may be wrapped: `{"rendered": "…"}` (WordPress REST), `{"en": "…"}`."""
    if isinstance(value, dict):
        value = value.get("rendered") or next((entry for entry in value.values() if isinstance(entry, str)), "")
    return plain(value)


def _values(text: str) -> Iterator[Any]:
    """The JSON values of a script: itself, what it pushes, or what it assigns."""
    start = text.lstrip()[:1]
    if start in ("{", "["):
        value = _loaded(text)
        yield from _unfolded(value) if isinstance(value, list) else (value,)
    elif _PUSHED.search(text):
        pushed = "".join(str(_decoded(text, match.end())) for match in _PUSHED.finditer(text))
        yield from (_decoded(pushed, match.end()) for match in _ROW.finditer(pushed))
    else:
        yield from (_decoded(text, match.end()) for match in islice(_ASSIGNED.finditer(text), _MAX_ASSIGNED))


def _loaded(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _decoded(text: str, start: int) -> Any:
    """The JSON value that begins at a place; an empty text where there is none."""
    try:
        return json.JSONDecoder(strict=False).raw_decode(text, start)[0]
    except (ValueError, RecursionError):
        return ""


def _unfolded(values: list[Any]) -> Iterator[Any]:
    """The entries of a list; of Nuxt's lists the objects, with the values that their numbers point to."""

    def value_at(index: Any) -> Any:
        return values[index] if type(index) is int and 0 <= index < len(values) else index

    for value in values:
        if isinstance(value, dict) and value and all(type(entry) is int for entry in value.values()):
            yield {key: value_at(entry) for key, entry in value.items()}
        else:
            yield value


def _objects(value: Any) -> Iterator[Mapping[str, Any]]:
    """Every object in a value, breadth first."""
    level, seen = [value], 0
    for _ in range(MAX_DEPTH):
        below: list[Any] = []
        for entry in level:
            seen += 1
            if isinstance(entry, dict):
                yield entry
                below += [item for item in entry.values() if isinstance(item, (dict, list))]
            elif isinstance(entry, list):
                below += [item for item in entry if isinstance(item, (dict, list))]
        if not below or seen > MAX_OBJECTS:
            return
        level = below
