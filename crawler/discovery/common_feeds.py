"""Where feeds lie on pages that name none in their head: addresses by generator, then those common to many."""

from __future__ import annotations

import re
from dataclasses import dataclass

from crawler.page import Page
from crawler.urls import normalise


@dataclass(frozen=True, slots=True)
class FeedAddress:
    """A row: the feed of a kind of software."""

    generator: re.Pattern[str] | None
    """Matched at the start of `<meta name=generator>`; None for every site."""
    path: str
    evidence: str


def _software(name: str, path: str, evidence: str) -> FeedAddress:
    return FeedAddress(re.compile(name, re.IGNORECASE), path, evidence)


ADDRESSES = (
    _software("WordPress", "/feed/", "developer.wordpress.org/advanced-administration/wordpress/feeds/"),
    _software("Ghost", "/rss/", "ghost.org/docs/faq/using-rss-feeds/"),
    _software("Hugo", "/index.xml", "gohugo.io/templates/rss/"),
    _software("Jekyll", "/feed.xml", "jekyll-feed, the default plugin"),
    _software("Hexo", "/atom.xml", "hexo-generator-feed"),
    _software("Hexo", "/rss2.xml", "hexo-generator-feed, type rss2"),
    _software("Pelican", "/feeds/all.atom.xml", "docs.getpelican.com, FEED_ALL_ATOM"),
    _software("mkdocs", "/feed_rss_created.xml", "mkdocs-rss-plugin"),
    _software("Drupal", "/rss.xml", "Drupal core, front page view"),
    _software("Joomla", "/?format=feed&type=rss", "Joomla core, blog layouts"),
    _software("blogger", "/feeds/posts/default", "Blogger"),
    _software("Movable Type", "/atom.xml", "Movable Type, default templates"),
    _software("TypePad", "/atom.xml", "TypePad, default templates"),
    _software("Wix", "/blog-feed.xml", "support.wix.com, Wix Blog RSS feed"),
    _software("Squarespace", "/?format=rss", "support.squarespace.com, finding your RSS feed"),
    _software("Medium", "/feed", "help.medium.com, RSS feeds"),
    _software("Discourse", "/latest.rss", "Discourse"),
    _software("Astro", "/rss.xml", "docs.astro.build/guides/rss/"),
    _software("Eleventy", "/feed.xml", "11ty.dev/docs/plugins/rss/"),
    _software("Gatsby", "/rss.xml", "gatsby-plugin-feed"),
    FeedAddress(None, "/feed/", "WordPress and followers"),
    FeedAddress(None, "/rss.xml", "convention"),
    FeedAddress(None, "/atom.xml", "convention"),
    FeedAddress(None, "/feed.xml", "convention"),
    FeedAddress(None, "/index.xml", "convention"),
    FeedAddress(None, "/rss", "convention"),
)


def common_feeds(page: Page) -> tuple[str, ...]:
    """Addresses at which the page's publication may have a feed: its software's own, else the conventional ones."""
    generators = page.meta.get("generator", [])
    known = [row for row in ADDRESSES if row.generator and any(row.generator.match(text) for text in generators)]
    rows = known or [row for row in ADDRESSES if row.generator is None]
    addresses = (normalise(row.path, page.url) for row in rows)
    return tuple(dict.fromkeys(address for address in addresses if address))
