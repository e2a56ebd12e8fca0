"""ColorMag and other themes by ThemeGrill for WordPress."""

from __future__ import annotations

from crawler.extraction.platforms.rows import AuthorBoxRow

AUTHOR_BOXES = (AuthorBoxRow("colormag", "author-box", bio=("author-description",), name=("author-name",)),)
