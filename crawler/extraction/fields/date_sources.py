"""Where a page states its dates for machines: links that named it, JSON-LD, microdata, `<meta>`, its address."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from crawler.extraction.document import Document
from crawler.extraction.evidence import Candidate, Level
from crawler.extraction.fields.headline_places import is_foreign
from crawler.extraction.moments import Moment, parse_known, parse_machine
from crawler.extraction.readers.jsonld import ARTICLE_TYPES, PAGE_TYPES, WORK_TYPES, Entity, main_entities
from crawler.extraction.readers.page_data import described
from crawler.extraction.readers.rdfa import dated_elements

Dated = Candidate[Moment]
"""One date that one source offers."""


@dataclass(frozen=True, slots=True)
class Meta:
    """A `<meta>` name that carries a date."""

    name: str
    evidence: str


PUBLISHED_META = (
    Meta("article:published_time", "Open Graph, article namespace; every SEO plugin"),
    Meta("og:article:published_time", "misspelt Open Graph"),
    Meta("article:published", "misspelt Open Graph"),
    Meta("og:published_time", "misspelt Open Graph"),
    Meta("og:publish_date", "misspelt Open Graph"),
    Meta("rnews:datepublished", "IPTC rNews"),
    Meta("parsely-pub-date", "Parse.ly"),
    Meta("sailthru.date", "Sailthru"),
    Meta("cxenseparse:recs:publishtime", "Cxense"),
    Meta("cxenseparse:publishtime", "Cxense"),
    Meta("bt:pubdate", "Chartbeat and newspapers of one publisher"),
    Meta("citation_publication_date", "Google Scholar"),
    Meta("citation_date", "Google Scholar"),
    Meta("citation_online_date", "Google Scholar"),
    Meta("dc.date.issued", "Dublin Core"),
    Meta("dcterms.issued", "Dublin Core"),
    Meta("dcterms.date", "Dublin Core"),
    Meta("dcterms.created", "Dublin Core"),
    Meta("dc.date.created", "Dublin Core"),
    Meta("dc.date", "Dublin Core"),
    Meta("datepublished", "schema.org property as a name"),
    Meta("date_published", "newspapers"),
    Meta("date.available", "newspapers"),
    Meta("publication_date", "newspapers"),
    Meta("publish_date", "newspapers"),
    Meta("publish-date", "newspapers"),
    Meta("publishdate", "newspapers"),
    Meta("published_on", "newspapers"),
    Meta("published-date", "newspapers"),
    Meta("pubdate", "newspapers"),
    Meta("originalpublicationdate", "BBC and others"),
    Meta("article_date_original", "newspapers"),
    Meta("release_date", "newspapers"),
    Meta("apub:time", "Chinese portals"),
    Meta("_pubtime", "Chinese portals"),
    Meta("ptime", "New York Times"),
    Meta("date", "German newspapers, static generators"),
)
"""Names of the publication date, most trusted first."""

MODIFIED_META = (
    Meta("article:modified_time", "Open Graph, article namespace"),
    Meta("og:article:modified_time", "misspelt Open Graph"),
    Meta("og:updated_time", "Facebook, Yoast before version 14"),
    Meta("datemodified", "schema.org property as a name"),
    Meta("dcterms.modified", "Dublin Core"),
    Meta("dc.date.modified", "Dublin Core"),
    Meta("date.modified", "newspapers"),
    Meta("date.updated", "newspapers"),
    Meta("last-modified", "newspapers"),
    Meta("lastmod", "newspapers"),
    Meta("modified_time", "newspapers"),
    Meta("revised", "HTML 4 recommendation"),
)
"""Names of the modification date, most trusted first."""

LINK_SOURCES = ("rest", "feed", "news_sitemap", "listing", "author_box")
"""Sources whose dates of an address are believed, most trusted first; a sitemap's lastmod is none of publication."""

PAGE_DATA = (
    *("datePublished", "publishedAt", "published_at", "publishDate", "publish_date", "publishedDate", "published_date"),
    *("publicationDate", "publication_date", "firstPublishedAt", "first_published_at", "firstPublishedDate"),
    *("publishedOn", "published_on", "publishTime", "publish_time", "published_time", "pubDate", "pubdate"),
    *("postDate", "post_date", "datePosted", "date_published", "published", "date_gmt", "date"),
)
"""Properties of an article in the data of pages built by JavaScript, as content systems' interfaces name them, most
trusted first: Contentful, Strapi, Sanity and Ghost (`published_at`), WordPress (`date`), Drupal. Products have a
`createdAt` and are no articles."""

CONTAINER_ATTRIBUTES = (
    *("data-published", "data-publish-date", "data-published-date", "data-publication-date", "data-date-published"),
    *("data-pubdate", "data-pub-date", "data-publishdate", "data-article-published", "data-post-date"),
)
"""Attributes of the element around an article; a plain `data-date` may be that of a list."""

_URL_DATES = (
    re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)([/_-])(?P<month>\d{1,2})\2(?P<day>\d{1,2})(?!\d)"),
    re.compile(r"(?<![\d-])(?P<year>20\d\d)(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12]\d|3[01])(?!\d)"),
    re.compile(r"(?<![\d-])(?P<day>1[3-9]|2\d|3[01])([/_-])(?P<month>0?[1-9]|1[0-2])\2(?P<year>20\d\d)(?![\d-])"),
)


def linked(document: Document, attribute: str, sources: tuple[str, ...] = LINK_SOURCES) -> Iterator[Dated]:
    """What feeds, REST answers and news sitemaps said of this address; `attribute` is `date` or `date_modified`."""
    named = [link for link in document.page.links if link.source in sources]
    for link in sorted(named, key=lambda link: sources.index(link.source)):
        moment = parse_known(getattr(link, attribute) or "")
        if moment:
            yield Candidate(moment, link.source, link.found_on or link.source, Level.STATED)


def from_json_ld(document: Document, *names: str) -> Iterator[Dated]:
    """A property of the nodes that describe the article; the page's own node counts as declared."""
    entities = main_entities(document)
    has_article = any(entity.types & ARTICLE_TYPES for entity in entities)
    for entity in entities:
        if has_article and entity.types & WORK_TYPES and not entity.types & ARTICLE_TYPES:
            continue  # the video above the text has a date of its own
        is_page = bool(entity.types & PAGE_TYPES)
        for name in names:
            yield from _of_entity(entity, name, Level.DECLARED if is_page else Level.STATED)


def _of_entity(entity: Entity, name: str, level: Level) -> Iterator[Dated]:
    for text in entity.texts(name)[:1]:
        moment = parse_known(text)
        if moment:
            yield Candidate(moment, "json-ld", f"{entity.kind}.{name}", level)


def from_meta(document: Document, table: tuple[Meta, ...], language: str | None) -> Iterator[Dated]:
    """`<meta>` elements in the order of the table, never of the page."""
    meta = document.page.meta
    for row in table:
        for text in meta.get(row.name, ())[:1]:
            moment = parse_known(text, language=language)
            if moment:
                yield Candidate(moment, "meta", row.name, Level.DECLARED)


def from_microdata(document: Document, names: tuple[str, ...], language: str | None) -> Iterator[Dated]:
    """`itemprop` elements outside comments and related posts, by their `content`, `datetime` or text."""
    for name in names:
        for position in document.by_itemprop.get(name, ())[:5]:
            element = document.elements[position]
            text = element.get("content") or element.get("datetime") or document.text(position)
            moment = parse_known(text, language=language)
            if moment and not is_foreign(document, position):
                yield Candidate(moment, "microdata", f"itemprop={name}", Level.STATED, position)
                break


def from_rdfa(document: Document, names: tuple[str, ...], language: str | None) -> Iterator[Dated]:
    """Elements of the body with a `property`, by their `content`, `datetime` or text; a name is without its prefix."""
    found = dated_elements(document)
    for name in names:
        for position in found.get(name, ())[:5]:
            element = document.elements[position]
            moment = parse_known(
                element.get("content") or element.get("datetime") or document.text(position), language=language
            )
            if moment and not is_foreign(document, position):
                yield Candidate(moment, "rdfa", f"property={name}", Level.STATED, position)
                break


def from_container(document: Document, headline: int | None) -> Iterator[Dated]:
    """What an element around the headline says in an attribute: `<article data-published="2024-03-05">`."""
    around = () if headline is None else document.ancestors(headline)
    for position in around:
        for name in CONTAINER_ATTRIBUTES:
            text = document.elements[position].get(name)
            moment = parse_machine(text) if text else None
            if moment:
                yield Candidate(moment, "markup", f"{document.tags[position]}[{name}]", Level.DECLARED)


def from_page_data(document: Document, titles: frozenset[str]) -> Iterator[Dated]:
    """What the objects of the page's own data say that are titled as it (`titles`, folded) or have its address."""
    found = described(document, PAGE_DATA, titles)
    for name in PAGE_DATA:
        for node in found:
            moment = parse_machine(str(node[name])) if isinstance(node.get(name), (str, int)) else None
            if moment:
                yield Candidate(moment, "json", f"script: {name}", Level.DECLARED)
                break


def from_address(document: Document) -> Iterator[Dated]:
    """The day in the page's path: `/2024/03/05/`, `-20240305`, and `/25-03-2024/` where it can be read in one way."""
    path = (document.page.url or "").partition("?")[0].partition("://")[2].partition("/")[2]
    match = next(filter(None, (pattern.search(path) for pattern in _URL_DATES)), None)
    if match:
        year, month, day = (match[part] for part in ("year", "month", "day"))
        moment = parse_machine(f"{year}-{month}-{day}")
        if moment:
            yield Candidate(moment, "url", "path", Level.INFERRED)
