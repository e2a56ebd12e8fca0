"""Authors in JSON-LD, in every nesting that pages give them, whatever the order of the nodes."""

from __future__ import annotations

import itertools
import json
from typing import Any

import pytest

from crawler.extraction.document import Document
from crawler.extraction.fields.authors import choose_authors
from crawler.extraction.layout import Layout
from crawler.extraction.readers.persons import json_ld_authors
from crawler.page import Page

URL = "https://ledger.example/2024/05/bridge/"
PERSON = "https://ledger.example/#/person/1"


def document(*blocks: Any) -> Document:
    scripts = "".join(f'<script type="application/ld+json">{json.dumps(block)}</script>' for block in blocks)
    return Document(Page(f"<html><head>{scripts}</head><body><h1>Bridge open</h1></body></html>".encode(), URL))


def article(**properties: Any) -> dict[str, Any]:
    return {"@type": "NewsArticle", "headline": "Bridge open", "url": URL, **properties}


def names(*blocks: Any) -> list[str]:
    choice = choose_authors(document(*blocks), Layout())
    return [author.name for author in choice.value or ()]


PIET, MARA = {"@type": "Person", "name": "Piet Oort"}, {"@type": "Person", "name": "Mara Quill"}
NESTINGS: dict[str, Any] = {
    "a list": [MARA, PIET],
    "a list of lists": [[MARA], [PIET]],
    "names": ["Mara Quill", "Piet Oort"],
    "one string": "Mara Quill and Piet Oort",
    "a list of one string": ["Mara Quill, Piet Oort"],
    "a person of two names": {"@type": "Person", "name": ["Mara Quill", "Piet Oort"]},
    "a JSON-LD list": {"@list": [MARA, PIET]},
    "a JSON-LD set": {"@set": [MARA, PIET]},
    "a PHP list with a gap": {"2": PIET, "0": MARA},
    "roles": [{"@type": "Role", "author": MARA, "roleName": "writer"}, {"@type": "Role", "author": PIET}],
    "names in parts": [{"@type": "Person", "givenName": "Mara", "familyName": "Quill"}, PIET],
    "typed values": [{"@type": "Person", "name": {"@value": "Mara Quill", "@language": "en"}}, PIET],
}


@pytest.mark.parametrize("author", NESTINGS.values(), ids=NESTINGS)
def test_authors_are_found_in_every_nesting(author: Any) -> None:
    assert names(article(author=author)) == ["Mara Quill", "Piet Oort"]


def test_an_author_whom_a_misplaced_bracket_put_into_the_publisher_is_found() -> None:
    publisher = {"@type": "Organization", "name": "Harbour Ledger", "author": MARA}
    assert names(article(publisher=publisher)) == ["Mara Quill"]
    assert names(article(publisher=publisher, author=PIET)) == ["Piet Oort"]


def test_nodes_of_a_graph_that_are_encoded_once_more_are_read() -> None:
    assert names({"@graph": [json.dumps(article(author=MARA)), json.dumps({"@type": "WebPage"})]}) == ["Mara Quill"]


def test_an_endless_nesting_ends() -> None:
    author: Any = MARA
    for _ in range(30):
        author = {"author": [author]}
    assert json_ld_authors(document(article(author=author))) == []


NODES = [
    article(author={"@id": PERSON}),
    {"@type": "Person", "@id": PERSON, "name": "Mara Quill", "url": "https://ledger.example/author/mara/"},
    {"@type": "Organization", "@id": PERSON, "name": "Mara Quill", "logo": "https://ledger.example/logo.png"},
    {"@type": "Person", "@id": PERSON},
    {"@type": "WebPage", "url": URL, "author": {"@id": PERSON}},
    {"@type": "Organization", "@id": "https://ledger.example/#org", "name": "Harbour Ledger"},
]


def test_the_answer_is_the_same_in_any_order_of_nodes() -> None:
    answers = {
        (author.name, author.kind, author.url, author.avatar)
        for nodes in itertools.permutations(NODES)
        for author in choose_authors(document({"@graph": list(nodes)}), Layout()).value or ()
    }
    assert len(answers) == 1


@pytest.mark.parametrize(
    ("types", "kind"),
    [
        ("Person", "person"),
        ("Organization", "organization"),
        (["Person", "Organization"], "person"),  # Yoast: a person for whom the site stands
        (["Organization", "Person"], "person"),
    ],
)
def test_a_type_says_whether_an_author_is_a_person(types: Any, kind: str) -> None:
    choice = choose_authors(document(article(author={"@type": types, "name": "Mara Quill"})), Layout())
    assert [author.kind for author in choice.value or ()] == [kind]


def test_the_name_of_an_organisation_is_one_name() -> None:
    author = {"@type": "GovernmentOrganization", "name": "Centre for Ships and Harbours"}
    assert names(article(author=author)) == ["Centre for Ships and Harbours"]
