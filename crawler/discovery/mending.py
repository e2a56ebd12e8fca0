"""Broken XML made readable: wrong encodings, bare ampersands, HTML's entities, control characters, leading text.

Tolerant parsers lose what they do not understand, and a link without its `&` is another link. Each repair is of a
fault that feeds and sitemaps are known for; a document that is well-formed never comes here.
"""

from __future__ import annotations

import re
from html.entities import html5

from w3lib.encoding import resolve_encoding

_DECLARED = re.compile(rb"""<\?xml[^>]*?encoding\s*=\s*["']([\w.:-]+)["'][^>]*\?>""")
_DECLARATION = re.compile(r"<\?xml[^>]*\?>")
_ROOT = re.compile(r"<(?:\?xml|!--|!DOCTYPE|[\w-]{0,30}:?(?:rss|feed|rdf|urlset|sitemapindex)\b)", re.IGNORECASE)
_AMPERSAND = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#[xX][0-9a-fA-F]{1,6});)(?:([A-Za-z]\w{1,31});)?")
_NUMBERED = re.compile(r"&#(?:[xX]([0-9a-fA-F]{1,20})|(\d{1,20}));")
_CDATA, _CDATA_END = "<![CDATA[", "]]>"
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""Characters outside of XML 1.0, section 2.2."""
_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


def mended(body: bytes) -> bytes:
    """The document in UTF-8, mended; CDATA stays as it is. Takes time in proportion to the length."""
    text = _DECLARATION.sub("", _decoded(body), count=1)
    start = _ROOT.search(text)
    text = text[start.start() :] if start else text
    text = _NUMBERED.sub(_permitted, _with_ampersands(text))
    return _FORBIDDEN.sub("", text).encode("utf-8", "replace")


def _permitted(match: re.Match[str]) -> str:
    """A numbered reference, unless XML has no such character: libxml2 makes bytes of it that are no text."""
    number = int(match[1], 16) if match[1] else int(match[2])
    is_character = number < 0xD800 or 0xDFFF < number < 0xFFFE or 0xFFFF < number < 0x110000
    return match[0] if is_character and (number > 31 or number in (9, 10, 13)) else ""


def _with_ampersands(text: str) -> str:
    """The text with every `&` part of a reference that XML knows, CDATA sections left out."""
    before, *sections = text.split(_CDATA)
    pieces = [_AMPERSAND.sub(_reference, before)]
    for section in sections:
        content, end, after = section.partition(_CDATA_END)
        pieces += [_CDATA, content, end, _AMPERSAND.sub(_reference, after)]
    return "".join(pieces)


def _reference(match: re.Match[str]) -> str:
    if match[1] is None:
        return "&amp;"
    return html5.get(f"{match[1]};", f"&amp;{match[1]};")


def _decoded(body: bytes) -> str:
    """The text by byte order mark, declaration or UTF-8; by Windows-1252 where none of them fits."""
    for mark, encoding in _BOMS:
        if body.startswith(mark):
            return body.decode(encoding, "replace")
    declared = _DECLARED.search(body[:1000])
    name = resolve_encoding(declared[1].decode("ascii")) if declared else None
    for encoding in dict.fromkeys((name or "utf-8", "utf-8", "cp1252")):
        try:
            return body.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    return body.decode("cp1252", "replace")
