"""The main entity: which JSON-LD node speaks for the page."""

from __future__ import annotations

import json
from typing import Any

import pytest

from crawler.extraction.document import Document
from crawler.extraction.readers.jsonld import main_entities, main_entity
from crawler.page import Page

URL = "https://news.example/2024/03/harbour-reopens/"


def document(*blocks: Any, head: str = "", body: str = "<h1>Harbour reopens after repairs</h1>") -> Document:
    scripts = "".join(f'<script type="application/ld+json">{json.dumps(block)}</script>' for block in blocks)
    return Document(Page(f"<html><head>{head}{scripts}</head><body>{body}</body></html>".encode(), URL))


def article(**properties: Any) -> dict[str, Any]:
    return {"@type": "NewsArticle", **properties}


@pytest.mark.parametrize(
    "name", ["NewsArticle", "http://schema.org/NewsArticle", "schema:NewsArticle", ["NewsArticle", "Thing"]]
)
def test_a_type_is_known_in_every_spelling(name: Any) -> None:
    entity = main_entity(document({"@type": name, "headline": "Harbour reopens after repairs"}))
    assert entity is not None
    assert entity.kind == "NewsArticle"


def test_a_reference_by_id_leads_to_its_node() -> None:
    graph = {
        "@graph": [
            {"@type": "Article", "@id": URL + "#article", "author": {"@id": "https://news.example/#/person/1"}},
            {"@type": "Person", "@id": "https://news.example/#/person/1", "name": "Ada Okafor"},
        ]
    }
    entity = main_entity(document(graph))
    assert entity is not None
    assert entity.texts("author") == ["Ada Okafor"]


@pytest.mark.parametrize("order", [1, -1])
def test_the_node_with_the_page_s_address_wins_in_any_order(order: int) -> None:
    nodes = [
        article(headline="Another story entirely", url="https://news.example/2024/01/another/"),
        article(headline="Harbour reopens", mainEntityOfPage={"@id": URL.rstrip("/")}),
    ]
    entity = main_entity(document(*nodes[::order]))
    assert entity is not None
    assert entity.text("headline") == "Harbour reopens"


def test_articles_of_a_list_are_not_the_page_s_own() -> None:
    listed = [article(headline=f"Story number {number}", url=f"https://news.example/{number}") for number in range(3)]
    assert main_entity(document(*listed)) is None
    assert main_entity(document({"@type": "ItemList", "itemListElement": listed[:1]})) is None


def test_the_page_node_speaks_after_the_article() -> None:
    nodes = [{"@type": "WebPage", "url": URL, "name": "Harbour"}, article(headline="Harbour reopens after repairs")]
    assert [entity.kind for entity in main_entities(document(*nodes))] == ["NewsArticle", "WebPage"]


def test_text_is_decoded_twice_and_has_no_tags() -> None:
    entity = main_entity(document(article(headline="Ham &amp;#038; <em>eggs</em>")))
    assert entity is not None
    assert entity.text("headline") == "Ham & eggs"


@pytest.mark.parametrize("node", [{"@type": None}, {"@type": [[]]}, {"@type": "Article", "url": 5, "author": [[None]]}])
def test_malformed_nodes_do_no_harm(node: Any) -> None:
    main_entities(document(node))
