"""Captions of pictures, and the credit that many of them end with."""

from __future__ import annotations

import re
from functools import lru_cache

from crawler.extraction.document import Document
from crawler.extraction.readers.visibility import signs

CAPTION_CLASS = re.compile(r"(?:^|[-_ ])caption(?:$|[-_ ])|wp-caption-text|bildunterschrift|legende", re.IGNORECASE)
"""Class tokens of captions outside `<figcaption>`: WordPress' classic `wp-caption-text`, CMS forms of `caption`."""
CREDIT_CLASS = re.compile(
    r"(?:^|[-_ ])(?:credits?|copyright|photographer|photo-?by|source|byline|attribution|image-?rights|fotograf)"
    r"(?:$|[-_ ])",
    re.IGNORECASE,
)
"""Class tokens of the credit inside or beside a caption."""

CREDIT = re.compile(
    r"[\s(\[|–—-]*(?:\b(?:photo(?:graph)?s?|image|picture|pic|illustration|photo credit|credits?|foto|bild"
    r"|crédit photo"
    r"|crédits?|fotografía|imagen|imagem|immagine|fot|zdjęcie|фото|источник фото|kuva|fotó|fotograf|quelle|source)"
    r"\s*(?:(?:credit|courtesy|by|von|de|di|of)\b)?\s*[:/©]\s*"
    r"|\b(?:photo|photograph|image|illustration|picture) (?:courtesy of|by)\s+|©\s*|\(c\)\s*)"
    r"(?P<name>[^()\[\]|]{2,80}?)\s*[)\]]?\s*\.?$",
    re.IGNORECASE,
)
"""A credit at the end of a caption: "… (Photo: A. Name)", "Foto: Agency", "© Agency"."""

BYLINE = re.compile(r"\s*[(\[](?P<name>[^()\[\]]{2,60}/\s?[^()\[\]]{2,60})[)\]]\s*$")
"""Photographer and agency in brackets without a label: "(A. Name/Agency)"."""

AGENCY = re.compile(r"(?<=[.!?”\"])\s+(?P<name>[A-Z][\w.'’ -]{2,50}?(?:\s?/\s?|\s+via\s+)[A-Z][\w.'’ -]{1,40}?)\.?$")
"""Photographer and agency behind the last sentence without a label: "… at dusk. A. Name via Agency"."""

REACH = 3
"""Levels above the picture within which its caption stands."""
MAX_CREDIT = 80
"""Letters of a credit that stands beside its caption."""
MAX_LENGTH = 600
"""Longer texts are paragraphs."""


def caption_of(document: Document, position: int) -> int | None:
    """Position of the caption of the picture at a position, or None."""
    ancestors = list(document.ancestors(position))
    figure = next((place for place in ancestors[:6] if document.tags[place] == "figure"), None)
    if figure is not None:
        captions = document.inside("figcaption", figure)
        return captions[0] if captions else _marked(document, figure)
    for place in ancestors[:REACH]:
        if _pictures(document, place) > 1 or document.tags[place] in {"body", "article", "main"}:
            return None
        found = _marked(document, place) or _next(document, place, CAPTION_CLASS)
        if found is not None:
            return found
    return None


def _marked(document: Document, container: int) -> int | None:
    inside = range(container + 1, min(document.ends[container], container + 40))
    return next((p for p in inside if document.classes[p] and _is_caption(document.classes[p] or "")), None)


@lru_cache(maxsize=20_000)
def _is_caption(classes: str) -> bool:
    return CAPTION_CLASS.search(classes) is not None


def _next(document: Document, position: int, name: re.Pattern[str]) -> int | None:
    """The element right behind another, where its class is of a kind."""
    place = document.ends[position]
    is_sibling = place < len(document.tags) and document.parents[place] == document.parents[position]
    return place if is_sibling and name.search(document.classes[place] or "") else None


def _pictures(document: Document, container: int) -> int:
    return len(document.inside("img", container))


def credit_of(document: Document, caption: int) -> tuple[str | None, str | None]:
    """Caption without its credit, and the credit; either may be None."""
    text = _words(document, caption)
    if not text or len(text) > MAX_LENGTH:
        return None, None
    for place in range(caption + 1, document.ends[caption]):
        if CREDIT_CLASS.search(document.classes[place] or ""):
            credit = document.text(place)
            rest = " ".join(text.replace(credit, " ", 1).split()) if credit else text
            return rest or None, _bare(credit) or None
    beside = _next(document, caption, CREDIT_CLASS)
    if beside is not None and len(document.text(beside)) <= MAX_CREDIT:
        return text, _bare(document.text(beside)) or None
    match = CREDIT.search(text) or BYLINE.search(text) or AGENCY.search(text)
    if match:
        return text[: match.start()].rstrip(" /|–—-") or None, match["name"].strip() or None
    return text, None


def _words(document: Document, caption: int) -> str:
    """The text of a caption without the sign that links to the picture."""
    text = document.text(caption)
    for sign in document.among(signs(document), caption):
        text = text.removesuffix(document.text(sign)).rstrip()
    return text


def _bare(credit: str) -> str:
    match = CREDIT.fullmatch(credit)
    return (match["name"] if match else credit).strip(" ()[]|©")
