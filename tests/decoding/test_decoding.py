import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from crawler.decoding import declared_encoding, decode
from crawler.decoding.declared import encoding_of_label, prescan

GERMAN = "Grüße aus Österreich: die Käse-Lüge, schön erzählt für große und kleine Mäuse. " * 5
CZECH = "Příliš žluťoučký kůň úpěl ďábelské ódy, řekl ředitel a šel spát k řece. " * 5
JAPANESE = "これは日本語の文章です。新しい記事を読んでください。" * 5


@pytest.mark.parametrize(
    ("body", "header", "encoding", "text"),
    [
        ("é".encode(), "text/html; charset=utf-8", "utf-8", "é"),
        ("é".encode("latin-1"), "text/html; charset=iso-8859-1", "windows-1252", "é"),
        (b"\x80uro", "text/html; charset=ascii", "windows-1252", "€uro"),
        (b"a\x81b", "text/html; charset=latin1", "windows-1252", "a\x81b"),
        (b"\xa4", "text/html; charset=iso-8859-15", "iso-8859-15", "€"),
        (b"\xb6\xfe\x80", "text/html; charset=gb2312", "gbk", "二€"),
        ("①㈱～".encode("cp932"), "text/html; charset=Shift_JIS", "shift_jis", "①㈱～"),
        (b"\xad\xa1\xad\xea\xa1\xc1", "text/html; charset=euc-jp", "euc-jp", "①㈱～"),
        (b"\xf9\xd6", "text/html; charset=big5", "big5", "碁"),
        (b"\xa1\x45\xa2\x44", "text/html; charset=big5", "big5", "‧￥"),
        (b"\x87\x7a\xfe\xdd", "text/html; charset=big5", "big5", "㡵砉"),
        (b"\xfe\x59\xa6\xd9", "text/html; charset=gb18030", "gb18030", "龴︐"),
        (b"\x1b$BF|K\\\x1b(B", "text/html; charset=iso-2022-jp", "iso-2022-jp", "日本"),
        ("뷁".encode("cp949"), "text/html; charset=ks_c_5601-1987", "euc-kr", "뷁"),
        (b"\xae", "text/html; charset=koi8-u", "koi8-u", "ў"),
        (b"a\xff", "text/html; charset=x-user-defined", "x-user-defined", "a\uf7ff"),
        (b"\xef\xbb\xbf\xc3\xa9", "text/html; charset=iso-8859-1", "utf-8", "é"),
        (b"\xff\xfeh\0i\0", "text/html; charset=utf-8", "utf-16le", "hi"),
        (b"\xfe\xff\0h\0i", None, "utf-16be", "hi"),
    ],
)
def test_each_encoding_of_the_standard_is_decoded_as_browsers_do(body, header, encoding, text):
    decoded = decode(body, header)
    assert (decoded.encoding, decoded.text) == (encoding, text)


@pytest.mark.parametrize(
    ("body", "encoding"),
    [
        (b"<meta charset=iso8859-2>", "iso-8859-2"),
        (b'<meta http-equiv=Content-Type content="text/html; charset=koi8-r">', "koi8-r"),
        (b'<meta content="text/html; charset=koi8-r">', None),
        (b"<!-- <meta charset=koi8-r> --><meta charset=big5>", "big5"),
        (b'<div title="<meta charset=koi8-r>"><meta charset=big5>', "big5"),
        (b"<meta charset=utf-16>", "utf-8"),
        (b"<meta charset=x-user-defined>", "windows-1252"),
        (b"<meta charset=no-such><meta charset=gbk>", "gbk"),
        (b"<meta charset=gbk", None),
        (b"<metacharset=gbk>", None),
        (b'<?xml version="1.0" encoding="windows-1251"?><html>', "windows-1251"),
        (b"<html>" + b" " * 3000 + b"<meta charset=gbk>", "gbk"),
    ],
)
def test_what_a_document_declares_is_found_by_the_prescan(body, encoding):
    assert declared_encoding(body, None) == encoding


def test_the_header_comes_before_the_meta_element():
    assert declared_encoding(b"<meta charset=gbk>", 'text/html; charset="Windows-1251"') == "windows-1251"


def test_labels_beyond_the_common_ones_are_known():
    assert encoding_of_label(" CSISO88596E\n") == "iso-8859-6"
    assert encoding_of_label("unicode20utf8") == "utf-8"
    assert encoding_of_label("no-such-label") is None


def test_valid_utf8_is_believed_over_a_wrong_declaration_and_flagged():
    decoded = decode(GERMAN.encode(), "text/html; charset=iso-8859-1")
    assert decoded.text == GERMAN
    assert decoded.encoding == "utf-8"
    assert decoded.doubtful


def test_a_short_text_in_a_declared_multi_byte_encoding_is_not_taken_for_utf8():
    # "联通" in GBK happens to be valid UTF-8.
    assert decode("联通".encode("gbk"), "text/html; charset=gbk").text == "联通"


@pytest.mark.parametrize(
    ("text", "codec", "encoding"),
    [
        (GERMAN, "cp1252", "windows-1252"),
        (CZECH, "cp1250", "windows-1250"),
        (JAPANESE, "cp932", "shift_jis"),
        (JAPANESE, "euc_jp", "euc-jp"),
    ],
)
def test_undeclared_legacy_text_is_detected_and_flagged(text, codec, encoding):
    decoded = decode(text.encode(codec), None)
    assert (decoded.text, decoded.encoding, decoded.doubtful) == (text, encoding, True)


def test_thai_is_detected_under_the_name_of_the_standard():
    text = "ข่าววันนี้ นายกรัฐมนตรีเดินทางไปต่างประเทศเพื่อประชุม " * 5
    assert decode(text.encode("cp874"), None).encoding == "windows-874"


def test_a_wrongly_declared_legacy_encoding_is_flagged():
    assert decode(CZECH.encode("cp1250"), "text/html; charset=iso-8859-1").doubtful
    assert not decode(GERMAN.encode("cp1252"), "text/html; charset=iso-8859-1").doubtful


def test_legacy_bytes_declared_as_utf8_are_detected_instead_of_lost():
    decoded = decode(GERMAN.encode("cp1252"), "text/html; charset=utf-8")
    assert decoded.text == GERMAN
    assert decoded.doubtful


def test_a_few_bad_bytes_are_replaced_and_flagged_but_the_declaration_stands():
    decoded = decode(GERMAN.encode() + b"\xff end", "text/html; charset=utf-8")
    assert decoded.text == GERMAN + "\ufffd end"
    assert decoded.doubtful


def test_text_encoded_twice_is_flagged():
    assert decode(GERMAN.encode().decode("cp1252", "replace").encode(), None).doubtful
    assert not decode("NÃO, SÃO PAULO, 5 € – â, c’est ça".encode(), None).doubtful


@pytest.mark.parametrize("header", [None, "text/html; charset=utf-8", "text/html; charset=iso-8859-1"])
def test_a_page_encoded_twice_as_a_whole_is_read_as_it_was_written_and_flagged(header):
    written = "<p>We’re open – “until five”. Čeština, Zürich, 日本語</p>"
    decoded = decode(written.encode().decode("latin-1").encode(), header)
    assert decoded.text == written
    assert decoded.doubtful


@pytest.mark.parametrize(
    "text",
    [
        "An é that became Ã© is how a page looks that was encoded twice.",
        "Zürich â\x80\x99s and a lone é",
        "â\x80\x99s beside ’ that was encoded once",
    ],
)
def test_a_page_that_only_holds_what_was_encoded_twice_stays_as_it_is(text):
    assert decode(text.encode(), "text/html; charset=utf-8").text == text


@pytest.mark.parametrize("body", [b"a\0b", b"\xc0\x80a", b"\xed\xa0\x80a", b"\xf4\x90\x80\x80", b"\xe4\xbd"])
def test_nul_overlong_forms_and_surrogates_are_repaired_and_flagged(body):
    decoded = decode(body, "text/html; charset=utf-8")
    assert "\0" not in decoded.text
    decoded.text.encode()
    assert decoded.doubtful


def test_utf16_without_a_mark_is_recognised():
    assert decode("<html><p>plain text</p></html>".encode("utf-16-le"), "text/html").text.startswith("<html>")


def test_encodings_that_hide_markup_decode_to_one_replacement_character():
    assert decode(b"~{<script>~}", "text/html; charset=hz-gb-2312").text == "\ufffd"


@given(
    st.binary(max_size=300),
    st.sampled_from([None, "utf-8", "utf-16", "gbk", "euc-jp", "big5", "iso-2022-jp", "windows-1255"]),
)
def test_any_bytes_decode_to_text_without_nul_and_surrogates(body, label):
    decoded = decode(body, f"text/html; charset={label}" if label else None)
    assert "\0" not in decoded.text
    decoded.text.encode()


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\0"), max_size=200))
def test_declared_utf8_is_returned_unchanged(text):
    assume(not re.search("[\x80-\x9f]", text))
    assert decode(text.encode(), "text/html; charset=utf-8").text == text.removeprefix("\ufeff")


@given(
    st.lists(
        st.sampled_from(
            [b"<meta", b" charset=", b"utf-8", b">", b'"', b"'", b"=", b"<!--", b"-->", b"/", b" ", b"content="]
        )
    )
)
def test_the_prescan_ends_on_any_markup(parts):
    prescan(b"".join(parts))
