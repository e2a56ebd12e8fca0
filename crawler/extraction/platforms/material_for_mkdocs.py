"""Material for MkDocs, blog plugin: the profile beside the post."""

from __future__ import annotations

from crawler.extraction.platforms.rows import AuthorBoxRow

AUTHOR_BOXES = (
    AuthorBoxRow(
        "mkdocs-material", "md-profile", bio=("md-profile__description",), name=("md-profile__description <strong>",)
    ),
)
