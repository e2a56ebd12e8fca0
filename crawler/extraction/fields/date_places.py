"""Where dates stand: elements that are made or named for them, and parts of the page that print other dates."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from itertools import islice

from crawler.extraction.document import SUBHEADINGS, Document

DATE_PART = re.compile(r"date(?!base)|time(?!line|out|s\b)|publish|posted|datum")
"""What the class token of a date may contain anywhere; templates glue words together (`itemPostDate`)."""

DATE_WORD = re.compile(r"[\n_-](?:meta|byline|pub|fecha|data|tarih|created|updated|infos?|submitted|author)(?=[\n_-])")
"""Whole words in the class token of what prints dates, between hyphens, underscores and the ends."""

_IN_DATES = re.compile("date|time|publish|posted|datum|meta|byline|pub|fecha|data|tarih|created|info|submitted|author")
"""What the patterns above hold, for a first choice."""

FOREIGN_CLASS = re.compile(
    r"(?:^|[\s_-])(?:related|recommend\w*|comments?|nav|navbar|menu|(?<!elementor-)widget|popular|trending|latest|recent|newsletter"
    r"|copyright|rating|reviews?|events?|most-?read|prev|next|more-?(?:news|posts|stories)|header-date"
    r"|ticker|weather|breadcrumbs?|promo|read-?(?:more|next)|author-?box|top-?bar|masthead|site-header|info-left|today"
    r"|current[_-]?(?:date|time|day)|date[_-]?now|clock)(?:$|[\s_-])",
    re.IGNORECASE,
)
"""Class names of parts that print the dates of other things, or the day of the visit (`ul.info-left` of one theme)."""

CAPTION_CLASS = re.compile(r"(?:^|[\s_-])caption(?:$|[\s_-])", re.IGNORECASE)
"""Class names of captions, where a picture stands beside them; designers also call small print so (Shopify's Dawn)."""

FOREIGN_TAGS = frozenset({"nav", "figure", "figcaption", "blockquote", "select", "form", "head"})
"""Elements that print the dates of other things."""

PAGE_PARTS = frozenset({"header", "footer", "aside", "article"})
"""Elements that belong to the page or to an article, depending on where they stand."""

TIME_TAGS = frozenset({"time", "date", "relative-time", "time-ago", "local-time", "faceplate-timeago"})
"""Elements made for dates: HTML's own, and the web components of large platforms."""

OWN_ARTICLE = 60
"""How far behind a headline the `<article>` may begin that it heads (Drupal prints titles in blocks of their own)."""

TEASER_LEVELS, TEASER_SIZE = 4, 30
"""Levels above a date, and elements, within which a teaser of another page stands."""
TEASER_WORDS = 5
"""Words of a link that is a title; names and categories have fewer."""

MAX_LAYOUT_CELLS = 6
CELLS_IN_A_ROW = 2
"""Cells of a row of data, on average; pages that tables lay out have rows of one cell."""
NEAR = 30
"""Elements behind the headline within which a date line stands."""

MAX_SHARE = 0.5
"""Share of the page's elements above which a container is the page itself."""


def marked_positions(document: Document) -> frozenset[int]:
    """Positions of the elements that are made for dates or named so."""
    return document.once(_marked_positions)


def _marked_positions(document: Document) -> frozenset[int]:
    found = {position for tag in TIME_TAGS for position in document.by_tag.get(tag, ())}
    for token in filter(_names_date, document.by_class):
        found.update(document.by_class[token])
    return frozenset(found)


@lru_cache(maxsize=32768)
def _names_date(token: str) -> bool:
    """Whether a class token names a date."""
    lower = f"\n{token.lower()}\n"
    if _IN_DATES.search(lower) is None:
        return False
    return DATE_PART.search(lower) is not None or DATE_WORD.search(lower) is not None


@lru_cache(maxsize=32768)
def _is_foreign_class(name: str) -> bool:
    return FOREIGN_CLASS.search(name) is not None


def is_elsewhere(document: Document, position: int, headline: int | None) -> bool:
    """Whether a date stands in something else than the article: never in what holds headline or page."""
    is_marked = position in marked_positions(document)
    bound = MAX_SHARE * len(document.tags)
    for around in (position, *document.ancestors(position)):
        if document.ends[around] - around > bound or (
            headline is not None and around <= headline < document.ends[around]
        ):
            return False
        name, tag = document.classes[around], document.tags[around]
        if (
            tag in FOREIGN_TAGS
            or (name and (_is_foreign_class(name) or _is_caption(document, around, name)))
            or document.elements[around].get("id") == "comments"  # what most templates call the list of comments
            or (tag == "table" and headline and not is_marked and _is_data(document, around, position - headline))
        ):
            return True
        if tag in PAGE_PARTS and not _belongs(document, around, headline):
            return True
    return False


def teaser_of(document: Document, position: int, headline: int | None) -> int | None:
    """How the small box around a date titles another page: 2 by a linked heading, 1 by a link of many words; else None.

    A box that holds the headline is the article's own.
    """
    for around in islice(document.ancestors(position), TEASER_LEVELS):
        if document.ends[around] - around > TEASER_SIZE or (
            headline is not None and around <= headline < document.ends[around]
        ):
            return None
        kinds = [_titles_another(document, place) for place in document.inside("a", around)]
        if any(kinds):
            return max(kinds)
    return None


def _titles_another(document: Document, link: int) -> int:
    address, words = document.elements[link].get("href") or "", len(document.text(link).split())
    if not address.startswith(("/", "http", ".")):
        return 0
    near = (*range(link + 1, document.ends[link]), document.parents[link])
    heads = any(document.tags[place] in SUBHEADINGS for place in near)
    return 2 if heads and words > 1 else int(words >= TEASER_WORDS)


def _is_caption(document: Document, position: int, name: str) -> bool:
    """Whether an element is called a caption and shares its parent with a picture."""
    parent = document.parents[position]
    return parent >= 0 and CAPTION_CLASS.search(name) is not None and bool(document.inside("img", parent))


def _is_data(document: Document, table: int, behind: int) -> bool:
    """Whether a table has more cells than one that only lays out a line of text.

    Right behind the headline also one of single cells does so, as on pages that are laid out by tables alone.
    """
    inside = document.tags[table : document.ends[table]]
    cells = inside.count("td")
    lays_out = 0 < behind <= NEAR and "th" not in inside and cells < CELLS_IN_A_ROW * inside.count("tr")
    return cells > MAX_LAYOUT_CELLS and not lays_out


def _belongs(document: Document, around: int, headline: int | None) -> bool:
    """Whether a header, footer, aside or article is the main article's: inside or itself the one with the headline."""
    if headline is None:
        return document.tags[around] in ("article", "header")
    if document.tags[around] != "article" and shares_container(document, around, headline):
        return True
    own = document.once(_articles_of(headline))
    return around in own or (
        document.tags[around] != "article" and any(start < around < document.ends[start] for start in own)
    )


def shares_container(document: Document, around: int, headline: int) -> bool:
    """Whether the smallest element that holds both an element and the headline is less than most of the page."""
    both = next((above for above in document.ancestors(around) if above <= headline < document.ends[above]), 0)
    return document.ends[both] - both <= MAX_SHARE * len(document.tags) and document.tags[both] != "body"


@lru_cache(maxsize=256)
def _articles_of(headline: int) -> Callable[[Document], frozenset[int]]:
    """A reader of the positions of `<article>` and `<main>` that hold a headline, or begin soon after it."""

    def read(document: Document) -> frozenset[int]:
        starts = [start for tag in ("article", "main") for start in document.by_tag.get(tag, ())]
        holding = {start for start in starts if start <= headline < document.ends[start]}
        behind = (start for start in document.by_tag.get("article", ()) if headline < start <= headline + OWN_ARTICLE)
        mains = {start for start in document.by_tag.get("main", ()) if headline < start <= headline + OWN_ARTICLE}
        return frozenset(holding | mains | set(list(behind)[:1]))

    return read
