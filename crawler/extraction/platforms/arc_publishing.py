"""Arc XP (The Washington Post): the author bio blocks of its default themes."""

from __future__ import annotations

from crawler.extraction.platforms.rows import AuthorBoxRow

AUTHOR_BOXES = (
    AuthorBoxRow("arc-xp", "b-author-bio", bio=("b-author-bio",), name=("b-author-bio__author-name",)),
    AuthorBoxRow("arc-xp-full", "b-full-author-bio", bio=("b-full-author-bio",)),
)
