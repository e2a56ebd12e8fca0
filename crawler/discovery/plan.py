"""Where to look first: a publication's address to the documents that may list its articles."""

from __future__ import annotations

from crawler.discovery.article_paths import article_score
from crawler.discovery.found import unique
from crawler.discovery.link_kinds import kind_of_path
from crawler.discovery.robots import Robots
from crawler.page import Link, LinkKind
from crawler.urls import clean, normalise, origin, robots_url

ARTICLE_SCORE = 0.5
"""What an address of three words or two and a date reaches."""
SITEMAPS = (
    "/sitemap.xml",
    "/sitemap_index.xml",
    "/wp-sitemap.xml",
    "/sitemap-index.xml",
    "/news-sitemap.xml",
    "/sitemap-news.xml",
    "/sitemap.txt",
)
"""sitemaps.org's example, Yoast and Rank Math, WordPress core, static generators, news plugins; text sitemaps."""


def first_links(seed: str, *, robots: Robots | None = None) -> tuple[Link, ...]:
    """The seed as front page, then the sitemaps: those that robots.txt names, else well-known addresses, to be tried.

    Where the seed looks like an article's address, the root of its site is a front page too.
    Feeds and platforms' own lists follow from the front page (`read` of kind `front_page`). Empty where the seed is no
    http(s) address.
    """
    home = normalise(seed)
    if home is None:
        return ()
    front = Link(home, "seed", kind=LinkKind.FRONT_PAGE, score=1.0)
    named = after_robots(robots, seed) if robots else ()
    root = [Link(origin(home) + "/", "well_known", kind=LinkKind.FRONT_PAGE, score=0.9)] if _is_article(home) else []
    return unique([front, *root, *named, *(() if _names_all(named) else well_known(seed))])


def _is_article(url: str) -> bool:
    return kind_of_path(url) is None and article_score(url) >= ARTICLE_SCORE


def well_known(seed: str) -> tuple[Link, ...]:
    """Sitemaps at conventional addresses; most of them will not exist."""
    start = origin(seed)
    return tuple(Link(start + path, "well_known", kind=LinkKind.SITEMAP, score=0.7) for path in SITEMAPS)


def after_robots(robots: Robots, seed: str) -> tuple[Link, ...]:
    """The sitemaps that a robots.txt names; they may lie on another host (sitemaps.org, "Sitemaps & Cross Submits")."""
    addresses = (clean(address, robots_url(seed)) for address in robots.sitemaps)
    return unique(Link(address, "robots", kind=LinkKind.SITEMAP, score=0.9) for address in addresses if address)


def _names_all(named: tuple[Link, ...]) -> bool:
    """Whether a sitemap is named that is not of news alone: news sitemaps hold two days only (Google News)."""
    return any("news" not in link.url.rpartition("/")[2].lower() for link in named)
