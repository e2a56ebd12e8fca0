"""Is the whole article on the page? Teasers, paywalls and cut responses."""

from __future__ import annotations

from dataclasses import dataclass

from crawler.extraction.body import Body
from crawler.extraction.document import Document


@dataclass(frozen=True, slots=True)
class Completeness:
    """Whether the body is whole."""

    complete: bool | None
    """True, False, or None where it cannot be told."""
    reason: str | None = None
    """The grounds where it is not True."""


def judge_completeness(document: Document, body: Body, access: str | None) -> Completeness:
    """Whether the body is the whole article."""
    return Completeness(None, "not yet decided")
