"""The element that prints the main headline: the candidates, and the written order in which one is recognised."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from crawler.extraction.document import Document
from crawler.extraction.fields.headline_address import is_abbreviated, is_spelled
from crawler.extraction.fields.headline_places import is_foreign, is_hidden, is_marked
from crawler.extraction.fields.headline_text import headline_text
from crawler.extraction.fields.headline_titles import Agreement, Titles
from crawler.extraction.readers.addresses import joined
from crawler.extraction.readers.jsonld import address_key, folded
from crawler.extraction.site_names import is_site_name, without_site_name

MAX_LENGTH = 400
"""Characters; no headline is longer."""

MARKS = "■□◆◇●○★☆▼▽#§¶ "
"""What diaries and manuals print before each heading, and not into the page's title."""

APART, APART_MARKED = 4, 3
"""Elements between a site's name and the headline, fewer where a class calls it so; a subtitle follows its title."""

MAX_GENERIC_WORDS = 3
MAX_GENERIC_LETTERS = 20
"""A heading this short that shares nothing with the page's titles names a section (`Our blog`, `News`)."""


@dataclass(frozen=True, slots=True)
class Printed:
    """A heading that may be the main headline."""

    position: int
    text: str
    mark: str
    """What made it a candidate: `itemprop=headline`, `h1`, `h2`, …"""
    tier: int
    """1 for `h1` and `itemprop=headline`, else the heading's level."""
    is_marked: bool
    """Whether its class or `itemprop` calls it the headline."""
    agreement: Agreement
    source: int
    """Which of the declared titles it agrees with; lower is more trusted."""
    is_whole_part: bool
    """Whether it is what stands before or behind a separator in a declared title."""
    is_foreign: bool
    """Hidden, or inside something that is not the article."""
    is_hidden: bool = False
    """Foreign only because nobody sees it: a copy of the headline for screen readers, at the headline's place."""
    is_spelled: bool = False
    """Whether the page's address is made of it."""
    is_abbreviated: bool = False
    """Whether the page's address is made of some of its words."""
    leads: int = 0
    """1 where it is a link to this page, -1 to another, 0 where it is none or the page's address is not known."""
    end: int = 0
    """The position behind its last descendant."""

    def is_own(self, tier: int | None = None) -> bool:
        """Whether it is the article's own, and of the tier where one is given."""
        return not self.is_foreign and (tier is None or self.tier == tier)

    @property
    def may_name_the_site(self) -> bool:
        """Whether a title holds it as one of several parts, so that another may be the headline."""
        return self.is_whole_part and self.agreement < Agreement.EQUAL and not self.is_spelled

    @property
    def is_enough(self) -> bool:
        """Whether lower headings need not be looked at."""
        fits = self.agreement is Agreement.EQUAL or (self.agreement is Agreement.PART and not self.may_name_the_site)
        return self.is_own() and (fits or self.is_spelled)


@dataclass(frozen=True, slots=True)
class Field:
    """What a rule may look at."""

    found: tuple[Printed, ...]
    titles: Titles


@dataclass(frozen=True, slots=True)
class Rule:
    """One way in which a heading is recognised as the headline."""

    reason: str
    holds: Callable[[Printed, Field], bool]


def _first_fits(item: Printed, _: Field) -> bool:
    return item.is_own(1) and item.agreement >= Agreement.PART


def _first_is_spelled(item: Printed, _: Field) -> bool:
    return item.is_own(1) and item.is_spelled


def _lower_equals(item: Printed, _: Field) -> bool:
    return (item.is_own() or item.is_hidden) and item.agreement is Agreement.EQUAL


def _lower_is_spelled(item: Printed, _: Field) -> bool:
    return item.is_own() and item.is_spelled


def _follows_the_site_name(item: Printed, field: Field) -> bool:
    """One of two parts of a title, below the other: "Notes from the pier - How we mended the crane".

    The other names the site where it is a link to another page, or shorter than what has the size of a headline, or
    where the address is made of the lower heading.
    """
    if item.tier == 1 or not item.is_whole_part or not item.is_own():
        return False
    gap, is_long = APART_MARKED if item.is_marked else APART, _is_long(item)
    above = [other for other in field.found if other.is_own(1) and other.may_name_the_site]
    if item.is_spelled and any(other.end <= item.position for other in above):
        return True
    return any(
        other.end + gap <= item.position and (other.leads < 0 or (is_long and len(other.text) < len(item.text)))
        for other in above
    )


def _is_long(item: Printed) -> bool:
    return len(item.text.split()) > MAX_GENERIC_WORDS or len(folded(item.text)) > MAX_GENERIC_LETTERS


def _leads_here(item: Printed, field: Field) -> bool:
    """A heading that links to the page it stands on, as blogs print their posts; the site's name is the first one."""
    if item.leads <= 0 or item.tier == 1 or not item.is_own():
        return False
    fits = item.agreement >= Agreement.PART or item.is_whole_part
    return fits and not any(other.is_own(1) and other.agreement is Agreement.EQUAL for other in field.found)


def _lower_is_long_part(item: Printed, field: Field) -> bool:
    """The part of a title that a lower heading prints, where no heading prints all of it, and no first one a part."""
    rivals = (other.agreement is Agreement.EQUAL or (other.is_own(1) and other.is_whole_part) for other in field.found)
    return item.is_own() and item.is_whole_part and _is_long(item) and not any(rivals)


def _first_overlaps(item: Printed, _: Field) -> bool:
    return item.is_own(1) and item.agreement is Agreement.OVERLAP


def _first_is_abbreviated(item: Printed, _: Field) -> bool:
    return item.is_own(1) and item.is_abbreviated


def _first_is_alone(item: Printed, field: Field) -> bool:
    """The page's only first heading, or only marked one, and more than the name of a section."""
    if not item.is_own(1):
        return False
    rivals = {other.text for other in field.found if other.is_own(1) and other.is_marked >= item.is_marked}
    is_name = bool(field.titles.keys) and _is_generic(item.text, field.titles)
    return len(rivals) == 1 and not is_name


def _is_generic(text: str, titles: Titles) -> bool:
    key = folded(text)
    is_short = len(text.split()) <= MAX_GENERIC_WORDS and len(key) <= MAX_GENERIC_LETTERS
    return is_short and not any(key in other for other in titles.keys)


def _foreign_equals(item: Printed, _: Field) -> bool:
    return item.agreement is Agreement.EQUAL


def _lower_is_part(item: Printed, _: Field) -> bool:
    return item.is_own() and item.is_whole_part


def _marked_fits(item: Printed, _: Field) -> bool:
    return item.is_own() and item.is_marked and item.agreement >= Agreement.PART


def _marked_without_titles(item: Printed, field: Field) -> bool:
    return item.is_own() and item.is_marked and not field.titles.keys


RULES = (
    Rule("lower heading that stands behind the site's name in a declared title", _follows_the_site_name),
    Rule("lower heading that links to this page", _leads_here),
    Rule("first heading that fits a declared title", _first_fits),
    Rule("first heading that the address spells", _first_is_spelled),
    Rule("lower heading equal to a declared title", _lower_equals),
    Rule("first heading that shares most words with a declared title", _first_overlaps),
    Rule("lower heading that the address spells", _lower_is_spelled),
    Rule("first heading with all words of the address", _first_is_abbreviated),
    Rule("lower heading that is a part of a declared title, and a headline by its size", _lower_is_long_part),
    Rule("only first heading", _first_is_alone),
    Rule("heading elsewhere equal to a declared title", _foreign_equals),
    Rule("lower heading that is a part of a declared title", _lower_is_part),
    Rule("marked lower heading that fits a declared title", _marked_fits),
    Rule("marked heading where no title is declared", _marked_without_titles),
)
"""In this order; the first that holds for a heading decides, within it agreement, trust of the title, page order."""


def find_headline(document: Document, titles: Sequence[str]) -> tuple[list[Printed], str | None]:
    """The headings that may print the headline, best first, with the rule that chose the first; no rule: none is it."""
    declared = Titles.of(titles)
    found = list(_candidates(document, declared))
    field = Field(tuple(found), declared)
    for rule in RULES:
        chosen = [item for item in found if rule.holds(item, field)]
        if chosen:
            best = min(chosen, key=_order)
            return [best, *(item for item in found if item is not best)], rule.reason
    return found, None


def _order(item: Printed) -> tuple[int, int, int, int]:
    return (-item.agreement, item.source, not item.is_marked, item.position)


def _candidates(document: Document, titles: Titles) -> Iterator[Printed]:
    """Headings level by level, down to the first level that has one which fits."""
    seen: set[int] = set()
    for tier, tag in enumerate(("h1", "h2", "h3", "h4"), 1):
        is_found = False
        for position, mark in _marks(document, tag):
            item = None if position in seen else _judge(document, position, (mark, tier), titles)
            seen.add(position)
            if item is not None:
                is_found = is_found or item.is_enough
                yield item
        if is_found:
            return


def _marks(document: Document, tag: str) -> Iterator[tuple[int, str]]:
    if tag == "h1":
        yield from ((position, "itemprop=headline") for position in document.by_itemprop.get("headline", ())[:3])
    yield from ((position, tag) for position in document.by_tag.get(tag, ())[:30])


def _judge(document: Document, position: int, mark: tuple[str, int], titles: Titles) -> Printed | None:
    element = document.elements[position]
    text = headline_text(element, titles.keys)
    if not text or len(text) > MAX_LENGTH or element.tag == "meta":
        return None
    agreement, source = titles.agreement(text)
    linked = _linked(document, position)
    foreign = is_foreign(document, position)
    hidden = foreign and is_hidden(document, position)
    if agreement < Agreement.EQUAL:
        if is_site_name(text, document):
            return None
        text = without_site_name(text, document)
        foreign = foreign or _is_home(document, linked)
    marked = mark[0].startswith("itemprop") or is_marked(document, position)
    part, spelled = titles.has_as_part(text.lstrip(MARKS)), is_spelled(text, document)
    abbreviated = mark[1] == 1 and is_abbreviated(text, document)
    leads, end = _leads(document, linked), document.ends[position]
    return Printed(
        position, text, *mark, marked, agreement, source, part, foreign, hidden, spelled, abbreviated, leads, end
    )


def _is_home(document: Document, address: str) -> bool:
    """Whether a heading's link leads to the site's front page: then it prints the site's name."""
    own = address_key(document.page.url)
    host = own.partition("/")[0]
    return bool(host) and own != host and address == host


def _leads(document: Document, address: str) -> int:
    own = address_key(document.page.url)
    return 0 if not own or not address else 1 if address == own else -1


def _linked(document: Document, position: int) -> str:
    """The key of the address that a heading links to: it is, holds or stands in a link; empty for none."""
    element = document.elements[position]
    around = (element.find(".//a[@href]"), element.getparent())
    link = next((other for other in around if other is not None and other.tag == "a"), None)
    return "" if link is None else address_key(joined(document.page.url, link.get("href") or "#"))


def find_printed(document: Document, titles: Sequence[str], before: int | None = None) -> int | None:
    """The first element of the body, of any kind, whose own text is one of the titles; for pages without headings."""
    keys = {folded(title) for title in titles}
    for position in range(document.by_tag.get("body", [0])[0], len(document.elements) if before is None else before):
        text = document.elements[position].text
        if not text or not SHORTEST_PRINTED <= len(text) < MAX_LENGTH or document.tags[position] in _NOT_PRINTED:
            continue
        if folded(text) in keys and not is_foreign(document, position):
            return position
    return None


SHORTEST_PRINTED = 4
"""Characters of a title that is looked for in the text."""
_NOT_PRINTED = frozenset({"script", "style", "option", "title", "noscript"})
