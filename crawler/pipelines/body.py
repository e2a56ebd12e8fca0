"""The body without what stands beside it (avatar text, byline, headline, biography) and without repeated blocks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from crawler.pipelines.names import clean_name, is_avatar_text
from crawler.pipelines.text import blocks_of, clean_text

LONG_BLOCK = 80
"""Characters from which a block that occurs again is a copy, not a refrain, an answer or a command."""
LONG_BIO = 40
"""Characters from which the biography is told from a phrase that the article may use itself."""
PICTURE = re.compile(r"!\[([^\]]*)\]\([^)]*\)")
MARKUP = re.compile(r"^[#>\s]+|[*_`]+")
FENCE = "```"


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the page prints beside the body, and what of it must not stand in the body again."""

    title: str | None = None
    names: frozenset[str] = frozenset()
    """Names of the authors, and the byline."""
    bio: str | None = None


def clean_body(text: str | None, around: Surroundings) -> str | None:
    """The body, as text or Markdown, without its surroundings and without copies of its own blocks.

    No block is changed, only left out; a body that consists of its surroundings alone stays as it is.
    """
    cleaned = clean_text(text)
    if cleaned is None:
        return None
    blocks, before = blocks_of(cleaned), None
    while blocks != before:  # a copy that goes may uncover a byline, and a byline a copy
        before = blocks
        blocks = _without_copies(_inner([block for block in blocks if not _is_avatar(block, around)], around)) or blocks
    return "\n\n".join(blocks)


def _plain(block: str) -> str:
    return " ".join(MARKUP.sub("", PICTURE.sub(r"\1", block)).split())


def _is_avatar(block: str, around: Surroundings) -> bool:
    if len(block) > LONG_BLOCK and not block.startswith("!["):
        return False
    picture = PICTURE.fullmatch(block)
    if picture:
        return is_avatar_text(picture[1], around.names)
    return is_avatar_text(_plain(block))


def _inner(blocks: Sequence[str], around: Surroundings) -> list[str]:
    """The blocks between headline and byline above and byline and biography below."""
    start, end = 0, len(blocks)
    while start < end and _is_heading_matter(_plain(blocks[start]), around):
        start += 1
    while end > start and _is_closing_matter(_plain(blocks[end - 1]), around):
        end -= 1
    return list(blocks[start:end])


def _is_byline(plain: str, around: Surroundings) -> bool:
    return len(plain) < LONG_BLOCK and clean_name(plain) in around.names


def _is_heading_matter(plain: str, around: Surroundings) -> bool:
    return plain == around.title or _is_byline(plain, around)


def _is_closing_matter(plain: str, around: Surroundings) -> bool:
    if around.bio and len(around.bio) >= LONG_BIO and plain == " ".join(around.bio.split()):
        return True
    return _is_byline(plain, around)


def _without_copies(blocks: list[str]) -> list[str]:
    """Each long block once, and a body that is printed several times over once."""
    return _first_of_each(_one_period(blocks))


def _one_period(blocks: list[str]) -> list[str]:
    if not any(len(block) >= LONG_BLOCK for block in blocks):
        return blocks
    for period in range(1, len(blocks) // 2 + 1):
        if len(blocks) % period == 0 and blocks == blocks[:period] * (len(blocks) // period):
            return blocks[:period]
    return blocks


def _first_of_each(blocks: list[str]) -> list[str]:
    seen: set[str] = set()
    kept: list[str] = []
    fenced = False
    for block in blocks:
        in_code = fenced or FENCE in block
        fenced ^= block.count(FENCE) % 2 == 1
        if in_code or len(block) < LONG_BLOCK or block not in seen:
            kept.append(block)
        seen.add(block)
    return kept
