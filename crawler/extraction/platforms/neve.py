"""Neve by Themeisle for WordPress."""

from __future__ import annotations

from crawler.extraction.platforms.rows import AuthorBoxRow

AUTHOR_BOXES = (
    AuthorBoxRow(
        "neve",
        "nv-author-biography",
        bio=("nv-author-bio-desc", "author-desc"),
        name=("nv-author-bio-title",),
    ),
)
