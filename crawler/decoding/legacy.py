"""Decoders of the WHATWG Encoding standard on top of Python's codecs, with the differences made good."""

from __future__ import annotations

import codecs
from collections.abc import Mapping
from functools import cache
from pathlib import Path

REPLACEMENT = "\ufffd"

_PYTHON = {
    "utf-8": "utf-8",
    "utf-16be": "utf-16-be",
    "utf-16le": "utf-16-le",
    # GBK is decoded with the larger gb18030 (Encoding §10.1.1), Shift_JIS and EUC-KR with the vendors' supersets.
    "gbk": "gb18030",
    "gb18030": "gb18030",
    "big5": "big5hkscs",
    "euc-jp": "euc_jp",
    "iso-2022-jp": "iso2022_jp_ext",
    "shift_jis": "cp932",
    "euc-kr": "cp949",
    "macintosh": "mac_roman",
    "x-mac-cyrillic": "mac_cyrillic",
    "windows-874": "cp874",
    "iso-8859-8-i": "iso8859_8",
}
"""WHATWG name → Python codec, where they differ."""

MULTI_BYTE = frozenset(("gbk", "gb18030", "big5", "euc-jp", "shift_jis", "euc-kr"))
"""Encodings in which one character takes several bytes, and in which ASCII bytes below 0x30 mean ASCII."""

UNLIKE_ASCII = frozenset(("utf-16be", "utf-16le", "iso-2022-jp", "replacement"))

_SINGLE_BYTE = frozenset(
    (
        *(f"iso-8859-{part}" for part in ("2", "3", "4", "5", "6", "7", "8", "8-i", "10", "13", "14", "15", "16")),
        *(f"windows-{page}" for page in (874, *range(1250, 1259))),
        *("ibm866", "koi8-r", "koi8-u", "macintosh", "x-mac-cyrillic", "x-user-defined"),
    )
)

ASCII_COMPATIBLE = _SINGLE_BYTE | MULTI_BYTE | {"utf-8"}
"""Encodings in which a document of ASCII bytes alone is that ASCII text."""

_KOI8_U = {0xAE: "ў", 0xBE: "Ў"}
"""The standard's KOI8-U has the Belarusian letter of KOI8-RU; Python's has box drawings there."""

_OTHERWISE: Mapping[str, Mapping[int, str]] = {
    # JIS where the standard's index follows Microsoft
    "euc-jp": {0x301C: "～", 0x2016: "∥", 0x2212: "－", 0xA2: "￠", 0xA3: "￡", 0xAC: "￢"},
    # HKSCS-2004 where the standard's index follows Microsoft: the dot in foreign names (‧) among them
    "big5": dict(zip(map(ord, "•､‾∼♁☉¥¢£"), "‧﹑¯～⊕⊙￥￠￡", strict=True)),
    # GB 18030-2000's private characters, which have got code points since (GB 18030-2022)
    "gb18030": {
        0xE5E5: "\u3000", 0xE7C7: "\u1e3f", 0xE81E: "\u9fb4", 0xE826: "\u9fb5", 0xE82B: "\u9fb6", 0xE82C: "\u9fb7",
        0xE832: "\u9fb8", 0xE843: "\u9fb9", 0xE854: "\u9fba", 0xE864: "\u9fbb", 0xE78D: "\ufe10", 0xE78E: "\ufe12",
        0xE78F: "\ufe11", 0xE790: "\ufe13", 0xE791: "\ufe14", 0xE792: "\ufe15", 0xE793: "\ufe16", 0xE794: "\ufe17",
        0xE795: "\ufe18", 0xE796: "\ufe19",
    },
}  # fmt: skip
"""Encoding → what Python makes of some characters, and what the standard does. All pairs of bytes were compared with
Chromium's TextDecoder: eight characters of Big5 (C6CF to C6DF, A241, A242) and one of EUC-JP are left."""


def decode_as(body: bytes, encoding: str) -> tuple[str, bool]:
    """The text of bytes in a WHATWG encoding, and whether bytes had to be replaced. A byte order mark is taken off."""
    if encoding == "replacement":
        # Encodings that hide markup from filters decode to one U+FFFD (Encoding §14.1).
        return (REPLACEMENT if body else ""), bool(body)
    if encoding in _SINGLE_BYTE:
        text, _ = codecs.charmap_decode(body, "replace", _table(encoding))
    else:
        text = body.decode(_PYTHON[encoding], _HANDLERS.get(encoding, "replace")).removeprefix("\ufeff")
    special = _OTHERWISE.get("gb18030" if encoding == "gbk" else encoding, {})
    if any(chr(code) in text for code in special):  # rarely; and looking takes a fiftieth of the time of `translate`
        text = text.translate(special)
    return text, REPLACEMENT in text and _is_damaged(body, encoding)


def _is_damaged(body: bytes, encoding: str) -> bool:
    """Whether U+FFFD comes from decoding: in Unicode encodings it may stand in the bytes themselves."""
    if encoding not in ("utf-8", "utf-16be", "utf-16le", "gb18030", "gbk"):
        return True
    try:
        body.decode(_PYTHON[encoding])
    except UnicodeDecodeError:
        return True
    return False


@cache
def _table(encoding: str) -> str:
    """256 characters; U+FFFE marks a byte that the encoding does not have."""
    if encoding == "x-user-defined":
        return "".join(chr(byte if byte < 0x80 else 0xF780 + byte - 0x80) for byte in range(256))
    codec = _PYTHON.get(encoding, encoding)
    special = _KOI8_U if encoding == "koi8-u" else {}
    return "".join(special.get(byte) or _character(byte, codec) for byte in range(256))


def _character(byte: int, codec: str) -> str:
    try:
        return bytes((byte,)).decode(codec)
    except UnicodeDecodeError:
        # The standard's indexes map the unused bytes of this range to the control characters of the same number.
        return chr(byte) if 0x80 <= byte < 0xA0 else "\ufffe"


def _mend_gb18030(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    # A lone 0x80 is the euro sign of code page 936 (Encoding §10.2.1).
    euro = error.object[error.start] == 0x80
    return ("€" if euro else REPLACEMENT), error.start + (1 if euro else max(1, error.end - error.start))


def _mend_euc_jp(error: UnicodeError) -> tuple[str, int]:
    """NEC's and IBM's rows (①, ㈱, 髙), which Python knows in Shift_JIS only."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    pair = error.object[error.start : error.start + 2]
    if len(pair) == 2 and min(pair) >= 0xA1:
        character = _from_jis(pair[0] - 0xA0, pair[1] - 0xA0)
        if character:
            return character, error.start + 2
    return REPLACEMENT, error.end


def _from_jis(row: int, cell: int) -> str | None:
    lead = (row + 1) // 2 + (0x80 if row <= 62 else 0xC0)
    trail = cell + 0x9E if row % 2 == 0 else cell + 0x3F + (cell > 63)
    try:
        return bytes((lead, trail)).decode("cp932")
    except UnicodeDecodeError:
        return None


def _mend_big5(error: UnicodeError) -> tuple[str, int]:
    """Hong Kong's later additions, and ETEN's extensions, which Python knows in code page 950 only."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    pair = error.object[error.start : error.start + 2]
    if pair in _big5():
        return _big5()[pair], error.start + 2
    try:
        return pair.decode("cp950"), error.start + 2
    except UnicodeDecodeError:
        return REPLACEMENT, error.end


@cache
def _big5() -> Mapping[bytes, str]:
    lines = (Path(__file__).parent / "big5.tsv").read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if not line.startswith("#"))
    return {bytes.fromhex(pair): character for pair, character in rows}


_HANDLERS = {"gbk": "crawler-gb18030", "gb18030": "crawler-gb18030", "euc-jp": "crawler-euc-jp", "big5": "crawler-big5"}
codecs.register_error("crawler-gb18030", _mend_gb18030)
codecs.register_error("crawler-euc-jp", _mend_euc_jp)
codecs.register_error("crawler-big5", _mend_big5)
