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
