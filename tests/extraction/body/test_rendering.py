"""Kept blocks as text and Markdown."""

from __future__ import annotations

import pytest

from crawler.extraction.body.blocks import segment
from crawler.extraction.body.rendering import render_markdown, render_text
from crawler.extraction.document import Document
from crawler.page import Page


def markdown_of(html: str) -> str:
    segments = segment(Document(Page(html.encode(), "https://example.org/news/a")))
    return render_markdown(segments, list(range(len(segments))))


CASES = {
    "headings": ("<h2>Two <em>it</em></h2><h6>Six</h6>", "## Two *it*\n\n###### Six"),
    "emphasis takes its white space out": ("<p>a<b> bold </b>b</p>", "a **bold** b"),
    "nested emphasis": ("<p><b>a <i>b</i></b></p>", "**a *b***"),
    "absolute links": ("<p><a href='/x y?(z)'>go</a></p>", "[go](https://example.org/x%20y?%28z%29)"),
    "links against the base element": (
        "<base href='https://o.example/d/'><p><a href=x>go</a></p>",
        "[go](https://o.example/d/x)",
    ),
    "links nobody can follow": ("<p><a href='javascript:go()'>a</a> <a href='http://[bad'>b</a> <a>c</a></p>", "a b c"),
    "a link around a block": ("<a href='https://e.org/'><p>go</p></a>", "[go](https://e.org/)"),
    "code spans": ("<p><code>a`b*</code> <kbd>c</kbd></p>", "``a`b*`` `c`"),
    "specials": ("<p>2 * 3 [a] &lt;b> snake_case _x_ `c` \\</p>", r"2 \* 3 \[a\] \<b\> snake_case \_x\_ \`c\` \\"),
    "what would start a list or heading": (
        "<p>1. a</p><p># b</p><p>- c</p><p>+ d</p>",
        "1\\. a\n\n\\# b\n\n\\- c\n\n\\+ d",
    ),
    "line breaks": ("<p>a<br>b<br>c</p>", "a  \nb  \nc"),
    "lists": ("<ul><li>a</li><li>b</li></ul><p>c</p>", "- a\n- b\n\nc"),
    "ordered lists": ("<ol start=3><li>a</li><li>b</li></ol>", "3. a\n4. b"),
    "nested lists": (
        "<ol><li>a<ul><li>b</li><li>c</li></ul></li><li>d</li></ol>",
        "1. a\n   - b\n   - c\n2. d",
    ),
    "items of several blocks": ("<ul><li><p>a</p><p>b</p></li></ul>", "- a\n\n  b"),
    "quotes": ("<blockquote><p>a<br>b</p><p>c</p></blockquote>", "> a  \n> b\n>\n> c"),
    "code": (
        "<pre class='language-python'><code>def f():\n    return 1\n</code></pre>",
        "```python\ndef f():\n    return 1\n```",
    ),
    "code with fences": ("<pre>```\na\n```</pre>", "````\n```\na\n```\n````"),
    "tables": (
        "<table><tr><th>A</th><th>B|C</th></tr><tr><td>1<br>2</td><td></td></tr></table>",
        "| A | B\\|C |\n| --- | --- |\n| 1 2 |  |",
    ),
    "tables of layout": ("<table><tr><td>One.<br><br>Two.</td></tr></table>", "One.\n\nTwo."),
}


@pytest.mark.parametrize(("html", "expected"), CASES.values(), ids=CASES)
def test_markdown_says_what_the_page_says(html: str, expected: str) -> None:
    assert markdown_of(html) == expected


def test_text_is_the_blocks_with_one_blank_line_between_them() -> None:
    segments = segment(
        Document(Page(b"<h2>A</h2><p>b<br>c</p><ul><li>d</ul><pre>e\n  f</pre>", "https://example.org/"))
    )
    assert render_text(segments, [0, 1, 2, 3]) == "A\n\nb\nc\n\nd\n\ne\n  f"


def test_only_kept_blocks_are_rendered() -> None:
    segments = segment(Document(Page(b"<p>a</p><p>b</p><p>c</p>", "https://example.org/")))
    assert render_text(segments, [0, 2]) == render_markdown(segments, [0, 2]) == "a\n\nc"


def test_a_long_list_is_numbered_in_one_walk() -> None:
    items = 3_000
    lines = markdown_of("<ol>" + "<li>item" * items).split("\n")
    assert (lines[0], lines[-1], len(lines)) == ("1. item", f"{items}. item", items)
