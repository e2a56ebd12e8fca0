"""How pages are cut into blocks."""

from __future__ import annotations

import pytest

from crawler.extraction.body.blocks import MOST_BLOCKS, segment
from crawler.extraction.document import Document
from crawler.page import Page


def blocks_of(html: str) -> list[tuple[str, str]]:
    document = Document(Page(html.encode(), "https://example.org/a"))
    segments = segment(document)
    return [(document.tags[holder], text) for holder, text in zip(segments.holders, segments.texts, strict=True)]


CASES = {
    "paragraphs": ("<p>One.</p><p>Two.</p>", [("p", "One."), ("p", "Two.")]),
    "inline content stays in its block": (
        "<p>A <b>bold</b>, a <a href=x>link</a> and <i>it</i>.</p>",
        [("p", "A bold, a link and it.")],
    ),
    "white space between inline elements is kept": ("<p><b>the</b> <i>State</i></p>", [("p", "the State")]),
    "no space is invented between inline elements": ("<p>H<sub>2</sub>O</p>", [("p", "H2O")]),
    "two line breaks split": (
        "<div>One.<br><br>Two.<br>\n<br/>Three.</div>",
        [("div", t) for t in ("One.", "Two.", "Three.")],
    ),
    "one line break stays": ("<p>Roses<br>are red</p>", [("p", "Roses\nare red")]),
    "text beside block elements counts": (
        "<div>Before<p>inside</p>after</div>",
        [("div", "Before"), ("p", "inside"), ("div", "after")],
    ),
    "text after an empty block is a block of its own": ("<div>One<p></p>two</div>", [("div", "One"), ("div", "two")]),
    "list items and nested lists": (
        "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>",
        [("li", "a"), ("li", "b"), ("li", "c")],
    ),
    "cells": ("<table><tr><th>k<td>v</table>", [("th", "k"), ("td", "v")]),
    "code keeps its lines": ("<pre>a\n  <b>b</b>\n\n\nc</pre>", [("pre", "a\n  b\n\n\nc")]),
    "code in lines of elements": ("<pre><div>a</div><div>b</div></pre>", [("pre", "a\nb")]),
    "numbers of lines beside code": (
        '<table><tr><td class="gutter"><pre><span>1</span><br><span>2</span></pre>'
        '<td class="code"><pre>a\nb</pre></table>'
        '<pre><span class="ln">1</span>c\n<span class="ln">2</span>d</pre>'
        '<table><tr><td class="lntd"><pre>1\n2</pre><td class="lntd"><pre>e\n5</pre></table>',
        [("pre", "a\nb"), ("pre", "c\nd"), ("pre", "e\n5")],
    ),
    "what nobody reads": (
        "<title>t</title><p>a<script>var x;</script>b</p><style>p{}</style><noscript><p>n</p></noscript>"
        "<svg><text>s</svg>",
        [("p", "ab")],
    ),
    "text in a link around blocks": (
        "<a href=x><div>Title</div><div>Teaser</div></a>",
        [("div", "Title"), ("div", "Teaser")],
    ),
    "older layouts": (
        "<table><tr><td><font>One.<br><br>Two.</font></td></tr></table>",
        [("td", "One."), ("td", "Two.")],
    ),
    "scripts without spaces": ("<p>これは<b>本文</b>です。</p>", [("p", "これは本文です。")]),
    "nothing": ("", []),
    "white space alone": ("<p> \n </p><div>&nbsp;</div>", []),
}


@pytest.mark.parametrize(("html", "expected"), CASES.values(), ids=CASES)
def test_a_page_is_cut_where_a_reader_sees_a_new_block(html: str, expected: list[tuple[str, str]]) -> None:
    assert blocks_of(html) == expected


def test_deep_nesting_is_walked_without_recursion() -> None:
    deep = 20_000
    document = Document(Page(("<div>" * deep + "<span>" * deep + "text").encode(), "https://example.org/"))
    assert len(segment(document)) <= 1


def test_a_page_that_leaves_out_its_body_tag_is_read() -> None:
    assert blocks_of("<title>x</title><script>1</script><main><p>One.</main>") == [("p", "One.")]


def test_of_a_page_without_end_the_first_blocks_are_read() -> None:
    found = blocks_of("".join(f"<p>{number}" for number in range(MOST_BLOCKS + 5)))
    assert found == [("p", str(number)) for number in range(MOST_BLOCKS)]


def test_a_page_of_the_most_blocks_is_read_whole() -> None:
    assert len(blocks_of("<p>a" * MOST_BLOCKS)) == MOST_BLOCKS


@pytest.mark.parametrize(("more", "is_cut"), [(0, False), (1, True)])
def test_a_page_says_whether_it_was_read_whole(more: int, is_cut: bool) -> None:
    page = Page(b"<p>a" * (MOST_BLOCKS + more), "https://example.org/a")
    assert segment(Document(page)).is_cut is is_cut


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ('<h2 id="lock">The lock <a href="#lock">¶</a></h2>', "The lock"),
        ('<h2 id="lock"><a href="/a/#lock">#</a> The lock</h2>', "The lock"),
        ('<h2 id="lock">The lock<a href="#lock">\u200b</a></h2>', "The lock"),
        ('<p>It holds two barges. <a href="#ref1">[↩]</a></p>', "It holds two barges."),
        ('<p>It holds two barges<a href="#note1">1</a></p>', "It holds two barges1"),
        ('<p>Does it hold<a href="#more">?</a></p>', "Does it hold?"),
        ('<p>To the <a href="/lock/">→</a></p>', "To the →"),
    ],
)
def test_the_sign_of_a_link_into_the_page_is_no_text(html: str, text: str) -> None:
    assert [found for _, found in blocks_of(html)] == [text]
