"""Blocksy for WordPress."""

from __future__ import annotations

from crawler.extraction.platforms.rows import AuthorBoxRow

AUTHOR_BOXES = (
    AuthorBoxRow("blocksy", "author-box", bio=("author-box-bio", "ct-author-bio"), name=("author-box-name",)),
    AuthorBoxRow("blocksy-ct", "ct-author-box", bio=("author-box-bio", "ct-author-bio"), name=("author-box-name",)),
)
