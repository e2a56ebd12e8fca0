"""The body of whole pages, and what has to hold on any page."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crawler.extraction.body import Body, read_body
from crawler.extraction.document import Document
from crawler.page import Page

WORDS = re.compile(r"\w+")
PARAGRAPHS = [
    "The council voted on Tuesday to repair the old bridge, which has been closed since the flood in March.",
    "Work is expected to begin in the summer and to take eighteen months, the city engineer told the meeting.",
    "“We have waited long enough,” said one resident, who has had to drive around the valley every morning.",
    "The state will pay two thirds of the cost; the rest comes from a bond that voters approved last year.",
]
PAGE = (
    "<html><head><title>Bridge to be repaired - The Example</title></head><body>"
    "<nav class='menu'><ul><li><a href='/'>Home</a></li><li><a href='/sport'>Sport</a></li></ul></nav>"
    "<main><article class='post'><h1 class='entry-title'>Bridge to be repaired</h1>"
    "<div class='byline'>By <a href='/author/ann'>Ann Example</a></div><div class='entry-content'>"
    + "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
    + "</div><div class='author-box'><p>Ann Example writes about the city.</p></div></article>"
    "<aside class='related-posts'><h3>Related</h3><ul><li><a href='/b'>Another bridge is closed</a></li></ul></aside>"
    "</main>"
    "<footer class='site-footer'><p>Copyright 2024 The Example</p></footer></body></html>"
)


def body_of(html: str) -> Body:
    return read_body(Document(Page(html.encode("utf-8", "replace"), "https://example.org/a")), None)


def test_the_body_is_the_running_text_and_nothing_around_it() -> None:
    assert body_of(PAGE).text == "\n\n".join(PARAGRAPHS)


def test_what_is_left_out_is_named() -> None:
    labels = {block.text: block.label for block in body_of(PAGE).blocks}
    assert labels["Ann Example writes about the city."] == "author_box"
    assert labels["Another bridge is closed"] == "related"
    assert labels["Sport"] == "navigation"
    assert labels["Copyright 2024 The Example"] == "footer"
    assert labels[PARAGRAPHS[0]] == "paragraph"


def stated(body: str) -> str:
    data = json.dumps({"@type": "NewsArticle", "articleBody": body})
    return f"<script type='application/ld+json'>{data}</script><div id=app><p>Loading</p></div>"


def test_a_page_without_markup_gives_the_stated_body() -> None:
    body = body_of(stated("\n\n".join(PARAGRAPHS)))
    assert (body.source, body.text) == ("json-ld", "\n\n".join(PARAGRAPHS))


def test_a_stated_body_is_freed_of_its_markup() -> None:
    escaped = "".join(f"&lt;p&gt;{text}&amp;nbsp;&lt;/p&gt;" for text in PARAGRAPHS)
    assert body_of(stated(escaped)).text == "\n\n".join(PARAGRAPHS)


def test_a_stated_teaser_is_no_body() -> None:
    assert body_of(stated(" ".join(PARAGRAPHS[:3]) + "...")).source == "markup"


def test_a_stated_body_does_not_replace_one_that_is_printed() -> None:
    data = json.dumps({"@type": "NewsArticle", "articleBody": "Something else. " * 20})
    body = body_of(PAGE.replace("</head>", f"<script type='application/ld+json'>{data}</script></head>"))
    assert (body.source, body.text) == ("markup", "\n\n".join(PARAGRAPHS))


@pytest.mark.parametrize(
    "html", ["", " ", "<", "<p>", "<html></html>", "text", "\0", "<table><tr><td>", "<!--", "<pre>", "</p>"]
)
def test_scraps_of_pages_give_an_answer(html: str) -> None:
    assert isinstance(body_of(html), Body)


TAGS = st.sampled_from(
    [
        "p",
        "div",
        "span",
        "a",
        "b",
        "em",
        "ul",
        "ol",
        "li",
        "table",
        "tr",
        "td",
        "pre",
        "code",
        "blockquote",
        "h2",
        "br",
        "script",
        "figure",
        "figcaption",
        "td",
        "i",
    ]
)
SCRAPS = ["&lt;", "&#0;", "<!-- c -->", "<?x?>", "\u2028", "日本語。"]
FRAGMENTS = st.one_of(
    TAGS.map("<{}>".format),
    TAGS.map("</{}>".format),
    TAGS.map("<{} class='related x' id=y href='/z' hidden>".format),
    st.text(max_size=30),
    st.sampled_from([*PARAGRAPHS, *SCRAPS]),
)
PAGES = st.lists(FRAGMENTS, max_size=40).map("".join)
INLINE = [f"<{slash}{tag}>" for tag in ("b", "i", "a", "span") for slash in ("", "/")]
MODERATE = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@MODERATE
@given(PAGES)
def test_any_page_gives_the_same_answer_twice(html: str) -> None:
    assert body_of(html) == body_of(html)


@MODERATE
@given(st.integers(0, len(PAGE)), st.integers(0, len(PAGE)), PAGES)
def test_cut_and_mutated_pages_give_an_answer(start: int, stop: int, inserted: str) -> None:
    assert isinstance(body_of(PAGE[:start] + inserted + PAGE[stop:]), Body)


@MODERATE
@given(PAGES)
def test_text_and_markdown_hold_the_words_of_every_kept_block_and_no_others(html: str) -> None:
    body = body_of(PAGE.replace(PARAGRAPHS[1], PARAGRAPHS[1] + html))
    kept = [word for block in body.blocks if block.is_body for word in WORDS.findall(block.text)]
    assert WORDS.findall(body.text or "") == kept


@MODERATE
@given(
    st.lists(
        st.sampled_from([*"abcXYZ", " ", "<b>", "</b>", "<i>", "</i>", "<a>", "</a>", "<span>", "</span>"]), max_size=30
    )
)
def test_inline_content_of_a_kept_block_is_never_lost(parts: list[str]) -> None:
    words = WORDS.findall("".join("" if part.startswith("<") else part for part in parts))
    body = body_of(PAGE.replace(PARAGRAPHS[1], f"{PARAGRAPHS[1]} {''.join(parts)} {PARAGRAPHS[2]}"))
    expected = [*WORDS.findall(PARAGRAPHS[1]), *words, *WORDS.findall(PARAGRAPHS[2])]
    paragraph = next(block for block in body.blocks if block.text.startswith(PARAGRAPHS[1][:40]))
    assert paragraph.is_body
    assert WORDS.findall(paragraph.text) == expected
    assert paragraph.text in (body.text or "")
    plain = re.sub(r"\\(.)|[*\\]", r"\1", body.markdown or "")
    assert " ".join(expected) in " ".join(WORDS.findall(plain))
