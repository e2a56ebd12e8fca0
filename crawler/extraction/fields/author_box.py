"""Author boxes and cards: biography and latest posts."""

from __future__ import annotations

from dataclasses import dataclass

from crawler.extraction.document import Document
from crawler.extraction.evidence import Choice
from crawler.extraction.layout import Layout
from crawler.items import Author, PostLink


@dataclass(frozen=True, slots=True)
class AuthorBox:
    """What was chosen for `author_bio` and `latest_posts`."""

    bio: Choice[str]
    latest_posts: Choice[tuple[PostLink, ...]]
    bios: tuple[tuple[str, str], ...] = ()
    """(author name, biography) of every box, for pages with several authors."""


def read_author_box(document: Document, layout: Layout, authors: tuple[Author, ...]) -> AuthorBox:
    """Biography and latest posts of the article's author."""
    return AuthorBox(Choice(reason="no author box"), Choice(reason="no author box"))
