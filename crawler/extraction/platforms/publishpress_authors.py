"""PublishPress Authors (formerly Multiple Authors), a WordPress plugin: one list item for each author."""

from __future__ import annotations

from crawler.extraction.platforms.rows import AuthorBoxRow

AUTHOR_BOXES = (
    AuthorBoxRow(
        "publishpress-authors",
        "pp-multiple-authors-boxes-li",
        bio=("pp-author-boxes-description", "multiple-authors-description"),
        name=("pp-author-boxes-name", "multiple-authors-name"),
        posts=("pp-author-boxes-recent-posts-items",),
    ),
)
