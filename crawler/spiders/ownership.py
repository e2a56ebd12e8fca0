"""Under which record an article is written: one article has one, whatever addresses lead to it."""

from __future__ import annotations

from crawler.frontier.frontier import Frontier
from crawler.frontier.identity import key_of, text_hash
from crawler.frontier.records import Outcome, Record
from crawler.frontier.visits import Visit, new_url
from crawler.items import Article
from crawler.page import Link
from crawler.spiders.admission import is_document
from crawler.urls import is_same_site

LEAST_TEXT = 200
"""Characters of a text that no two articles have in common by chance, headline and day being the same as well."""
UNRELIABLE = frozenset({Outcome.REDIRECT, Outcome.REJECTED, Outcome.GONE})
"""What became of a canonical address that cannot stand for the page which names it."""


def content_of(article: Article) -> str | None:
    """A number of what copies of an article share: headline, text and day. None where the text is too short to tell."""
    if len(article.body or "") < LEAST_TEXT:
        return None
    return text_hash(article.title, article.body, (article.date or "")[:10])


def owner_of(visit: Visit, article: Article, content: str | None, frontier: Frontier) -> Record | None:
    """The record under which the article is written; None where another address has it: then the visit is settled.

    That is the record of the canonical address, where it can be believed. An address that was not written before, and
    has the headline, text and day of an article that was, is another address of it, whatever it names as canonical.
    `content` is the article's `content_of`.
    """
    record = visit.record
    original = frontier.original(record.publication, content) if content and not record.revision else None
    if original and original != record.key:
        frontier.settle(visit.alias(original), record)
        return None
    return _canonical_owner(visit, article, frontier)


def _canonical_owner(visit: Visit, article: Article, frontier: Frontier) -> Record | None:
    record, canonical = visit.record, article.canonical_url
    key = key_of(canonical) if canonical else record.key
    if canonical is None or key == record.key or not is_same_site(canonical, record.url):
        return record
    known = frontier.store.get(key)
    if known is not None and (is_document(known.kind) or known.outcome in UNRELIABLE):
        return record  # sites name their front page, or an address that leads back here
    if known is not None and known.revision:
        frontier.settle(visit.alias(key), record)
        return None
    link = Link(article.url, "canonical", found_on=record.url)
    owner = frontier.adopt(new_url(link, publication=record.publication, now=visit.now), key=key)
    frontier.settle(visit.alias(key), record)
    return owner
