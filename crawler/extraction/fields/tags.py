"""Tags and keywords: what the article is filed under, beside its section."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from crawler.extraction.document import HEADINGS, Document
from crawler.extraction.evidence import Candidate, Choice, Level
from crawler.extraction.layout import Layout
from crawler.extraction.readers.jsonld import main_entities
from crawler.extraction.surroundings import Zones, class_roles, foreign_zones

MAX_TAGS = 60
"""More than this is a vocabulary, not a choice."""
MAX_LINKS = 25
"""A container of more links that is called topics is a section of the page."""
MAX_LENGTH = 60
"""Longer entries are sentences that stand in a keywords element."""

CATEGORY_ADDRESS = re.compile(
    r"/(?:categor(?:y|ies)|kategorie|categoria|categorie|rubrik|section|author|authors)/", re.IGNORECASE
)
"""Themes mark categories `rel=tag` too; their addresses tell them apart."""

TAG_ADDRESS = re.compile(r"/(?:tags?|hashtags?)/[^/?#]+/?$", re.IGNORECASE)
"""Addresses of tag pages: WordPress `/tag/x/`, Hugo `/tags/x/`; Newsup prints such links without `rel=tag`."""

ABOVE = 60
"""Elements by which a tag may stand before the headline, where some themes print a kicker line."""

META = ("article:tag", "og:article:tag", "parsely-tags", "sailthru.tags", "news_keywords", "keywords")
"""Order of preference; `keywords` last, since many sites print the same on every page."""

CODE = frozenset({"pre", "code"})
"""Elements of code, whose words highlighters class as `keyword` and `tag`."""

LISTED = "tag list"
"""Where tags were read that nothing marks but a class of their list."""

_LABEL = re.compile(
    r"(?:tags?|keywords?|topics?|labels?|schlagw(?:orte?|örter)|mots[- ]clés|étiquettes|etiquetas|parole chiave"
    r"|trefwoorden|tagi|теги|метки|タグ|标签|標籤)\s*[:：]",
    re.IGNORECASE,
)
"""What a line of tags begins with; a cloud of them has a title instead."""
_COUNT = re.compile(r"\s*\(\d+\)$")
"""How many posts a tag has, as lists of all tags print it: "Tides (3)"."""
MOST_LABELLED = 12
"""Links of such a line."""

_NO_TAG = re.compile(r"[\d\s]{5,}|\S+@\S+\.\S+")
"""Numbers of a database, and addresses to write to, which stand among tags."""

_SEPARATOR = re.compile(r"[,;|，、；]")


def choose_tags(document: Document, layout: Layout) -> Choice[tuple[str, ...]]:
    """Tags in the order of the page: printed ones bound to the article, then JSON-LD keywords, then meta elements.

    A list that only its class calls tags comes last where others state some and nothing supports half of its entries.
    """
    found = [candidate for candidate in _candidates(document, layout) if candidate.value]
    if not found:
        return Choice(reason="no tags")
    if found[0].where == LISTED and found[1:] and not _is_supported(found[0].value, found[1:], document, layout):
        found.append(found.pop(0))
    chosen = _whole(found, layout)
    rivals = tuple(candidate for candidate in found if candidate is not chosen)
    reason = "first of the order that names any" if chosen is found[0] else "holds all that is printed, and more"
    return Choice(chosen.value, chosen, rivals, reason)


def _is_supported(
    printed: tuple[str, ...], others: Iterable[Candidate[tuple[str, ...]]], document: Document, layout: Layout
) -> bool:
    """Whether another list, the headline or a paragraph of the text names half of the entries."""
    stated = {tag.casefold() for other in others for tag in other.value}
    first, last = layout.body_start or 0, layout.body_end or 0
    shown = [layout.headline, *(position for position in document.by_tag.get("p", ()) if first <= position <= last)]
    text = " ".join(document.text(position) for position in shown if position is not None).casefold()
    named = sum(tag.casefold() in stated or tag.casefold() in text for tag in printed)
    return 2 * named >= len(printed)


def _whole(found: list[Candidate[tuple[str, ...]]], layout: Layout) -> Candidate[tuple[str, ...]]:
    """The first list, or another one that holds all of it and more.

    A whole list that another declares just so stays: the longer one then adds the section, or the site's own keywords.
    """
    first = found[0]
    is_kicker = len(first.value) == 1 and (first.position or 0) < (layout.body_start or 0)
    stated = (set(map(str.casefold, other.value)) for other in found if other.source != "markup")
    if not is_kicker and set(map(str.casefold, first.value)) in list(stated):
        return first
    return next((other for other in found[1:] if _extends(other.value, first.value)), first)


def _extends(other: tuple[str, ...], printed: tuple[str, ...]) -> bool:
    """Whether a declared list holds every printed tag: themes print the first tag alone above the headline (Ghost)."""
    folded = {tag.casefold() for tag in other}
    return len(folded) > len(printed) and all(tag.casefold() in folded for tag in printed)


def clean_tags(texts: Iterable[str]) -> tuple[str, ...]:
    """Each tag once, without `#` and separators; sentences, numbers and mail addresses are left out."""
    found: dict[str, str] = {}
    for text in texts:
        tag = " ".join(text.split()).strip("#,;|·• ")
        if tag and len(tag) <= MAX_LENGTH and not _NO_TAG.fullmatch(tag):
            found.setdefault(tag.casefold(), tag)
    return tuple(found.values())[:MAX_TAGS]


def split_keywords(text: str) -> list[str]:
    """The parts of a keywords string."""
    return _SEPARATOR.split(text)


def _candidates(document: Document, layout: Layout) -> Iterator[Candidate[tuple[str, ...]]]:
    zones = foreign_zones(document, layout)
    links = _without_vocabulary(document, [p for p in _tag_links(document) if _is_own(p, zones, layout)])
    lists = list(_tag_lists(document, zones, layout))
    for where, found in (("a[rel=tag]", links), (LISTED, list(_listed(document, lists)))):
        positions = _unless_behind(document, found, lists)
        if positions:
            tags = clean_tags(_texts(document, positions))
            yield Candidate(tags, "markup", where, Level.BOUND, positions[0])
    if not links:
        behind = links_behind_label(document, _tag_links(document), _LABEL)
        yield Candidate(clean_tags(map(document.text, behind)), "markup", "a behind a label", Level.BOUND)
    for entity in main_entities(document):
        tags = clean_tags(part for text in entity.texts("keywords") for part in split_keywords(text))
        yield Candidate(tags, "json-ld", f"{entity.kind}.keywords", Level.STATED)
    for name in META:
        texts = document.page.meta.get(name, ())
        tags = clean_tags(part for text in texts for part in split_keywords(text))
        yield Candidate(tags, "meta", name, Level.DECLARED)


def _texts(document: Document, positions: Iterable[int]) -> Iterable[str]:
    """The words of each entry, of links to one page those of the first: themes repeat the tags below the text."""
    pages: dict[str, str] = {}
    for position in positions:
        address = document.elements[position].get("href") or ""
        pages.setdefault(address if "/" in address else f"#{position}", uncounted(document, position))
    return pages.values()


def uncounted(document: Document, position: int) -> str:
    """The text of an entry without the number of posts that it ends with, in an element of its own: `<sup>3</sup>`."""
    text = document.text(position)
    last = next((p for p in reversed(range(position + 1, document.ends[position])) if document.text(p)), position)
    count = document.text(last)
    return text.removesuffix(count) if last > position and count.strip("()").isdigit() and text != count else text


def _without_vocabulary(document: Document, links: list[int]) -> list[int]:
    """The tag links without a list of all tags of the site: it prints those of a container called tags once more, and
    others."""
    listed = {link for position in document.once(class_roles)["tags"] for link in document.inside("a", position)}
    own = [link for link in links if link in listed]
    further = {_COUNT.sub("", document.text(link)) for link in links if link not in listed}
    repeated = {document.text(link) for link in own} <= further
    return own if own and repeated and len(further) > len(own) else links


def _tag_links(document: Document) -> Iterator[int]:
    for position, address, relation in document.anchors:
        if not relation and "/" not in address:
            continue
        is_tag = "tag" in relation.lower().split() or ("tag" in address and TAG_ADDRESS.search(address))
        if is_tag and "category" not in relation and not is_category(address):
            yield position


def is_category(address: str) -> bool:
    """Whether an address has the form of a category's or an author's page."""
    try:
        return bool(CATEGORY_ADDRESS.search(urlsplit(address).path))
    except ValueError:
        return False


def links_behind_label(document: Document, links: Iterable[int], label: re.Pattern[str]) -> list[int]:
    """The links of the one line that holds some of the given ones and begins with a label; none where several lines do.

    Posts have such lines in a column beside them, where most links belong to the publication.
    """
    lines = {document.parents[link] for link in links}
    labelled = [line for line in lines if label.match(document.text(line))]
    found = document.inside("a", labelled[0]) if len(labelled) == 1 else []
    return found if len(found) <= MOST_LABELLED else []


def _is_own(position: int, zones: Zones, layout: Layout) -> bool:
    return not zones.is_foreign(position) and (layout.headline is None or position > layout.headline - ABOVE)


def _tag_lists(document: Document, zones: Zones, layout: Layout) -> Iterator[int]:
    """What its class calls a list of tags, outside of other parts and of code. It may be a `<nav>` (Material's is)."""
    for position in document.once(class_roles)["tags"]:
        is_own = _is_own(document.parents[position], zones, layout) and not _holds(document, position, layout)
        if is_own and not any(document.tags[around] in CODE for around in document.ancestors(position)):
            yield position


APART = 12
"""Elements between a list of tags and a link that is no longer of it."""


def _unless_behind(document: Document, links: list[int], lists: list[int]) -> list[int]:
    """The tag links up to the last list that holds some, and what follows it at once; the others are the site's own."""
    holding = (p for p in lists if document.tags[p] != "a" and document.among(links, p))
    end = max((document.ends[p] for p in holding), default=len(document.elements))
    kept: list[int] = []
    for link in links:
        if link >= end + APART:
            break
        kept.append(link)
        end = max(end, document.ends[link])
    return kept


def _listed(document: Document, lists: list[int]) -> Iterator[int]:
    """Links of the tag lists, or their entries where they are no links."""
    end = -1
    for position in lists:
        if position >= end:
            end = document.ends[position]
            yield from _entries(document, position)


def _holds(document: Document, position: int, layout: Layout) -> bool:
    return layout.body_start is not None and document.is_within(layout.body_start, position)


def _entries(document: Document, container: int) -> list[int]:
    inside = range(container, document.ends[container])
    links = [position for position in inside if document.tags[position] == "a"]
    if len(links) > MAX_LINKS:
        return []
    if links:
        return [p for p in links if not is_category(document.elements[p].get("href") or "")]
    entries = [position for position in inside if document.tags[position] == "li"]
    leaves = [p for p in inside if document.ends[p] == p + 1 and document.tags[p] not in HEADINGS]
    return entries or leaves or [container]
