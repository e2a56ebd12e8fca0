"""The authors that JSON-LD gives the page's own article, with address, picture and description."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from crawler.extraction.document import Document
from crawler.extraction.readers.jsonld import PAGE_TYPES, Entity, main_entities, plain, types_of

PROPERTIES = ("author", "creator")
"""The properties that name authors, the first that is given wins."""

ORGANIZATIONS = frozenset(
    ["Organization", "NewsMediaOrganization", "Corporation", "EducationalOrganization", "GovernmentOrganization", "NGO"]
)
"""Types of what is no person; plugins often give them to people, so that it is a hint. Yoast types a person for whom
the site stands `["Person", "Organization"]`."""

WRAPPERS = ("@list", "@set", "@value", "author", "creator", "item", "itemListElement")
"""Keys behind which authors stand: JSON-LD 1.1 §4.3 (lists, sets), schema.org/Role, lists of items."""

MAX_WRAPPINGS = 3
"""Wrappings that are followed."""


@dataclass(frozen=True, slots=True)
class Person:
    """A schema.org Person or Organization, or a bare name."""

    name: str
    url: str | None = None
    image: str | None = None
    description: str | None = None
    is_organization: bool = False


@dataclass(frozen=True, slots=True)
class StatedAuthors:
    """The authors of one JSON-LD object."""

    where: str
    """Property path, such as `NewsArticle.author`."""
    persons: tuple[Person, ...]
    is_matched: bool
    """Whether the object names this page by address or headline."""
    is_page: bool
    """Whether the object is the page as such, not the article on it."""


def json_ld_authors(document: Document) -> list[StatedAuthors]:
    """What each object that describes the article says of its authors, most trusted first."""
    found: list[StatedAuthors] = []
    for entity in main_entities(document):
        for name, values in _claims(entity):
            persons = tuple(person for value in values for person in _persons(value, entity, 0))
            if persons:
                path = f"{entity.kind}.{name}"
                found.append(StatedAuthors(path, persons, entity.is_matched, bool(entity.types & PAGE_TYPES)))
                break
    return found


def _claims(entity: Entity) -> Iterator[tuple[str, list[Any]]]:
    """Property path and values; an author whom a bracket in the wrong place put into the publisher comes last."""
    for name in PROPERTIES:
        yield name, entity.values(name)
    for publisher in entity.values("publisher"):
        if isinstance(publisher, dict) and "author" in publisher:
            yield "publisher.author", [publisher["author"]]


def _persons(value: Any, entity: Entity, depth: int) -> Iterator[Person]:
    """A node may hold a list of names, be a list itself, or wrap its persons; depth bounds what is followed."""
    value = entity.resolved(value)
    if isinstance(value, str) and plain(value):
        yield Person(plain(value))
    name = _name(value) if isinstance(value, dict) else None
    if isinstance(name, str):
        yield _described(value, name, entity)
    elif isinstance(value, (dict, list)) and depth < MAX_WRAPPINGS:
        for inner in value if isinstance(value, list) else _wrapped(value, name):
            yield from _persons(inner, entity, depth + 1)


def _name(node: dict[str, Any]) -> Any:
    """A node's name as text, put together where it is given in parts; a list of names, or None, otherwise."""
    name = node.get("name")
    if isinstance(name, dict):
        name = name.get("@value")
    if isinstance(name, str) and plain(name):
        return plain(name)
    parts = [plain(node.get(key)) for key in ("givenName", "familyName")]
    return name if isinstance(name, list) else " ".join(filter(None, parts)) or None


def _wrapped(node: dict[str, Any], names: Any) -> Iterator[Any]:
    """What a node without a name holds: a list of names, JSON-LD containers, schema.org Roles, a numbered list.

    PHP writes a list with a gap as an object: `{"0": {…}, "2": {…}}`.
    """
    numbered = sorted((key for key in node if key.isdigit()), key=int)
    for inner in (names, *(node.get(key) for key in (*WRAPPERS, *numbered))):
        if inner is not None:
            yield from inner if isinstance(inner, list) else (inner,)


def _described(node: dict[str, Any], name: str, entity: Entity) -> Person:
    types = types_of(node)
    return Person(
        name=name,
        url=_address(node.get("url")) or _address(node.get("sameAs")),
        image=_image(node.get("image"), entity),
        description=plain(node.get("description")) or None,
        is_organization=bool(types & ORGANIZATIONS) and "Person" not in types,
    )


def _address(value: Any) -> str | None:
    if isinstance(value, list):
        value = next(iter(value), None)
    return value.strip() or None if isinstance(value, str) else None


def _image(value: Any, entity: Entity) -> str | None:
    if isinstance(value, list):
        value = next(iter(value), None)
    node = entity.resolved(value)
    if isinstance(node, dict):
        node = node.get("contentUrl") or node.get("url")
    return _address(node)
