"""Fixtures for tests that crawl: a site of our own on loopback, and crawls of it in a folder of their own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.crawling import Crawls
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
