"""Frontier stores of both kinds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from crawler.frontier.sqlite import open_sqlite
from crawler.frontier.store import Store

Opening = Callable[[], Store]


@pytest.fixture(params=["sqlite", "postgres"])
def opening(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Opening]:
    """Opens the same store once more, as another process would; all are closed at the end."""
    opened: list[Store] = []
    if request.param == "sqlite":
        make: Opening = lambda: open_sqlite(tmp_path / "frontier.sqlite")  # noqa: E731
    else:
        from crawler.frontier.postgres import open_postgres  # noqa: PLC0415 - optional

        url = request.getfixturevalue("postgres").new_database()
        make = lambda: open_postgres(url)  # noqa: E731

    def open_one() -> Store:
        opened.append(make())
        return opened[-1]

    yield open_one
    for store in opened:
        store.close()


@pytest.fixture
def store(opening: Opening) -> Store:
    """A new store."""
    return opening()
