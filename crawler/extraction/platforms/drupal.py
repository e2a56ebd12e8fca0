"""Drupal: a node of the type "author" shown with the article."""

from __future__ import annotations

from crawler.extraction.platforms.rows import AuthorBoxRow

AUTHOR_BOXES = (
    AuthorBoxRow(
        "drupal",
        "node--type-author",
        bio=("field--name-field-bio", "field--name-field-biography", "field--name-body"),
        name=("field--name-title",),
    ),
)
