"""Kadence for WordPress."""

from __future__ import annotations

from crawler.extraction.platforms.rows import AuthorBoxRow

AUTHOR_BOXES = (
    AuthorBoxRow("kadence", "entry-author", bio=("entry-author-description",), name=("entry-author-name",)),
)
