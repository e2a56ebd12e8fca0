"""Bimber by Bring the Pixel for WordPress."""

from __future__ import annotations

from crawler.extraction.platforms.rows import AuthorBoxRow

AUTHOR_BOXES = (AuthorBoxRow("bimber", "author-info", bio=("author-bio",), name=("author-title",)),)
