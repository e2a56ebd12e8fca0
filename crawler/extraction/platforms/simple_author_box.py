"""Simple Author Box, a WordPress plugin."""

from __future__ import annotations

from crawler.extraction.platforms.rows import AuthorBoxRow

AUTHOR_BOXES = (
    AuthorBoxRow("simple-author-box", "saboxplugin-wrap", bio=("saboxplugin-desc",), name=("saboxplugin-authorname",)),
)
