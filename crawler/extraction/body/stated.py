"""The `articleBody` of JSON-LD (schema.org/Article): the body of pages whose markup has none."""

from __future__ import annotations

import re
from html import unescape

from crawler.extraction.document import Document

LEAST = 250
"""Characters below which a stated body is a teaser or a slogan."""
TEASER = 700
"""Characters up to which a stated body that ends in an ellipsis is a teaser."""
MUCH_MORE = 2.5
"""How many times the markup's own text a stated body has to be before it replaces it."""

_BREAK = re.compile(
    r"<br\s*/?>\s*<br\s*/?>|</?(?:p|div|h[1-6]|li|ul|ol|blockquote|section|table|tr|figure)\b[^>]*>|\n\s*\n|\r\n?",
    re.IGNORECASE,
)
_SILENT = re.compile(r"<(script|style|figcaption|figure)\b.*?</\1\s*>", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(r"</?[a-zA-Z!][^>]*>")


def stated_paragraphs(document: Document) -> list[str]:
    """The paragraphs of the longest `articleBody`; markup and entities in it, often escaped twice, are resolved."""
    bodies = [node.get("articleBody") for node in document.page.json_ld]
    longest = max((body for body in bodies if isinstance(body, str)), key=len, default="")
    if len(longest) < LEAST:
        return []
    text = unescape(longest)
    if "&lt;" in text or "&amp;" in text or "&#" in text or "&nbsp;" in text:
        text = unescape(text)
    parts = _BREAK.split(_SILENT.sub(" ", text))
    paragraphs = [" ".join(_TAG.sub("", part).split()) for part in parts]
    return [paragraph for paragraph in paragraphs if paragraph]


def prefer_stated(paragraphs: list[str], text: str) -> bool:
    """Whether the stated body replaces the one read from the markup."""
    length = sum(map(len, paragraphs))
    if length < LEAST or (length < TEASER and paragraphs[-1].endswith(("…", "...", "[…]", "[...]"))):
        return False
    return length > MUCH_MORE * len(text)
