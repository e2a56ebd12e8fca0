"""Zox News and other themes by MVP Themes for WordPress."""

from __future__ import annotations

from crawler.extraction.platforms.rows import AuthorBoxRow

AUTHOR_BOXES = (
    AuthorBoxRow("mvp", "#mvp-author-box-wrap", bio=("#mvp-author-box-text",), name=("#mvp-author-box-name",)),
    AuthorBoxRow("mvp-out", "mvp-author-box-out", bio=("mvp-author-box-text",), name=("mvp-author-box-name",)),
)
