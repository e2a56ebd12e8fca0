"""Joomla: the author block of K2; the author's latest items stand below it in an element of their own."""

from __future__ import annotations

from crawler.extraction.platforms.rows import AuthorBoxRow

AUTHOR_BOXES = (
    AuthorBoxRow("joomla-k2", "itemAuthorBlock", bio=("itemAuthorDetails",), name=("itemAuthorName",)),
    AuthorBoxRow("joomla-k2-latest", "itemAuthorLatest", bio=(), posts=("itemAuthorLatest",)),
)
