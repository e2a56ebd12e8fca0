"""Which headings are marked as the headline, and which stand in something that is not the article."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from crawler.extraction.document import Document
from crawler.extraction.readers.visibility import READ_ALOUD, is_hidden_by_attribute

HEADLINE_CLASS = re.compile(
    r"(?:^|[\s_-])(?:entry|post|article|story|news|page|content|main|blog|single|item|detail|art|node|artikel|beitrag)?"
    r"[_-]{0,2}(?:title|headline|hed|titel|titre|titulo|titolo|überschrift)(?:$|[\s_-])",
    re.IGNORECASE,
)
"""Class names that themes give to the headline."""

FOREIGN_TOKEN = re.compile(
    r"(?:^|[-_])(?:related|recommend(?:ed|ations?)?|side-?bar|footer|nav|navbar|navigation|menu|modal|popup|dialog"
    r"|off-?canvas|cookie|consent|gdpr|newsletter|breadcrumbs?|logo|branding|site-?title|site-?name|paywall|login"
    r"|author-?box|comments?|widget-?title|dropdown|seo-?title|popular|trending|most-?read|(?:media-?|audio-?|video-?|persistent-?|sticky-?)player)(?:$|[-_])|^Breadcrumbs",
    re.IGNORECASE,
)
"""Class tokens of what prints headings of its own, or headings for search engines."""

HIDDEN_TOKEN = re.compile(rf"(?:[a-z]{{1,3}}-)?(?:hidden|d-none|aural|{'|'.join(READ_ALOUD)})", re.IGNORECASE)
"""Whole class tokens of headings that nobody sees, unless another token shows them on some screens (`md:block`)."""

LAYOUT_TOKEN = re.compile(
    r"^(?:has|no|with|without|is|content|main|layout|page|single|elementor|category|tag|type|not)[-_]|:"
    r"|(?:side-?bar|off-?canvas)[-_](?:wrap(?:per)?|off|none)$",
    re.IGNORECASE,
)
"""Class tokens that only say how the page is laid out or filed (`content-sidebar-wrap`, `category-no-newsletter`)."""

FOREIGN_TAGS = frozenset({"nav", "aside", "footer", "dialog", "form", "noscript", "template", "figure", "button"})
"""Elements that surround articles."""

MAX_SHARE = 0.5
"""Share of the page's elements above which a container is the page itself (`div.off-canvas-wrap`, unclosed buttons)."""


def is_marked(document: Document, position: int) -> bool:
    """Whether an element's class calls it the headline."""
    name = document.classes[position]
    return bool(name and HEADLINE_CLASS.search(name))


def is_foreign(document: Document, position: int) -> bool:
    """Whether an element is hidden or stands in a part of the page that is not the article."""
    around = (position, *document.ancestors(position))
    return is_hidden_by_attribute(document.elements[position]) or _stands_apart(document, around)


def is_hidden(document: Document, position: int) -> bool:
    """Whether an element that is foreign is so only because it is hidden itself."""
    return not _stands_apart(document, document.ancestors(position))


def _stands_apart(document: Document, places: Iterable[int]) -> bool:
    bound = MAX_SHARE * len(document.tags)
    for around in places:
        if document.ends[around] - around > bound:
            return False
        name, identifier = document.classes[around], document.elements[around].get("id")
        if document.tags[around] in FOREIGN_TAGS or (name and is_foreign_class(name)):
            return True
        if identifier and is_foreign_class(identifier):
            return True
    return False


@lru_cache(maxsize=32768)
def is_foreign_class(name: str) -> bool:
    """Whether a `class` attribute has a token of what is not the article, or is hidden on every screen."""
    tokens = name.split()
    if any(FOREIGN_TOKEN.search(token) and not LAYOUT_TOKEN.search(token) for token in tokens):
        return True
    return any(map(HIDDEN_TOKEN.fullmatch, tokens)) and ":" not in name
