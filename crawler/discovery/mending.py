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
_ROOT = re.compile(r"<(?:\?xml|!--|!DOCTYPE|[\w-]*:?(?:rss|feed|rdf|urlset|sitemapindex)\b)", re.IGNORECASE)
_AMPERSAND = re.compile(
    r"(<!\[CDATA\[.*?\]\]>|<!--.*?-->)|&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#[xX][0-9a-fA-F]{1,6});)(?:([A-Za-z]\w{1,31});)?",
    re.DOTALL,
)
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""Characters outside of XML 1.0, section 2.2."""
_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


def mended(body: bytes) -> bytes:
    """The document in UTF-8, mended; CDATA and comments stay as they are."""
    text = _DECLARATION.sub("", _decoded(body), count=1)
    start = _ROOT.search(text)
    text = text[start.start() :] if start else text
    return _FORBIDDEN.sub("", _AMPERSAND.sub(_escaped, text)).encode("utf-8", "replace")


def _escaped(match: re.Match[str]) -> str:
    if match[1]:
        return match[1]
    if match[2] is None:
        return "&amp;"
    return html5.get(f"{match[2]};", f"&amp;{match[2]};")


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
