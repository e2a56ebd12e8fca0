"""Publications whose lists look otherwise: every article once, whatever leads to it."""

from __future__ import annotations

import sqlite3
import time
from pathlib import Path

import pytest

from tests.crawling import Crawls
from tests.shapes import (
    Almanac,
    Application,
    DatedArchives,
    DeepSections,
    Elsewhere,
    Facets,
    Journal,
    LoadMore,
    Numbered,
    Oracle,
    PagedFeed,
    Pinned,
    SentOn,
    Shape,
    Shared,
    SoftErrors,
    TwoPages,
    WrongSitemap,
)

ARTICLES = 24


@pytest.mark.parametrize(
    "shape",
    [
        Almanac, Application, Numbered, LoadMore, DatedArchives, DeepSections, Elsewhere, Facets, Journal, PagedFeed,
        Pinned, SentOn, Shared, SoftErrors, TwoPages, WrongSitemap,
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


def test_links_to_share_an_article_are_not_asked_for(tmp_path: Path) -> None:
    with Shared(ARTICLES) as site:
        Crawls(tmp_path, site.host).run(f"url={site.url}", FRONTIER_PATIENCE="5")
        assert [hit.path for hit in site.hits() if hit.path.startswith(("/share", "/login"))] == []


def test_new_articles_behind_the_first_page_are_found_although_the_first_names_a_known_one(tmp_path: Path) -> None:
    with Pinned(ARTICLES) as site:
        site.posts, later = site.posts[:10], site.posts[10:]
        crawls = Crawls(tmp_path, site.host)
        assert len(crawls.run(f"url={site.url}", FRONTIER_PATIENCE="5").lines) == 10
        site.posts += later
        run = crawls.run(f"url={site.url}", FRONTIER_PATIENCE="5")
        assert sorted(line["url"] for line in run.lines) == sorted(site.article_urls[10:])


def test_a_list_that_was_taken_for_an_article_is_asked_for_again_the_next_day(tmp_path: Path) -> None:
    with Journal(ARTICLES) as site:
        crawls = Crawls(tmp_path, site.host)
        run = crawls.run(f"url={site.url}", FRONTIER_PATIENCE="5")
        assert run.outcomes["rejected"] == 5
        with sqlite3.connect(crawls.frontier) as connection:
            (row,) = connection.execute("SELECT reason, due FROM urls WHERE url LIKE '%/journal'").fetchall()
        connection.close()
        assert row[0].startswith("not an article: ")
        assert row[1] < time.time() + 86400


def test_a_chain_of_pages_that_say_the_same_costs_fifty_of_them(tmp_path: Path) -> None:
    with Oracle(ARTICLES) as site:
        run = Crawls(tmp_path, site.host).run(f"url={site.url}", FRONTIER_PATIENCE="5")
        assert {line["url"] for line in run.lines} > set(site.article_urls)
        assert len([hit for hit in site.hits() if "almanac" in hit.path]) == 51, "the first was none of them"


def test_a_change_in_a_later_part_of_an_article_is_seen(tmp_path: Path) -> None:
    with TwoPages(6) as site:
        crawls = Crawls(tmp_path, site.host)
        assert len(crawls.run(f"url={site.url}", FRONTIER_PATIENCE="5").lines) == 6
        site.end = "two days later than planned"
        crawls.make_due()
        run = crawls.run(f"url={site.url}", FRONTIER_PATIENCE="5")
        assert {(line["revision"], *line["changed_fields"]) for line in run.lines} == {(2, "body")}
        assert len(run.lines) == 6
