"""Squarespace 7.1: the author profile of blog posts."""

from __future__ import annotations

from crawler.extraction.platforms.rows import AuthorBoxRow

AUTHOR_BOXES = (
    AuthorBoxRow("squarespace", "blog-item-author-profile-wrapper", bio=("author-bio",), name=("author-name",)),
    AuthorBoxRow("squarespace-70", "author-profile", bio=("author-bio",), name=("author-name",)),
)
