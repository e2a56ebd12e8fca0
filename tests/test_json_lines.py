from __future__ import annotations

import io
import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.exporters.jsonlines import StrictJsonLinesItemExporter
from crawler.items import Article, Author, Evidence
from crawler.json_lines import encode_line

ANY_TEXT = st.text(st.characters(codec=None, exclude_categories=()), max_size=50)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | ANY_TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(ANY_TEXT, inner, max_size=3),
    max_leaves=10,
)


def test_an_article_is_an_object_with_its_fields_in_the_order_of_the_schema() -> None:
    article = Article(
        "https://a.example/", authors=[Author("Ann")], evidence={"title": Evidence("meta", "og:title", "declared")}
    )
    line = json.loads(encode_line(article))
    assert list(line) == list(Article.__dataclass_fields__)
    assert line["authors"][0]["name"] == "Ann"
    assert line["evidence"]["title"]["source"] == "meta"


@pytest.mark.parametrize("character", ["\u2028", "\u2029", "\x85", "\x9b", "\x7f", "\x1b", "\n", "\r", "\x0b", "\x0c"])
def test_a_character_that_breaks_lines_or_steers_terminals_is_escaped(character: str) -> None:
    line = encode_line({"body": f"a{character}b"})
    assert character not in line.decode().removesuffix("\n")
    assert json.loads(line)["body"] == f"a{character}b"


def test_what_json_cannot_hold_is_null_or_replaced() -> None:
    assert encode_line([math.nan, math.inf]) == b"[null,null]\n"
    assert json.loads(encode_line({"a\udc80": ["\ud800", {"n": 2**70}]})) == {"a\ufffd": ["\ufffd", {"n": str(2**70)}]}


@given(JSON)
def test_any_value_is_one_line_of_strict_json(value: object) -> None:
    text = encode_line(value).decode("utf-8", "strict")
    assert len(text.splitlines()) == 1
    json.loads(text, parse_constant=pytest.fail)


def test_feed_exports_write_the_same_lines_with_scrapys_options_for_fields() -> None:
    article = Article("https://a.example/", title="\u2028")
    whole, part = io.BytesIO(), io.BytesIO()
    StrictJsonLinesItemExporter(whole).export_item(article)
    StrictJsonLinesItemExporter(part, fields_to_export=["title"]).export_item(article)
    assert whole.getvalue() == encode_line(article)
    assert part.getvalue() == b'{"title":"\\u2028"}\n'
