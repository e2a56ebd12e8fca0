"""Foxiz, a WordPress theme: the biography stands behind the class-bearing head of the box, one box for each author."""

from __future__ import annotations

from crawler.extraction.platforms.rows import AuthorBoxRow

AUTHOR_BOXES = (AuthorBoxRow("foxiz", "ubox", bio=("ubio",), name=("nice-name",)),)
