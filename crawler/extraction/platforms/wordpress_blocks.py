"""WordPress core blocks for authors (`core/post-author`, `core/post-author-biography`)."""

from __future__ import annotations

from crawler.extraction.platforms.rows import AuthorBoxRow

AUTHOR_BOXES = (
    AuthorBoxRow(
        "wordpress-post-author",
        "wp-block-post-author",
        bio=("wp-block-post-author__bio",),
        name=("wp-block-post-author__name",),
    ),
)
