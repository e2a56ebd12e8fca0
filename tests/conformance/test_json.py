import json
import time

from crawler.jsonld import parse_block, read_json_ld

MENDED = {
    "n_array_comma_after_close",
    "n_array_extra_comma",
    "n_array_just_comma",
    "n_array_number_and_comma",
    "n_object_lone_continuation_byte_in_key_and_trailing_comma",
    "n_object_trailing_comma",
    "n_object_trailing_comment",
    "n_object_trailing_comment_open",
    "n_object_trailing_comment_slash_open",
    "n_string_unescaped_ctrl_char",
    "n_string_unescaped_newline",
    "n_string_unescaped_tab",
    "n_structure_double_array",
    "n_structure_object_followed_by_closing_object",
    "n_structure_object_with_comment",
    "n_structure_object_with_trailing_garbage",
}
"""Documents that are not JSON and are read all the same: what is meant is plain, and templates print them daily."""


def test_json_is_accepted_what_is_not_is_refused_or_mended_and_nothing_crashes(suite):
    for path in sorted(suite("jsontestsuite").glob("*.json")):
        started = time.monotonic()
        value = parse_block(path.read_bytes().decode("utf-8", "replace"))
        assert time.monotonic() - started < 2, path.name
        json.dumps(value, ensure_ascii=False, allow_nan=False).encode()
        if path.name.startswith("y_") and path.stem != "y_structure_lonely_null":
            assert value is not None, path.name
        if path.name.startswith("n_") and path.stem not in MENDED:
            assert value is None, path.name
        assert read_json_ld([path.read_bytes().decode("utf-8", "replace")]) == []
