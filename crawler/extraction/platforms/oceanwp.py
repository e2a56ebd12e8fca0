"""OceanWP for WordPress."""

from __future__ import annotations

from crawler.extraction.platforms.rows import AuthorBoxRow

AUTHOR_BOXES = (AuthorBoxRow("oceanwp", "#author-bio", bio=("author-bio-description",), name=("author-bio-title",)),)
