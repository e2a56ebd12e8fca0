"""Divi and Extra by Elegant Themes for WordPress."""

from __future__ import annotations

from crawler.extraction.platforms.rows import AuthorBoxRow

AUTHOR_BOXES = (
    AuthorBoxRow(
        "elegant-themes",
        "author-box-module",
        bio=("author-box-content", "author-content"),
        name=("author-title",),
    ),
    AuthorBoxRow("elegant-themes-extra", "post-footer-author", bio=("author-content",), name=("author-title",)),
)
