"""What a fetched page is to the crawl: an article, a list, both in one, or only the way to another page. Pure."""

from __future__ import annotations

from crawler.discovery import read
from crawler.discovery.link_kinds import is_surely_list
from crawler.frontier.records import NewUrl, Record
from crawler.items import Article
from crawler.page import LinkKind, Page
from crawler.spiders.admission import is_document
from crawler.urls import identity

LISTS = frozenset({"listing", "front_page", "author_page", "search"})
"""Types of pages whose purpose is to name others."""
EXCUSES = frozenset({"error", "login_wall", "consent_wall", "bot_check", "empty"})
"""Types of pages that stand in for another one."""
MANY = 3
"""Articles that nobody named before, or that lie below it: a page that names so many is a list, whatever else it is."""


def is_sure_document(record: Record, article: Article, page: Page) -> bool:
    """Whether a page is read as the list that it was queued as, rather than as an article.

    A section by the shape of its address may be an article, if it is signed or dated. It is none where a convention
    says so, nor where nobody names the address: at a folder that was inferred, servers excuse themselves at length;
    nor where the articles that it names lie below its own address, for excerpts are dated and signed too.
    """
    if not is_document(record.kind):
        return False
    is_guess = any(link.source != "inferred" for link in record.links) and not is_surely_list(record.url)
    if article.page_type != "article" or not is_guess or not (article.date or article.authors):
        return True
    return _lies_above(page)


def _lies_above(page: Page) -> bool:
    """Whether a page names articles of its own folder."""
    links = read(page, kind=LinkKind.SECTION).articles()
    folder = identity(page.url) + "/"
    return sum(identity(link.url).startswith(folder) for link in links) >= MANY


def links_as(article: Article) -> str:
    """As what a page's links are read: numbered addresses are the parts of an article, and further pages of a list."""
    return LinkKind.SECTION if article.page_type in LISTS else LinkKind.ARTICLE


def names_others(record: Record, article: Article, found: int) -> bool:
    """Whether a page that is no article is a list all the same, to be asked for again as one. `found`: new articles."""
    if article.page_type in EXCUSES:
        return False
    return article.page_type in LISTS or found >= MANY or bool(record.text_hash)


DATA = frozenset({LinkKind.FEED, LinkKind.REST, LinkKind.SITEMAP})
"""Kinds of documents that are no pages for people."""


def sends_on(record: Record, article: Article | None) -> bool:
    """Whether a page may be nothing but the way to another one: an article that sends its readers on is read here."""
    return record.kind not in DATA and (article is None or article.page_type != "article")


def may_lead_to(url: NewUrl, kind: str) -> bool:
    """Whether to follow a link to a listing: the feeds that an article's page names are those of its comments."""
    return kind != LinkKind.ARTICLE or url.link.kind not in DATA
