"""The standfirst or deck below the headline, where the page marks one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from crawler.extraction.document import Document
from crawler.extraction.evidence import Candidate, Choice, Level
from crawler.extraction.fields.headline_places import is_foreign
from crawler.extraction.fields.headline_text import headline_text
from crawler.extraction.readers.jsonld import folded, main_entity

SUBTITLE_CLASS = re.compile(
    r"(?:^|[\s_-])(?:sub-?titles?|sub-?head(?:er|line)?|sub-?hed|dek|deck|standfirst|stand-first|strap-?line|chap[oô]"
    r"|chapeau|bajada|entradilla|copete|sumario|vorspann|ingress|sottotitolo|gancho|subt[ií]tulo|sous-titre|untertitel"
    r"|podtitulek|perex|intro|lead-?(?:text|in|paragraph)?|lede|excerpt|teaser-?text"
    r"|(?:article|story|hero|entry|post|header)[\w-]*[_-](?:summary|abstract|desc(?:ription)?))(?:$|[\s_-])"
    r"|(?<=[a-z])(?:Dek|Deck|Subtitle|SubTitle|Subhead|Subheadline|Standfirst|Intro|Lead|Lede)(?=$|[\s_A-Z-])",
)
"""Class names of standfirsts in several languages and of component systems (`ContentHeaderDek-…`)."""

OF_AUTHOR = re.compile(r"author|auteur|autor|writer|bio(?:$|[_-])", re.IGNORECASE)
"""Class names of what introduces the author instead (`writer-intro`)."""

AFTER = 40
"""How many elements behind the headline are looked at."""

SHORTEST, LONGEST = 15, 600
"""Characters of a standfirst."""

PROSE = 250
"""Characters of an unmarked paragraph with which the body has begun."""

MAX_INSIDE = 12
"""Elements inside a standfirst; a larger one is a container."""


def choose_subtitle(document: Document, headline: int | None, body_end: int | None = None) -> Choice[str]:
    """The standfirst: printed and marked as such near the headline, else stated as the alternative headline.

    What stands behind the end of the body introduces another article.
    """
    candidates = [*_printed(document, headline, body_end), *_stated(document, headline)]
    if not candidates:
        return Choice(reason="no standfirst")
    return Choice(candidates[0].value, candidates[0], tuple(candidates[1:]), "marked as the standfirst")


def _printed(document: Document, headline: int | None, body_end: int | None) -> Iterator[Candidate[str]]:
    if headline is None:
        return
    title = folded(document.text(headline))
    last = len(document.tags) if body_end is None or body_end < headline else document.ends[body_end]
    for position in range(headline + 1, min(headline + AFTER, last)):
        name = document.classes[position]
        if name and _is_subtitle_class(name):
            text = headline_text(document.elements[position])
            if (
                _is_standfirst(document, position, text)
                and folded(text) != title
                and not is_foreign(document, position)
            ):
                yield Candidate(text, "markup", f"{document.tags[position]}.{name.split()[0]}", Level.BOUND, position)
                return
        if document.tags[position] == "p" and len(document.elements[position].text or "") > PROSE:
            return


@lru_cache(maxsize=32768)
def _is_subtitle_class(name: str) -> bool:
    return SUBTITLE_CLASS.search(name) is not None and not OF_AUTHOR.search(name)


def _is_standfirst(document: Document, position: int, text: str) -> bool:
    inside = document.tags[position + 1 : document.ends[position]]
    return (
        SHORTEST <= len(text) <= LONGEST
        and len(inside) <= MAX_INSIDE
        and inside.count("p") <= 1
        and "time" not in inside
    )


def _stated(document: Document, headline: int | None) -> Iterator[Candidate[str]]:
    entity = main_entity(document)
    if entity is None:
        return
    text = entity.text("alternativeHeadline")
    titles = {folded(entity.text("headline") or ""), folded(document.text(headline)) if headline is not None else ""}
    if text and folded(text) not in titles:
        yield Candidate(text, "json-ld", f"{entity.kind}.alternativeHeadline", Level.STATED)
