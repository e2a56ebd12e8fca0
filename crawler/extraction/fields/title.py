"""Title, subtitle and the element that prints the headline."""

from __future__ import annotations

import html
from collections.abc import Iterator

from crawler.extraction.document import Document
from crawler.extraction.evidence import Candidate, Choice, Level
from crawler.extraction.fields.headline import Printed, preference, printed_headlines
from crawler.extraction.readers.jsonld import PAGE_TYPES, folded, main_entities
from crawler.extraction.site_names import without_site

META_TITLES = ("og:title", "parsely-title", "sailthru.title", "twitter:title", "dc.title", "dcterms.title", "title")
"""`<meta>` names of the article's title, most trusted first."""

LINK_SOURCES = ("rest", "feed", "news_sitemap", "listing", "archive", "author_box")
"""Sources that named this address with a title, most trusted first."""


def choose_title(document: Document) -> Choice[str]:
    """The headline; its `position` is the element that prints it, where one does."""
    declared = list(_declared(document))
    printed = sorted(printed_headlines(document, [c.value for c in declared]), key=preference, reverse=True)
    candidates = [*(_candidate(item) for item in printed), *declared]
    if not candidates:
        return Choice(reason="no headline")
    if printed and (printed[0].agreement or not any(c.level is Level.STATED for c in declared)):
        return Choice(candidates[0].value, candidates[0], tuple(candidates[1:]), "printed as the headline")
    best = declared[0] if declared else candidates[0]
    winner = Candidate(best.value, best.source, best.where, best.level, printed[0].position if printed else None)
    return Choice(winner.value, winner, tuple(c for c in candidates if c is not best), "declared; no heading agrees")


def _candidate(item: Printed) -> Candidate[str]:
    return Candidate(item.text, "markup", item.mark, Level.BOUND, item.position)


def _declared(document: Document) -> Iterator[Candidate[str]]:
    for value, source, where, level in _sources(document):
        text = without_site(" ".join(html.unescape(html.unescape(value)).split()), document)
        if folded(text):
            yield Candidate(text, source, where, level)


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


def choose_subtitle(document: Document, headline: int | None) -> Choice[str]:
    """The standfirst below the headline."""
    del document, headline
    return Choice(reason="no standfirst")
