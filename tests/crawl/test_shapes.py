"""Publications whose lists look otherwise: every article once, whatever leads to it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.crawling import Crawls
from tests.shapes import (
    DatedArchives,
    DeepSections,
    Elsewhere,
    Facets,
    LoadMore,
    Numbered,
    PagedFeed,
    Shape,
    SoftErrors,
    TwoPages,
    WrongSitemap,
)

ARTICLES = 24


@pytest.mark.parametrize(
    "shape",
    [
        Numbered, LoadMore, DatedArchives, DeepSections, Elsewhere, Facets, PagedFeed, SoftErrors, TwoPages,
        WrongSitemap,
    ],
)  # fmt: skip
def test_every_article_is_found_once_and_nothing_else(shape: type[Shape], tmp_path: Path) -> None:
    with shape(ARTICLES) as site:
        run = Crawls(tmp_path, site.host).run(f"url={site.url}", FRONTIER_PATIENCE="5")
        assert sorted(line["url"] for line in run.lines) == sorted(site.article_urls)
        assert run.code == 0
        titles = {line["url"]: line["title"] for line in run.lines}
        assert titles == {f"http://{site.host}{site.path_of(post)}": post.title for post in site.posts}
        assert len(site.hits()) < ARTICLES + 120, "a trap costs fifty pages"
        paths = [hit.path for hit in site.hits()]
        assert [path for path in set(paths) if paths.count(path) > 1] == []
