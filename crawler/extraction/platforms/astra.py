"""Astra for WordPress (Astra Pro author box)."""

from __future__ import annotations

from crawler.extraction.platforms.rows import AuthorBoxRow

AUTHOR_BOXES = (
    AuthorBoxRow("astra", "ast-single-author-box", bio=("post-author-desc",), name=("author-title",)),
    AuthorBoxRow("astra-old", "ast-author-box", bio=("post-author-bio",), name=("author-title",)),
)
