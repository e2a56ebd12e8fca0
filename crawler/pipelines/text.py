"""Text without characters that nobody sees, and the white space of all kinds made one kind."""

from __future__ import annotations

import re

INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f"  # C0 and C1 controls but for tab and line breaks
    "\u00ad\u034f\u061c\u180e\u200b\u200e\u200f\u2060-\u2064\ufeff"  # soft hyphen, joiners of nothing, direction marks
    "\u202a-\u202e\u2066-\u2069\ufff9-\ufffb"  # overrides of direction (CVE-2021-42574), interlinear annotation
    "\U000e0001\ud800-\udfff]"  # language tag; lone surrogates, which UTF-8 cannot hold
)
"""Characters that carry no text. Zero-width joiner and non-joiner (U+200C, U+200D) are spelling and stay."""
LINE_BREAK = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
"""What breaks lines beside the line feed (Unicode, UAX 14: BK, CR, NL)."""
SPACE = re.compile("[\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
"""White space (Unicode property) other than the space and line breaks."""
UNCLEAN = re.compile(f"[{INVISIBLE.pattern[1:-1]}\r\x0b\x0c\x85\u2028\u2029{SPACE.pattern[1:-1]}]")
"""Any of the above as one class: most texts have none, and one search finds that out."""


def clean_line(text: str | None) -> str | None:
    """The text on one line with single spaces; None where nothing is left."""
    if text is None:
        return None
    return " ".join(_visible(text).split()) or None


def clean_text(text: str | None) -> str | None:
    """The text with one blank line between blocks; inner line breaks and indentation stay. None if nothing is left."""
    if text is None:
        return None
    joined = "\n".join(line.rstrip(" ") for line in _visible(text).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", joined).strip("\n") or None


def _visible(text: str) -> str:
    """The text with one kind of space and of line break, and without what nobody sees."""
    if not UNCLEAN.search(text):
        return text
    return INVISIBLE.sub("", SPACE.sub(" ", LINE_BREAK.sub("\n", text)))


def blocks_of(text: str) -> list[str]:
    """The blocks of a cleaned text."""
    return text.split("\n\n")
