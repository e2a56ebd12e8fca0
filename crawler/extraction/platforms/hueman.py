"""Hueman by Press Customizr for WordPress."""

from __future__ import annotations

from crawler.extraction.platforms.rows import AuthorBoxRow

AUTHOR_BOXES = (AuthorBoxRow("hueman", "author-bio", bio=("bio-desc",), name=("bio-name",)),)
