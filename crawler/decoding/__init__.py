"""Bytes to text by the WHATWG rules: byte order mark, header, meta prescan, XML declaration; detection last."""

from __future__ import annotations

import re
from dataclasses import dataclass

from crawler.decoding.declared import byte_order_mark, declared_in_document, declared_in_header
from crawler.decoding.detection import detect, is_contradicted, looks_like_utf16
from crawler.decoding.legacy import ASCII_COMPATIBLE, MULTI_BYTE, decode_as

__all__ = ["Decoded", "declared_encoding", "decode"]

FALLBACK = "windows-1252"
"""What the standard takes for a document that declares nothing (HTML §13.2.3.2, last step)."""

BELIEVABLE_DAMAGE = 0.1
"""Share of the non-ASCII characters that may be undecodable before the declaration itself is disbelieved. Damaged pages
have a few bad bytes; a wrong declaration breaks most of them."""

SHORT = 12
"""Non-ASCII bytes below which text in a multi-byte encoding may be valid UTF-8 by accident."""

_TWICE = re.compile("[ÂÃâ](?:(?<=[ÂÃ])[\x80-\xbf]|(?<=â)[€\x80][\x90-\x9d™œ¦“”])")
"""What UTF-8 read as windows-1252 and written as UTF-8 again looks like: "Ã©", "â€™", "Â ". Begins with one set, which
is found at once."""

_CONTROL = re.compile("[\x80-\x9f]")
"""The control characters of Latin-1, which no text has, and most characters encoded twice."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """A decoded document."""

    text: str
    """The text: no NUL, no surrogate; bytes that the encoding does not have are U+FFFD."""
    encoding: str
    """WHATWG name of the encoding, lower case."""
    doubtful: bool
    """True where bytes had to be replaced, the encoding was guessed, the bytes contradict what was declared, or the
    text was encoded twice."""


def declared_encoding(body: bytes, content_type: str | None) -> str | None:
    """The encoding that the response says it has, in the order of HTML §13.2.3; None if it says nothing."""
    return byte_order_mark(body) or declared_in_header(content_type) or declared_in_document(body)


def decode(body: bytes, content_type: str | None) -> Decoded:
    """The text of an HTML or XML document. Never raises; valid UTF-8 costs one strict decode."""
    marked = byte_order_mark(body)
    if marked:
        return _clean(*decode_as(body, marked), encoding=marked)
    declared = declared_in_header(content_type) or declared_in_document(body)
    try:
        text = body.decode()
    except UnicodeDecodeError:
        return _decode_other(body, declared, declared_in_document(body))
    return _settle_utf8(body, text, declared)


def _settle_utf8(body: bytes, text: str, declared: str | None) -> Decoded:
    """Valid UTF-8: that is what it is, unless plain ASCII or chance leaves another declaration standing.

    A page in another encoding is hardly ever valid UTF-8, so that a contradiction means a wrong declaration: Apache's
    `AddDefaultCharset`, or a page converted without its meta element.
    """
    once = _encoded_once(text)
    if once is not None:
        return _clean(once, True, encoding="utf-8")
    if declared is None or declared == "utf-8":
        name = FALLBACK if declared is None and text.isascii() else "utf-8"
        return _clean(text, False, encoding=name, has_nul=b"\0" in body)
    if declared not in ASCII_COMPATIBLE:
        return _settle_unlike_ascii(body, text, declared)
    if text.isascii():
        return _clean(text, False, encoding=declared)
    if declared in MULTI_BYTE and len(body) - _ascii_bytes(body) <= SHORT:
        other, damaged = decode_as(body, declared)
        if not damaged:
            return _clean(other, False, encoding=declared)
    return _clean(text, True, encoding="utf-8")


def _encoded_once(text: str) -> str | None:
    """The text of a document that was encoded twice as a whole; None of any other.

    A proxy or an archive that took UTF-8 for Latin-1 and wrote it as UTF-8 leaves no character beyond U+00FF, and all
    of them are valid UTF-8 again. The letters of no language are: a lone "é" is not. Pages that only show what that
    looks like ("Ã©") have no control characters.
    """
    if text.isascii():
        return None
    try:
        once = text.encode("latin-1").decode()
    except UnicodeError:
        return None
    return once if _CONTROL.search(text) else None


def _settle_unlike_ascii(body: bytes, text: str, declared: str) -> Decoded:
    if declared.startswith("utf-16") and b"\0" not in body:
        return _clean(text, True, encoding="utf-8")
    return _clean(*decode_as(body, declared), encoding=declared)


def _decode_other(body: bytes, declared: str | None, second: str | None) -> Decoded:
    """Not UTF-8: the first declaration that the bytes bear out, else detection."""
    wide = looks_like_utf16(body)
    if wide:
        text, damaged = decode_as(body, wide)
        return _clean(text, damaged or wide != declared, encoding=wide)
    for encoding in dict.fromkeys(name for name in (declared, second) if name):
        text, damaged = decode_as(body, encoding)
        if not damaged:
            wrong = is_contradicted(body, encoding)
            return _clean(text, wrong or encoding != declared, encoding=encoding)
        if _is_believable(text):
            return _clean(text, True, encoding=encoding)
    guess = detect(body) or FALLBACK
    return _clean(decode_as(body, guess)[0], True, encoding=guess)


def _is_believable(text: str) -> bool:
    bad = text.count("\ufffd")
    if not bad:
        return True
    foreign = len(text) - len(text.encode("ascii", "ignore"))
    return bad <= 1 or bad <= BELIEVABLE_DAMAGE * foreign


def _ascii_bytes(body: bytes) -> int:
    return len(body.decode("ascii", "ignore"))


def _clean(text: str, damaged: bool, *, encoding: str, has_nul: bool = True) -> Decoded:
    # Looking for NUL in a text of two-byte characters costs as much as decoding it: the bytes tell sooner.
    if has_nul and "\0" in text:
        text, damaged = text.replace("\0", ""), True
    if not damaged and not text.isascii():
        damaged = "\ufffd" in text or _is_encoded_twice(text)
    return Decoded(text, encoding, damaged)


def _is_encoded_twice(text: str) -> bool:
    if "Ã" not in text and "Â" not in text and not ("â" in text and ("€" in text or "\x80" in text)):
        return False
    hits = _TWICE.finditer(text)
    return sum(1 for _, _hit in zip(range(3), hits, strict=False)) == 3
