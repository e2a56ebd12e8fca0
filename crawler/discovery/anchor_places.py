"""Where on a page an element stands: in a heading, a list entry, a menu, the comments."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from lxml import etree

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5"})
NAVIGATION_TAGS = frozenset({"nav", "footer"})
PAGE_TAGS = frozenset({"html", "body"})
"""Their classes speak of the page, not of a block."""

_NAVIGATION = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|navigation|menu|submenu|mainmenu|footer|colophon|breadcrumbs?|topbar|masthead|languages?)"
    r"(?:$|[\s_-])",
    re.IGNORECASE,
)
"""Class, id or role of a block of navigation."""
_NEIGHBOURS = re.compile(
    r"(?:^|[\s_-])(?:post-nav\w*|posts?-navigation|nav-(?:links|previous|next|single)|adjacent)(?:$|[\s_-])"
)
"""WordPress's links to the previous and next post: navigation by name, headlines by content."""
_COMMENTS = re.compile(
    r"(?:^|[\s_-])(?:comments?|commentlist|respond|disqus_thread|kommentare?)(?:$|[\s_-])", re.IGNORECASE
)
_PAGER = re.compile(
    r"(?:^|[\s_-])(?:pagination|pager|paginator|page-numbers|page-nav|nav-links|nav-previous|nav-next|older"
    r"|load-?more|page-?links|post-page-numbers|wp-link-pages|pages)"
    r"(?:$|[\s_-])",
    re.IGNORECASE,
)
"""WordPress (`nav-links`, `page-numbers`, `nav-previous`), Bootstrap and Drupal (`pagination`, `pager`);
WordPress's parts of one post (`page-links`, `post-page-numbers`)."""


@dataclass(frozen=True, slots=True)
class Place:
    """The surroundings of an element, itself included."""

    heading: etree._Element | None = None
    """The innermost heading."""
    in_article: bool = False
    """Inside an `<article>`, as list entries of most themes are."""
    in_navigation: bool = False
    in_comments: bool = False
    in_pager: bool = False


NOWHERE = Place()


class Places:
    """Places of the elements of one page; every ancestor is looked at once."""

    def __init__(self) -> None:
        self._known: dict[etree._Element, Place] = {}

    def of(self, element: etree._Element) -> Place:
        """The place of an element."""
        unknown: list[etree._Element] = []
        node: etree._Element | None = element
        while node is not None and node not in self._known:
            unknown.append(node)
            node = node.getparent()
        place = self._known[node] if node is not None else NOWHERE
        for inner in reversed(unknown):
            place = _inside(place, inner)
            self._known[inner] = place
        return place


def _inside(place: Place, element: etree._Element) -> Place:
    tag = element.tag
    if tag in PAGE_TAGS:
        return place
    names = (element.get("class"), element.get("id"), element.get("role"))
    marks = " ".join(name for name in names if name)
    if tag == "article" or tag in HEADINGS:
        place = replace(place, heading=element) if tag != "article" else replace(place, in_article=True)
    if not marks and tag not in NAVIGATION_TAGS:
        return place
    navigation, comments, pager = _flags(marks, tag in NAVIGATION_TAGS)
    if not (navigation or comments or pager):
        return place
    return Place(
        place.heading,
        place.in_article,
        place.in_navigation or navigation,
        place.in_comments or comments,
        place.in_pager or pager,
    )


@lru_cache(maxsize=4096)
def _flags(marks: str, is_navigation_tag: bool) -> tuple[bool, bool, bool]:
    """Whether class, id and role speak of navigation, comments, a pager; a site repeats its marks on every page."""
    is_navigation = is_navigation_tag or _NAVIGATION.search(marks) is not None
    return (
        is_navigation and _NEIGHBOURS.search(marks) is None,
        _COMMENTS.search(marks) is not None,
        _PAGER.search(marks) is not None,
    )
