"""Class and id tokens that speak of an author."""

from __future__ import annotations

import re
from functools import lru_cache

from crawler.extraction.document import Document

WORDS = (
    *("author", "byline", "by-line", "autor", "auteur", "verfasser", "writer", "contribut", "journalist", "byname"),
    *("reporter", "postedby", "posted-by", "redacteur", "redactor", "redakteur", "signature", "forfatter", "skribent"),
    *("creator", "firma", "tac-gia", "vcard", "editor-name", "user-name", "username", "avtor", "penulis", "yazar"),
    *("profile", "bio", "about", "desc", "user-info", "userinfo", "columnist", "beschreibung", "info-text", "infotext"),
    *("h-card", "p-note"),
)
"""Words of bylines, author boxes and descriptions in the languages of the corpora; readers choose among the hits."""


def author_tokens(document: Document) -> frozenset[str]:
    """Class tokens of the page that contain one of the words."""
    return document.once(_class_hits)


def author_ids(document: Document) -> frozenset[str]:
    """Ids of the page that contain one of the words."""
    return document.once(_id_hits)


def _class_hits(document: Document) -> frozenset[str]:
    return frozenset(filter(_speaks_of_author, document.by_class))


def _id_hits(document: Document) -> frozenset[str]:
    return frozenset(filter(_speaks_of_author, document.ids))


_WORD = re.compile("|".join(WORDS))


@lru_cache(maxsize=50_000)
def _speaks_of_author(token: str) -> bool:
    # The pages of one site share their class names, so that each is looked at once a site.
    return _WORD.search(token.lower()) is not None
