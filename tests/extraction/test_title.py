"""Title, subtitle and the element that prints the headline."""

from __future__ import annotations

import pytest

from crawler.extraction.document import Document
from crawler.extraction.fields.title import choose_subtitle, choose_title
from crawler.page import Page

URL = "https://www.harbour-times.example/2024/03/harbour-reopens/"
HEADLINE = "Harbour reopens after two years of repairs"


def document(body: str = "", head: str = "") -> Document:
    return Document(Page(f"<html><head>{head}</head><body>{body}</body></html>".encode(), URL))


def title(body: str = "", head: str = "") -> str | None:
    return choose_title(document(body, head)).value


@pytest.mark.parametrize(
    "text",
    [
        f"{HEADLINE} | Harbour Times",
        f"{HEADLINE} - Harbour Times",
        f"{HEADLINE} – Harbour Times",
        f"{HEADLINE} | News | Harbour Times",
        f"Harbour Times » {HEADLINE}",
        f"{HEADLINE} :: Harbour Times",
        f"{HEADLINE} - harbour-times.example",
    ],
)
def test_the_site_name_is_no_part_of_a_title(text: str) -> None:
    assert title(head=f"<title>{text}</title>") == HEADLINE


def test_a_heading_that_agrees_with_the_title_is_the_headline() -> None:
    body = f"<h1>Harbour Times</h1><nav><h2>Sections</h2></nav><h2 class=x>{HEADLINE}</h2><h2>Most read</h2>"
    page = document(body, f"<title>{HEADLINE} - Harbour Times</title>")
    choice = choose_title(page)
    assert choice.value == HEADLINE
    assert choice.winner is not None
    assert choice.winner.position is not None
    assert page.classes[choice.winner.position] == "x"


def test_the_printed_headline_beats_one_rewritten_for_search_engines() -> None:
    head = '<meta property="og:title" content="Harbour: all you need to know in 2024"><title>Harbour guide</title>'
    assert title(f"<main><h1 class='entry-title'>{HEADLINE}</h1></main>", head) == HEADLINE


def test_the_page_s_typography_is_kept() -> None:
    head = "<meta property='og:title' content='\"Harbour\" reopens - it\\'s done'>"
    assert title("<h1>“Harbour” reopens – it’s done</h1>", head) == "“Harbour” reopens – it’s done"


def test_entities_escaped_twice_are_decoded() -> None:
    assert title(head='<meta property="og:title" content="Ham &amp;#038; eggs">') == "Ham & eggs"


def subtitle(body: str, head: str = "") -> str | None:
    page = document(body, head)
    winner = choose_title(page).winner
    return choose_subtitle(page, winner.position if winner else None).value


@pytest.mark.parametrize(
    "name", ["subtitle", "entry-subhead", "article__dek", "standfirst", "ContentHeaderDek-x", "perex"]
)
def test_a_marked_standfirst_below_the_headline_is_the_subtitle(name: str) -> None:
    assert (
        subtitle(f"<h1>{HEADLINE}</h1><p class='{name}'>The gates open on Monday.</p>") == "The gates open on Monday."
    )


def test_an_author_s_description_is_no_standfirst() -> None:
    assert subtitle(f"<h1>{HEADLINE}</h1><div class='description'>Ada writes about harbours.</div>") is None
    assert subtitle(f"<h1>{HEADLINE}</h1><div class='writer-intro'>Ada writes about harbours.</div>") is None


@pytest.mark.parametrize(
    "inside",
    [
        f"<span class='kicker'>Shipping</span> {HEADLINE}",
        f"<small class='subtitle'>The gates open</small>{HEADLINE}",
        f"{HEADLINE}<a class='headerlink' href='#x'>¶</a>",
        f"<time>5 March</time> {HEADLINE}",
        f"<span>Shipping</span><span>{HEADLINE}</span>",
        f"{HEADLINE} <a href='/c'>(ports.example) 87</a>",
    ],
)
def test_kickers_labels_and_counters_inside_the_headline_are_left_out(inside: str) -> None:
    assert (
        title(f"<article><h1>{inside}</h1></article>", f"<meta property='og:title' content='{HEADLINE}'>") == HEADLINE
    )


def test_a_kicker_that_the_page_s_title_holds_too_stays_with_the_page_s_punctuation() -> None:
    body = f"<h1><span class='kicker'>Shipping</span> <span>{HEADLINE}</span></h1>"
    assert title(body, f"<meta property='og:title' content='Shipping: {HEADLINE}'>") == f"Shipping: {HEADLINE}"


@pytest.mark.parametrize(
    "other",
    [
        "<h1><a href='/'>Old Port Notes</a></h1>",
        "<nav><h1>Sections of this paper</h1></nav>",
        "<div class='modal'><h1>Subscribe to our newsletter today</h1></div>",
        "<h1 class='visually-hidden'>Page of an article</h1>",
        "<h1>Our blog</h1>",
    ],
)
def test_other_first_headings_are_not_the_headline(other: str) -> None:
    assert title(f"{other}<article><h2>{HEADLINE}</h2></article>", f"<title>{HEADLINE}</title>") == HEADLINE


def test_a_headline_that_is_hidden_still_gives_its_text() -> None:
    head = f"<meta property='og:title' content='{HEADLINE}'>"
    assert title(f"<h1 class='sr-only'>{HEADLINE}</h1><h2>Ports and ships</h2>", head) == HEADLINE


def test_a_page_without_headings_gives_the_element_that_prints_the_title() -> None:
    page = document(f"<div><b id='x'>{HEADLINE}</b></div>", f"<title>{HEADLINE} | Harbour Times</title>")
    winner = choose_title(page).winner
    assert winner is not None
    assert winner.position == page.by_id["x"]


def test_a_headline_cut_off_in_structured_data_is_completed() -> None:
    long = "Harbour reopens after two years of repairs and the town that waited wonders whether ships will return"
    data = f'<script type="application/ld+json">{{"@type":"NewsArticle","headline":"{long[:98]}…"}}</script>'
    assert title(head=f"{data}<meta property='og:title' content='{long}'>") == long


def test_a_page_without_any_title_has_none() -> None:
    assert title("<p>Text</p>") is None
