"""Publication and modification date."""

from __future__ import annotations

from dataclasses import dataclass

from crawler.extraction.document import Document
from crawler.extraction.evidence import Choice
from crawler.extraction.layout import Layout
from crawler.extraction.moments import Moment


@dataclass(frozen=True, slots=True)
class Dates:
    """What was chosen for `date` and `date_modified`."""

    published: Choice[Moment]
    modified: Choice[Moment]


def choose_dates(document: Document, layout: Layout) -> Dates:
    """When the article was published and last changed."""
    return Dates(Choice(reason="no date"), Choice(reason="no date"))
