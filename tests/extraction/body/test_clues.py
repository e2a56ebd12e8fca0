"""What the page says elsewhere, held against its blocks."""

from __future__ import annotations

import json
from typing import Any

import pytest

from crawler.extraction.body.blocks import segment
from crawler.extraction.body.clues import (
    author_names,
    has_date,
    is_advertisement_label,
    is_byline,
    is_dateline,
    is_invitation,
    read_clues,
)
from crawler.extraction.document import Document
from crawler.page import Page

PROSE = "The ferry will run again from Monday, said the harbour master, who had waited three weeks for a new engine."


def document_of(html: str) -> Document:
    return Document(Page(html.encode(), "https://example.org/a"))


def clue(html: str, name: str) -> list[Any]:
    """One clue of every block."""
    segments = segment(document_of(html))
    rows = read_clues(segments, list(range(len(segments))))
    return [float(value) for value in rows[name]]


def json_ld(**node: Any) -> str:
    return f"<script type='application/ld+json'>{json.dumps({'@type': 'NewsArticle', **node})}</script>"


@pytest.mark.parametrize(
    "text", ["By Ann Example", "von Ada Beispiel", "Redaktion: Ada Beispiel", "by ann example", "VonAda Beispiel"]
)
def test_bylines_are_known_by_their_first_word(text: str) -> None:
    assert is_byline(text)


@pytest.mark.parametrize(
    "text", ["By noon the quay was full.", "Bystanders wept", "Dieses Haus", "VONNEGUT", "by " + "x" * 120, ""]
)
def test_sentences_and_other_words_are_no_bylines(text: str) -> None:
    assert not is_byline(text)


@pytest.mark.parametrize(
    "text", ["May 1, 2024", "12.03.2024", "2024-03-12", "3 de mayo", "9:30", "2 days ago", "12. dubna 2024"]
)
def test_printed_dates_are_seen(text: str) -> None:
    assert has_date(text)


def test_a_sentence_that_holds_a_date_is_no_date() -> None:
    assert not has_date("On May 1 the ferry will run again, said the harbour master, who had waited long.")


def test_a_line_with_a_date_is_a_dateline_unless_it_ends_a_sentence() -> None:
    assert is_dateline("Publié le 8 mai 2024 à 18h30, mis à jour le 9 mai 2024 à 9h15")
    assert is_dateline("May 8, 2024, 6:30 p.m.")
    assert not is_dateline("It began on 8 May 2024.")


def test_only_the_bare_word_announces_an_advertisement() -> None:
    assert is_advertisement_label("– Anzeige –")
    assert not is_advertisement_label("Ad spending fell")


def test_authors_are_read_from_meta_and_json_ld() -> None:
    stated = json_ld(author=[{"name": "Ann Example"}, "Bo Sample", ["nested"], {"name": ["x y"]}, 3])
    page = f"<meta name=author content='By Cy Third'><meta name=byl content='https://example.org/ann x'>{stated}"
    assert author_names(document_of(page)) == {"ann example", "bo sample", "cy third"}


def test_lines_and_biographies_that_name_the_author_differ() -> None:
    page = json_ld(author={"name": "Ann Example"}) + f"<p>Ann Example<p>{PROSE}<p>{PROSE} Ann Example wrote this."
    page += f"<p>Ann Example writes about boats. {PROSE}"
    assert clue(page, "names_author") == [2, 0, 1, 3]
    assert clue(page, "has_author") == [1, 1, 1, 1]


def test_only_the_blocks_asked_for_are_described() -> None:
    segments = segment(document_of(f"<p>{PROSE}<p>1 May 2024<p>Read <a href=x>on</a>"))
    rows = read_clues(segments, [1, 2])
    assert {len(row) for row in rows.values()} == {2}
    assert rows["dated"].tolist() == [True, False]
    assert rows["ends_link"].tolist() == [False, True]


def test_the_stated_body_vouches_for_its_paragraphs() -> None:
    page = json_ld(articleBody=f"{PROSE} " * 3) + f"<p>{PROSE}<p>Short.<p>Read on: another story, about another boat."
    assert clue(page, "stated") == [2, 1, 0]
    assert clue(f"<p>{PROSE}", "stated") == [-1]


def test_captions_standfirsts_and_repetitions_are_seen() -> None:
    page = (
        f"<meta name=description content='{PROSE[:80]}...'><img alt='A boat at the quay'>"
        f"<p>{PROSE}<p>A boat at the quay<p>{PROSE}"
    )
    assert clue(page, "opens_described") == [1, 0, 1]
    assert clue(page, "pictured") == [0, 1, 0]
    assert clue(page, "again") == [0, 0, 1]


@pytest.mark.parametrize(
    "text",
    [
        *("Read also: The old pier", "[ READ MORE: The pier ]", "» Lesen Sie auch: Der Pier", "Lire aussi : le quai"),
        *("Next: The old pier", "« Previous post: The pier", "下一篇：栈桥", "Article précédent : le quai"),
    ],
)
def test_lines_that_name_another_article_are_known_by_their_first_words(text: str) -> None:
    assert is_invitation(text)


@pytest.mark.parametrize(
    "text", ["Relatedness is a word.", "We read more than before.", "Next we saw: a pier.", "Read more " + "x" * 220]
)
def test_prose_is_no_invitation(text: str) -> None:
    assert not is_invitation(text)


def test_captions_stand_with_few_others_around_a_picture() -> None:
    page = f"<div><div><img src=a><p>At the quay</div><p>{PROSE}</div>" + f"<div><p>{PROSE}</div>" * 2
    assert clue(page, "picture_level") == [2, 2, 3, 3]
    assert clue(page, "picture_blocks") == [1, 2, 4, 4]
    assert clue(f"<p>{PROSE}", "picture_level") == [5]
