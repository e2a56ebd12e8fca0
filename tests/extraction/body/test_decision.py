"""What is never body, however sure the model is."""

from __future__ import annotations

import numpy as np

from crawler.extraction.body.blocks import segment
from crawler.extraction.body.decision import choose
from crawler.extraction.body.features import read_features
from crawler.extraction.body.words import WordModel
from crawler.extraction.document import Document
from crawler.page import Page

PROSE = "The ferry will run again from Monday, said the harbour master, who had waited three weeks for a new engine."


def chosen(html: str) -> list[str]:
    """The blocks that are chosen where the model keeps everything."""
    segments = segment(Document(Page(html.encode(), "https://example.org/a")))
    features = read_features(segments, WordModel({}, {}).score(segments), None)
    return [segments.texts[block] for block in choose(segments, features, np.ones(len(segments), np.float32))]


def test_headline_byline_date_and_advertisement_labels_are_no_body() -> None:
    page = (
        "<title>Ferry runs</title><h1>Ferry runs</h1><p>Ferry runs</p><p>By Ann Example</p><p class='pubdate'>1 May</p>"
        f"<p>{PROSE}</p><div>Advertisement</div><p>It is the only one.</p><p class='post-author'>Ann Example</p>"
    )
    assert chosen(page) == [PROSE, "It is the only one."]


def test_a_paragraph_printed_twice_is_kept_once() -> None:
    assert chosen(f"<p>{PROSE}</p><p>No.</p><p>{PROSE}</p><p>No.</p>") == [PROSE, "No.", "No."]


def test_prose_that_begins_like_a_byline_is_kept() -> None:
    text = "By noon the quay was full."
    assert chosen(f"<p>{text}</p><p>{PROSE}</p><p>By the sea</p>") == [text, PROSE, "By the sea"]
