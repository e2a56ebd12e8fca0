"""Newspaper and Newsmag by tagDiv for WordPress."""

from __future__ import annotations

from crawler.extraction.platforms.rows import AuthorBoxRow

AUTHOR_BOXES = (
    AuthorBoxRow("tagdiv", "td-author-box-wrap", bio=("td-author-description",), name=("td-author-name",)),
    AuthorBoxRow("tagdiv-composer", "tdb-author-box", bio=("tdb-author-descr",), name=("tdb-author-name",)),
    AuthorBoxRow("tagdiv-author", "author-box-wrap", bio=("td-author-description",), name=("td-author-name",)),
)
