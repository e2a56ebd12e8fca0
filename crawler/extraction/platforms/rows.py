"""The types of the rows that platforms and plugins consist of."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AuthorBoxRow:
    """How one plugin, theme or platform marks an author box.

    Names are class tokens, `#name` is an id, `<name>` a tag; "a b" is a `b` inside an `a`.
    """

    id: str
    """The row's name in the evidence of an item."""
    box: str
    """The element that holds everything about one author."""
    bio: tuple[str, ...]
    """Elements inside that hold the biography, the first that has text wins."""
    name: tuple[str, ...] = ()
    """Elements inside that hold the author's name."""
    posts: tuple[str, ...] = ()
    """Elements inside whose links are the author's latest posts."""
