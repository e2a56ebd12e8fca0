"""Minimal Mistakes for Jekyll: the author profile in the sidebar."""

from __future__ import annotations

from crawler.extraction.platforms.rows import AuthorBoxRow

AUTHOR_BOXES = (AuthorBoxRow("minimal-mistakes", "author__content", bio=("author__bio",), name=("author__name",)),)
