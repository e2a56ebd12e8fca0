"""Title, subtitle and the element that prints the headline."""

from __future__ import annotations

import pytest

from crawler.extraction.document import Document
from crawler.extraction.fields.title import choose_title
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
