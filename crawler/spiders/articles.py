"""The spider: finds every article of some publications and reads each into one item."""

from __future__ import annotations

import asyncio
import random
import secrets
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Self, cast
from urllib.parse import urlsplit

from scrapy import Request, Spider
from twisted.internet.defer import CancelledError

from crawler.discovery import Window, read
from crawler.discovery.multipage import part_addresses
from crawler.discovery.plan import first_links
from crawler.discovery.refresh import refresh_target
from crawler.errors import ConfigurationError
from crawler.extraction import extract
from crawler.extraction.parts import join_parts
from crawler.fetching.answers import Answer, meaning
from crawler.fetching.refusals import AddressRefused
from crawler.frontier.frontier import Frontier
from crawler.frontier.identity import key_of, text_hash
from crawler.frontier.records import Outcome, Record, Settlement
from crawler.frontier.schedule import unix
from crawler.frontier.visits import OUTSIDE, Validators, Visit, new_url
from crawler.items import Article
from crawler.page import Link, LinkKind, Page
from crawler.signals import PageAnswer, PageRead, page_read
from crawler.spiders.accounts import accounts_of
from crawler.spiders.admission import (
    RULES,
    Admission,
    Taken,
    TrapBook,
    bounds,
    by_shape,
    is_fruit,
    is_nested_too_deep,
    plain_page_reason,
)
from crawler.spiders.answers import after_failure, link_to, location_of, page_of, validators_of
from crawler.spiders.arguments import Arguments, read_arguments
from crawler.spiders.ownership import content_of, owner_of
from crawler.spiders.roles import LISTS, is_sure_document, links_as, may_lead_to, names_others, sends_on

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from twisted.python.failure import Failure

    from crawler.frontier.scheduler import FrontierScheduler

Output = Article | Request

DEEPER = frozenset({LinkKind.PAGINATION, LinkKind.REST})
"""Later pages of the same list."""
MAY_BE_ARTICLE = frozenset({LinkKind.ARTICLE, LinkKind.PAGE_PART, LinkKind.SECTION})
"""Kinds whose page is read as an article; a section may be a guess by the shape of its address."""


class ArticlesSpider(Spider):
    """`scrapy crawl articles`: `-a url=…` or `-a sites=publications.toml`, `-a since=`, `-a until=`, `-a limit=`."""

    name = "articles"

    def __init__(self, arguments: Arguments) -> None:
        super().__init__()
        self.run_id = f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}-{secrets.token_hex(3)}"
        self.publications = {publication.slug: publication for publication in arguments.publications}
        self.slugs = tuple(self.publications)
        self._seeds = arguments.seeds
        self.limit = arguments.limit
        self.window = Window(arguments.since, arguments.until)
        self.unverified_hosts = frozenset(
            urlsplit(publication.url).hostname for publication in arguments.publications if not publication.verify_tls
        )
        self.problem: Exception | None = None
        self.disk_error: str | None = None
        self.traps = TrapBook()
        self.front_pages: defaultdict[str, Counter[str]] = defaultdict(Counter)
        """Publication → front pages `read` in this run, and addresses of articles `named` there."""
        self._admissions = {p.slug: Admission(p, self.window) for p in arguments.publications}

    @classmethod
    def from_crawler(cls, crawler: Crawler, *_: Any, **arguments: Any) -> Self:
        """The spider for its `-a` arguments. Raises `ConfigurationError` for one that is unknown or cannot be meant."""
        spider = cls(cls.check_arguments(**arguments))
        spider._set_crawler(crawler)
        return spider

    @classmethod
    def check_arguments(cls, **arguments: str) -> Arguments:
        """The arguments as they are meant. Raises `ConfigurationError`, before anything is started."""
        known = {name: arguments.pop(name, None) for name in ("url", "sites", "since", "until", "limit")}
        if arguments:
            raise ConfigurationError(f"unknown argument {', '.join(arguments)}; known: {', '.join(known)}")
        return read_arguments(**known)

    def accounts(self) -> dict[str, dict[str, Any]]:
        """See `crawler.reports.extension.Run`."""
        accounts = accounts_of(self.frontier, self.traps)
        for slug, account in accounts.items():
            partial = self.window.until is not None or account["limited"]
            account["details"] |= {"front_page": dict(self.front_pages[slug]), "partial": partial}
        return accounts

    def baseline(self, slug: str) -> Mapping[str, Any]:
        """See `crawler.reports.extension.Run`."""
        return self.frontier.store.baseline(slug)

    def keep_baseline(self, slug: str, baseline: Mapping[str, Any]) -> None:
        """See `crawler.reports.extension.Run`."""
        self.frontier.store.put_baseline(slug, baseline)

    def finish(self, reports: Mapping[str, Mapping[str, Any]]) -> None:
        """See `crawler.reports.extension.Run`."""
        if hasattr(self.scheduler, "frontier"):
            for slug, report in reports.items():
                self.frontier.store.finish_visit(slug, self.run_id, report, now=self._clock())
            self.frontier.store.close()

    @property
    def scheduler(self) -> FrontierScheduler:
        """The scheduler of the running crawl."""
        return cast("FrontierScheduler", self.crawler.engine.scheduler)

    @property
    def frontier(self) -> Frontier:
        """The frontier of the running crawl."""
        return self.scheduler.frontier

    def _clock(self) -> float:
        """Unix time as all workers on this frontier have it."""
        return self.frontier.clock()

    async def start(self) -> AsyncIterator[Any]:
        """Seed the frontier: it makes the requests. Yields nothing."""
        self.scheduler.start()
        for publication in self.publications.values():
            seeds = self._seeds[publication.slug]
            links = [Link(url, "seed", kind=LinkKind.FRONT_PAGE, score=1.0) for url in seeds]
            links += [Link(url, "seed", kind=LinkKind.FEED) for url in publication.feeds]
            links += [Link(url, "seed", kind=LinkKind.SITEMAP) for url in publication.sitemaps]
            self._add_documents(publication.slug, links)
            since, until = bounds(self.window)
            for rule in RULES:
                self.scheduler.rejudge(publication.slug, self._admissions[publication.slug].rule_against, reason=rule)
            self.scheduler.readmit(publication.slug, reason=OUTSIDE, since=since, until=until)
        return
        yield

    def _add_documents(self, slug: str, links: Iterable[Link]) -> None:
        begun = self.frontier.rounds[slug]
        self.frontier.add(
            new_url(link, publication=slug, now=self._clock(), visit_before=begun if link.source == "seed" else None)
            for link in links
        )

    def _look_further(self, record: Record, meta: Mapping[str, Any]) -> None:
        """Once robots.txt is known: the sitemaps that it names, else those at conventional addresses."""
        if record.kind == LinkKind.FRONT_PAGE and any(link.source == "seed" for link in record.links):
            links = first_links(self.publications[record.publication].url, robots=meta.get("robots"))
            self._add_documents(record.publication, links[1:])

    def delay_of(self, publication: str) -> float | None:
        """See `crawler.frontier.scheduler.Plan`."""
        return self.publications[publication].delay

    def refuses(self, record: Record) -> str | None:
        """See `crawler.frontier.scheduler.Plan`."""
        return self._admissions[record.publication].rule_against_record(record) or self.traps.refuses(record)

    # answers

    async def visit(self, response: Response) -> AsyncIterator[Output]:
        """What an answer leads to: links into the frontier, an article out."""
        record: Record = response.meta["record"]
        visit = Visit(record, self._clock())
        answer = meaning(response.status)
        self._look_further(record, response.meta)
        if answer is Answer.OK:
            async for output in self._read(visit, response):
                yield output
        elif answer is Answer.MISSING and record.revision and record.outcome == Outcome.MISSING:
            yield self._tombstone(visit)
        else:
            self._without_document(visit, answer, response)

    def _without_document(self, visit: Visit, answer: Answer, response: Response) -> None:
        frontier, record, status = self.frontier, visit.record, f"HTTP {response.status}"
        if answer is Answer.UNCHANGED:
            settlement = visit.unchanged()
        elif answer is Answer.MOVED and (target := location_of(response)):
            settlement = self._moved(visit, target)
        elif answer is Answer.MISSING:
            settlement = visit.missing(response.status)
            self.traps.missed(record)
        elif answer is Answer.REFUSED:
            settlement = visit.blocked(status)
        elif answer in (Answer.LATER, Answer.SLOW_DOWN):
            settlement = visit.failed(status, policy=frontier.options.retry, jitter=random.random())  # noqa: S311
        else:
            settlement = visit.rejected(status)
        frontier.settle(settlement, record)

    def _moved(self, visit: Visit, target: str) -> Settlement:
        """The target of a redirect takes over what is known of the address that led to it."""
        record, settlement = visit.record, visit.redirected(target)
        if not settlement.alias_of:
            return settlement
        links = record.links or (Link(record.url, "redirect", kind=record.kind),)
        moved = [Link(target, "redirect", found_on=record.url, kind=record.kind)]
        moved += [link_to(link, target, record.kind) for link in links]
        urls = self._admissions[record.publication].admit(moved, now=self._clock())
        self.frontier.add(replace(url, hops=record.hops + 1) for url in urls)
        return settlement

    def visit_failed(self, failure: Failure) -> None:
        """No answer: refused by a rule of ours, or by the network."""
        request: Request = failure.request  # type: ignore[attr-defined]
        record: Record = request.meta["record"]
        if not isinstance(failure.value, AddressRefused):
            self._look_further(record, request.meta)
        if isinstance(failure.value, CancelledError | asyncio.CancelledError):
            return  # the run is stopping: the lease is given back
        settlement = after_failure(Visit(record, self._clock()), failure.value, policy=self.frontier.options.retry)
        self.frontier.settle(settlement, record)

    # documents

    async def _read(self, visit: Visit, response: Response) -> AsyncIterator[Output]:
        record = visit.record
        page = self._page(response, record)
        first = extract(page) if record.kind in MAY_BE_ARTICLE else None
        if sends_on(record, first) and (target := refresh_target(page)):
            self.frontier.settle(self._moved(visit, target), record)
            return
        if first is None or is_sure_document(record, first, page):
            taken = self._take_links(page, record, kind=record.kind)
            self.frontier.settle(visit.listed(validators_of(response), digest=taken.digest), record)
            self.traps.visited(record, fruitful=taken.elsewhere > 0)
            return
        taken = self._take_links(page, record, kind=links_as(first))
        answers: list[PageAnswer | None] = [PageAnswer(page, response.meta.get("archived"))]
        article = first if first.page_type in LISTS else await self._whole(visit, first, answers)
        if article is None:
            return
        is_list = names_others(record, first, taken.new)
        # that the first of several parts is unchanged says nothing of the others
        validators = validators_of(response) if len(answers) == 1 else Validators()
        item = self._item(visit, article, validators, digest=taken.digest if is_list else None)
        self._tell(record, article, answers, wanted=item is not None)
        self.traps.visited(record, fruitful=is_list and taken.elsewhere > 0, page=article)
        if item is not None:
            yield item

    def _tell(self, record: Record, article: Article, answers: Iterable[PageAnswer | None], *, wanted: bool) -> None:
        """Tell the archive what the visit knew and came to."""
        visit = PageRead(
            article, tuple(answers), article.id or record.key, self._name(record.publication), self.run_id,
            article.revision if wanted else record.revision + 1, wanted,
        )  # fmt: skip
        self.crawler.signals.send_catch_log(page_read, visit=visit)

    async def _whole(self, visit: Visit, first: Article, answers: list[PageAnswer | None]) -> Article | None:
        """The article of a page with its later parts, whose answers are appended; None where there is none now.

        The page is itself a later part, or a part failed.
        """
        page = cast("PageAnswer", answers[0]).page
        record, parts = visit.record, part_addresses(page)
        if parts and key_of(parts[0]) not in (record.key, key_of(page.url)):
            head = Link(parts[0], "part", found_on=page.url)
            self.frontier.add(self._admissions[record.publication].admit([head], now=visit.now))
            self.frontier.settle(visit.alias(key_of(parts[0])), record)
            return None
        articles = [first]
        for url in parts[1:]:
            answer = await self._part(url, record)
            if answer is None or answer.status >= 500 or meaning(answer.status) is Answer.SLOW_DOWN:
                policy = self.frontier.options.retry
                settlement = visit.failed("a part of it failed", policy=policy, jitter=random.random())  # noqa: S311
                self.frontier.settle(settlement, record)
                return None
            if meaning(answer.status) is Answer.OK:
                part = replace(self._page(answer, record), links=page.links)
                answers.append(PageAnswer(part, answer.meta.get("archived")))
                articles.append(extract(part))
            else:
                answers.append(None)
        return join_parts(articles, missing=answers.count(None))

    async def _part(self, url: str, record: Record) -> Response | None:
        """The answer for a part's address, past the frontier: it belongs to the visit of the first part."""
        meta = {"download_slot": record.host, "delay": self.delay_of(record.publication)}
        try:
            return await self.crawler.engine.download_async(Request(url, meta=meta, dont_filter=True))
        except Exception as error:  # noqa: BLE001 - whatever keeps one part from us, the article is tried again
            self.logger.info("%s: %r", url, error)
            return None

    def _take_links(self, page: Page, record: Record, *, kind: str) -> Taken:
        """Put a document's links into the frontier."""
        subdomains = self.publications[record.publication].subdomains
        links = read(page, kind=kind, window=self.window, subdomains=subdomains).links
        if kind == LinkKind.SITEMAP and is_nested_too_deep(record, self.frontier.store.get):
            links = tuple(link for link in links if link.kind != LinkKind.SITEMAP)
        urls = list(self._admissions[record.publication].admit(links, now=self._clock()))
        articles = [url for url in urls if is_fruit(url, page.url)]
        if kind == LinkKind.FRONT_PAGE:
            self.front_pages[record.publication] += Counter(read=1, named=len(articles))
        elsewhere, alike = map(self.frontier.add_now, by_shape(articles, page.url))
        others = (url for url in urls if not is_fruit(url, page.url) and may_lead_to(url, kind))
        if elsewhere + alike:  # the pages behind have moved on by as many, until one has nothing new
            begun = self.frontier.rounds[record.publication]
            others = (replace(url, visit_before=begun) if url.link.kind in DEEPER else url for url in others)
        self.frontier.add(others)
        return Taken(elsewhere + alike, elsewhere, text_hash(*sorted(url.key for url in urls)))

    def _page(self, response: Response, record: Record) -> Page:
        links = self.frontier.links_of(record) if record.kind in MAY_BE_ARTICLE else ()
        moment = datetime.fromtimestamp(self._clock(), UTC)
        return page_of(response, links=links, fetched_at=moment, profile=self.publications[record.publication].profile)

    # articles

    def _item(
        self, visit: Visit, article: Article, validators: Validators, *, digest: str | None
    ) -> Article | None:  # fmt: skip
        """The article to be written; None where there is none, which is then settled with its reason.

        `digest`: of its links, where the page is a list if it is no article.
        """
        record = visit.record
        plain = plain_page_reason(record.links, self.frontier.store.get)
        reason = plain if article.page_type == "article" else f"not an article: {article.page_type}"
        if reason:
            is_list = digest is not None and article.page_type != "article"
            listed = visit.listed(validators, digest=digest or "", reason=reason)
            self.frontier.settle(listed if is_list else visit.rejected(reason, validators), record)
            return None
        if not self.window.admits(article.date):
            self.frontier.settle(visit.skipped(OUTSIDE, published=unix(article.date)), record)
            return None
        content = content_of(article)
        owner = owner_of(visit, article, content, self.frontier)
        if owner is None or not self.frontier.is_mine(owner):
            return None
        settlement = Visit(owner, visit.now).article(
            validators, published=unix(article.date), run_id=self.run_id, content=content
        )
        self.frontier.await_writing(settlement, owner)
        article.id, article.revision = owner.key, settlement.revision or 1
        article.publication, article.run_id = self._name(record.publication), self.run_id
        return article

    def _name(self, slug: str) -> str:
        publication = self.publications[slug]
        return publication.name or urlsplit(publication.url).netloc

    def _tombstone(self, visit: Visit) -> Article:
        """The line that says that an article is gone."""
        record = visit.record
        settlement = visit.gone(self.run_id)
        self.frontier.await_writing(settlement, record)
        return Article(
            record.url, id=record.key, publication=self._name(record.publication), page_type="gone",
            page_type_reason="404 or 410, twice", revision=settlement.revision or 1, run_id=self.run_id,
            fetched_at=datetime.fromtimestamp(visit.now, UTC).isoformat(timespec="seconds"),
        )  # fmt: skip
