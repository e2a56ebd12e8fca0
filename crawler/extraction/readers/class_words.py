"""Class and id tokens that speak of an author, found without looking at every token."""

from __future__ import annotations

from collections.abc import Iterable

from crawler.extraction.document import Document

WORDS = (
    *("author", "byline", "by-line", "autor", "auteur", "verfasser", "writer", "contribut", "journalist", "byname"),
    *("reporter", "postedby", "posted-by", "redacteur", "redactor", "redakteur", "signature", "forfatter", "skribent"),
    *("creator", "firma", "tac-gia", "vcard", "editor-name", "user-name", "username", "avtor", "penulis", "yazar"),
    *("profile", "bio", "about", "desc", "user-info", "userinfo", "columnist", "beschreibung", "info-text", "infotext"),
)
"""Words of bylines, author boxes and descriptions in the languages of the corpora; readers choose among the hits."""


def author_tokens(document: Document) -> frozenset[str]:
    """Class tokens of the page that contain one of the words."""
    return document.once(_class_hits)


def author_ids(document: Document) -> frozenset[str]:
    """Ids of the page that contain one of the words."""
    return document.once(_id_hits)


def _class_hits(document: Document) -> frozenset[str]:
    return frozenset(names_with(WORDS, document.by_class))


def _id_hits(document: Document) -> frozenset[str]:
    return frozenset(names_with(WORDS, document.ids))


def names_with(words: Iterable[str], names: Iterable[str]) -> set[str]:
    """The names that contain one of the words (given in lower case), found by one search a word over all names."""
    joined = "\n".join(("", *(name for name in names if "\n" not in name), ""))
    lower = joined.lower()
    if len(lower) != len(joined):  # İ becomes two characters, so that places would not fit
        return {name for name in joined.split("\n") if any(word in name.lower() for word in words)}
    found: set[str] = set()
    for word in words:
        start = lower.find(word)
        while start >= 0:
            end = lower.find("\n", start)
            found.add(joined[lower.rfind("\n", 0, start) + 1 : end])
            start = lower.find(word, end)
    return found
