"""Parts of a page by their class names: what is not the article, and what the article is filed under."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache

from crawler.extraction.document import Document
from crawler.extraction.layout import Layout

FOREIGN_TAGS = ("nav", "aside", "article", "footer")
"""Elements that hold something else, unless they hold the article's headline or body themselves."""

FOREIGN_CLASS = re.compile(
    r"(?:^|[-_])(?:nav|navbar|navigation|mega-?menu|menu|side-?bar|tag-?cloud|tagcloud|related|recommend(?:ed|ations?)"
    r"|popular|most-?read|trending|latest-?posts?|recent-?posts?|comments?|comment-?list|disqus|newsletter|promo"
    r"|teasers?|also-?read|read-?next|more-?stories|outbrain|taboola|cookie|consent|modal|site-?footer|rewards?|donat(?:e|ions?))(?:$|[-_])|^widget$",
    re.IGNORECASE,
)
"""Class tokens of such parts in the common themes and CMSs; `has-sidebar` on `<body>` holds the article and is none.
Elementor calls every part of a page a widget of some kind; a widget and nothing else stands beside the article."""


TAG_CLASS = re.compile(
    r"(?:(?:post|entry|article|story|meta|blog|single|content|news|item|page|md|td|field--name-field|c|m)[-_]{1,2})*"
    r"(?:tags?|topics?|keywords?|labels|hash-?tags?|taglist)(?:[-_]{1,2}(?:links?|list|items?|container|wrap(?:per)?|block"
    r"|section|group|viewlet))?",
    re.IGNORECASE,
)
"""Class tokens of tag lists: WordPress `tags-links`, Blogger `post-labels`, Drupal `field--name-field-tags`, Material
for MkDocs `md-tags`, Hexo `article-tag-list`, Plone `keywords-viewlet`, BEM forms such as `article__tags`."""

CATEGORY_CLASS = re.compile(
    r"(?:cat-links?|category-links|post-categor(?:y|ies)|entry-categor(?:y|ies)|meta-cat(?:egory)?|mg-blog-category"
    r"|cm-post-categories|taxonomy-category|article-categor(?:y|ies)|article-category-link|post-?cat|td-post-category"
    r"|article__(?:section|category|kicker)|story__section|section-label)",
    re.IGNORECASE,
)
"""Class tokens that hold the links to an article's categories in common themes."""

BREADCRUMB_CLASS = re.compile(r"breadcrumbs?(?:[-_]{1,2}(?:list|trail|nav|container|wrapper|items))?", re.IGNORECASE)
"""Class tokens of breadcrumb trails: Bootstrap `breadcrumb`, Yoast `breadcrumbs`, BEM forms."""


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
    read = document.once(_read_zones)
    if layout not in read:
        read[layout] = _zones(document, layout)
    return read[layout]


def _read_zones(_: Document) -> dict[Layout, Zones]:
    """Where the zones of a document are kept: three fields ask for the same."""
    return {}


def _zones(document: Document, layout: Layout) -> Zones:
    own = [position for position in (layout.headline, layout.body_start) if position is not None]
    ends = document.ends
    starts: list[int] = []
    last = -1
    for start in _marked(document):
        if start >= last and not any(start <= position < ends[start] for position in own):
            starts.append(start)
            last = ends[start]
    return Zones(tuple(starts), tuple(ends[start] for start in starts))


def _marked(document: Document) -> list[int]:
    found = {position for tag in FOREIGN_TAGS for position in document.by_tag.get(tag, ())}
    found -= {footer for footer in document.by_tag.get("footer", ()) if _is_part_of_article(document, footer)}
    found.update(document.once(class_roles)["foreign"])
    found.update(document.by_id[name] for name in document.ids if _is_foreign_id(name))
    return sorted(found)


@lru_cache(maxsize=50_000)
def _is_foreign_id(name: str) -> bool:
    """Whether an id calls a part of the page what class names would, as templates of one sheet do: `id="sidebar"`."""
    return FOREIGN_CLASS.search(name) is not None


def class_roles(document: Document) -> dict[str, list[int]]:
    """Positions by what their class says they hold: `foreign`, `tags`, `category`, `breadcrumbs`."""
    found: dict[str, list[int]] = {"foreign": [], "tags": [], "category": [], "breadcrumbs": []}
    by_class = document.by_class
    telling = [(token, roles) for token, roles in zip(by_class, map(_roles, by_class), strict=True) if roles]
    for token, roles in telling:
        for role in roles:
            found[role] += by_class[token]
    return {role: sorted(set(positions)) for role, positions in found.items()}


@lru_cache(maxsize=50_000)
def _roles(token: str) -> tuple[str, ...]:
    # The pages of one site share their class names, so that each is looked at once a site.
    looks = (("tags", TAG_CLASS), ("category", CATEGORY_CLASS), ("breadcrumbs", BREADCRUMB_CLASS))
    named = tuple(role for role, pattern in looks if pattern.fullmatch(token))
    return (*named, "foreign") if FOREIGN_CLASS.search(token) else named


def _is_part_of_article(document: Document, footer: int) -> bool:
    """HTML: a footer belongs to its nearest sectioning element; `<footer class=entry-footer>` holds tags and bio."""
    return any(document.tags[ancestor] in {"article", "main"} for ancestor in document.ancestors(footer))
