"""Is it an article? A decision with a reason for every page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from crawler.extraction.body import Body
from crawler.extraction.document import Document
from crawler.extraction.evidence import Choice
from crawler.extraction.layout import Layout
from crawler.extraction.page_model import Verdict, weigh
from crawler.extraction.page_rules import RULES
from crawler.extraction.page_signals import Seen, read_signals


@dataclass(frozen=True, slots=True)
class PageType:
    """What a page is."""

    name: str
    """`article`, `listing`, `front_page`, `author_page`, `search`, `page` (about, service, contact), `product`,
    `forum`, `documentation`, `error`, `login_wall`, `consent_wall`, `bot_check`, `empty`."""
    reason: str
    """The grounds, in words."""


def decide_page_type(
    document: Document, body: Body, layout: Layout, *, choices: Mapping[str, Choice[Any]] | None = None
) -> PageType:
    """What the page is, with the grounds.

    First the rules that software and addresses make certain, in their order; a page that none of them names is weighed
    by the model on all signals together.
    """
    seen = Seen.of(document, body, layout, choices or {})
    for rule in RULES:
        found = rule.read(seen)
        if found:
            return PageType(rule.name, found)
    verdict = weigh(read_signals(seen))
    return PageType(verdict.name, _in_words(verdict))


def _in_words(verdict: Verdict) -> str:
    rival = f"rather than {verdict.rival}" if verdict.rival else ""
    return f"{verdict.probability:.2f} {rival} by {'; '.join(verdict.grounds)}".replace("  ", " ")
