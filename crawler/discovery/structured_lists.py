"""Lists that a page states in JSON-LD: schema.org's ItemList, Blog and CollectionPage, with titles and dates."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from crawler.discovery.article_paths import article_score
from crawler.discovery.dates import iso_date
from crawler.discovery.link_kinds import kind_of_path
from crawler.page import Link, LinkKind, Page
from crawler.urls import clean

LISTS = {"ItemList": "itemListElement", "Blog": "blogPost", "CollectionPage": "hasPart", "DataFeed": "dataFeedElement"}
"""Type → the property that holds its entries. A BreadcrumbList has the same entries and is none of these."""
MAX_ENTRIES = 500
STATED_SCORE = 0.95
"""What an entry is worth that the page states to be an article."""


def structured_links(page: Page) -> Iterator[Link]:
    """The entries of the page's lists, in the lists' order; an entry without an address gives none."""
    for node in page.json_ld:
        for entry in _entries(node)[:MAX_ENTRIES]:
            link = _link(entry, page)
            if link is not None:
                yield link


def _entries(node: dict[str, Any]) -> list[dict[str, Any]]:
    types = node.get("@type")
    names = types if isinstance(types, list) else [types]
    properties = [LISTS[name] for name in names if isinstance(name, str) and name in LISTS]
    values = (node.get(name) for name in properties)
    entries = (entry for value in values for entry in (value if isinstance(value, list) else [value]))
    return [entry for entry in entries if isinstance(entry, dict)]


def _link(entry: dict[str, Any], page: Page) -> Link | None:
    """The link of an article object, or of a `ListItem` that holds one or names its address."""
    inner = entry.get("item")
    article = inner if isinstance(inner, dict) else entry
    address = next((text for text in _addresses(entry, article) if text), None)
    url = clean(address, page.url) if address else None
    is_article = _is_article(article)
    if url is None or not (is_article or article.get("@type") in (None, "ListItem")):
        return None
    return Link(
        url=url,
        source="listing",
        found_on=page.url,
        kind=kind_of_path(url) or LinkKind.ARTICLE,
        title=_text(article, "headline") or _text(article, "name") or None,
        date=iso_date(_text(article, "datePublished")),
        date_modified=iso_date(_text(article, "dateModified")),
        score=STATED_SCORE if is_article else article_score(url),
    )


def _is_article(node: dict[str, Any]) -> bool:
    """NewsArticle, BlogPosting and the other kinds of schema.org's Article; menus and shops state lists as well."""
    types = node.get("@type")
    names = types if isinstance(types, list) else [types]
    return any(isinstance(name, str) and name.endswith(("Article", "Posting", "Report")) for name in names)


def _addresses(entry: dict[str, Any], article: dict[str, Any]) -> Iterator[str]:
    main = article.get("mainEntityOfPage")
    yield _text(article, "url")
    yield _text(entry, "url")
    yield _text(entry, "item")
    yield main if isinstance(main, str) else _text(main, "@id") if isinstance(main, dict) else ""


def _text(value: dict[str, Any], name: str) -> str:
    text = value.get(name)
    return " ".join(text.split()) if isinstance(text, str) else ""
