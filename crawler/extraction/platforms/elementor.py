"""Elementor Pro for WordPress: the author box widget."""

from __future__ import annotations

from crawler.extraction.platforms.rows import AuthorBoxRow

AUTHOR_BOXES = (
    AuthorBoxRow(
        "elementor",
        "elementor-author-box",
        bio=("elementor-author-box__bio",),
        name=("elementor-author-box__name",),
    ),
)
