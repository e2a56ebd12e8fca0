"""Blogger: the profile gadget ("About Me")."""

from __future__ import annotations

from crawler.extraction.platforms.rows import AuthorBoxRow

AUTHOR_BOXES = (AuthorBoxRow("blogger", "profile-datablock", bio=("profile-textblock",), name=("profile-data",)),)
