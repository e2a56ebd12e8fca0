"""Where on the page a byline of the main article can stand, from headline and body, robust where either is missing."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import lru_cache

from crawler.extraction.document import Document
from crawler.extraction.layout import Layout

ABOVE = 60
"""Elements before the headline that still belong to it where they share a container."""

LEAD = 4
"""Elements from the first block of the body on that may be a byline which was taken for it."""

BEHIND = 220
"""Elements after the body among which a signature or an author box is looked for."""

STANDFIRST, PROSE = 30, 80
"""Elements between a standfirst and the text, and characters that make a paragraph of it."""

OPENING = 90
"""Elements after the headline that are looked through for a line that begins with a label."""

SIGNED = 5
"""Elements before and behind the end of the body that a signature may stand in."""

FAR_OPENING = 15
"""Elements around the first block of a body that does not follow its headline at once: a menu stands between them."""

_NO_AUTHORS = (
    r"comment|respon(?:d|ses?(?![a-z]))|related|recommend|trending|popular|most-?read|most-?view|newsletter|read-?next|"
    r"up-?next|more-from|more-stories|also-like|latest-(?:news|stor)|card-list|cookie|consent|disqus|zergnet|outbrain|"
    r"taboola|testimonial"
)
_OTHERS = rf"{_NO_AUTHORS}|latest-post|recent-?posts|tweet|next-?(?:article|post|story)"
_OTHER_PEOPLE = re.compile(_OTHERS, re.IGNORECASE)
"""Other posts and their authors, comments and their writers."""
_FOREIGN = re.compile(
    rf"{_OTHERS}|carousel|slider|masthead|navbar|breadcrumb|caption|gallery-item|review-?s\b|(?:^|\s)(?:widget|"
    rf"sidebar|side-bar)|"
    r"(?:^|[\s_-])(?:promos?|teasers?|menu|nav|reply|adverts?|advertisement|read-?more)(?:$|[\s_-])|"
    r"(?:^|\s|site-|page-|global-|main-)footer(?:$|[\s_-])",
    re.IGNORECASE,
)
"""The same, and parts of the page that are not about the article."""
_FOOTER = re.compile(r"(?<![\w-])footer(?![\w-])", re.IGNORECASE)
"""What calls an author box the end of its article: `author-bio footer`."""
_FOREIGN_TAGS = frozenset(
    {"nav", "aside", "figure", "figcaption", "dialog", "form", "select", "noscript", "blockquote"}
)


_ELSEWHERE = re.compile(
    rf"{_NO_AUTHORS}|carousel|slider|promo|navbar|menu|breadcrumb|advert|reply|post-list|archive-list|recirculation",
    re.IGNORECASE,
)
"""What an author box does not stand in; unlike a byline it may stand in a sidebar or a footer."""
_ABOUT = re.compile(r"(?<![\w-])about(?![\w-])", re.IGNORECASE)
"""What Hydejack calls the author's box before "related": `about related`."""


class Region:
    """Zones of one page: `above`, `head`, `inside`, `tail`; empty elsewhere and in other posts' containers."""

    def __init__(self, document: Document, layout: Layout) -> None:
        self.document = document
        headings = document.by_tag.get("h1", [])
        last = layout.body_end if layout.body_end is not None else len(document.elements)
        first = next((position for position in headings if position <= last), None)
        self.headline = layout.headline if layout.headline is not None else first
        anchor = self.headline if self.headline is not None else layout.body_start
        self.anchor: int = anchor if anchor is not None else 0
        self.shared = frozenset(document.ancestors(self.anchor)) | {self.anchor}
        self.is_placed = layout.body_start is not None and layout.body_start > self.anchor
        self.start = self._start(layout)
        last = len(document.elements) - 1
        end = layout.body_end if layout.body_end is not None and layout.body_end > self.start else self.start
        self.end = min(end, last)
        self.second = self._second()
        self._foreign: dict[int, bool] = {}
        self._elsewhere: dict[int, bool] = {}

    def _start(self, layout: Layout) -> int:
        if layout.body_start is not None and layout.body_start > self.anchor:
            return layout.body_start
        later = (position for position in self.document.by_tag.get("p", []) if position > self.anchor)
        return next((p for p in later if len(self.document.text(p)) > PROSE), self.anchor + OPENING)

    def _second(self) -> int:
        """The next paragraph of prose behind the first block of the body, which may be a standfirst above a byline.

        Where the first block stands apart from the text, lists of links to share the article may stand between.
        """
        document = self.document
        if self.start >= len(document.ends):
            return self.start
        first, apart = document.ends[self.start], document.ends[document.parents[self.start]]
        paragraphs = document.by_tag.get("p", [])
        near = paragraphs[bisect_left(paragraphs, first) : bisect_left(paragraphs, first + OPENING)]
        prose = next((p for p in near if len(document.text(p)) > PROSE and not self._is_on_card(p)), first)
        return prose if prose < first + STANDFIRST or prose >= apart else first

    def _is_on_card(self, position: int) -> bool:
        """Whether a paragraph stands in an article other than the page's own, or in a link to one."""
        around = [p for p in self.document.ancestors(position) if p not in self.shared and not self._holds_body(p)]
        return any(self.document.tags[p] in ("article", "a") for p in around)

    def is_near(self, position: int) -> bool:
        """Whether a position may lie in a zone, without looking at its ancestors."""
        return self.anchor - ABOVE <= position <= self.end + BEHIND

    def reach(self) -> tuple[int, int]:
        """The positions between which every zone lies."""
        return self.anchor - ABOVE, self.end + BEHIND + 1

    def opening(self) -> range:
        """Positions between the headline and the body."""
        return range(self.anchor + 1, min(len(self.document.elements), self.start + LEAD, self.anchor + OPENING))

    def introduction(self) -> range:
        """Positions between the headline and the body, what stands between a standfirst and the text included."""
        opening = self.opening()
        last = min(self.second, self.anchor + OPENING, len(self.document.elements))
        return range(opening.start, max(opening.stop, last))

    def closing(self) -> range:
        """Positions of the last blocks of the body and of the elements right behind it."""
        last = len(self.document.elements)
        return range(max(self.start, self.end - SIGNED), min(last, self.document.ends[self.end] + SIGNED))

    def near(self) -> Iterator[int]:
        """Positions around the headline and at both ends of the body, where a line may begin with a label."""
        last = len(self.document.elements)
        opening = range(
            max(0, self.anchor - 15), min(last, max(self.start + 4, self.anchor + 40), self.anchor + OPENING)
        )
        start = range(max(opening.stop, self.start - FAR_OPENING), min(last, self.start + FAR_OPENING))
        closing = range(max(opening.stop, start.stop, self.end - 6), min(last, self.end + 12))
        yield from opening
        yield from start
        yield from closing

    def zone(self, position: int, *, marked: bool = False) -> str:
        """The zone that a position lies in; empty for none.

        Below the headline a marked byline may stand in anything.
        """
        if not self.is_near(position):
            return ""
        zone = self._place(position)
        if marked and zone == "head":
            return "" if self._is_of_others(position) else zone
        return "" if self._is_foreign(position) else zone

    def _place(self, position: int) -> str:
        if position < self.anchor:
            return "above"
        if position < self.start or position < min(self.start + LEAD, self.document.ends[self.end]):
            return "head"
        if self.start < len(self.document.ends) and self.document.ends[self.start] <= position < self.second:
            return "head"
        return "inside" if position <= self.end else "tail"

    def _is_of_others(self, position: int) -> bool:
        document = self.document
        around = [p for p in (position, *document.ancestors(position)) if p not in self.shared]
        return any(_speaks_of_others(self._words(p)) for p in around)

    def _words(self, position: int) -> str:
        """Class, id and microdata's property of an element as written."""
        element = self.document.elements[position]
        marks = (self.document.classes[position], element.get("id"), element.get("itemprop"))
        return " ".join(filter(None, marks))

    def _is_foreign(self, position: int) -> bool:
        """Whether an ancestor that does not also hold the headline belongs to something else."""
        if position in self.shared:
            return False
        if position not in self._foreign:
            parent = self.document.parents[position]
            self._foreign[position] = self._names_other(position) or (parent >= 0 and self._is_foreign(parent))
        return self._foreign[position]

    def is_elsewhere(self, position: int) -> bool:
        """Whether an author box at a position would belong to a comment, another post or a list of posts."""
        if position in self.shared or position < 0:
            return False
        if position not in self._elsewhere:
            document = self.document
            own = _is_elsewhere(self._words(position)) or document.tags[position] in ("form", "dialog")
            self._elsewhere[position] = own or self.is_elsewhere(document.parents[position])
        return self._elsewhere[position]

    def _is_page_footer(self, position: int) -> bool:
        """Whether a `footer` belongs to the page; the footer of an article may carry its byline."""
        if self.document.tags[position] != "footer":
            return False
        return not any(
            self.document.tags[p] == "article" and (p in self.shared or self._holds_whole_body(p))
            for p in self.document.ancestors(position)
        )

    def _holds_body(self, position: int) -> bool:
        """Whether an element holds a part of the body."""
        return position <= self.end and self.document.ends[position] > self.start

    def _holds_whole_body(self, position: int) -> bool:
        """Whether an element holds the body from end to end, where its place is known."""
        return self.is_placed and position <= self.start and self.document.ends[position] > self.end

    def _names_other(self, position: int) -> bool:
        tag = self.document.tags[position]
        if self._holds_whole_body(position):  # `sidebar-right` says what the article has beside it
            return _speaks_of_others(self._words(position))
        if tag == "blockquote" and "copyright" in (self.document.classes[position] or ""):
            return False  # a frame around a notice, and nobody's words
        if tag in _FOREIGN_TAGS or self._is_page_footer(position):
            return True
        if tag == "article" and not self._holds_body(position):
            return True  # another post
        return _is_foreign(self._words(position))


@lru_cache(maxsize=16384)
def _speaks_of_others(words: str) -> bool:
    return len(words) > 1 and bool(_OTHER_PEOPLE.search(words))


@lru_cache(maxsize=16384)
def _is_foreign(words: str) -> bool:
    if "author" in words:
        words = _FOOTER.sub(" ", words)
    return len(words) > 1 and bool(_FOREIGN.search(words))


@lru_cache(maxsize=16384)
def _is_elsewhere(words: str) -> bool:
    return len(words) > 1 and bool(_ELSEWHERE.search(words)) and not _ABOUT.search(words)
