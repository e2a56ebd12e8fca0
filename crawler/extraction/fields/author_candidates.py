"""Author claims of every source, parsed: one candidate for each byline, each entity and each `<meta>` name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice

from crawler.extraction.credit_lines import without_dates
from crawler.extraction.document import Document
from crawler.extraction.evidence import Candidate, Level
from crawler.extraction.kinds_of_names import kind_of
from crawler.extraction.layout import Layout
from crawler.extraction.name_shapes import is_desk, is_given_name, is_phrase
from crawler.extraction.name_words import words
from crawler.extraction.names import (
    BREAK,
    LINK_END,
    LINK_START,
    Credit,
    clean,
    is_label,
    name_key,
    parse_byline,
    without_bystanders,
)
from crawler.extraction.readers.addresses import absolute
from crawler.extraction.readers.author_boxes import known_boxes
from crawler.extraction.readers.author_claims import AuthorClaim
from crawler.extraction.readers.author_markup import LONGEST_BYLINE, printed_authors
from crawler.extraction.readers.author_meta import is_declared_article, meta_authors
from crawler.extraction.readers.persons import Person, json_ld_authors
from crawler.extraction.readers.printed import printed
from crawler.extraction.readers.regions import Region
from crawler.extraction.site_names import is_site_name
from crawler.items import Author


@dataclass(frozen=True, slots=True)
class Byline:
    """One source's answer."""

    rule: str
    """Row of the table of preference in `fields.authors`: `json-ld`, `meta`, `head`, …"""
    candidate: Candidate[tuple[Author, ...]]
    """The authors with their evidence."""

    @property
    def keys(self) -> frozenset[str]:
        """What the names share with other spellings."""
        return frozenset(name_key(author.name) for author in self.candidate.value)


def bylines(document: Document, layout: Layout) -> list[Byline]:
    """The answers that name somebody, in the order in which sources are read.

    Signatures inside and behind the body are read only where nothing better names a person, and notes on somebody
    below it where nothing else names anybody; beside a feed, which may name one of several, labelled ones are.
    """
    claims = list(printed_authors(document, layout))
    near = [claim for claim in claims if claim.rule in NEAR]
    found = [*_named(document), *_stated(document), *_declared(document), *_printed(document, layout, near)]
    enough = {byline.rule for byline in found if byline.rule in SUFFICIENT and _names_person(byline)}
    if enough <= {"feed"}:
        far = [claim for claim in claims if claim.rule not in NEAR and not (found and claim.where.startswith("note:"))]
        far = [claim for claim in far if not enough or (claim.rule == "tail" and claim.where.startswith("label:"))]
        found += _printed(document, layout, far)
    found += _boxed(document, layout)
    return [byline for byline in found if 0 < len(byline.candidate.value) <= MOST_AUTHORS]


MOST_AUTHORS = 200
"""Names of one source; a longer list is a directory, or wants to cost time, and credits nobody with the article."""

MARKS = f" {BREAK}{LINK_START}{LINK_END}"
"""What readers put into texts, beside the space."""

NEAR = frozenset({"head", "above", "line", "unseen"})
"""Rules of bylines in the headline's surroundings, and of those that nobody sees."""

SUFFICIENT = frozenset({"feed", "json-ld", "meta-article", "head"})
"""Rules after which signatures elsewhere are not looked for."""


def _names_person(byline: Byline) -> bool:
    return any(author.kind == "person" and not is_desk(author.name) for author in byline.candidate.value)


def _named(document: Document) -> Iterator[Byline]:
    """What feed, sitemap or REST answer said of this address."""
    for link in document.page.links:
        authors = tuple(author for text in link.authors for author in _authors(text, trusted=True, displayed=True))
        yield Byline("feed", Candidate(authors, str(link.source), "authors", Level.STATED))


def _stated(document: Document) -> Iterator[Byline]:
    for entity in json_ld_authors(document):
        if len(entity.persons) > MOST_AUTHORS:
            continue
        authors = tuple(author for person in entity.persons for author in _of_person(person, document.page.url))
        rule = "json-ld" if entity.is_matched else "json-ld-unmatched"
        rule = "json-ld-page" if entity.is_page else rule
        yield Byline(rule, Candidate(authors, "json-ld", entity.where, Level.STATED))


def _of_person(person: Person, base: str) -> list[Author]:
    authors = _authors(person.name, trusted=True, displayed=True)
    whole = clean(person.name)
    if authors and person.is_organization and kind_of(whole) == "organization" and not _SEVERAL.search(whole):
        authors = [Author(whole)]
    if len(authors) != 1:
        return authors
    kind = "organization" if person.is_organization else authors[0].kind
    return [replace(authors[0], url=absolute(person.url, base), avatar=absolute(person.image, base), kind=kind)]


_SEVERAL = re.compile(rf"[,;|/{BREAK}]|\s[-–—]\s")
"""What an organisation's name does not hold, unlike "and" and "for": "Centre for Ships and Harbours"."""


def _declared(document: Document) -> Iterator[Byline]:
    rows: dict[tuple[str, str], list[Author]] = {}
    plain = "meta" if is_declared_article(document) else "meta-site"
    for claim in islice(meta_authors(document), MOST_AUTHORS + 1):
        rule = plain if claim.rule == "meta" else claim.rule
        rows.setdefault((rule, claim.where), []).extend(_authors(claim.text, trusted=True))
    for (rule, where), authors in rows.items():
        yield Byline(rule, Candidate(_once(authors), "meta", where, Level.DECLARED))


def _printed(document: Document, layout: Layout, claims: list[AuthorClaim]) -> Iterator[Byline]:
    title = "" if layout.headline is None else name_key(document.text(layout.headline))
    others = {title, *_sections(document.page.url)}
    read = [(claim, _without(others, _of_claim(claim, document.page.url))) for claim in claims]
    for claim, own in read:
        authors = own
        alike = [pair for pair in read if pair[0].kind == claim.kind and pair[0].rule == claim.rule]
        if claim.rule == "head":
            authors = _once([author for names in _run(claim, alike) for author in names])
        elif not _is_lone([other for other, _ in alike]) or not _is_credible(claim, authors, title):
            continue
        yield Byline(claim.rule, Candidate(authors, claim.source, claim.where, claim.level, claim.position))


def _without(others: set[str], authors: tuple[Author, ...]) -> tuple[Author, ...]:
    """Bylines repeat headline and section at times, in ratings and for screen readers; phrases are tags."""
    return tuple(
        author
        for author in authors
        if name_key(author.name) not in others and (author.url or not is_phrase(author.name))
    )


def _sections(address: str) -> Iterator[str]:
    """The sections that an address names: whole words of its path, given names and the last segment aside."""
    for segment in address.lower().split("/")[3:-1]:
        if segment.isalpha() and not is_given_name(segment):
            yield name_key(segment)


ADJACENT = 12
"""Elements between two names of one list."""


def _run(claim: AuthorClaim, alike: list[tuple[AuthorClaim, tuple[Author, ...]]]) -> Iterator[tuple[Author, ...]]:
    """The names of the claims that directly follow one another from this one on: a list of names, not of posts."""
    last = claim.position or 0
    for other, authors in alike:
        if other is claim or (other.position and 0 < other.position - last <= ADJACENT):
            last = other.position or last
            yield authors


def _is_lone(alike: list[AuthorClaim]) -> bool:
    """Outside the headline's surroundings, several different bylines of one kind belong to a list of posts."""
    return len({name_key(other.text) for other in alike}) == 1


def _is_credible(claim: AuthorClaim, authors: tuple[Author, ...], title: str) -> bool:
    """Whether a text that nothing marks as byline holds full names, none of which the headline speaks of."""
    if claim.rule == "unseen":
        return len(authors) == 1 and (_is_full_name(authors[0]) or _is_one_name(authors[0].name))
    if claim.trusted or claim.rule == "above":
        return True
    spoken = any(name_key(author.name) in title for author in authors)
    if claim.rule == "bare":
        is_named = len(authors) == 1 and _is_pictured_name(authors[0])
        return not spoken and (is_named or _is_list(claim, authors)) and not _goes_on(claim, authors[-1])
    if claim.where.startswith("signature:"):
        return not spoken and len(authors) == 1 and _is_pictured_name(authors[0])
    return not spoken and 0 < len(authors) <= 4 and (all(map(_is_full_name, authors)) or _is_signed(claim, authors))


def _is_list(claim: AuthorClaim, authors: tuple[Author, ...]) -> bool:
    """Whether a text begins with two to four full names, with nothing but commas and "and" between them."""
    if not 2 <= len(authors) <= 4 or not all(map(_is_full_name, authors)):
        return False
    between, behind = [], clean(claim.text)
    for author in authors:
        before, _, behind = behind.partition(author.name)
        between.append(before.strip(f",{MARKS}").casefold())
    return not between[0] and all(not text or text in words("connectors") for text in between)


_PROSE = re.compile(rf"(?: [^\W\d_A-Z]|\.?{BREAK}\w)[\w'’-]*(?: \S+){{2}}")
"""Three words, the first of them in small letters or of the next sentence."""


def _goes_on(claim: AuthorClaim, author: Author) -> bool:
    """Whether prose follows a name: "Jane Doe on what the ministry plans"."""
    _, _, behind = claim.text.partition(author.name)
    return bool(_AGED.match(behind) or _PROSE.match(without_dates(behind)))


_AGED = re.compile(r",? (?:aged? )?\d{1,3},? ")
"""The age of somebody whom the article is about."""


def _is_signed(claim: AuthorClaim, authors: tuple[Author, ...]) -> bool:
    """Whether a label that can be nothing else and one name of two or three words are all there is: "By Xanthi Orr"."""
    name = authors[0].name
    label, _, behind = clean(claim.text).partition(name)
    is_all = not behind.strip(f".{MARKS}") and is_label(label.strip(MARKS))
    return is_all and len(authors) == 1 and 2 <= len(name.split()) <= 3


def _is_full_name(author: Author) -> bool:
    """First and last name of a person; scripts without given names in the list pass."""
    parts = author.name.split()
    known = is_given_name(parts[0]) or not parts[0].isascii()
    return author.kind == "person" and ((known and 2 <= len(parts) <= 4) or not author.name[0].isascii())


def _is_one_name(name: str) -> bool:
    """Whether a name is one word that begins with a capital and is no code of an account: "George"."""
    return name.isalpha() and name[0].isupper() and not name.isupper()


def _is_pictured_name(author: Author) -> bool:
    """Two or more capitalised words; the picture beside it says that they are somebody's name."""
    return author.kind == "person" and 2 <= len(author.name.split()) <= 4


def _boxed(document: Document, layout: Layout) -> Iterator[Byline]:
    """The names that plugins' and themes' author boxes mark as such, of all boxes of one kind together."""
    kinds: dict[str, list[Author]] = {}
    for box in known_boxes(document, Region(document, layout)):
        texts = (printed(document.elements[position], LONGEST_BYLINE) for position in box.names[:1])
        names = (author for text in texts if text for author in _of_box(text, document))
        kinds.setdefault(box.where, []).extend(names)
    for where, authors in kinds.items():
        yield Byline("box", Candidate(_once(authors), "platform", where, Level.BOUND))


def _of_box(text: str, document: Document) -> list[Author]:
    """The names in a box's place for them; the publication's own, which may hold an "and", is one."""
    authors = _authors(text, trusted=True, displayed=True)
    whole = clean(text)
    return [Author(whole)] if is_site_name(whole, document) else authors


def _of_claim(claim: AuthorClaim, base: str) -> tuple[Author, ...]:
    """The names of the marked elements inside, where there are any, else of the whole text."""
    parsed = parse_byline(claim.text, trusted=claim.trusted)
    whole = [_author(credit) for credit in parsed if credit.role is None]
    others = {name_key(credit.name) for credit in parsed if credit.role is not None}
    parts = [
        replace(author, url=absolute(part.url, base))
        for part in claim.parts
        for author in _authors(part.text, trusted=part.trusted)
        if name_key(author.name) not in others
    ]
    inner = {name_key(author.name) for author in parts}
    urls = {name_key(author.name): author.url for author in parts if author.url}
    if inner and not inner <= {name_key(author.name) for author in whole}:
        return without_bystanders(_once(parts))
    lone = absolute(claim.url, base) if len(whole) == 1 else None
    return tuple(replace(author, url=urls.get(name_key(author.name)) or lone) for author in whole)


def _authors(text: str, *, trusted: bool, displayed: bool = False) -> list[Author]:
    """Those who wrote the text; photographers, editors and reviewers are not its authors."""
    return [
        _author(credit) for credit in parse_byline(text, trusted=trusted, displayed=displayed) if credit.role is None
    ]


def _author(credit: Credit) -> Author:
    return Author(credit.name, kind=credit.kind, role=credit.role)


def _once(authors: list[Author]) -> tuple[Author, ...]:
    first: dict[str, Author] = {}
    for author in authors:
        first.setdefault(name_key(author.name), author)
    return tuple(first.values())
