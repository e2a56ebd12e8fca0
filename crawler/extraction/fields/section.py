"""The section or main category."""

from __future__ import annotations

import re
import sys
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from itertools import islice, takewhile
from typing import Any
from urllib.parse import unquote, urlsplit

from lxml import etree

from crawler.extraction.document import SUBHEADINGS, Document
from crawler.extraction.evidence import Candidate, Choice, Level
from crawler.extraction.fields.listed_dates import list_of_facts
from crawler.extraction.fields.tags import TAG_ADDRESS, clean_tags, links_behind_label, split_keywords, uncounted
from crawler.extraction.layout import Layout
from crawler.extraction.readers.addresses import joined
from crawler.extraction.readers.jsonld import all_nodes, folded, main_entities, plain
from crawler.extraction.surroundings import class_roles, foreign_zones
from crawler.items import Author

MAX_LENGTH = 60
"""Longer texts are headlines."""

NO_SECTION = frozenset(
    {"uncategorized", "uncategorised", "home", "homepage", "start", "startseite", "accueil", "inicio", "blog", "none"}
    | {"null", "post", "posts", "article", "articles", "page", "pages", "archive", "archives", "index"}
)
"""WordPress' default category, the first step of breadcrumbs, and Hugo's folder names, which say nothing."""

CATEGORY_ADDRESS = re.compile(
    r"/(?:categor(?:y|ies)|kategorie|categoria|categorie|rubrik|rubriques?|sections?)/(?:[^?#]|\?[^#=]+=[^&#])",
    re.IGNORECASE,
)
"""Addresses of categories: WordPress `/category/x/`, Hugo, Hexo and Pelican `/categories/x/`, `/category/x.html`, some
themes `/categories/?category=x`; that of the list of all has nothing behind it."""

UNFILED = "uncategorized"
"""Where a theme prints this, the article has no category, and the next category link is another article's."""

_GLUED = re.compile(r",(?=\S)")
"""Between categories that are listed ("City,Latest News"), not between the words of one ("Arts, Food and Wine")."""

_LABEL = re.compile(
    r"(?:categor(?:y|ies)|kategorien?|rubri(?:k|que|ek)|catégories?|categorías?|categorias?|categori[ae]|categorieën"
    r"|kategori[ae]|рубрика|категория|カテゴリー?|分类|分類)\s*[:：]",
    re.IGNORECASE,
)
"""What a line of categories begins with; a menu of them has a title instead."""

META = ("article:section", "og:article:section", "articlesection", "parsely-section", "sailthru.section",
        "dcsext.section", "section", "category")  # fmt: skip


def choose_section(document: Document, layout: Layout, authors: Iterable[Author] = ()) -> Choice[str]:
    """The section that the page files its article under.

    Order: JSON-LD `articleSection`, `article:section`, category links printed with the article, breadcrumbs, the one
    tag above the headline; where none names any, the folder in which the article lies, as a link of the page to that
    folder calls it. Where a list mixes categories and tags (AIOSEO), the first entry that the page does not print as a
    tag is the section.
    """
    tags = {tag.casefold() for name in ("article:tag",) for tag in document.page.meta.get(name, ())}
    printed = list(takewhile(lambda c: c.value.casefold() != UNFILED, _printed(document, layout)))
    found = [*_stated(document, tags, {folded(c.value) for c in printed}), *printed, *_breadcrumbs(document)]
    found += [*_classified(document, layout), *_titled(document), *_first_tag(document, layout)]
    found = [candidate for candidate in found if _is_section(candidate.value)] or _addressed(document, authors)
    if not found:
        return Choice(reason="no section named")
    named = _spelled(found)
    rivals = tuple(candidate for candidate in found if candidate is not named)
    return Choice(named.value, named, rivals, "first of the order that names one")


def _spelled(found: list[Candidate[str]]) -> Candidate[str]:
    """The first section, from the place that spells it for readers where the first one has the address's short form."""
    first = found[0]
    if first.value != first.value.lower():
        return first
    same = (other for other in found[1:] if folded(other.value) == folded(first.value))
    return next((other for other in same if other.value != other.value.lower()), first)


def _is_section(text: str) -> bool:
    is_name = 0 < len(text) <= MAX_LENGTH and " | " not in text
    return is_name and text.casefold() not in NO_SECTION and any(map(str.isalpha, text))


def _stated(document: Document, tags: set[str], printed: set[str]) -> Iterator[Candidate[str]]:
    for entity in main_entities(document):
        texts = entity.texts("articleSection")
        if len(texts) == 1 and "," in texts[0]:
            texts = list(clean_tags(split_keywords(texts[0])))
        texts = [text for text in texts if text.casefold() not in tags] or texts
        texts.sort(key=lambda text: folded(text) not in printed)
        for text in texts[:1]:
            yield Candidate(text, "json-ld", f"{entity.kind}.articleSection", Level.STATED)
    for name in META:
        for text in document.page.meta.get(name, ())[:1]:
            yield Candidate(" ".join(_GLUED.split(text)[0].split()), "meta", name, Level.DECLARED)


def _printed(document: Document, layout: Layout) -> Iterator[Candidate[str]]:
    """Category links of the article itself, `rel=category` first, then by class, then by address."""
    zones = foreign_zones(document, layout)
    first, last = _near(layout)
    anchors = document.by_tag.get("a", [])
    near = document.anchors[bisect_left(anchors, first) : bisect_right(anchors, last)]
    links = [link for link in near if not zones.is_foreign(link[0])]
    marked = [(p, "a[rel=category]") for p, _, relation in links if "category" in relation.split()]
    held = {p for position in document.once(class_roles)["category"] for p in document.inside("a", position)}
    marked += [(p, "category list") for p, _, _ in links if p in held]
    named = (p for p, address, _ in links if _is_category_address(address))
    addressed = [p for p in named if not _is_on_card(document, p, layout) and not _stands_in_menu(document, p)]
    addressed.sort(key=lambda p: p - (layout.headline or 0) not in BESIDE)
    marked += [(p, "a[href*=category]") for p in addressed]
    marked += [(p, "a[href*=category] in a list of facts") for p in _facts(document)]
    categories = (p for p, address, _ in document.anchors if _is_category_address(address))
    marked += [(p, "a behind a label") for p in links_behind_label(document, () if marked else categories, _LABEL)]
    for position, where in marked[:4]:
        yield Candidate(uncounted(document, position).strip("#/ "), "markup", where, Level.BOUND, position)


BESIDE = range(1, 31)
"""Elements from the headline to a link below it; a site's list of all its categories stands farther away."""

CARD = 4
"""Elements between a card of another article and the link to that article's category, at most."""


def _is_on_card(document: Document, position: int, layout: Layout) -> bool:
    """Whether what holds a link also holds another article's headline: a heading that is a link, or in one."""
    for around in islice(document.ancestors(position), CARD):
        if any(own is not None and document.is_within(own, around) for own in (layout.headline, layout.body_start)):
            return False
        if document.among(document.once(_linked_headings), around):
            return True
    return False


def _linked_headings(document: Document) -> list[int]:
    """Every heading that holds a link, and every link that holds a heading."""
    headings = [p for tag in SUBHEADINGS for p in document.by_tag.get(tag, ())]
    around = (next((q for q in document.ancestors(p) if document.tags[q] == "a"), None) for p in headings)
    return sorted({*(p for p in headings if document.inside("a", p)), *(link for link in around if link is not None)})


def _facts(document: Document) -> Iterator[int]:
    """The category links of the page's one list of facts, which stands beside the article and dates it."""
    lists = {list_of_facts(document, position) for position in document.by_tag.get("time", ())} - {None}
    for around in lists if len(lists) == 1 else ():
        for link in document.inside("a", around or 0):
            if _is_category_address(document.elements[link].get("href") or ""):
                yield link


def _stands_in_menu(document: Document, link: int) -> bool:
    """Whether a link is one of several categories in a list below a heading: those of the publication."""
    around = next((p for p in document.ancestors(link) if document.tags[p] in ("ul", "ol")), None)
    above = None if around is None else document.elements[around].getprevious()
    if around is None or above is None or above.tag not in SUBHEADINGS:
        return False
    addresses = (document.elements[p].get("href") or "" for p in document.inside("a", around))
    return sum(map(_is_category_address, addresses)) > 1


REACH = 250
"""Elements between a headline and the category link that belongs to it, at most; themes print them side by side."""


def _near(layout: Layout) -> tuple[int, int]:
    """First and last position at which a category link may stand; before the body where there is no headline."""
    if layout.headline is None:
        return 0, layout.body_start if layout.body_start is not None else sys.maxsize
    end = layout.body_end if layout.body_end is not None else layout.headline
    return layout.headline - REACH, max(end, layout.headline) + REACH


def _is_category_address(address: str) -> bool:
    return "/" in address and bool(CATEGORY_ADDRESS.search(address))


def _breadcrumbs(document: Document) -> Iterator[Candidate[str]]:
    for node in all_nodes(document, frozenset({"BreadcrumbList"}))[:1]:
        entries = node.get("itemListElement")
        steps = [_step(entry, document.page.url) for entry in (entries if isinstance(entries, list) else [entries])]
        for name in _last_step(steps, document.page.url)[:1]:
            yield Candidate(name, "json-ld", "BreadcrumbList", Level.STATED)
    for position in _breadcrumb_lists(document)[:1]:
        inside = range(position, document.ends[position])
        links = [p for p in inside if document.tags[p] == "a"]
        steps = [(document.text(p), joined(document.page.url, document.elements[p].get("href") or "")) for p in links]
        for name in _last_step(steps, document.page.url)[:1]:
            yield Candidate(name, "markup", "breadcrumbs", Level.BOUND, position)


def _step(entry: Any, base: str) -> tuple[str, str]:
    if not isinstance(entry, dict):
        return "", ""
    item = entry.get("item")
    name = plain(entry.get("name") or (item.get("name") if isinstance(item, dict) else None))
    address = (item.get("@id") or item.get("url")) if isinstance(item, dict) else item
    return name, joined(base, address) if isinstance(address, str) else ""


def _last_step(steps: list[tuple[str, str]], own: str) -> list[str]:
    """Names of the steps between the front page and the article, the last first."""
    paths = [(name, urlsplit(address).path.rstrip("/")) for name, address in steps if name]
    here = urlsplit(own).path.rstrip("/")
    return [name for name, path in reversed(paths) if path and path != here and name.casefold() not in NO_SECTION]


BREADCRUMB_IDS = frozenset({"breadcrumb", "breadcrumbs"})


def _breadcrumb_lists(document: Document) -> list[int]:
    named = [*document.once(class_roles)["breadcrumbs"], *(document.by_id[i] for i in BREADCRUMB_IDS & document.ids)]
    navigations = document.by_tag.get("nav", ())
    labelled = [p for p in navigations if "breadcrumb" in (document.elements[p].get("aria-label") or "").lower()]
    typed = (p for tag in TRAILS for p in document.by_tag.get(tag, ()) if _is_trail(document.elements[p]))
    return sorted({*named, *labelled, *typed})


TRAILS = ("ol", "ul", "nav")
"""Elements that microdata and RDFa call a BreadcrumbList."""


def _is_trail(element: etree._Element) -> bool:
    return (element.get("typeof") or element.get("itemtype") or "").endswith("BreadcrumbList")


def _classified(document: Document, layout: Layout) -> list[Candidate[str]]:
    """WordPress' `post_class` (`category-europe`) on the article, where a link of the page prints the name."""
    own = layout.headline if layout.headline is not None else layout.body_start
    for ancestor in document.ancestors(own) if own is not None else ():
        tokens = (document.classes[ancestor] or "").split()
        slugs = [token.removeprefix("category-") for token in tokens if token.startswith("category-")]
        if "hentry" in tokens and slugs:
            return [Candidate(name, "platform", "post_class", Level.INFERRED) for name in _names(document, slugs[0])]
    return []


def _names(document: Document, slug: str) -> list[str]:
    for position, address, _ in document.anchors:
        if slug in address and address.split("?")[0].rstrip("/").endswith(f"/{slug}"):
            return [document.text(position)]
    return []


KICKER = 15
"""Elements before the headline among which its kicker stands."""


def _first_tag(document: Document, layout: Layout) -> Iterator[Candidate[str]]:
    """The first of the stated tags where it is the only one printed above the headline: software that knows no
    categories files an article under its first tag (Ghost)."""
    stated = document.page.meta.get("article:tag", ())[:1]
    if layout.headline is None or not stated:
        return
    anchors, headline = document.by_tag.get("a", []), layout.headline
    above = document.anchors[bisect_left(anchors, headline - KICKER) : bisect_left(anchors, headline)]
    tags = [position for position, address, _ in above if TAG_ADDRESS.search(address)]
    if len(tags) == 1 and folded(document.text(tags[0])) == folded(stated[0]):
        yield Candidate(document.text(tags[0]).strip("#/ "), "markup", "first tag", Level.BOUND, tags[0])


_TITLE_PART = re.compile(r"\s+[|\-–—·»:]\s+")


def _titled(document: Document) -> Iterator[Candidate[str]]:
    """A part of the `<title>` that is also the first segment of the path: "On benches | Opinion | Valley Post"."""
    first = urlsplit(document.page.url).path.strip("/").split("/")[0]
    for position in document.by_tag.get("title", ())[:1] if first else ():
        parts = _TITLE_PART.split(document.text(position))
        for part in parts[1:] if len(parts) > 1 else ():
            if folded(part) == folded(first):
                yield Candidate(part, "markup", "title", Level.INFERRED, position)


def _addressed(document: Document, authors: Iterable[Author]) -> list[Candidate[str]]:
    """The lowest folder above the article that a link of the page calls by its name: "Rowing" for `/sport/rowing/`."""
    host, folders = _place(document.page.url)
    names = {"/".join(folders[:depth]): unquote(folders[depth - 1]) for depth in range(len(folders) - 1, 0, -1)}
    linked: dict[str, Candidate[str]] = {}
    people = {folded(author.name) for author in authors}
    for position, address, _ in document.anchors if names else ():
        if not any(folder in address for folder in names):
            continue
        there, path = _place(joined(document.page.url, address))
        folder, text = "/".join(path), document.text(position)
        is_named = there == host and folded(text) == folded(names.get(folder, ""))
        if is_named and _is_section(text) and folded(text) not in people:
            linked.setdefault(folder, Candidate(text, "url", "folder", Level.INFERRED, position))
    return [linked[folder] for folder in names if folder in linked]


def _place(url: str) -> tuple[str, list[str]]:
    """Host without `www.`, and the segments of the path."""
    parts = urlsplit(url)
    return parts.netloc.removeprefix("www."), [segment for segment in parts.path.split("/") if segment]
