"""Bytes to text by the WHATWG rules: byte order mark, header, meta prescan, then detection."""

from __future__ import annotations

from dataclasses import dataclass

from w3lib.encoding import html_to_unicode


@dataclass(frozen=True, slots=True)
class Decoded:
    """A decoded document."""

    text: str
    """The text; bytes that the encoding does not have are U+FFFD."""
    encoding: str
    """Name of the encoding."""
    doubtful: bool
    """True where bytes had to be replaced or the encoding was guessed."""


def decode(body: bytes, content_type: str | None) -> Decoded:
    """The text of an HTML document, with the encoding that was used."""
    encoding, text = html_to_unicode(content_type, body, default_encoding="utf-8")
    return Decoded(text, encoding, "\ufffd" in text)
