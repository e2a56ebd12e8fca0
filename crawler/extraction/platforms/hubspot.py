"""HubSpot blogs: the author section of the default templates."""

from __future__ import annotations

from crawler.extraction.platforms.rows import AuthorBoxRow

AUTHOR_BOXES = (AuthorBoxRow("hubspot", "about-author-sec", bio=("about-author-sec",)),)
