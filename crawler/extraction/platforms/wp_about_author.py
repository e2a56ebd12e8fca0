"""WP About Author, a WordPress plugin."""

from __future__ import annotations

from crawler.extraction.platforms.rows import AuthorBoxRow

AUTHOR_BOXES = (
    AuthorBoxRow("wp-about-author", "wp-about-author-containter-top", bio=("wp-about-author-text",)),
    AuthorBoxRow("wp-about-author-around", "wp-about-author-containter-around", bio=("wp-about-author-text",)),
)
