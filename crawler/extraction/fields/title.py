"""The title and the element that prints it; the subtitle is chosen next door."""

from __future__ import annotations

import html
from collections.abc import Iterator
from dataclasses import replace

from crawler.extraction.document import Document
from crawler.extraction.evidence import Candidate, Choice, Level
from crawler.extraction.fields.headline import MAX_GENERIC_WORDS, Printed, find_headline, find_printed
from crawler.extraction.fields.headline_address import is_spelled
from crawler.extraction.fields.headline_text import has_parts, tidy, unadorned
from crawler.extraction.fields.headline_titles import Agreement
from crawler.extraction.fields.subtitle import choose_subtitle
from crawler.extraction.readers.jsonld import PAGE_TYPES, folded, main_entities
from crawler.extraction.site_names import SEPARATOR, is_site_name, last_part, without_site

_CUT_LENGTH = 100

__all__ = ["choose_subtitle", "choose_title"]

META_TITLES = ("og:title", "parsely-title", "sailthru.title", "twitter:title", "dc.title", "dcterms.title", "title")
"""`<meta>` names of the article's title, most trusted first."""

LINK_SOURCES = ("rest", "feed", "news_sitemap", "listing", "archive", "author_box")
"""Sources that named this address with a title, most trusted first."""


def choose_title(document: Document) -> Choice[str]:
    """The headline; its `position` is the element that prints it, where one does."""
    declared = list(_declared(document))
    printed, reason = find_headline(document, [title.value for title in declared])
    rivals = [Candidate(item.text, "markup", item.mark, Level.BOUND, item.position) for item in printed]
    if reason and printed:
        winner = _as_printed(document, printed[0], declared)
        if printed[0].is_foreign and not printed[0].is_hidden:
            before = find_printed(document, [winner.value], before=printed[0].position)
            winner = winner if before is None else replace(winner, position=before)
        return Choice(winner.value, winner, (*rivals[1:], *declared), f"{reason}: {printed[0].mark}")
    if not declared:
        return Choice(rivals=tuple(rivals), reason="no headline")
    best = _longest_form(declared)
    position = find_printed(document, [title.value for title in declared])
    winner = replace(best, position=position) if position is not None else _printed_part(document, best)
    return Choice(
        winner.value, winner, (*(title for title in declared if title is not best), *rivals), "no heading fits"
    )


def _printed_part(document: Document, title: Candidate[str]) -> Candidate[str]:
    """The part before a separator that the page prints: "Club - The harbour opens again - Press"; else the title.

    What stands last may be the site's name. Behind a colon the address has to spell it: "Blog: The harbour reopens".
    """
    parts = [part.strip() for part in SEPARATOR.split(title.value)[:-1:2]]
    long = [part for part in parts if len(part.split()) > MAX_GENERIC_WORDS and not is_site_name(part, document)]
    behind = title.value.partition(": ")[2].strip()
    long += [behind] if behind and is_spelled(behind, document) else []
    position = find_printed(document, long) if long else None
    if position is None:
        return title
    printed = folded(document.elements[position].text or "")
    return replace(title, value=next(part for part in long if folded(part) == printed), position=position)


def _as_printed(document: Document, item: Printed, declared: list[Candidate[str]]) -> Candidate[str]:
    """The headline in the page's own typography, or as declared where the element runs its parts together."""
    text = item.text
    if item.agreement is Agreement.EQUAL and has_parts(document.elements[item.position]):
        text = declared[item.source].value
    return Candidate(text, "markup", item.mark, Level.BOUND, item.position)


def _longest_form(declared: list[Candidate[str]]) -> Candidate[str]:
    """The most trusted title, or the one that goes on where it was cut off (`headline` is often limited to 110)."""
    first = declared[0]
    start = folded(first.value.rstrip(".… "))
    is_cut = first.value.endswith(("…", "...")) or len(first.value) >= _CUT_LENGTH
    longer = (title for title in declared[1:] if is_cut and folded(title.value).startswith(start))
    return max((first, *longer), key=lambda title: len(folded(title.value)))


def _declared(document: Document) -> Iterator[Candidate[str]]:
    cleaned: dict[str, str] = {}
    for value, source, where, level in _sources(document):
        if value not in cleaned:
            text = _without_names(unadorned(tidy(html.unescape(html.unescape(value)))), document)
            cleaned[value] = text if folded(text) and not is_site_name(text, document) else ""
        if cleaned[value]:
            yield Candidate(cleaned[value], source, where, level)


def _without_names(title: str, document: Document) -> str:
    """The title without the names of site and section; of one that begins with them what the address spells."""
    last = last_part(title)
    if last and len(last.split()) > 1 and is_spelled(last, document):
        return last
    return without_site(title, document)


def _sources(document: Document) -> Iterator[tuple[str, str, str, Level]]:
    yield from _stated(document)
    for name in META_TITLES:
        for value in document.page.meta.get(name, ())[:1]:
            yield value, "meta", name, Level.DECLARED
    for position in document.by_tag.get("title", ())[:1]:
        yield document.text(position), "markup", "title", Level.DECLARED


def _stated(document: Document) -> Iterator[tuple[str, str, str, Level]]:
    for entity in main_entities(document):
        texts = {name: entity.text(name) for name in ("headline", "name")}
        name = next((name for name, text in texts.items() if text), None)
        if name and not entity.types & PAGE_TYPES:
            yield texts[name] or "", "json-ld", f"{entity.kind}.{name}", Level.STATED
    named = [link for link in document.page.links if link.title and link.source in LINK_SOURCES]
    for link in sorted(named, key=lambda link: LINK_SOURCES.index(link.source)):
        yield link.title or "", link.source, link.found_on or link.source, Level.STATED
