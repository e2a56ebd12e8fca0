"""Authors and byline: which of the candidates is believed, and in which spelling."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum

from lxml import etree

from crawler.extraction.document import Document
from crawler.extraction.evidence import Choice
from crawler.extraction.fields.author_candidates import Byline, bylines
from crawler.extraction.fields.owners import unless_owner
from crawler.extraction.layout import Layout
from crawler.extraction.name_shapes import WIDE, is_desk, is_given_name
from crawler.extraction.name_words import words
from crawler.extraction.names import name_key
from crawler.extraction.readers.jsonld import main_entities
from crawler.extraction.readers.printed import leads_to_author, lists_authors
from crawler.extraction.site_names import is_site_name
from crawler.items import Author


class Need(IntEnum):
    """What a candidate needs besides itself to be believed."""

    NOTHING = 0
    PRINTED = 1
    """The page prints the name, or another source agrees."""
    SUPPORT = 2
    """Another source agrees."""
    REFUSED = 3


@dataclass(frozen=True, slots=True)
class Preference:
    """How far one kind of source is believed where it names …"""

    rule: str
    people: Need
    organizations: Need
    publication: Need
    """… nobody but the publication itself."""


PREFERENCES = (
    Preference("feed", Need.NOTHING, Need.NOTHING, Need.SUPPORT),
    Preference("json-ld", Need.NOTHING, Need.NOTHING, Need.SUPPORT),  # an Article that names this page
    Preference("meta-article", Need.NOTHING, Need.NOTHING, Need.SUPPORT),  # names that only articles have
    Preference("head", Need.NOTHING, Need.NOTHING, Need.NOTHING),  # printed between headline and body
    Preference("above", Need.NOTHING, Need.NOTHING, Need.SUPPORT),  # printed in the headline's container before it
    Preference("json-ld-unmatched", Need.PRINTED, Need.SUPPORT, Need.SUPPORT),
    Preference("meta", Need.NOTHING, Need.SUPPORT, Need.SUPPORT),
    Preference("meta-site", Need.PRINTED, Need.SUPPORT, Need.SUPPORT),  # of a page that does not call itself an article
    Preference("box", Need.NOTHING, Need.NOTHING, Need.SUPPORT),  # an author box that a row knows
    Preference("line", Need.NOTHING, Need.REFUSED, Need.REFUSED),  # one line of a longer text: "Posted by Jane Doe"
    Preference("json-ld-page", Need.SUPPORT, Need.SUPPORT, Need.SUPPORT),  # SEO plugins put the account's name here
    Preference("meta-record", Need.SUPPORT, Need.SUPPORT, Need.SUPPORT),  # library records: who typed it in
    Preference("tail", Need.NOTHING, Need.REFUSED, Need.REFUSED),
    Preference("bare", Need.NOTHING, Need.REFUSED, Need.REFUSED),  # a full name below the headline, unmarked
    Preference("inside", Need.NOTHING, Need.REFUSED, Need.REFUSED),
    Preference("unseen", Need.NOTHING, Need.REFUSED, Need.REFUSED),  # in hidden markup, for search engines
)
"""In the order of preference; people before organisations before the publication. Measured on the development corpora
(share of exact sets where a source stands alone): the publication in JSON-LD alone 10 of 24, with a second source 9 of
9; an unprinted organisation in `<meta>` 0 of 5; a WebPage's author alone 4 of 12; Dublin Core alone 0 of 6."""

_TEAM = re.compile(
    r"\b(?:team|staff|redaktion|editors|editorial|writers|newsroom|rédaction|redacción|redazione)\b", re.IGNORECASE
)
_ORDER = {preference.rule: (order, preference) for order, preference in enumerate(PREFERENCES)}
_ECHOES = frozenset({"meta-record", "unseen"})
_ACCOUNTS = _ORDER["box"][0]
_PRINTS = etree.XPath(
    "boolean(//body//text()[contains(., $name)]"
    "[not(contains(., '©') or contains(., '(c)') or contains(translate(., 'COPYRIGHT', 'copyright'), 'copyright'))])"
)
"""Whether a page prints a name elsewhere than in its notice of copyright."""


def choose_authors(document: Document, layout: Layout) -> Choice[tuple[Author, ...]]:
    """Everybody credited with the article, in the page's order, with URL and avatar where the page gives them."""
    found = [_without_publication(byline, document) for byline in bylines(document, layout)]
    ranked = sorted(found, key=lambda byline: (_kind(byline, document), _order(byline)))
    winner = next((byline for byline in ranked if _is_believed(byline, found, document)), None)
    widened = _widened(_narrowed(winner, found), found, document) if winner else None
    winner = unless_owner(widened, found, document) if widened else None
    if winner is None:
        return Choice(rivals=tuple(byline.candidate for byline in ranked), reason="no byline that can be believed")
    authors = tuple(_completed(_told_apart(author, document), found) for author in winner.candidate.value)
    rivals = tuple(byline.candidate for byline in ranked if byline is not winner)
    reason = f"first in the order of preference: {winner.rule}"
    return Choice(authors, replace(winner.candidate, value=authors), rivals, reason)


META = frozenset({"meta", "meta-site"})
"""Rules of `<meta name=author>`."""


def _narrowed(winner: Byline, found: Sequence[Byline]) -> Byline:
    """Of a printed byline, the part that `<meta>` declares: the others reviewed, edited or were interviewed.

    Seen on 7 pages of the development corpora: the part is right on 4, the whole on 1.
    """
    if winner.rule != "head":
        return winner
    return next((other for other in found if other.rule in META and other.keys and other.keys < winner.keys), winner)


def _widened(winner: Byline, found: Sequence[Byline], document: Document) -> Byline:
    """The byline that also names those whom feed or JSON-LD leave out, where the page prints it.

    The head has to agree, or to call the others contributors: Ghost gives the first author alone in its feed and as
    JSON-LD's author, and all of them in the byline. Templates of feeds write one author of several as well: there each
    may be linked to a page of their own instead.
    """
    wider = [other for other in found if _is_printed_line(other) and winner.keys < other.keys]
    if winner.rule not in ("feed", "json-ld") or not wider:
        return winner
    stated = [other.keys for other in found if other.candidate.source in ("meta", "json-ld")]
    helpers = {name_key(text) for entity in main_entities(document) for text in entity.texts("contributor")}
    for other in wider:
        is_stated = other.keys in stated or other.keys - winner.keys <= helpers
        if is_stated or (winner.rule == "feed" and _are_linked(other.candidate.value)):
            return other
    return winner


def _is_printed_line(byline: Byline) -> bool:
    """Whether a byline stands at the headline, or behind a label below the text."""
    return byline.rule in ("head", "above") or (byline.rule == "tail" and byline.candidate.where.startswith("label:"))


def _are_linked(authors: tuple[Author, ...]) -> bool:
    """Whether all are people, each with a page of their own."""
    pages = {author.url for author in authors if author.kind == "person" and leads_to_author(author.url or "")}
    return len(pages) == len(authors)


def _order(byline: Byline) -> int:
    """The order of preference; account names stand behind full names of good sources, desks and acronyms last."""
    order = _ORDER[byline.rule][0]
    names = [author.name for author in byline.candidate.value]
    if all(map(is_desk, names)) or (byline.rule in META and all(map(_is_acronym, names))):
        return len(PREFERENCES) + order
    return max(order, _ACCOUNTS) if all(_is_account(author.name) for author in byline.candidate.value) else order


def _is_acronym(name: str) -> bool:
    """Whether a name is one word of capitals, as publishing houses fill in: "GESE"."""
    return len(name) > 2 and name.isupper() and name.isalpha() and name.isascii() and not is_given_name(name)


def _is_account(name: str) -> bool:
    return " " not in name and name.isascii() and (name.islower() or any(map(str.isdigit, name)))


def _is_believed(byline: Byline, found: Sequence[Byline], document: Document) -> bool:
    preference = _ORDER[byline.rule][1]
    need = (preference.people, preference.organizations, preference.publication)[_kind(byline, document)]
    if need in (Need.NOTHING, Need.REFUSED):
        return need is Need.NOTHING or _is_agencys(byline)
    if byline.rule == "above" and byline.candidate.where.startswith("label:"):
        return True  # "Posted by" and the name of the blog
    if any(_supports(other, byline) for other in found):
        return True
    names = [author.name for author in byline.candidate.value]
    may_sign = need is Need.PRINTED or (byline.rule == "meta" and all(map(_is_team, names)))  # "Staff Reporter"
    return may_sign and all(_PRINTS(document.page.root, name=name) for name in names)


def _is_agencys(byline: Byline) -> bool:
    """Whether a label in the text says that an agency wrote it: "Por Agencia EFE"."""
    is_labelled = byline.candidate.where.startswith("label:")
    return is_labelled and all(author.name.casefold() in words("agencies") for author in byline.candidate.value)


def _supports(other: Byline, byline: Byline) -> bool:
    """Whether another source gives the same names.

    Library records repeat what `<meta name=author>` says, and hidden bylines what JSON-LD says.
    """
    is_another = other.candidate.where != byline.candidate.where and not _ECHOES & {other.rule, byline.rule}
    return is_another and other.keys == byline.keys


def _kind(byline: Byline, document: Document) -> int:
    """0 for people, 1 for organisations, 2 for the publication."""
    authors = byline.candidate.value
    if all(_is_publication(author, document) for author in authors):
        return 1 if any(_is_team(author.name) for author in authors) else 2
    return 0 if authors[0].kind == "person" else 1


def _is_publication(author: Author, document: Document) -> bool:
    """Whether a name is that of the publication, or of whoever owns the page by its `<meta name=copyright>`."""
    if _is_personal(author):
        return False
    owners = document.once(_owners)
    has_spaces = author.name[:1] < WIDE
    return is_site_name(author.name, document) or (_spread(author.name) if has_spaces else author.name) in owners


def _owners(document: Document) -> str:
    """Everything that `<meta>` elements say of the page's owners, as one searchable text."""
    return "".join(_spread(text) for name in OWNERS for text in document.page.meta.get(name, ()))


def _spread(text: str) -> str:
    """The words of a text in small letters, with a space around each."""
    return f" {' '.join(re.findall(_WORD, text.casefold()))} "


_WORD = re.compile(r"\w+")
OWNERS = ("copyright", "publisher", "dc.publisher", "dcterms.publisher", "dc.rights", "dcterms.rights", "rights")
"""`<meta>` names that say whose the page is: WHATWG's registry of names, Dublin Core."""


def _is_team(name: str) -> bool:
    """Whether a name is that of a publication's staff, which signs, rather than of the publication."""
    return bool(_TEAM.search(name))


def _is_personal(author: Author) -> bool:
    """Whether a publication bears the name of the person who writes it."""
    words = author.name.split()
    return author.kind == "person" and 2 <= len(words) <= 3 and is_given_name(words[0]) and not author.name.isupper()


def _without_publication(byline: Byline, document: Document) -> Byline:
    """The publication beside a person's name is where it appeared, not who wrote it."""
    authors = byline.candidate.value
    others = tuple(author for author in authors if not is_site_name(author.name, document))
    if not others or len(others) == len(authors):
        return byline
    return replace(byline, candidate=replace(byline.candidate, value=others))


def _told_apart(author: Author, document: Document) -> Author:
    """A publication that signs its own articles is no person, whatever the page calls it."""
    return replace(author, kind="organization") if _is_publication(author, document) else author


def _completed(author: Author, found: Iterable[Byline]) -> Author:
    """The author with the best spelling, address and picture that any candidate gives the same name."""
    key = name_key(author.name)
    same = [other for byline in found for other in byline.candidate.value if name_key(other.name) == key]
    return replace(
        author,
        name=max([author.name, *(other.name for other in same)], key=_spelling),
        url=next((other.url for other in (author, *same) if _has_page(other)), None),
        avatar=next((other.avatar for other in (author, *same) if other.avatar), None),
    )


def _has_page(author: Author) -> bool:
    return bool(author.url) and not (author.kind == "person" and lists_authors(author.url or ""))


def _spelling(name: str) -> tuple[bool, bool, int]:
    """Names with spaces before account names, mixed case before capitals or small letters alone."""
    return (" " in name, not (name.isupper() or name.islower()), sum(not char.isascii() for char in name))


def byline_of(authors: tuple[Author, ...]) -> str | None:
    """The display string: each name once."""
    return ", ".join(dict.fromkeys(author.name for author in authors)) or None
