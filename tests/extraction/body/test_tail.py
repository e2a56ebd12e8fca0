"""A biography that the body ended with is taken off it."""

from __future__ import annotations

import pytest

from crawler.extraction.body import Block, Body
from crawler.extraction.body.tail import unless_all_in, without_boxes
from crawler.extraction.reading import read_page
from crawler.page import Page

BODY = Body(
    (
        Block("Menu", "navigation", False, 2),
        Block("The bridge is open.", "paragraph", True, 5),
        Block("About", "heading", True, 8),
        Block("Mara Quill keeps goats.", "paragraph", True, 9),
    ),
    "The bridge is open.\n\nAbout\n\nMara Quill keeps goats.",
    "The bridge *is* open.\n\n## About\n\nMara Quill keeps goats.",
)


def test_the_last_blocks_are_taken_off_text_and_markdown() -> None:
    body = without_boxes(BODY, [range(7, 10)], ["Mara Quill keeps goats."], ["Mara Quill"])
    assert (body.text, body.markdown) == ("The bridge is open.", "The bridge *is* open.")
    assert [block.label for block in body.blocks if not block.is_body] == ["navigation", "author_box", "author_box"]


def test_a_second_copy_of_the_box_below_the_name_is_taken_off_as_well() -> None:
    copy = (Block("Mara Quill", "heading", True, 11), Block("Mara Quill keeps goats.", "paragraph", True, 12))
    said = f"{BODY.text}\n\nMara Quill\n\nMara Quill keeps goats."
    body = without_boxes(
        Body((*BODY.blocks, *copy), said, said), [range(7, 10)], ["Mara Quill keeps goats."], ["Mara Quill"]
    )
    assert body.text == "The bridge is open."


def test_a_title_and_a_call_to_the_reader_around_the_box_go_with_it_and_other_words_stay() -> None:
    title, told = Block("About the author", "heading", True, 8), Block("Mara Quill keeps goats.", "paragraph", True, 9)
    call, advice = (
        Block("Subscribe to our letter.", "paragraph", True, 11),
        Block("You can walk.", "paragraph", True, 6),
    )
    blocks = (BODY.blocks[1], advice, title, told, call)
    text = "\n\n".join(block.text for block in blocks)
    body = without_boxes(Body(blocks, text, text), [range(9, 10)], ["Mara Quill keeps goats."], ["Mara Quill"])
    assert body.text == "The bridge is open.\n\nYou can walk."


def test_a_block_of_name_and_biography_is_taken_off_wherever_it_stands() -> None:
    box = Block("Mara Quill\nKeeps goats and writes about them.", "paragraph", True, 40)
    body = Body((BODY.blocks[1], box), f"The bridge is open.\n\n{box.text}", f"The bridge is open.\n\n{box.text}")
    assert without_boxes(body, [], ["Keeps goats and writes about them."], ["Mara Quill"]).text == "The bridge is open."


@pytest.mark.parametrize(("first", "end"), [(20, 30), (5, 9), (0, 10)])
def test_a_body_of_which_they_are_not_the_end_stays_whole(first: int, end: int) -> None:
    assert without_boxes(BODY, [range(first, end)], ["Piet paints the ships of the harbour."], []) == BODY


def test_a_body_begins_behind_the_biography_and_not_behind_anything_else_at_its_place() -> None:
    blocks = (
        Block("Mara Quill", "paragraph", True, 3),
        Block("Mara Quill keeps goats.", "paragraph", True, 4),
        Block("The bridge is open.", "paragraph", True, 6),
    )
    text = "\n\n".join(block.text for block in blocks)
    body = Body(blocks, text, text)
    told = without_boxes(body, [range(2, 5)], ["Mara Quill keeps goats."], ["Mara Quill"])
    assert (told.text, told.markdown) == ("The bridge is open.", "The bridge is open.")
    assert without_boxes(body, [range(2, 5)], ["Piet paints the ships of the harbour."], ["Mara Quill"]) == body


def test_a_body_that_only_repeats_the_biography_is_none() -> None:
    assert unless_all_in(BODY, "Mara Quill keeps goats.") == BODY
    alone = unless_all_in(BODY, "About the bridge: The bridge is open. Mara Quill keeps goats.")
    assert (alone.text, alone.markdown, [block for block in alone.blocks if block.is_body]) == (None, None, [])


def test_a_page_behind_a_password_does_not_take_the_biography_for_its_text() -> None:
    bio = (
        "With a keen sense of what the tide brings in, Jost has reported on ships and harbours for twelve years. His "
        "pieces about pilots, dredgers and lighthouse keepers have been read in every town along the coast, and by "
        "those who would rather have kept out of the paper. He lives above a chandlery."
    )
    page = (
        f"<html><head><title>The last ferry</title></head><body><main><article><h1>The last ferry</h1>"
        f'<form class="post-password-form"><input type="password" name="post_password"></form></article>'
        f'<div class="media mg-info-author-block"><div class="media-body"><h4>By <a href="/author/jost/">Jost Amelung'
        f"</a></h4><p>{bio}</p></div></div></main></body></html>"
    )
    article = read_page(Page(page.encode(), "https://ledger.example/ferry")).article
    assert (article.author_bio, article.body, article.body_complete_reason) == (bio, None, "behind a password")


def test_an_article_does_not_end_with_its_authors_biography() -> None:
    prose = "".join(
        f"<p>The ferry that has crossed the sound for {years} years will stop in October, and nobody on the far shore "
        "has been told what comes next or who will pay for it.</p>"
        for years in ("ninety", "eighty", "seventy", "sixty")
    )
    bio = "Jost Amelung, born in 1979, has reported on ships and harbours for twelve years."
    page = (
        f"<html><head><title>The last ferry</title></head><body><main><div><h1>The last ferry</h1>"
        f"<div>By Jost Amelung</div>{prose}<div><div><span>About the author</span><strong>Jost Amelung</strong>"
        f"<p>{bio}</p></div></div></div></main></body></html>"
    )
    article = read_page(Page(page.encode(), "https://ledger.example/ferry")).article
    assert article.author_bio == bio
    assert article.body is not None
    assert "1979" not in article.body
    assert "sixty" in article.body
