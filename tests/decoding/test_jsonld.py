import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.jsonld import MAX_NODES, MAX_SIZE, parse_block, read_json_ld


@pytest.mark.parametrize(
    "script",
    [
        '{"@type":"A","b":1}',
        '\ufeff {"@type":"A","b":1} ;',
        '<!-- {"@type":"A","b":1} -->',
        '//<![CDATA[\n{"@type":"A","b":1}\n//]]>',
        '/* <![CDATA[ */ {"@type":"A","b":1} /* ]]> */',
        '{"@type":"A","b":1,}',
        '{"@type":"A", /* a comment */ "b":1 // another\n}',
        "{&quot;@type&quot;:&quot;A&quot;,&quot;b&quot;:1}",
        '{"@type":"A","b":2,"b":1}',
        '{"@type":"A","b":1}\n}',
    ],
)
def test_a_block_is_read_through_what_templates_do_to_it(script):
    assert read_json_ld([script]) == [{"@type": "A", "b": 1}]


def test_raw_line_breaks_and_javascript_escapes_in_strings_are_read():
    assert parse_block('{"a": "one\ntwo", "b": "it\\\'s", "u": "http://e.org/*x*/,}"}') == {
        "a": "one\ntwo",
        "b": "it's",
        "u": "http://e.org/*x*/,}",
    }


def test_values_that_follow_one_another_are_all_read():
    assert [
        node["@type"] for node in read_json_ld(['{"@type":"A"}\n{"@type":"B"}', '{"@type":"C"},{"@type":"D"}'])
    ] == list("ABCD")


@pytest.mark.parametrize("constant", ["NaN", "Infinity", "-Infinity"])
def test_numbers_that_are_not_json_refuse_the_block(constant):
    assert parse_block(f'{{"@type":"A","x":{constant}}}') is None


def test_unpaired_surrogates_are_repaired_and_pairs_kept():
    assert parse_block('["\\ud800", "\\ud83d\\ude00", "\\\\ud800", "x\ny"]') == ["\ufffd", "😀", "\\ud800", "x\ny"]


@pytest.mark.parametrize(
    "script",
    [
        "[" * 500_000,
        '{"a":' * 90_000 + "1" + "}" * 90_000,
        '{"@type":"Article","x":"' + "a" * 50_000_000 + '"}',
        '"\\"' * 150_000,
        "/* " * 160_000,
        '\\"' * 200_000,
        "<!--" * 100_000 + "x",
        "[1" + ",   " * 100_000,
        "9" * 400_000,
    ],
    ids=["open", "deep", "50 MB", "quotes", "comments", "escapes", "wrappings", "commas", "digits"],
)
def test_hostile_blocks_are_refused_quickly(script):
    started = time.monotonic()
    parse_block(script)
    assert time.monotonic() - started < 5
    assert len(script) <= MAX_SIZE or parse_block(script) is None


def test_deep_nesting_and_many_nodes_are_bounded():
    deep = '{"@type":"A","p":' * 200 + "1" + "}" * 200
    assert 0 < len(read_json_ld([deep])) < 30
    assert len(read_json_ld(["[" + ",".join(['{"@type":"A"}'] * (MAX_NODES + 10)) + "]"])) == MAX_NODES


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
)
def test_json_is_read_as_it_stands(value):
    script = json.dumps(value)
    assert parse_block(script) == json.loads(json.dumps(value).encode("utf-8", "replace")) or "\\ud" in script


@given(st.text(alphabet='{}[]",:\\/*\n ;<!->tu0dc8a', max_size=80))
def test_any_text_is_survived_and_gives_encodable_values(script):
    json.dumps(parse_block(script), ensure_ascii=False, allow_nan=False).encode()
