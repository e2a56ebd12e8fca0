"""Authors and byline: which of the candidates is believed."""

from __future__ import annotations

from crawler.extraction.document import Document
from crawler.extraction.evidence import Choice
from crawler.extraction.fields.author_candidates import Byline, bylines
from crawler.extraction.layout import Layout
from crawler.extraction.site_names import is_site_name
from crawler.items import Author

PREFERENCE = ("feed", "json-ld", "head", "above", "json-ld-unmatched", "meta", "tail", "inside")
"""Rules, the most believed first; measured on the development corpora by `tools/evaluation`."""


def choose_authors(document: Document, layout: Layout) -> Choice[tuple[Author, ...]]:
    """Everybody credited with the article, in the page's order, with URL and avatar where the page gives them."""
    found = [byline for byline in bylines(document, layout) if not _is_publication(byline, document)]
    found.sort(key=lambda byline: PREFERENCE.index(byline.rule))
    if not found:
        return Choice(reason="no byline")
    winner = found[0]
    rivals = tuple(byline.candidate for byline in found[1:])
    return Choice(winner.candidate.value, winner.candidate, rivals, f"first in the order of preference: {winner.rule}")


def _is_publication(byline: Byline, document: Document) -> bool:
    return all(is_site_name(author.name, document) for author in byline.candidate.value)


def byline_of(authors: tuple[Author, ...]) -> str | None:
    """The display string: each name once."""
    return ", ".join(dict.fromkeys(author.name for author in authors)) or None
