"""Fixtures for tests that crawl: a site of our own on loopback, and crawls of it in a folder of their own."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.crawling import Crawls
from tests.postgres_server import PrivateServer, programs
from tests.site import Site, served


@pytest.fixture
def site() -> Iterator[Site]:
    """A publication of thirty articles."""
    with served() as site:
        yield site


@pytest.fixture
def crawls(site: Site, tmp_path: Path) -> Crawls:
    """Crawls of that publication, with output and frontier in the test's own folder."""
    return Crawls(tmp_path, site.host)


@pytest.fixture(scope="session")
def postgres() -> Iterator[PrivateServer]:
    """A private server. Skips where PostgreSQL or psycopg is not installed."""
    pytest.importorskip("psycopg", reason="psycopg is not installed: pip install 'psycopg[binary]'")
    where = programs()
    if where is None:
        pytest.skip("PostgreSQL is not installed: apt-get install postgresql")
    with tempfile.TemporaryDirectory(prefix="frontier-") as folder:
        server = PrivateServer(where, Path(folder))
        yield server
        server.stop()


SHARED = frozenset({"results", "postgres", "first_run", "tab"})
"""Fixtures that start a server, a browser or a crawl which many tests look at."""


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Keep tests that share a server or a crawl in one process, so that it runs once."""
    for item in items if config.pluginmanager.hasplugin("xdist") else ():
        for name in SHARED.intersection(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.xdist_group(name))
