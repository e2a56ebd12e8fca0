"""Where a crawl of a publication begins."""

from __future__ import annotations

import pytest

from crawler.discovery.plan import SITEMAPS, after_robots, first_links
from crawler.discovery.robots import Robots, parse_robots
from crawler.page import LinkKind

SEED = "https://www.example.com/blog/"


def robots(*sitemaps: str) -> Robots:
    return parse_robots("".join(f"Sitemap: {sitemap}\n" for sitemap in sitemaps).encode())


def test_the_front_page_comes_first_then_conventional_sitemaps() -> None:
    front, *maps = first_links(SEED)
    assert (front.url, front.kind, front.source) == (SEED, LinkKind.FRONT_PAGE, "seed")
    assert [link.url for link in maps] == ["https://www.example.com" + path for path in SITEMAPS]
    assert {link.kind for link in maps} == {LinkKind.SITEMAP}


def test_a_seed_that_is_an_article_leads_to_the_front_page_too() -> None:
    links = first_links("https://www.example.com/2024/05/ships-and-tides/")
    fronts = [link.url for link in links if link.kind == LinkKind.FRONT_PAGE]
    assert fronts == ["https://www.example.com/2024/05/ships-and-tides/", "https://www.example.com/"]


def test_sitemaps_that_robots_txt_names_are_not_guessed() -> None:
    links = first_links(SEED, robots=robots("https://cdn.example.net/map.xml", "/post-sitemap.xml"))
    assert [(link.url, link.source) for link in links[1:]] == [
        ("https://cdn.example.net/map.xml", "robots"),
        ("https://www.example.com/post-sitemap.xml", "robots"),
    ]


def test_a_news_sitemap_alone_is_not_the_archive() -> None:
    links = first_links(SEED, robots=robots("https://www.example.com/news-sitemap.xml"))
    assert [link.url for link in links].count("https://www.example.com/news-sitemap.xml") == 1
    assert "https://www.example.com/sitemap.xml" in [link.url for link in links]


def test_what_robots_txt_names_falsely_is_left_out() -> None:
    assert after_robots(robots("file:///etc/passwd", "http://[::1", ""), SEED) == ()


@pytest.mark.parametrize("seed", ["", "nonsense", "ftp://example.com/"])
def test_a_seed_that_is_no_address_begins_nothing(seed: str) -> None:
    assert first_links(seed) == ()
