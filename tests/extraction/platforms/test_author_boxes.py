"""Every author box row wins a snippet of its own, written after the markup that its plugin or theme prints."""

from __future__ import annotations

import pytest

from crawler.extraction.document import Document
from crawler.extraction.fields.author_box import AuthorBox, read_author_box
from crawler.extraction.layout import Layout
from crawler.extraction.platforms.author_boxes import AUTHOR_BOXES
from crawler.extraction.platforms.rows import AuthorBoxRow
from crawler.items import Author
from crawler.page import Page

URL = "https://ledger.example/2024/05/bridge/"
BIO = "Mara keeps goats."
"""Too short to pass for prose: only a row that knows its element finds it."""


def opened(step: str) -> tuple[str, str]:
    """Start and end tag of an element that a step of a row finds."""
    if step.startswith("<"):
        tag = step.strip("<>")
        return f"<{tag}>", f"</{tag}>"
    return (f'<div id="{step[1:]}">', "</div>") if step.startswith("#") else (f'<div class="{step}">', "</div>")


def element(path: str, content: str) -> str:
    for step in reversed(path.split(" ")):
        start, end = opened(step)
        content = f"{start}{content}{end}"
    return content


def snippet(row: AuthorBoxRow) -> str:
    name = element(row.name[0], '<a href="/author/mara/">Mara Quill</a>') if row.name else "<h4>Mara Quill</h4>"
    bio = element(row.bio[0], f"<span>{BIO}</span>") if row.bio and row.bio[0] != row.box else f"<div>{BIO}</div>"
    links = '<ul><li><a href="/quay/">Quay</a> - May 2, 2024</li><li><a href="/author/mara/">(see all)</a></li></ul>'
    posts = "".join(element(path, links) for path in row.posts[:1] if path != row.box) or (links if row.posts else "")
    picture = '<img src="data:image/gif;base64,R0" data-src="/mara.jpg" alt="Mara Quill">'
    return element(row.box, f"{picture}{name}{bio if row.bio else ''}{posts}")


def read(box: str, *, rows: tuple[AuthorBoxRow, ...] = AUTHOR_BOXES) -> AuthorBox:
    html = f"<html><body><article><h1>Bridge open</h1><p>{'The bridge is open. ' * 9}</p></article>{box}</body></html>"
    document = Document(Page(html.encode(), URL))
    headline, paragraph = document.by_tag["h1"][0], document.by_tag["p"][0]
    return read_author_box(document, Layout(headline, paragraph, paragraph), (Author("Mara Quill"),), rows=rows)


WITH_BIO = [row for row in AUTHOR_BOXES if row.bio]
WITH_POSTS = [row for row in AUTHOR_BOXES if row.posts]


@pytest.mark.parametrize("row", WITH_BIO, ids=lambda row: row.id)
def test_a_row_finds_the_biography_in_its_own_markup(row: AuthorBoxRow) -> None:
    box = read(snippet(row), rows=(row,))
    assert box.bio.value == BIO
    assert box.bio.winner is not None
    assert box.bio.winner.where == row.id


@pytest.mark.parametrize("row", WITH_POSTS, ids=lambda row: row.id)
def test_a_row_finds_the_list_of_posts_in_its_own_markup(row: AuthorBoxRow) -> None:
    posts = read(snippet(row), rows=(row,)).latest_posts
    assert [(post.title, post.url) for post in posts.value or ()] == [("Quay", "https://ledger.example/quay/")]
    assert posts.winner is not None
    assert posts.winner.where == row.id


@pytest.mark.parametrize("row", WITH_BIO, ids=lambda row: row.id)
def test_a_box_without_biography_gives_none(row: AuthorBoxRow) -> None:
    assert read(snippet(row).replace(BIO, ""), rows=(row,)).bio.value is None


@pytest.mark.parametrize("row", WITH_BIO, ids=lambda row: row.id)
def test_a_box_about_somebody_else_is_not_the_authors(row: AuthorBoxRow) -> None:
    if row.name:
        assert read(snippet(row).replace("Mara Quill", "Piet Oort"), rows=(row,)).bio.value is None


def test_the_picture_of_a_box_is_read_past_its_placeholder() -> None:
    assert read(snippet(WITH_BIO[0])).avatars == (("Mara Quill", "https://ledger.example/mara.jpg"),)


def test_row_ids_are_unique() -> None:
    assert len({row.id for row in AUTHOR_BOXES}) == len(AUTHOR_BOXES)
