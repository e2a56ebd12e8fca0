"""Bylines that the page prints: elements marked as author, links to author pages, lines that begin with "By"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice

from lxml import etree

from crawler.extraction.document import BREAKING, Document
from crawler.extraction.evidence import Level
from crawler.extraction.layout import Layout
from crawler.extraction.name_shapes import SENTENCE_END, is_desk
from crawler.extraction.names import BREAK, is_label, labelled
from crawler.extraction.readers.author_claims import AuthorClaim
from crawler.extraction.readers.bare_names import LONGEST_BARE, bare_names
from crawler.extraction.readers.class_words import author_tokens
from crawler.extraction.readers.printed import (
    is_author_link,
    leads_to_author,
    leads_to_section,
    leads_to_subject,
    printed,
    printed_line,
)
from crawler.extraction.readers.regions import Region
from crawler.extraction.readers.reporters import reporter_lines
from crawler.extraction.readers.signatures import FRAME, box_heads, noted, signatures
from crawler.extraction.readers.visibility import is_unseen
from crawler.extraction.rows_of_posts import stands_in_row

LONGEST_BYLINE = 220
"""Characters; a longer text is prose, a biography or a list of posts."""

LONGEST_DATE = 60
"""Characters of the text beside an element among which a date is looked for."""
_DIGIT = re.compile(r"\d")

MARKED = frozenset({"microdata", "rel", "class"})
"""Rules by which markup itself says that a text names the author."""

ONLY_NEAR = frozenset({"address", "bare"})
"""Rules that hold in the headline's surroundings only."""

_THE_NAME = re.compile(
    r"author|byline|by-line|autor|auteur|verfasser|writer|contributor|journalist|byname|reporter|posted-?by|redacteur|"
    r"redactor|redakteur|signature|forfatter|skribent|creator|firma|tac-gia|vcard|editor-name|user-?name|avtor|penulis|"
    r"yazar",
    re.IGNORECASE,
)
"""What class names call a byline in the languages of the corpora."""
EXACT = ("fn", "by")
"""Whole class names: `fn` is the name in an hCard (microformats)."""

_NOT_THE_NAME = re.compile(
    r"avatar|image|img|photo|\bpic|picture|thumb|social|share|follow|comment|bio\b|biograph|descri|about|desc$|"
    r"icon|posts-by|more|related|twitter|facebook|email|hentry|type-post|status-|authori[tz]|job|role|position|"
    r"headline|prep\b|location|badge|disclos|disclaim|^no-|"
    r"login|regist|category|-cat\b|count|recent|latest|contact|title$|info-text|excerpt|summary|"
    r"credit|caption|subscri|rating|signature-?list|signatures|media-?(?:info|box)|sign-?up|^hide|commit-|become|apply|write-for",
    re.IGNORECASE,
)


_OF_MEDIA = re.compile(r"media-?(?:info|box)|caption|cutline", re.IGNORECASE)
"""Other class tokens of elements that credit a recording or a picture."""

_WIDE_PROSE = re.compile(r"[\u3040-\u9fff][。，？！]")
"""What a line of names in Chinese or Japanese does not hold, and the answers of an interview do: "记者：…"."""

MAX_CLAIMS = 200
"""Bylines of a page that are read: each is compared with all others, and no article has so many."""


@dataclass(frozen=True, slots=True)
class _Seed:
    position: int
    rule: str


def printed_authors(document: Document, layout: Layout) -> Iterator[AuthorClaim]:
    """The bylines near main headline and body, in page order; those of other posts and comments are left out."""
    return islice(_claims(document, layout), MAX_CLAIMS)


def _claims(document: Document, layout: Layout) -> Iterator[AuthorClaim]:
    region = Region(document, layout)
    yield from _reporters(document, region)
    yield from _noted(document, region)
    end = -1
    seeds = sorted(_seeds(document, region), key=lambda seed: seed.position)
    for index, seed in enumerate(seeds):
        if seed.position < end or seed.position in region.shared:
            continue
        claim = _claim(document, seed, region)
        if claim is None:
            continue
        end = document.ends[seed.position]
        behind = bisect_left(seeds, end, key=lambda seed: seed.position)
        inner = [_claim(document, other, region) for other in seeds[index + 1 : behind]]
        yield replace(claim, parts=tuple(part for part in inner if part))


def _reporters(document: Document, region: Region) -> Iterator[AuthorClaim]:
    for position, names in reporter_lines(document, region):
        zone = region.zone(position)
        if zone:
            where = f"reporter:{document.tags[position]}"
            rule = zone if zone == "head" else "line"
            yield AuthorClaim(names, "markup", where, Level.BOUND, rule, where, position, trusted=True)


def _noted(document: Document, region: Region) -> Iterator[AuthorClaim]:
    for position, names in noted(document, region):
        if region.zone(position):
            where = f"note:{document.tags[position]}"
            yield AuthorClaim(names, "markup", where, Level.BOUND, "tail", where, position)


def _seeds(document: Document, region: Region) -> Iterator[_Seed]:
    """Elements that may hold a byline, each by its strongest mark."""
    found: dict[int, str] = {}
    links = list(_author_links(document, region))
    for rule, positions in (
        ("microdata", document.by_itemprop.get("author", ())),
        ("rel", _by_attribute(document, region)),
        ("class", _by_class(document)),
        ("label", _labelled_links(document, region, links)),
        ("link", links),
        ("label", _labelled(document, region)),
        ("address", document.by_tag.get("address", ())),
        ("bare", bare_names(document, region)),
        ("signature", signatures(document, region)),
        ("box", box_heads(document, region)),
    ):
        for position in positions:
            found.setdefault(position, rule)
    return (_Seed(position, rule) for position, rule in found.items())


def _by_attribute(document: Document, region: Region) -> Iterator[int]:
    """Elements around the headline with `rel=author`, an RDFa property or a test id that says author."""
    for position in region.introduction():
        element = document.elements[position]
        for name in ("rel", "property", "data-testid"):
            marks = element.get(name)
            if marks and ("author" in marks.lower() or "byline" in marks.lower()):
                yield position
                break


def _by_class(document: Document) -> Iterator[int]:
    tokens = {token for token in author_tokens(document) if _is_byline_class(token)}
    for token in tokens.union(EXACT):
        yield from (p for p in document.by_class.get(token, ()) if not _OF_MEDIA.search(document.classes[p] or ""))


@lru_cache(maxsize=16384)
def _is_byline_class(token: str) -> bool:
    return bool(_THE_NAME.search(token)) and not _NOT_THE_NAME.search(token)


def _author_links(document: Document, region: Region) -> Iterator[int]:
    links = document.by_tag.get("a", [])
    first, last = region.reach()
    for position, address, relation in document.anchors[bisect_left(links, first) : bisect_left(links, last)]:
        if leads_to_author(address) or "author" in relation.lower():
            yield position


def _labelled_links(document: Document, region: Region, links: list[int]) -> Iterator[int]:
    """Lines behind the text that name several authors behind a label, each with a link: "Authors: Mara, Piet"."""
    holders = Counter(document.parents[link] for link in links if link > region.end)
    for holder, count in holders.items():
        text = document.text(holder) if count > 1 else ""
        if 1 < len(text) < LONGEST_BYLINE and labelled(text):
            yield holder


def _labelled(document: Document, region: Region) -> Iterator[int]:
    for position in region.near():
        element = document.elements[position]
        text = _first_text(element)
        if text and 1 < len(text) < LONGEST_BYLINE and labelled(text):
            alone = is_label(text) and (not len(element) or is_label(document.text(position)))
            yield document.parents[position] if alone else position
        elif document.ends[position] - position > 1 and any(
            [_begins_byline(child, text or "") for child in element if child.tail]
        ):
            yield position


def _first_text(element: etree._Element) -> str | None:
    """What an element begins with, an icon before it aside: `<strong><i class="user"></i>Author: </strong>`."""
    if len(element) and not (element.text and element.text.strip()) and element[0].tag in ICONS:
        icon = element[0]
        return None if len(icon) or (icon.text and icon.text.strip()) else icon.tail
    return element.text


ICONS = frozenset(("i", "span"))


def _begins_byline(child: etree._Element, before: str) -> bool:
    """Whether the text behind an element goes on with a byline and a date: `<time>May 2</time> by Mara Quill in …`."""
    text = child.tail
    if not text or not 4 < len(text) < LONGEST_BYLINE:
        return False
    if child.tag in BREAKING or child.tag == "time":
        return labelled(text)
    around = f"{before[-LONGEST_DATE:]}{text}{(child.text or '')[:LONGEST_DATE]}"
    return bool(_DIGIT.search(around)) and labelled(text)


MOST_STATED, MOST_CARDS = 4, 3
"""Elements without text that may say whom microdata without text names, and those of a page that name its author."""

NO_CLAIMS = frozenset(("meta", "link", "html", "body", "head", "input", "form", "article", "main", "template"))
"""Elements that hold other things than a byline, or nothing that is printed."""


def _claim(document: Document, seed: _Seed, region: Region) -> AuthorClaim | None:
    element = document.elements[seed.position]
    if element.tag in NO_CLAIMS:
        return None
    printed_text, rule = _text_of(element, seed.rule)
    text = printed_text or _stated_name(document, seed) or ""
    if not any(map(str.isalpha, text)) or _is_label_alone(seed, text):
        return None
    zone = region.zone(seed.position, marked=_is_marked(seed, element))
    if not _may_stand(document, _Seed(seed.position, rule), zone, region):
        return None
    kind = f"{element.tag}.{_telling_class(document.classes[seed.position] or '')}"
    unseen = not printed_text or is_unseen(document, seed.position, region.shared)
    return AuthorClaim(
        text=SENTENCE_END.sub(BREAK, text),
        source="microdata" if rule == "microdata" else "markup",
        where=f"{rule}:{kind}".rstrip("."),
        level=Level.BOUND,
        kind=kind,
        rule=_claim_rule(rule, zone, unseen),
        position=seed.position,
        url=_first_address(element),
        trusted=rule in MARKED or (rule == "link" and zone in NEAR_HEADLINE),
    )


def _is_label_alone(seed: _Seed, text: str) -> bool:
    """Whether a label is all there is: an entry "Texts" of a menu; "Editors" may sign."""
    return seed.rule == "label" and is_label(text) and not is_desk(text)


NEAR_HEADLINE = ("head", "above")
"""Zones around the headline."""


def _may_stand(document: Document, seed: _Seed, zone: str, region: Region) -> bool:
    """Whether a byline of a rule may stand in a zone; links inside the text speak of people."""
    if not zone or (seed.rule in ONLY_NEAR and zone not in NEAR_HEADLINE):
        return False
    if zone != "inside" and stands_in_row(region.document, seed.position, region.headline):
        return False
    if seed.rule != "link":
        return True
    link = document.elements[seed.position]
    return not (
        _is_mention(link, zone) or _is_in_prose(document, seed, region) or leads_to_section(link, document.page.url)
    )


def _stated_name(document: Document, seed: _Seed) -> str | None:
    """The name in an element that prints none: `<span itemprop="author"><meta itemprop="name" content="Jane Doe">`.

    Several such elements belong to a list of posts, unless the others print what this one states.
    """
    element = document.elements[seed.position]
    if seed.rule != "microdata" or len(document.by_itemprop["author"]) > MOST_CARDS:
        return None
    inner = islice(element.iter("meta", "link"), MOST_STATED)
    name = next((other.get("content") for other in inner if other.get("itemprop") == "name"), None)
    others = (position for position in document.by_itemprop["author"] if position != seed.position)
    return name if name and all(name in document.text(position) for position in others) else None


def _telling_class(name: str) -> str:
    """The class that calls an element a byline, which its siblings share: `field-name-field-authors` of Drupal's."""
    tokens = name.split()
    return next(filter(_is_byline_class, tokens), tokens[0] if tokens else "")


def _text_of(element: etree._Element, rule: str) -> tuple[str | None, str]:
    """An element's text and by which rule it was read: of a long text with a label, the line that it begins."""
    text = printed(element, LONGEST_BYLINE)
    if text is None and rule == "label":
        return printed_line(element, labelled, LONGEST_BYLINE), "line"
    if text and rule == "signature":
        return text.strip(FRAME), rule
    if text and rule == "label" and _WIDE_PROSE.search(text):
        return None, rule
    return text, rule


def _is_mention(link: etree._Element, zone: str) -> bool:
    """Whether a link to somebody's page speaks of them rather than names the author: all links inside the text do."""
    return zone == "inside" or (zone == "tail" and leads_to_subject(link))


def _is_in_prose(document: Document, seed: _Seed, region: Region) -> bool:
    """Whether a link stands in a paragraph of the body's first blocks: to a player, to an actor's page."""
    parent = document.parents[seed.position]
    is_text = document.tags[parent] == "p" and len(document.text(parent)) > LONGEST_BARE
    return seed.position > region.start and is_text and not labelled(document.text(parent))


def _claim_rule(rule: str, zone: str, unseen: bool) -> str:
    """The row of the table of preference: the zone, save for what is believed less than its zone."""
    if unseen:
        return "unseen"
    if rule == "line" and zone in NEAR_HEADLINE:
        return "line"
    return "bare" if rule == "bare" else zone


def _is_marked(seed: _Seed, element: etree._Element) -> bool:
    """Whether markup says that a text names the author, or a label and a link to the author's page do."""
    return seed.rule in MARKED or (seed.rule == "label" and _first_address(element) is not None)


def _first_address(element: etree._Element) -> str | None:
    if element.tag == "a":
        return element.get("href")
    return next((link.get("href") for link in element.iter("a") if is_author_link(link)), None)
