"""How many words a text has."""

from __future__ import annotations

import re

_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
"""Letters of Thai, Lao, Khmer, Japanese and Chinese, which are written without spaces between words."""


def count_words(text: str | None) -> int | None:
    """Words between white space; a letter of a script without spaces counts as one. None for no text."""
    if not text:
        return None
    return len((text if text.isascii() else _UNSPACED.sub(" x ", text)).split())
