"""Jetpack themes' author bio (Automattic themes for WordPress)."""

from __future__ import annotations

from crawler.extraction.platforms.rows import AuthorBoxRow

AUTHOR_BOXES = (AuthorBoxRow("jetpack", "entry-author", bio=("author-bio",), name=("author-heading", "author-title")),)
