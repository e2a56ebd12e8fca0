"""The authors that JSON-LD gives the page's own article, with address, picture and description."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from crawler.extraction.document import Document
from crawler.extraction.readers.jsonld import PAGE_TYPES, Entity, main_entities, plain, types_of

PROPERTIES = ("author", "creator")
"""The properties that name authors, the first that is given wins."""

ORGANIZATIONS = frozenset(["Organization", "NewsMediaOrganization", "Corporation", "EducationalOrganization"])
"""Types of what is no person; plugins often give them to people, so that it is a hint."""


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
        for name in PROPERTIES:
            persons = tuple(person for value in entity.values(name) for person in _persons(value, entity, 0))
            if persons:
                found.append(
                    StatedAuthors(f"{entity.kind}.{name}", persons, entity.is_matched, bool(entity.types & PAGE_TYPES))
                )
                break
    return found


def _persons(value: Any, entity: Entity, depth: int) -> Iterator[Person]:
    """A node may hold a list of names, or be a list itself; depth bounds what is followed."""
    if isinstance(value, dict):
        names = value.get("name")
        if isinstance(names, list) and depth < 3:
            for name in names:
                yield from _persons(name, entity, depth + 1)
        elif isinstance(names, str) and plain(names):
            yield _described(value, entity)
    elif isinstance(value, str) and plain(value):
        yield Person(plain(value))


def _described(node: dict[str, Any], entity: Entity) -> Person:
    return Person(
        name=plain(node["name"]),
        url=_address(node.get("url")) or _address(node.get("sameAs")),
        image=_image(node.get("image"), entity),
        description=plain(node.get("description")) or None,
        is_organization=bool(types_of(node) & ORGANIZATIONS),
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
