"""What an HTTP status means for a crawl: one table."""

from __future__ import annotations

from enum import StrEnum

REDIRECTS = frozenset({301, 302, 303, 307, 308})


class Answer(StrEnum):
    """The meaning of an answer."""

    OK = "ok"
    """The document is here."""
    UNCHANGED = "unchanged"
    """It is as it was when its validators were given."""
    MOVED = "moved"
    """It is at another address."""
    MISSING = "missing"
    """There is no such document, as far as the server knows now."""
    REFUSED = "refused"
    """The server does not want to give it to us."""
    LATER = "later"
    """Not now: the document may be there another time."""
    SLOW_DOWN = "slow_down"
    """Not now, and the whole host wants to be left alone for a while."""
    BAD = "bad"
    """An answer that has no use: asked for wrongly, or empty."""


STATUSES: tuple[tuple[frozenset[int] | range, Answer], ...] = (
    (frozenset({204, 205, 206}), Answer.BAD),  # 206: a part, which nobody asked for
    (range(200, 300), Answer.OK),
    (frozenset({304}), Answer.UNCHANGED),
    (REDIRECTS, Answer.MOVED),
    (frozenset({404, 410}), Answer.MISSING),
    (frozenset({401, 402, 403, 407, 451}), Answer.REFUSED),
    (frozenset({429, 503}), Answer.SLOW_DOWN),
    (frozenset({408, 425}), Answer.LATER),
    (range(500, 600), Answer.LATER),
)
"""First match wins; whatever is not named is BAD. RFC 9110, 15; RFC 6585 (429), RFC 7725 (451), RFC 8470 (425)."""


def meaning(status: int) -> Answer:
    """What an HTTP status means."""
    return next((answer for statuses, answer in STATUSES if status in statuses), Answer.BAD)
