"""MH Magazine for WordPress."""

from __future__ import annotations

from crawler.extraction.platforms.rows import AuthorBoxRow

AUTHOR_BOXES = (AuthorBoxRow("mh-magazine", "mh-author-box", bio=("mh-author-box-bio",), name=("mh-author-box-name",)),)
