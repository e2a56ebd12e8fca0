"""Jannah and other themes by TieLabs for WordPress."""

from __future__ import annotations

from crawler.extraction.platforms.rows import AuthorBoxRow

AUTHOR_BOXES = (AuthorBoxRow("tielabs", "about-author", bio=("author-bio",), name=("author-name",)),)
