"""What the source says of its attributes: names, types, defaults and the string literal below each."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Attribute:
    """One attribute of a class, or one name of a module."""

    name: str
    type: str
    default: str | None
    doc: str | None


@dataclass(frozen=True)
class Described:
    """A class with its attributes, in source order."""

    name: str
    doc: str
    attributes: tuple[Attribute, ...]


def classes_of(path: Path) -> dict[str, Described]:
    """Every class of a module."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {
        node.name: Described(node.name, ast.get_docstring(node) or "", tuple(_attributes(node.body)))
        for node in tree.body
        if isinstance(node, ast.ClassDef)
    }


def names_of(path: Path) -> list[Attribute]:
    """Every upper-case name that a module assigns."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [attribute for attribute in _attributes(tree.body) if attribute.name.isupper()]


def _attributes(body: list[ast.stmt]) -> Iterator[Attribute]:
    for statement, following in zip(body, [*body[1:], None], strict=True):
        if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
            default = None if statement.value is None else ast.unparse(statement.value)
            yield Attribute(statement.target.id, ast.unparse(statement.annotation), default, _literal(following))
        elif isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name):
            yield Attribute(statement.targets[0].id, "", ast.unparse(statement.value), _literal(following))


def _literal(statement: ast.stmt | None) -> str | None:
    if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant):
        value = statement.value.value
        return " ".join(value.split()) if isinstance(value, str) else None
    return None
