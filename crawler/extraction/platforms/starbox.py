"""Starbox, a WordPress plugin: two tabs, "About" and "Latest posts"; `.abh_name` occurs in both."""

from __future__ import annotations

from crawler.extraction.platforms.rows import AuthorBoxRow

AUTHOR_BOXES = (
    AuthorBoxRow(
        "starbox",
        "abh_box",
        bio=("abh_about_tab abh_description",),
        name=("abh_about_tab abh_name",),
        posts=("abh_posts_tab abh_description",),
    ),
)
