"""Ultimate Author Box, a WordPress plugin: tabs "About author" and "Latest posts", titled by their index alone."""

from __future__ import annotations

from crawler.extraction.platforms.rows import AuthorBoxRow

AUTHOR_BOXES = (
    AuthorBoxRow(
        "ultimate-author-box",
        "uab-frontend-wrapper",
        bio=("uab-short-info",),
        name=("uab-display-name",),
        posts=("uab-post-title-wrapper",),
    ),
)
