"""Soledad by PenciDesign for WordPress."""

from __future__ import annotations

from crawler.extraction.platforms.rows import AuthorBoxRow

AUTHOR_BOXES = (AuthorBoxRow("soledad", "post-author", bio=("author-content",)),)
