"""Newsup and other themes by Themeansar for WordPress: a card below the article."""

from __future__ import annotations

from crawler.extraction.platforms.rows import AuthorBoxRow

AUTHOR_BOXES = (
    AuthorBoxRow("newsup-card", "mg-info-author-block", bio=("media-body <p>",), name=("media-heading",)),
    AuthorBoxRow(
        "newsmatic-card", "bs-info-author-block", bio=("author-description", "media-body <p>"), name=("title",)
    ),
)
