"""Foxiz, a WordPress theme: one box for each author, the biography behind the head with portrait and name."""

from __future__ import annotations

from crawler.extraction.platforms.rows import AuthorBoxRow

AUTHOR_BOXES = (AuthorBoxRow("foxiz", "ubox", bio=("ubio",), name=("nice-name",)),)
