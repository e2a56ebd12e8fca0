"""Class and id tokens that speak of an author, found without looking at every token."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

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
    return frozenset(_containing(document.by_class))


def _id_hits(document: Document) -> frozenset[str]:
    return frozenset(_containing(document.by_id))


def _containing(names: Iterable[str]) -> Iterator[str]:
    """One substring search for each word over all names at once; lines of the joined text are the names."""
    tokens = [name for name in names if "\n" not in name]
    joined = "\n".join(tokens).lower()
    for word in WORDS:
        start = joined.find(word)
        while start >= 0:
            yield tokens[joined.count("\n", 0, start)]
            end = joined.find("\n", start)
            start = joined.find(word, end) if end >= 0 else -1
