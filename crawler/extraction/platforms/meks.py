"""Author Box, Guest Author and Co-Authors by Meks (Meks Smart Author Widget) for WordPress."""

from __future__ import annotations

from crawler.extraction.platforms.rows import AuthorBoxRow

AUTHOR_BOXES = (AuthorBoxRow("meks", "mks_author_widget", bio=("mks_author_widget-desc",)),)
