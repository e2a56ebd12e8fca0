"""Headings that the page's address spells: publishing software makes the last segment of a path from the headline."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from crawler.extraction.document import Document
from crawler.extraction.readers.jsonld import folded

SHORTEST, SHORTEST_WIDE = 8, 4
"""Letters of a segment that says as much as a headline; of scripts that write words with one or two letters."""

MANY_WORDS = 4
"""Words of a segment before the last that is made of a headline."""

FEWEST_WORDS = 3
"""Words of an address that abbreviates a headline; two may be a coincidence."""

_SPACE = re.compile(r"[^\w'’]+")
_EXTENSION = re.compile(r"\.(?:[a-z]{1,4}html?|html?|php\d?|aspx?|jsp|cfm|cms|md)$", re.IGNORECASE)
_NUMBER = re.compile(r"[a-z]{0,4}\d+(?:\.\d+)*[a-z]?|[0-9a-f]{8,}", re.IGNORECASE)
"""Counters, dates and identifiers that stand before or behind the words: `2020-11-28-title`, `title-ld.1759794`."""
_BETWEEN = re.compile(r"[-_+,. ]+")
_SPELLINGS = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "æ": "ae", "ø": "oe", "å": "aa", "ł": "l", "đ": "d", "ı": "i"}
)
"""How addresses write letters that no decomposition reduces to ASCII; the first three are also written without e."""


def _spelled(document: Document) -> frozenset[str]:
    """What the address may say of the headline: keys of its last segment, with and without numbers at the ends.

    Of the segment before, where the last is a number (`/what-it-says/12345`): only if it has the words of a headline,
    as the names of sections have not.
    """
    segments = _segments(document)
    keys = frozenset(_keys(segments[-1])) if segments else frozenset()
    if keys or len(segments) < 2 or len(_BETWEEN.split(segments[0])) < MANY_WORDS:
        return keys
    return frozenset(_keys(segments[0]))


def _segments(document: Document) -> list[str]:
    """The last two segments of the address' path, without file ending; fewer where it has no more."""
    try:
        path = urlsplit(document.page.url or "").path
    except ValueError:
        return []
    return [_EXTENSION.sub("", unquote(segment)) for segment in path.split("/") if segment][-2:]


def _keys(segment: str) -> Iterator[str]:
    words = [word for word in _BETWEEN.split(segment) if word]
    bare = _without_numbers(words)
    for part in ("".join(words), "".join(bare)) if bare else ():
        yield from filter(_is_telling, keys_of(part))


def _without_numbers(words: list[str]) -> list[str]:
    first, last = 0, len(words)
    while first < last and _NUMBER.fullmatch(words[first]):
        first += 1
    while last > first and _NUMBER.fullmatch(words[last - 1]):
        last -= 1
    return words[first:last]


def _is_telling(key: str) -> bool:
    return len(key) >= (SHORTEST if key.isascii() else SHORTEST_WIDE) and not key.isdigit()


def keys_of(text: str) -> tuple[str, str]:
    """A text's letters and digits as addresses write them: without accents, and with German umlauts written out."""
    key = folded(text)
    return (key, key) if key.isascii() else (_plain(key), key.translate(_SPELLINGS))


def _plain(key: str) -> str:
    bare = "".join(char for char in unicodedata.normalize("NFKD", key) if not unicodedata.combining(char))
    return unicodedata.normalize("NFC", bare).translate(_SPELLINGS)


def is_abbreviated(text: str, document: Document) -> bool:
    """Whether the words of the address, three at least, stand in a heading in their order; addresses leave some out."""
    slug = document.once(_words)
    if len(slug) < FEWEST_WORDS or not text:
        return False
    for words in zip(*(keys_of(word) for word in _SPACE.split(text.casefold())), strict=True):
        rest = iter(words)
        if all(word in rest for word in slug):
            return True
    return False


def _words(document: Document) -> tuple[str, ...]:
    """The words of the last segment of the address, numbers at the ends left out."""
    segments = _segments(document)
    words = _BETWEEN.split(segments[-1].casefold()) if segments else ()
    return tuple(_without_numbers([word for word in words if word]))


def is_spelled(text: str, document: Document) -> bool:
    """Whether the address spells a heading, and nothing but it."""
    known = document.once(_spelled)
    return bool(known) and not known.isdisjoint(keys_of(text))
