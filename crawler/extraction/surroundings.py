"""Parts of a page that are not its article: navigation, sidebars, cards of other posts, comments."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from crawler.extraction.document import Document
from crawler.extraction.layout import Layout

FOREIGN_TAGS = ("nav", "aside", "article", "footer")
"""Elements that hold something else, unless they hold the article's headline or body themselves."""

FOREIGN_CLASS = re.compile(
    r"(?:^|[-_])(?:nav|navbar|navigation|mega-?menu|menu|side-?bar|tag-?cloud|tagcloud|related|recommend(?:ed|ations?)"
    r"|popular|most-?read|trending|latest-?posts?|recent-?posts?|comments?|comment-?list|disqus|newsletter|promo"
    r"|teasers?|also-?read|read-?next|more-?stories|outbrain|taboola|cookie|consent|modal|site-?footer)(?:$|[-_])",
    re.IGNORECASE,
)
"""Class tokens of such parts in the common themes and CMSs; `has-sidebar` on `<body>` holds the article and is none."""


@dataclass(frozen=True, slots=True)
class Zones:
    """The foreign parts as disjoint ranges of positions."""

    starts: tuple[int, ...]
    """First positions, ascending."""
    ends: tuple[int, ...]
    """Positions behind the last descendant."""

    def is_foreign(self, position: int) -> bool:
        """Whether a position lies in a foreign part."""
        index = bisect_right(self.starts, position) - 1
        return index >= 0 and position < self.ends[index]


def foreign_zones(document: Document, layout: Layout) -> Zones:
    """The parts that hold neither the headline nor the start of the body."""
    own = [position for position in (layout.headline, layout.body_start) if position is not None]
    starts: list[int] = []
    ends: list[int] = []
    for start in document.once(_marked):
        end = document.ends[start]
        if any(start <= position < end for position in own):
            continue
        if not ends or start >= ends[-1]:
            starts.append(start)
            ends.append(end)
    return Zones(tuple(starts), tuple(ends))


def _marked(document: Document) -> list[int]:
    found = {position for tag in FOREIGN_TAGS for position in document.by_tag.get(tag, ())}
    found -= {footer for footer in document.by_tag.get("footer", ()) if _is_part_of_article(document, footer)}
    for token, positions in document.by_class.items():
        if FOREIGN_CLASS.search(token):
            found.update(positions)
    return sorted(found)


def _is_part_of_article(document: Document, footer: int) -> bool:
    """HTML: a footer belongs to its nearest sectioning element; `<footer class=entry-footer>` holds tags and bio."""
    return any(document.tags[ancestor] in {"article", "main"} for ancestor in document.ancestors(footer))
