"""WP Post Author by AF themes, a WordPress plugin."""

from __future__ import annotations

from crawler.extraction.platforms.rows import AuthorBoxRow

AUTHOR_BOXES = (
    AuthorBoxRow(
        "wp-post-author",
        "wp-post-author",
        bio=("wp-post-author-meta-bio",),
        name=("awpa-display-name",),
    ),
)
