"""WordPress default themes from Twenty Ten to Twenty Twenty-One."""

from __future__ import annotations

from crawler.extraction.platforms.rows import AuthorBoxRow

AUTHOR_BOXES = (
    AuthorBoxRow(
        "twenty-author-bio",
        "author-bio",
        bio=("author-description", "author-bio-content"),
        name=("author-title", "author-heading"),
    ),
    AuthorBoxRow(
        "twenty-author-info",
        "author-info",
        bio=("author-bio", "author-description"),
        name=("author-title", "author-heading"),
    ),
    AuthorBoxRow("twenty-ten", "#entry-author-info", bio=("#author-description",)),
)
