"""Class and id tokens that contain certain words, found without looking at every token."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from crawler.extraction.document import Document


def class_tokens(document: Document, words: Iterable[str]) -> set[str]:
    """Class tokens of the page that contain one of the words (lower case)."""
    return set(_containing(*document.once(_joined_classes), words))


def id_tokens(document: Document, words: Iterable[str]) -> set[str]:
    """Ids of the page that contain one of the words (lower case)."""
    return set(_containing(*document.once(_joined_ids), words))


def _joined_classes(document: Document) -> tuple[list[str], str]:
    return _joined(document.by_class)


def _joined_ids(document: Document) -> tuple[list[str], str]:
    return _joined(document.by_id)


def _joined(names: Iterable[str]) -> tuple[list[str], str]:
    tokens = [name for name in names if "\n" not in name]
    return tokens, "\n".join(tokens).lower()


def _containing(tokens: list[str], joined: str, words: Iterable[str]) -> Iterator[str]:
    """One substring search for each word; lines of the joined text are the tokens."""
    for word in words:
        start = joined.find(word)
        while start >= 0:
            yield tokens[joined.count("\n", 0, start)]
            end = joined.find("\n", start)
            start = joined.find(word, end) if end >= 0 else -1
