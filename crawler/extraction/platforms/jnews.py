"""JNews by Jegtheme for WordPress."""

from __future__ import annotations

from crawler.extraction.platforms.rows import AuthorBoxRow

AUTHOR_BOXES = (
    AuthorBoxRow("jnews", "jeg_authorbox", bio=("jeg_author_content", "jeg_author_desc"), name=("jeg_author_name",)),
)
