"""What is left of a foreign page: nothing that runs, loads, submits or leads away, and the marks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree, html

pytest.importorskip("flask", reason="Flask is not installed: pip install 'publication-crawler[review]'")

from crawler.markup import parse
from crawler.review.shown_page import KEPT, LEFT_OUT, Mark, Shown, show
from tests.review.newsdesk import HOSTILE

ALLOWED = {"class", "id", "title", "lang", "dir", "colspan", "rowspan", "open"}


def shown(text: str, *marks: Mark) -> Shown:
    return show(parse(text.encode()).root, marks, style="/page.css")


def position(text: str, tag: str) -> int:
    return [element.tag for element in parse(text.encode()).root.iter(etree.Element)].index(tag)


def body_of(page: Shown) -> html.HtmlElement:
    return html.document_fromstring(page.html).find("body")


@pytest.mark.parametrize(
    "text", [HOSTILE, f"<table><tr><td>{HOSTILE}</table>", f"<h1>{HOSTILE}</h1>", f"<svg>{HOSTILE}</svg>"]
)
def test_nothing_acts_and_nothing_is_loaded(text: str) -> None:
    page = shown(text)
    elements = list(body_of(page).iter())
    assert {element.tag for element in elements} <= KEPT | {"div", "span", "body"}
    assert {name for element in elements for name in element.attrib} <= ALLOWED
    assert page.html.count("<link") == 1
    for sign in ("<script", "<style", "<iframe", "<meta http", "<base", "<form", "src=", 'href="http', "@import"):
        assert sign not in page.html


@given(st.text(alphabet="<>/=\"' abcsrptimgonhefyl-!&;", max_size=200))
def test_no_markup_gets_anything_else_through(text: str) -> None:
    elements = list(body_of(shown(f"<p>{text}</p>")).iter(etree.Element))
    assert {element.tag for element in elements} <= KEPT | {"div", "span", "body"}
    assert {name for element in elements for name in element.attrib} <= ALLOWED


def test_links_say_where_they_led_and_pictures_what_they_show() -> None:
    body = body_of(shown('<p><a href="https://a.example/x" target=_top>Go</a> <img src="b.jpg" alt="A boat"></p>'))
    link, picture = body.xpath("//p/span")
    assert (link.text, link.get("title"), link.get("href")) == ("Go", "https://a.example/x", None)
    assert (picture.text, picture.get("src")) == ("A boat", None)


def test_the_text_stays_and_what_a_page_hides_is_seen() -> None:
    body = body_of(
        shown('<p hidden>Hidden</p><details><summary>More</summary>Inside</details><p style="display:none">Too</p>')
    )
    assert " ".join(body.text_content().split()) == "HiddenMoreInsideToo"
    assert body.find(".//details").get("open") is not None


def test_a_mark_is_where_the_value_was_found() -> None:
    text = "<h1>Forty boats</h1><p>By <b>Mara Lind</b></p>"
    page = shown(
        text, Mark(position(text, "h1"), "title", "title"), Mark(position(text, "b"), "not byline", "byline-1", "rival")
    )
    heading, name = body_of(page).xpath("//*[contains(@class, 'm-')]")
    assert (heading.tag, heading.get("class"), heading.get("id")) == ("h1", "m m-chosen", "at-title")
    assert heading[0].get("id") == "title"
    assert heading.text_content() == "titleForty boats"
    assert (name.tag, name.get("class"), name[0].get("class")) == ("b", "m m-rival", "label label-rival")
    assert page.anchors == {"title", "byline-1"}


def test_labels_in_lists_and_tables_stand_where_html_allows_them() -> None:
    text = "<ul><li>One</ul><table><tr><td>Two</table>"
    page = shown(text, Mark(position(text, "ul"), "tags", "tags"), Mark(position(text, "tr"), "section", "section"))
    assert [label.getparent().tag for label in body_of(page).xpath("//*[contains(@class, 'label')]")] == ["li", "td"]


def test_what_stands_in_the_head_has_no_place_in_the_page() -> None:
    text = "<head><title>Boats</title></head><body><p>Text</p>"
    page = shown(text, Mark(position(text, "title"), "title", "title"))
    assert page.anchors == frozenset()
    assert "Boats" not in page.html


def test_elements_that_are_left_out_and_kept_do_not_overlap() -> None:
    assert not KEPT & set(LEFT_OUT)
    assert not KEPT & {"a", "img", "button", "form", "body", "html", "link", "input"}


def test_deep_pages_are_shown() -> None:
    assert "Deep" in shown("<div>" * 1500 + "Deep").html
