"""How long a text is: its words, and its extent across scripts."""

from __future__ import annotations

import re

_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
"""Letters of Thai, Lao, Khmer, Japanese and Chinese, which are written without spaces between words."""

_WIDE = re.compile("[\u3040-\U0010ffff]")
"""Where such scripts begin: one range, which is looked for in a third of the time of several."""
_IDEOGRAMS = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+")
IDEOGRAM = 3
"""Latin letters that say what one Han or kana letter says, about: texts in both scripts can then be compared."""


def count_words(text: str | None) -> int | None:
    """Words between white space; a letter of a script without spaces counts as one. None for no text."""
    if not text:
        return None
    return len((text if text.isascii() else _UNSPACED.sub(" x ", text)).split())


def extent(text: str) -> int:
    """Characters of a text as if it were written in letters: a Han or kana letter counts as IDEOGRAM of them."""
    if text.isascii() or not _WIDE.search(text):
        return len(text)
    return len(text) + (IDEOGRAM - 1) * sum(map(len, _IDEOGRAMS.findall(text)))
