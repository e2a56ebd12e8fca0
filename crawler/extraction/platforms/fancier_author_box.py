"""Fancier Author Box by ThematoSoup, a WordPress plugin with the tabs "Bio" and "Latest Posts"."""

from __future__ import annotations

from crawler.extraction.platforms.rows import AuthorBoxRow

AUTHOR_BOXES = (
    AuthorBoxRow(
        "fancier-author-box",
        "ts-fab-wrapper",
        bio=("ts-fab-content",),
        name=("ts-fab-header",),
        posts=("ts-fab-latest",),
    ),
)
