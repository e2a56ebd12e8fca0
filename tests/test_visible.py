import logging

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.reports.safe_logs import SafeLogs, SafeRecord
from crawler.visible import log_entry, visible, without_secrets


def test_characters_that_act_are_spelled_out():
    assert visible("a\x1b[31mb\rc\x85\u202ed\u2028\x07") == "a\\x1b[31mb\\x0dc\\x85\\u202ed\\u2028\\x07"
    assert visible("Grüße, 日本 – “ok”\ttab") == "Grüße, 日本 – “ok”\ttab"


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("GET https://user:pw@example.org/a", "GET https://***@example.org/a"),
        ("postgresql://me:s3cret@db:5432/x", "postgresql://***@db:5432/x"),
        ("https://e.org/?a=1&token=abc&b=2", "https://e.org/?a=1&token=***&b=2"),
        ("https://e.org/?api_key=abc#x", "https://e.org/?api_key=***"),
        ("Authorization: Bearer abc.def", "Authorization: ***"),
        ("{'Set-Cookie': 'sid=1'}", "{'Set-Cookie': ***"),
        ("mail me@example.org about a key = value", "mail me@example.org about a key = value"),
        ("https://e.org/@name/post?monkey=1", "https://e.org/@name/post?monkey=1"),
    ],
)
def test_secrets_are_left_out(text, safe):
    assert without_secrets(text) == safe


def entry(message, *args, error=None):
    record = SafeRecord("x", logging.INFO, "f.py", 1, message, args, error)
    return logging.Formatter("%(levelname)s %(message)s").format(record)


def test_no_page_can_forge_an_entry_of_the_log():
    forged = entry("title: %s", "x\n2026-01-01 INFO: all is well\r\nINFO more")
    assert [line for line in forged.splitlines() if line.startswith(("INFO", "2026"))] == [forged.splitlines()[0]]


def test_tracebacks_are_as_safe_as_messages():
    try:
        int("\x1b[2J\nINFO forged https://u:p@e.org/")
    except ValueError as error:
        text = entry("%s", error, error=(type(error), error, error.__traceback__))
    assert "\x1b" not in text
    assert "u:p@" not in text
    assert all(line.startswith("  | ") for line in text.splitlines()[1:])


def test_the_add_on_covers_every_logger():
    before = logging.getLogRecordFactory()
    try:
        SafeLogs.update_pre_crawler_settings(None)
        record = logging.getLogger("any").makeRecord("any", logging.INFO, "f.py", 1, "a\x1b", (), None)
        assert record.getMessage() == "a\\x1b"
    finally:
        logging.setLogRecordFactory(before)


@given(st.text())
def test_any_text_becomes_one_entry_of_printable_lines(text):
    safe = log_entry(text)
    safe.encode()
    assert all(line.startswith("  | ") for line in safe.split("\n")[1:])
    assert not any(ord(character) < 32 and character not in "\n\t" for character in safe)
