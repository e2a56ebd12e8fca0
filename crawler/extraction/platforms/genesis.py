"""Genesis Framework for WordPress."""

from __future__ import annotations

from crawler.extraction.platforms.rows import AuthorBoxRow

AUTHOR_BOXES = (AuthorBoxRow("genesis", "author-box", bio=("author-box-content",), name=("author-box-title",)),)
