"""Co-Authors Plus, a WordPress plugin: blocks of the block editor."""

from __future__ import annotations

from crawler.extraction.platforms.rows import AuthorBoxRow

AUTHOR_BOXES = (
    AuthorBoxRow(
        "co-authors-plus",
        "wp-block-co-authors-plus-coauthor",
        bio=("wp-block-co-authors-plus-biography",),
        name=("wp-block-co-authors-plus-name",),
    ),
)
