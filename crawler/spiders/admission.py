"""Which links become records of a publication, and which patterns of addresses have cost enough."""

from __future__ import annotations

import math
import re
from collections import Counter, OrderedDict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from crawler.discovery import Window
from crawler.discovery.found import DOCUMENT_KINDS
from crawler.discovery.sitemap_names import post_sitemaps_beside
from crawler.discovery.sitemaps import MAX_NESTING
from crawler.discovery.traps import TRAP_BUDGET, is_variation, pattern_of, trap_reason
from crawler.frontier.identity import key_of, text_hash
from crawler.frontier.records import NewUrl, Outcome, Record
from crawler.frontier.schedule import DAY, unix
from crawler.frontier.visits import OUTSIDE, new_url
from crawler.items import Article
from crawler.page import Link, LinkKind
from crawler.publications import Publication
from crawler.urls import is_same_site

PATTERNS_KEPT = 10_000
"""Patterns that are counted at a time; those not met for longest are forgotten first."""

NAMED_BY_HAND = frozenset({"seed", "robots"})
"""Sources that an operator or a publisher wrote down: what they name is read, whatever its address."""
EXCLUDED, NOT_INCLUDED = RULES = ("excluded", "not included")
"""Reasons by `exclude` and `include` of publications.toml."""


class Admission:
    """Links of one publication in, new URLs out."""

    def __init__(self, publication: Publication, window: Window) -> None:
        self._publication = publication
        self._window = window

    def admit(self, links: Iterable[Link], *, now: float) -> Iterator[NewUrl]:
        """The links that belong to the publication, those not to be fetched with the reason."""
        for link in links:
            if self._is_own(link):
                skip = self._skip(link)
                yield new_url(
                    link, publication=self._publication.slug, now=now, skip=skip, visit_before=_stated_change(link, now)
                )  # fmt: skip

    def _is_own(self, link: Link) -> bool:
        if link.kind in (LinkKind.FEED, LinkKind.SITEMAP) and link.source in NAMED_BY_HAND:
            return True  # cross-site sitemaps are allowed where robots.txt names them; feeds where the operator does
        return is_same_site(link.url, self._publication.url, subdomains=self._publication.subdomains)

    def rule_against(self, url: str, kind: str) -> str | None:
        """The rule of the publication that keeps an address out, or None."""
        if any(pattern.search(url) for pattern in self._publication.exclude):
            return EXCLUDED
        included = self._publication.include
        if kind == LinkKind.ARTICLE and included and not any(pattern.search(url) for pattern in included):
            return NOT_INCLUDED
        return None

    def rule_against_record(self, record: Record) -> str | None:
        """The same for a record queued a while ago; documents that operator or robots.txt name are not kept out."""
        if is_document(record.kind) and any(link.source in NAMED_BY_HAND for link in record.links):
            return None
        return self.rule_against(record.url, record.kind)

    def _skip(self, link: Link) -> str | None:
        if (rule := self.rule_against(link.url, link.kind)) is not None:
            return rule
        if link.kind == LinkKind.PAGE_PART:
            return "part of an article"
        if link.kind != LinkKind.ARTICLE:
            return None
        return None if self._window.admits(link.date) else OUTSIDE


def _stated_change(link: Link, now: float) -> float | None:
    """Unix time of the change that a feed or sitemap states; None where it states none, or one that cannot be."""
    if link.kind not in (LinkKind.ARTICLE, LinkKind.SITEMAP):
        return None
    stated = unix(link.date_modified)
    return (
        stated if stated is not None and len(link.date_modified or "") > len("2024-01-31") and stated <= now else None
    )


class TrapBook:
    """Counts pages that brought nothing, by pattern of address; after `TRAP_BUDGET` of them a pattern is closed."""

    def __init__(self) -> None:
        self._barren: OrderedDict[tuple[str, str], tuple[int, str]] = OrderedDict()
        """(publication, pattern) → pages without fruit since the last one with some, and the text of the last page."""
        self.closed: Counter[tuple[str, str]] = Counter()
        """(publication, pattern) → addresses that were left out."""

    def refuses(self, record: Record) -> str | None:
        """The reason not to fetch a record, where a pattern of it is closed."""
        patterns = self._patterns(record)
        closed = next((p for p in patterns if self._counted(record, p)[0] >= TRAP_BUDGET), None)
        if closed is None:
            return None
        self.closed[(record.publication, closed)] += 1
        return f"trap: {closed}"

    def missed(self, record: Record) -> None:
        """Nothing is at an address: counted where it looks like a trap's; others are articles that were taken away."""
        if trap_reason(record.url) is not None:
            self.visited(record, fruitful=False)

    def visited(self, record: Record, *, fruitful: bool, page: Article | None = None) -> None:
        """A page was read; did it bring the address of an article, or is it one itself?

        Articles close no pattern: those outside the time window, known or unchanged are none the less what was sought.
        But the same one over and over, with other numbers in it at most, is a trap's.
        """
        outline = _outline(page) if page and page.page_type == "article" else ""
        suspicious = trap_reason(record.url) is not None
        if outline and suspicious:
            return
        for pattern in self._patterns(record):
            key = (record.publication, pattern)
            count, last = self._counted(record, pattern)
            brings = fruitful or outline not in ("", last)
            self._barren[key] = (0 if brings and not suspicious else count + 1, outline or last)
            self._barren.move_to_end(key)
            if len(self._barren) > PATTERNS_KEPT:
                self._barren.popitem(last=False)

    def _counted(self, record: Record, pattern: str) -> tuple[int, str]:
        return self._barren.get((record.publication, pattern), (0, ""))

    def _patterns(self, record: Record) -> tuple[str, ...]:
        """The pattern of an address; with several parameters also that of all their combinations, which have no end."""
        reason = trap_reason(record.url)
        if reason is not None:
            return (reason,)
        pattern = pattern_of(record.url)
        location, _, names = pattern.partition("?")
        return (pattern, f"{location}?*&*") if "&" in names else (pattern,)


_NUMBER = re.compile(r"\d+")


def _outline(article: Article) -> str:
    """A digest of what an article says but for its numbers."""
    return text_hash(*(_NUMBER.sub("9", text or "") for text in (article.title, article.body)))


SAYS_ARTICLE = frozenset({"feed", "rest", "sitemap", "news_sitemap", "seed"})
"""Sources that name articles, as far as one can tell; a page's own links name whatever there is."""
Get = Callable[[str], Record | None]
"""Key of a record → the record, where it is known."""


def plain_page_reason(links: Iterable[Link], get: Get) -> str | None:
    """Why an address is no article although its page may look like one: only a sitemap of pages names it.

    That counts where the site lists its posts beside; some sites write all their articles as pages.
    """
    named = {link.source: link for link in links}
    if "page_sitemap" not in named or SAYS_ARTICLE & named.keys():
        return None
    listed = named["page_sitemap"].found_on or ""
    posts = (get(key_of(url)) for url in post_sitemaps_beside(listed))
    if not any(record and record.outcome in (Outcome.LISTED, Outcome.UNCHANGED) for record in posts):
        return None
    return f"named only as a page, by {listed.rsplit('/', 1)[-1]}"


def is_nested_too_deep(record: Record, get: Get) -> bool:
    """Whether a sitemap stands at the end of a chain of sitemaps, each within the other, that is long enough."""
    for _ in range(MAX_NESTING):
        above = next((link.found_on for link in record.links if link.source == "sitemap" and link.found_on), None)
        parent = get(key_of(above)) if above else None
        if parent is None or parent.kind != LinkKind.SITEMAP:
            return False
        record = parent
    return True


def is_fruit(url: NewUrl, page_url: str) -> bool:
    """Whether an address on a page may be an article's, and is more than the page itself with another filter set."""
    return url.link.kind == LinkKind.ARTICLE and not is_variation(url.link.url, page_url)


@dataclass(frozen=True, slots=True)
class Taken:
    """What a page's links brought."""

    new: int
    """Articles that were not known."""
    elsewhere: int
    """Those of them whose addresses have another shape than the page's own: calendars and empty pages of a list name
    the next of their kind for ever."""
    digest: str
    """Hash of all its links."""


def by_shape(urls: Iterable[NewUrl], page_url: str) -> tuple[list[NewUrl], list[NewUrl]]:
    """The addresses that are not of the page's own shape, and those that are."""
    own, elsewhere, alike = pattern_of(page_url), list[NewUrl](), list[NewUrl]()
    for url in urls:
        (alike if pattern_of(url.link.url) == own else elsewhere).append(url)
    return elsewhere, alike


def is_document(kind: str) -> bool:
    """Whether a kind of link leads to more links rather than to an article."""
    return kind in DOCUMENT_KINDS


def bounds(window: Window) -> tuple[float, float]:
    """The Unix times between which a publication date is admitted, with the window's leeway of a day for offsets."""
    since = unix(window.since.isoformat()) if window.since else None
    until = unix(window.until.isoformat()) if window.until else None
    return (since - DAY if since else -math.inf, until + 2 * DAY if until else math.inf)
