"""Ghost: Casper and themes made after it."""

from __future__ import annotations

from crawler.extraction.platforms.rows import AuthorBoxRow

AUTHOR_BOXES = (AuthorBoxRow("ghost-casper", "author-card", bio=("author-card-content",), name=("author-card-name",)),)
