"""Title, subtitle and the element that prints the headline."""

from __future__ import annotations

from crawler.extraction.document import Document
from crawler.extraction.evidence import Candidate, Choice, Level


def choose_title(document: Document) -> Choice[str]:
    """The headline; its `position` is the element that prints it, where one does."""
    for position in document.by_tag.get("h1", []):
        text = document.text(position)
        if text:
            winner = Candidate(text, "markup", "h1", Level.BOUND, position)
            return Choice(text, winner)
    return Choice(reason="no headline")


def choose_subtitle(document: Document, headline: int | None) -> Choice[str]:
    """The standfirst below the headline."""
    return Choice(reason="no standfirst")
