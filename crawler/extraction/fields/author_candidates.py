"""Author claims of every source, parsed: one candidate for each byline, each entity and each `<meta>` name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from crawler.extraction.document import Document
from crawler.extraction.evidence import Candidate, Level
from crawler.extraction.layout import Layout
from crawler.extraction.names import Credit, name_key, parse_byline
from crawler.extraction.readers.addresses import absolute
from crawler.extraction.readers.author_boxes import author_boxes
from crawler.extraction.readers.author_claims import AuthorClaim
from crawler.extraction.readers.author_markup import LONGEST_BYLINE, printed_authors
from crawler.extraction.readers.author_meta import meta_authors
from crawler.extraction.readers.persons import Person, json_ld_authors
from crawler.extraction.readers.printed import printed
from crawler.items import Author


@dataclass(frozen=True, slots=True)
class Byline:
    """One source's answer."""

    rule: str
    """Row of the table of preference: `json-ld`, `meta`, `head`, `above`, `tail`, `inside`, `feed`."""
    candidate: Candidate[tuple[Author, ...]]
    """The authors with their evidence."""

    @property
    def keys(self) -> frozenset[str]:
        """What the names share with other spellings."""
        return frozenset(name_key(author.name) for author in self.candidate.value)


def bylines(document: Document, layout: Layout) -> list[Byline]:
    """The answers that name somebody, in the order in which sources are read."""
    found = [*_named(document), *_stated(document), *_declared(document), *_printed(document, layout), *_boxed(document, layout)]
    return [byline for byline in found if byline.candidate.value]


def _named(document: Document) -> Iterator[Byline]:
    """What feed, sitemap or REST answer said of this address."""
    for link in document.page.links:
        authors = tuple(author for text in link.authors for author in _authors(text, trusted=True))
        yield Byline("feed", Candidate(authors, str(link.source), "authors", Level.STATED))


def _stated(document: Document) -> Iterator[Byline]:
    for entity in json_ld_authors(document):
        authors = tuple(author for person in entity.persons for author in _of_person(person, document.page.url))
        rule = "json-ld" if entity.is_matched else "json-ld-unmatched"
        rule = "json-ld-page" if entity.is_page else rule
        yield Byline(rule, Candidate(authors, "json-ld", entity.where, Level.STATED))


def _of_person(person: Person, base: str) -> list[Author]:
    authors = _authors(person.name, trusted=True)
    if len(authors) != 1:
        return authors
    kind = "organization" if person.is_organization else authors[0].kind
    return [replace(authors[0], url=absolute(person.url, base), avatar=absolute(person.image, base), kind=kind)]


def _declared(document: Document) -> Iterator[Byline]:
    rows: dict[tuple[str, str], list[Author]] = {}
    for claim in meta_authors(document):
        rows.setdefault((claim.rule, claim.where), []).extend(_authors(claim.text, trusted=True))
    for (rule, where), authors in rows.items():
        yield Byline(rule, Candidate(_once(authors), "meta", where, Level.DECLARED))


def _printed(document: Document, layout: Layout) -> Iterator[Byline]:
    claims = list(printed_authors(document, layout))
    for claim in claims:
        authors = _of_claim(claim, document.page.url)
        if claim.rule == "head":
            alike = [other for other in claims if other.rule == "head" and other.where == claim.where]
            authors = _once([author for other in alike for author in _of_claim(other, document.page.url)])
        if claim.rule != "bare" or _is_full_name(authors):
            yield Byline(claim.rule, Candidate(authors, claim.source, claim.where, claim.level, claim.position))


def _is_full_name(authors: tuple[Author, ...]) -> bool:
    """Whether unmarked text holds one person's first and last name and nothing else that could be a name."""
    return len(authors) == 1 and authors[0].kind == "person" and 2 <= len(authors[0].name.split()) <= 4


def _boxed(document: Document, layout: Layout) -> Iterator[Byline]:
    """The names that plugins' and themes' author boxes mark as such, of all boxes of one kind together."""
    kinds: dict[str, list[Author]] = {}
    for box in author_boxes(document, layout):
        texts = (printed(document.elements[position], LONGEST_BYLINE) for position in box.names[:1])
        names = (author for text in texts if text for author in _authors(text, trusted=True))
        kinds.setdefault(box.where, []).extend(names)
    for where, authors in kinds.items():
        yield Byline("box", Candidate(_once(authors), "platform", where, Level.BOUND))


def _of_claim(claim: AuthorClaim, base: str) -> tuple[Author, ...]:
    """The names of the marked elements inside, where there are any, else of the whole text."""
    whole = _authors(claim.text, trusted=claim.trusted)
    parts = [replace(author, url=absolute(part.url, base)) for part in claim.parts for author in _authors(part.text, trusted=part.trusted)]
    inner = {name_key(author.name) for author in parts}
    urls = {name_key(author.name): author.url for author in parts if author.url}
    if inner and not inner <= {name_key(author.name) for author in whole}:
        return _once(parts)
    lone = absolute(claim.url, base) if len(whole) == 1 else None
    return tuple(replace(author, url=urls.get(name_key(author.name)) or lone) for author in whole)


def _authors(text: str, *, trusted: bool) -> list[Author]:
    """Those who wrote the text; photographers, editors and reviewers are not its authors."""
    return [_author(credit) for credit in parse_byline(text, trusted=trusted) if credit.role is None]


def _author(credit: Credit) -> Author:
    return Author(credit.name, kind=credit.kind, role=credit.role)


def _once(authors: list[Author]) -> tuple[Author, ...]:
    first: dict[str, Author] = {}
    for author in authors:
        first.setdefault(name_key(author.name), author)
    return tuple(first.values())
