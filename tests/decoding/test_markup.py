import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler import markup
from crawler.markup import MAX_DEPTH, parse


def depth_of(root):
    deepest = 0
    for element in root.iter():
        if not len(element):
            deepest = max(deepest, sum(1 for _ in element.iterancestors()))
    return deepest


def test_a_page_nested_deeper_than_the_parser_goes_is_flattened_and_loses_no_text():
    source = b"<body>" + b"".join(b"<div>%d " % n for n in range(600)) + b"<p>end" + b"</div>t " * 600 + b"<p>tail</p>"
    parsed = parse(source)
    assert depth_of(parsed.root) < MAX_DEPTH
    words = "".join(parsed.root.itertext()).split()
    assert words == [str(n) for n in range(600)] + ["end"] + ["t"] * 600 + ["tail"] or words[600] == "endt"
    assert parsed.cut is None


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        (b"<div>" * 200_000 + b"<p>end", "nested too deeply"),
        (b"<b>" * 200_000, "nested too deeply"),
        (b"<p>a" * 600_000, "more than 250000 tags"),
        (b"<p>" + b"word " * 2_100_000 + b"<p>end", "a text of more than 1000000 characters"),
        (b"<p title='" + b"x" * 11_000_000 + b"'>end", None),
        (b"<!--" * 3_000_000, "more than 250000 tags"),
        (b"<p>" + b"&amp" * 100_000, None),
        (b"<p " + b" ".join(b"a%d=1" % n for n in range(100_000)) + b">end", None),
        (b"<p " + b" ".join(b"a%d" % n for n in range(100_000)), None),
    ],
)
def test_hostile_markup_is_parsed_within_bounds_and_what_is_cut_is_said(source, reason):
    started = time.monotonic()
    parsed = parse(source)
    assert time.monotonic() - started < 10
    assert parsed.cut == reason
    assert depth_of(parsed.root) < MAX_DEPTH if reason == "nested too deeply" else True


def test_an_ordinary_page_is_whole():
    parsed = parse(b"<html><body><p>one<p>two</body></html>")
    assert parsed.cut is None
    assert [element.text for element in parsed.root.iter("p")] == ["one", "two"]


@given(
    st.lists(
        st.sampled_from([b"<div>", b"<p>", b"</div>", b"</p>", b"<b>", b"</b>", b"a", b"b ", b"<br>"]), max_size=60
    )
)
def test_flattening_keeps_every_word_in_order(parts):
    source = b"".join(parts)
    whole = parse(source)
    flat = parse(source)
    for element in list(flat.root.iter("body")):
        markup._flatten_below(element)
    assert "".join(flat.root.itertext()) == "".join(whole.root.itertext())


@given(st.binary(max_size=400))
def test_any_bytes_give_a_root(source):
    assert parse(source).root.tag is not None


def test_a_tag_with_few_long_attributes_keeps_them():
    picture = b"data:image/png;base64," + b"QUJD" * 5000
    words = b'{"a": "' + b"many words here " * 1000 + b'"}'
    root = parse(b"<p><img src='" + picture + b"' alt='a cat'><b data-x='" + words + b"'>end</b>").root
    assert root.find(".//img").get("alt") == "a cat"
    assert len(root.find(".//b").get("data-x")) == len(words)


def test_a_flood_of_attributes_takes_only_the_attributes():
    flood = b" ".join(b"a%d='x>y'" % n for n in range(3000))
    quiet = b" ".join(b"a%d=1" % n for n in range(3000))
    root = parse(b"<div id=x><p " + quiet + b">one</p><p class=k>two</p><p " + flood + b">three</p></div>").root
    assert [p.text for p in root.iter("p")][:2] == ["one", "two"]
    assert "three" in "".join(root.itertext())
    assert root.find(".//p[2]").get("class") == "k"


PROSE = "<p>" + "The harbour froze over in the last week of January. " * 15 + "</p>"


@pytest.mark.parametrize(
    ("body", "is_open"),
    [
        (f"<div id=app></div><noscript><h1>Ice</h1>{PROSE}</noscript>", True),
        (f"<div id=app><p>Loading</p></div><noscript>{PROSE}</noscript>", True),
        (f"{PROSE}{PROSE}<noscript>{PROSE}</noscript>", False),
        ("<noscript><p>Please turn on JavaScript.</p></noscript>", False),
        ("<p>Ice.</p><noscript><img src=/pixel.gif></noscript>", False),
    ],
)
def test_the_version_for_readers_without_scripts_counts_where_it_is_the_text(body: str, *, is_open: bool) -> None:
    root = parse(f"<html><body>{body}</body></html>".encode()).root
    assert (root.find(".//noscript") is None) is is_open
