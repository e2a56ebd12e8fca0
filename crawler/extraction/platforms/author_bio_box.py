"""Author Bio Box by Claudio Sanches, a WordPress plugin."""

from __future__ import annotations

from crawler.extraction.platforms.rows import AuthorBoxRow

AUTHOR_BOXES = (AuthorBoxRow("author-bio-box", "#author-bio-box", bio=("bio-description",)),)
