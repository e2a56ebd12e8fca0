"""GeneratePress Premium for WordPress: elements of its author box template."""

from __future__ import annotations

from crawler.extraction.platforms.rows import AuthorBoxRow

AUTHOR_BOXES = (
    AuthorBoxRow("generatepress", "author-box", bio=("author-bio", "author-box-description"), name=("author-title",)),
)
