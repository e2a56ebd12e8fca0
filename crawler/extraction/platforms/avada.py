"""Avada by ThemeFusion for WordPress."""

from __future__ import annotations

from crawler.extraction.platforms.rows import AuthorBoxRow

AUTHOR_BOXES = (
    AuthorBoxRow("avada", "about-author", bio=("about-author-container", "description"), name=("title-heading-left",)),
)
