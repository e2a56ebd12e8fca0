"""Authors in `<meta>` elements."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

from crawler.extraction.document import Document
from crawler.extraction.evidence import Level
from crawler.extraction.readers.author_claims import AuthorClaim
from crawler.extraction.readers.jsonld import PAGE_TYPES, main_entities


@dataclass(frozen=True, slots=True)
class MetaRow:
    """One `<meta>` name that carries author names."""

    name: str
    """The name or property, lower case."""
    separator: str | None = None
    """What separates several names in one element, where it is not what bylines use."""
    inverted: bool = False
    """Whether names are given as "Last, First"."""
    rule: str = "meta"
    """Row of the table of preference: `meta-article` for names that only articles have, `meta-record` for what content
    management fills in by itself."""


ROWS = (
    MetaRow("author"),  # HTML Living Standard, standard metadata names
    MetaRow("article:author"),  # Open Graph: a profile address by the book, often a name
    MetaRow("article:author:name", rule="meta-article"),
    MetaRow("article:author_name", rule="meta-article"),
    MetaRow("og:article:author"),
    MetaRow("og:author"),
    MetaRow("parsely-author", rule="meta-article"),  # docs.parse.ly, metatags
    MetaRow("sailthru.author", rule="meta-article"),  # getstarted.sailthru.com, horizon meta tags
    MetaRow("dc.creator", rule="meta-record"),  # Dublin Core in HTML (RFC 2731)
    MetaRow("dcterms.creator", rule="meta-record"),
    MetaRow("dc.contributor.author"),
    MetaRow("citation_author", inverted=True, rule="meta-article"),  # Google Scholar's indexing guidelines
    MetaRow("citation_authors", separator=";", inverted=True, rule="meta-article"),  # its older name, HighWire Press
    MetaRow("byl", rule="meta-article"),
    MetaRow("byline", rule="meta-article"),
    MetaRow("cxenseparse:author", rule="meta-article"),  # Piano (Cxense) page metadata
    MetaRow("cxenseparse:recs:author", rule="meta-article"),
    MetaRow("mrf:authors", separator=";", rule="meta-article"),  # Marfeel Compass
    MetaRow("rbauthor", rule="meta-article"),
    MetaRow("shareaholic:article_author_name", rule="meta-record"),  # Shareaholic plugin
    MetaRow("mediator_author", rule="meta-article"),  # Mediator (Mail.ru)
    MetaRow("vf:author", rule="meta-article"),
    MetaRow("article-author"),
    MetaRow("author_name"),
    MetaRow("creator", rule="meta-record"),
    MetaRow("twitter:misc:written by"),
    MetaRow("twitter:data1"),  # only under a label that says "Written by": Yoast SEO, Rank Math
)
"""In the order of preference."""

_ADDRESS = re.compile(r"^(?:https?:)?//|^/|^www\.|\.(?:com|org|net)/", re.IGNORECASE)
_WRITTEN = re.compile(
    r"written by|author|verfasst|geschrieben|écrit|escrito|scritto|geschreven|autor|автор|napisan|skriv|著者|執筆|作者|"
    r"yazan|kirjoit",
    re.IGNORECASE,
)


def meta_authors(document: Document) -> Iterator[AuthorClaim]:
    """Every name that a `<meta>` element gives, addresses of profiles aside."""
    for row in ROWS:
        for text in _values(document, row):
            yield AuthorClaim(text, "meta", f"meta[{row.name}]", Level.DECLARED, row.rule, trusted=True)
    for name in _parsely(document):
        yield AuthorClaim(name, "meta", "meta[parsely-page].author", Level.DECLARED, "meta-article", trusted=True)


def is_declared_article(document: Document) -> bool:
    """Whether a page says of itself that it is an article; others often name the site's owner as author."""
    meta = document.page.meta
    return (
        any("article" in kind.lower() for kind in meta.get("og:type", ()))
        or any(name.startswith("article:") for name in meta)
        or len(document.by_tag.get("article", ())) == 1
        or any(not entity.types & PAGE_TYPES for entity in main_entities(document))
    )


def _values(document: Document, row: MetaRow) -> Iterator[str]:
    meta = document.page.meta
    values = meta.get(row.name, ())
    if row.name == "twitter:data1" and not _WRITTEN.search(" ".join(meta.get("twitter:label1", ()))):
        return
    for value in dict.fromkeys(values):
        for part in value.split(row.separator) if row.separator else (value,):
            if not _ADDRESS.search(part.strip()):
                yield _upright(part) if row.inverted else part


def _upright(name: str) -> str:
    last, comma, first = name.partition(",")
    return f"{first.strip()} {last.strip()}" if comma else name


def _parsely(document: Document) -> Iterator[str]:
    for content in document.page.meta.get("parsely-page", ())[:1]:
        try:
            page = json.loads(content)
        except (ValueError, RecursionError):
            return
        if isinstance(page, dict):
            names = page.get("authors") or page.get("author")
            for name in names if isinstance(names, list) else [names]:
                if isinstance(name, str) and name:
                    yield name
