"""Molongui Authorship, a WordPress plugin; a second tab of the box lists the author's posts."""

from __future__ import annotations

from crawler.extraction.platforms.rows import AuthorBoxRow

AUTHOR_BOXES = (
    AuthorBoxRow(
        "molongui", "m-a-box", bio=("m-a-box-bio",), name=("m-a-box-name",), posts=("m-a-box-related-entries",)
    ),
)
