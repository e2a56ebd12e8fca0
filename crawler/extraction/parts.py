"""One article out of the parts that it is spread over."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from crawler.extraction.completeness import UNKNOWN, is_mended
from crawler.items import Article, Image
from crawler.words import count_words


def join_parts(parts: Sequence[Article], *, missing: int = 0) -> Article:
    """The first part with the text and pictures of all of them, in order.

    A block that a later part repeats word for word from an earlier one (a standfirst, a table of contents) comes once.
    `missing`: parts that could not be read; the text is then not complete.
    """
    first = parts[0]
    if len(parts) == 1 and not missing:
        return first
    body = _join(part.body for part in parts)
    joined = replace(
        first, body=body, body_markdown=_join(part.body_markdown for part in parts), images=_images(parts),
        word_count=count_words(body),
    )  # fmt: skip
    if missing:
        return replace(joined, body_complete=False, body_complete_reason=f"{missing} of its parts could not be read")
    complete, reason = _completeness(parts)
    return replace(joined, body_complete=complete, body_complete_reason=reason)


def _completeness(parts: Sequence[Article]) -> tuple[bool | None, str | None]:
    """What is said of the whole text: cut where a part is, for another reason than that there are several."""
    cut = [part.body_complete_reason for part in parts if part.body_complete is False]
    reason = next((why for why in cut if not is_mended(why, parts=len(parts))), None)
    if reason:
        return False, reason
    return (True, None) if parts[-1].body_complete else (None, UNKNOWN)


def _join(texts: Iterable[str | None]) -> str | None:
    """The blocks of all texts; one that an earlier text had comes once, repetitions within a text stay."""
    blocks: list[str] = []
    for text in texts:
        earlier = set(blocks)
        blocks += [block for block in (text or "").split("\n\n") if block and block not in earlier]
    return "\n\n".join(blocks) or None


def _images(parts: Sequence[Article]) -> list[Image]:
    return list({image.url: image for part in reversed(parts) for image in reversed(part.images)}.values())[::-1]
