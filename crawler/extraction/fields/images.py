"""The article's pictures: the lead picture first, each once, with caption and credit."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any

from crawler.extraction.document import Document
from crawler.extraction.evidence import Candidate, Choice, Level
from crawler.extraction.fields.captions import caption_of, credit_of
from crawler.extraction.fields.picture_identity import is_proxied, picture_key, twin_of
from crawler.extraction.fields.picture_sources import absolute, is_decoration, largest_source
from crawler.extraction.layout import Layout
from crawler.extraction.readers.jsonld import Entity, main_entity, plain
from crawler.extraction.surroundings import foreign_zones
from crawler.items import Author, Image

ABOVE = 40
"""Elements by which a lead picture may stand before the headline."""
BELOW = 12
"""Elements by which a last picture may stand behind the last paragraph."""
MIN_LARGE = 1200
"""Width from which a printed file is taken for larger than a declared one of unknown size (the usual 1200 × 630)."""
PICTURE_TAGS = ("img", "amp-img")
"""Elements that print a picture; the second is that of AMP."""
MAX_IMAGES = 60
"""A gallery of more is cut; no corpus page has more."""

SHARED = re.compile(
    r"(?:^|[-_./])(?:logos?|default|placeholder|fallback|social|share|sharing|og[-_]?(?:image|default)|opengraph|no[-_]?image"
    r"|site[-_]?(?:image|icon)|favicon|apple-touch-icon|blank|dummy|icon|avatars?)(?:[-_./\d]|$)",
    re.IGNORECASE,
)
"""File names of the picture that a site gives to every page without one."""

NO_PICTURE = re.compile(r"\.(?:mp4|m4v|mov|webm|ogv|mp3|m4a|wav|pdf)$", re.IGNORECASE)
"""Files that templates name as a picture and that show none."""

_PORTRAIT = re.compile(
    r"^(?:photo|picture|image|avatar|foto|bild)\s+(?:of|von|de)\b|\b(?:photo|image|avatar|foto)$", re.IGNORECASE
)
"""What stands around the name in the alternative text of a portrait."""


def choose_images(document: Document, layout: Layout, authors: Sequence[Author] = ()) -> Choice[tuple[Image, ...]]:
    """The pictures of the article, the lead picture first.

    The declared picture (`og:image`, JSON-LD) leads; where the same picture is printed, its alternative text, caption
    and credit come from there. A declared picture whose file name says that every page has it is left out, and so is
    a printed portrait of an author.
    """
    printed = tuple(pair for pair in _printed(document, layout) if not _is_portrait(pair[0], authors))
    declared = [candidate for candidate in _declared(document) if not _is_shared(candidate.value.url)]
    images = _joined(declared[0].value if declared else None, printed, _declared_width(document))
    if not images:
        return Choice(reason="no picture")
    where = declared[0] if declared else None
    source, place, level = (where.source, where.where, where.level) if where else ("markup", "img", Level.BOUND)
    winner = Candidate(images, source, place, level)
    rivals = tuple(_alone(candidate) for candidate in declared[1:])
    return Choice(images, winner, rivals, "declared picture first, then as printed" if declared else "as printed")


def _is_portrait(image: Image, authors: Sequence[Author]) -> bool:
    """Whether a picture without a caption is known as an author's, or has only a name for its alternative text."""
    if image.caption:
        return False
    alt = _PORTRAIT.sub(" ", image.alt or "").strip().casefold()
    return any(image.url == author.avatar or (alt and alt == author.name.casefold()) for author in authors)


def _alone(candidate: Candidate[Image]) -> Candidate[tuple[Image, ...]]:
    return Candidate((candidate.value,), candidate.source, candidate.where, candidate.level)


def _joined(lead: Image | None, printed: tuple[tuple[Image, float], ...], width: float) -> tuple[Image, ...]:
    """The lead picture and the others, each once; where the lead is printed, with what is printed beside it."""
    found: dict[str, Image] = {}
    if lead:
        index = twin_of(lead.url, [image.url for image, _ in printed])
        if index is not None:
            twin, size = printed[index]
            is_larger = size > max(width, MIN_LARGE) and not is_proxied(twin.url)
            url = twin.url if is_larger else lead.url
            lead = Image(url, twin.alt or lead.alt, twin.caption or lead.caption, twin.credit or lead.credit)
            found[picture_key(twin.url)] = lead
        else:
            found[picture_key(lead.url)] = lead
    for image, _ in printed:
        found.setdefault(picture_key(image.url), image)
    return tuple(found.values())[:MAX_IMAGES]


def _declared_width(document: Document) -> float:
    text = next(iter(document.page.meta.get("og:image:width", ())), "")
    return float(text) if text.isdigit() else 0.0


def _is_shared(url: str) -> bool:
    name = url.partition("?")[0].rpartition("/")[2]
    return bool(SHARED.search(name) or NO_PICTURE.search(name))


def _declared(document: Document) -> Iterator[Candidate[Image]]:
    page = document.page
    alt = next(iter(page.meta.get("og:image:alt", ())), None)
    for name in ("og:image", "og:image:url", "og:image:secure_url"):
        for address in page.meta.get(name, ())[:1]:
            url = absolute(address, page.url)
            if url:
                yield Candidate(Image(url, alt), "meta", name, Level.DECLARED)
    entity = main_entity(document)
    for image in _from_json_ld(entity, page.url) if entity else ():
        yield Candidate(image, "json-ld", f"{entity.kind if entity else ''}.image", Level.STATED)
    for name in ("twitter:image", "twitter:image:src", "thumbnail", "parsely-image-url", "sailthru.image.full"):
        for address in page.meta.get(name, ())[:1]:
            url = absolute(address, page.url)
            if url:
                yield Candidate(Image(url), "meta", name, Level.DECLARED)


def _from_json_ld(entity: Entity, base: str) -> Iterator[Image]:
    for value in [*entity.values("image"), *entity.values("thumbnailUrl")][:3]:
        node: dict[str, Any] = value if isinstance(value, dict) else {"url": value}
        address = node.get("contentUrl") or node.get("url") or node.get("@id")
        url = absolute(address, base) if isinstance(address, str) else None
        if url:
            caption, credit = plain(node.get("caption")) or None, plain(node.get("creditText")) or None
            yield Image(url, None, caption, credit)


def _printed(document: Document, layout: Layout) -> Iterator[tuple[Image, float]]:
    """Pictures between headline and end of body in page order, each with its width where the page tells it."""
    if layout.body_start is None or layout.body_end is None:
        return
    zones = foreign_zones(document, layout)
    start = min(layout.body_start, layout.headline if layout.headline is not None else layout.body_start) - ABOVE
    pictures = sorted(chain.from_iterable(document.by_tag.get(tag, ()) for tag in PICTURE_TAGS))
    for position in pictures[bisect_left(pictures, start) : bisect_right(pictures, layout.body_end + BELOW)]:
        if zones.is_foreign(position):
            continue
        source = None if is_decoration(document, position) else largest_source(document, position)
        if source and not NO_PICTURE.search(source[0].partition("?")[0]):
            yield _image(document, position, source[0]), source[1]


def _image(document: Document, position: int, url: str) -> Image:
    alt = " ".join((document.elements[position].get("alt") or "").split()) or None
    caption = caption_of(document, position)
    text, credit = credit_of(document, caption) if caption is not None else (None, None)
    return Image(url, alt, text, credit)
