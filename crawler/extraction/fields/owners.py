"""The person whom a site belongs to, whom its software states as the author of everything, whoever wrote it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from crawler.extraction.document import Document
from crawler.extraction.fields.author_candidates import Byline
from crawler.extraction.names import mentions
from crawler.extraction.readers.printed import leads_to_author

RECORDS = frozenset({"meta", "meta-site", "json-ld", "json-ld-unmatched"})
"""Rules of what is stated for machines, which templates fill from the site's configuration."""

PRINTED = frozenset({"head", "above", "tail"})
"""Rules of bylines that readers see, in the headline's surroundings and below the text."""

MARKS = ("class:", "microdata:", "rel:", "label:")
"""How evidence begins where markup or a label says that a text names the author."""


def unless_owner(winner: Byline, found: Sequence[Byline], document: Document) -> Byline:
    """The byline, or a marked one that the page prints where the first is a record of the site's owner alone.

    Hexo states `author` of the site's configuration in `<meta>` and microdata of every post; a guest's name stands in
    the post's own notice of copyright ("Written by"). A name that stands in the record alone is left over from a
    template, where the page prints another one that leads to its author's page.
    """
    if winner.rule not in RECORDS or len(winner.keys) != 1:
        return winner
    guests = [other for other in found if _is_guest(other)]
    if not guests or any(other.keys != guests[0].keys for other in guests) or _words(guests[0]) & _words(winner):
        return winner
    is_left_over = _has_page(guests[0]) and not _is_printed(document, winner)
    return guests[0] if is_left_over or _owns(document, winner) else winner


def _words(byline: Byline) -> set[str]:
    """The words of the names: who shares one is the same person, spelled in two ways."""
    return {word for author in byline.candidate.value for word in author.name.casefold().split()}


def _has_page(byline: Byline) -> bool:
    """Whether a byline by the headline leads to the author's own page, which sites of one author do not have."""
    return byline.rule == "head" and all(leads_to_author(author.url or "") for author in byline.candidate.value)


def _is_printed(document: Document, byline: Byline) -> bool:
    return any(mentions(document.text(body), byline.keys) for body in document.by_tag.get("body", ()))


def _is_guest(byline: Byline) -> bool:
    """Whether a byline is printed, marked as such, and names one person."""
    people = [author for author in byline.candidate.value if author.kind == "person"]
    is_marked = byline.rule in PRINTED and (byline.candidate.where.startswith(MARKS) or _has_page(byline))
    return is_marked and len(people) == len(byline.candidate.value) == 1


def _owns(document: Document, byline: Byline) -> bool:
    """Whether the page names somebody in its footer or beside the article, as sites present whose they are."""
    return any(mentions(document.text(part), byline.keys) for part in _surroundings(document))


def _surroundings(document: Document) -> Iterator[int]:
    for tag in ("footer", "aside"):
        for part in document.by_tag.get(tag, ()):
            if not any(document.tags[around] in ("article", "main") for around in document.ancestors(part)):
                yield part
    for token, positions in document.by_class.items():
        if _SIDE.search(token):
            yield from positions


_SIDE = re.compile(r"(?:^|[-_])side-?bar$", re.IGNORECASE)
