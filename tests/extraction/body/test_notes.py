"""Footnotes that the text refers to."""

from __future__ import annotations

from crawler.extraction.body.blocks import segment
from crawler.extraction.body.notes import notes
from crawler.extraction.document import Document
from crawler.page import Page

TEXT = "<p>The tide turned at noon<sup><a id='r1' href='#n1'>1</a></sup> and the boats with it.</p>"


def found(html: str, kept: str = "The tide") -> list[str]:
    """The texts of the notes on a page of whose blocks those are kept that begin so."""
    segments = segment(Document(Page(html.encode(), "https://example.org/a")))
    own = [block for block, text in enumerate(segments.texts) if text.startswith(kept)]
    return [segments.texts[block] for block in notes(segments, own)]


def test_an_item_that_the_text_leads_to_and_that_leads_back_is_a_note() -> None:
    note = "<ol><li id='n1'><b>^</b><p>By the harbour clock. <a href='#r1'>back</a></p><p>It was late.</p></li></ol>"
    assert found(TEXT + note) == ["By the harbour clock. back", "It was late."]
    assert found(f"<p>Another text.</p>{TEXT}{note}", kept="Another") == []


def test_an_item_that_does_not_lead_back_or_to_which_nothing_leads_is_none() -> None:
    assert found(TEXT + "<ul><li id='n1'>By the harbour clock.</li></ul>") == []
    assert found(TEXT + "<ul><li id='n1'>By the clock, <a href='#n1'>here</a></li></ul>") == []
    assert found(TEXT + "<ul><li id='n2'>By the clock. <a href='#r1'>back</a></li></ul>") == []
    assert found("<p>The tide turned at noon.</p><ul><li id='n1'>By the <a href='#r1'>clock</a></li></ul>") == []


def test_a_table_of_contents_is_none() -> None:
    contents = "<ul><li id='toc-1'><a href='#noon'>At noon</a></li></ul>"
    assert found(f"{contents}<h2 id='noon'>The tide at noon <a href='#noon'>#</a></h2>") == []
