"""One piece of an archive into articles: extracted, cleaned and validated as in a crawl."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urlsplit

from crawler.archive.exchange import Exchange
from crawler.archive.facts import PageAt, VisitFacts
from crawler.archive.reader import MAX_BODY, Opener, read_exchange, read_facts, read_pages
from crawler.archive.spans import ArchiveError
from crawler.extraction import extract
from crawler.extraction.parts import join_parts
from crawler.fetching.decompression import DamagedError, TooLargeError, decompress
from crawler.frontier.identity import key_of
from crawler.items import Article
from crawler.page import Link, Page, SiteProfile
from crawler.pipelines.cleaning import clean_article
from crawler.pipelines.validate import rejection, without_implausible
from crawler.reprocessing.work import Chunk, open_file

SETTLED = ("unchanged", "duplicate")
"""Beginnings of the reasons for which a crawl drops an item whatever its extractor: another line stands for it."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one archived page: an article, or the reason why there is none."""

    article: Article | None = None
    reason: str | None = None
    """Why there is no article, in one of few wordings; None where there is one."""
    problem: str | None = None
    """What went wrong with it, for the operator."""
    id: str | None = None
    """Identity of what is no article."""
    own: bool = False
    """Whether the page is from an archive of this project, whose crawl knew which pages are one article."""


def read_again(chunk: Chunk, *, run_id: str, opener: Opener = open_file) -> Iterator[Outcome]:
    """An outcome for every page of a piece, in its order. Never raises on what a page holds.

    Raises OSError and ArchiveError where the file itself cannot be read.
    """
    with opener(chunk.file) as file:
        if chunk.own:
            folder = chunk.file.rpartition("/")[0] or "."
            yield from (_visit(facts, folder, run_id, opener) for facts in read_facts(file, chunk.span))
        else:
            yield from (_document(exchange, run_id) for exchange in read_pages(file, chunk.span))


def _visit(facts: VisitFacts | ArchiveError, folder: str, run_id: str, opener: Opener) -> Outcome:
    if isinstance(facts, ArchiveError):
        return Outcome(reason="failed", problem=str(facts), own=True)
    if facts.outcome == "skipped" or (facts.outcome == "dropped" and (facts.reason or "").startswith(SETTLED)):
        return Outcome(reason=f"the crawl left it out: {_why(facts)}", id=facts.id, own=True)
    if facts.page_type == "gone":
        return Outcome(_tombstone(facts, run_id), own=True)
    try:
        article = _article_of(facts, folder, opener)
    except Exception as error:  # noqa: BLE001 - the edge of one page: it is reported, the others go on
        return Outcome(reason="failed", problem=f"{facts.url}: {type(error).__name__}: {error}", id=facts.id, own=True)
    article.id, article.revision = facts.id, facts.revision
    article.publication, article.run_id = facts.publication, run_id
    outcome = finished(article)
    if outcome.article:
        outcome.article.changed_fields = list(facts.changed_fields)
    return replace(outcome, own=True, id=facts.id)


def _why(facts: VisitFacts) -> str:
    return facts.reason if facts.outcome == "dropped" and facts.reason else "not asked for, or another address of one"


def _article_of(facts: VisitFacts, folder: str, opener: Opener) -> Article:
    if not facts.pages:
        raise ArchiveError("the archive holds no page of it")
    pages = [_page_at(at, facts, folder, opener) for at in facts.pages]
    return join_parts([extract(page) for page in pages], missing=facts.missing)


def _page_at(at: PageAt, facts: VisitFacts, folder: str, opener: Opener) -> Page:
    exchange = read_exchange(folder, at.kept.place, at.kept.payload, opener=opener)
    moment = datetime.fromisoformat(at.fetched_at) if at.fetched_at else None
    return page_of(exchange, url=at.url, fetched_at=moment, links=facts.links, profile=facts.profile)


def _tombstone(facts: VisitFacts, run_id: str) -> Article:
    return Article(
        facts.url, id=facts.id, publication=facts.publication, page_type="gone",
        page_type_reason=facts.page_type_reason, revision=facts.revision, run_id=run_id, fetched_at=facts.fetched_at,
    )  # fmt: skip


def _document(exchange: Exchange, run_id: str) -> Outcome:
    """A page of which nothing is known but its answer: the page type decides."""
    identity = key_of(exchange.url)
    try:
        moment = exchange.fetched_at.replace(microsecond=0)
        article = _marked(extract(page_of(exchange, url=exchange.url, fetched_at=moment)), exchange)
    except TooLargeError:
        return Outcome(reason="too large when decompressed", id=identity)
    except DamagedError:
        return Outcome(reason="its content encoding is damaged", id=identity)
    except Exception as error:  # noqa: BLE001 - the edge of one page: it is reported, the others go on
        return Outcome(reason="failed", problem=f"{exchange.url}: {type(error).__name__}: {error}", id=identity)
    article.id, article.run_id = identity, run_id
    article.publication = urlsplit(exchange.url).hostname
    return replace(finished(article), id=identity)


def _marked(article: Article, exchange: Exchange) -> Article:
    """A page of which the archive holds a part is never a whole article."""
    if not exchange.truncated:
        return article
    reason = f"the archive holds a part of the page only ({exchange.truncated})"
    return replace(article, body_complete=False, body_complete_reason=reason)


def finished(article: Article) -> Outcome:
    """The article as the pipelines `clean` and `validate` leave it, or why they drop it."""
    cleaned = clean_article(article)
    reason = rejection(cleaned)
    return Outcome(reason=reason) if reason else Outcome(without_implausible(cleaned)[0])


def page_of(
    exchange: Exchange,
    *,
    url: str,
    fetched_at: datetime | None,
    links: Iterable[Link] = (),
    profile: SiteProfile = SiteProfile(),
) -> Page:
    """The page as the crawl hands it to extraction: content encodings off. Raises TooLargeError and DamagedError."""
    encodings = ",".join(value for name, value in exchange.headers if name.lower() == "content-encoding").split(",")
    body = _decoded(exchange.body, encodings)
    return Page(body, url, _headers(exchange), fetched_at, tuple(links), profile)


def _decoded(body: bytes, encodings: list[str]) -> bytes:
    try:
        return decompress(body, encodings, MAX_BODY)
    except DamagedError:
        # Browsers that archive write what they decoded and keep the header. No compressed stream begins like markup.
        if body.lstrip()[:1] == b"<":
            return body
        raise


def _headers(exchange: Exchange) -> dict[str, str]:
    """Name → value; values of repeated headers joined (RFC 9110, section 5.3)."""
    names: dict[str, str] = {}
    joined: dict[str, str] = {}
    for name, value in exchange.headers:
        first = names.setdefault(name.lower(), name)
        joined[first] = f"{joined[first]}, {value}" if first in joined else value
    undone = {"content-encoding", "content-length", "transfer-encoding"}
    return {name: value for name, value in joined.items() if name.lower() not in undone}
