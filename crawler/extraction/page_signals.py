"""What a page shows of its own kind: numbers about address, software, structured data and text."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from crawler.extraction.body import Body
from crawler.extraction.document import Document
from crawler.extraction.evidence import Choice, Level
from crawler.extraction.layout import Layout
from crawler.extraction.readers.jsonld import main_entities, types_of
from crawler.words import extent

Choices = Mapping[str, Choice[Any]]
Signals = Iterator[tuple[str, float]]

KINDS = ("listing", "product", "forum", "documentation", "service", "article")
"""Kinds that have words of their own in addresses; the model weighs them, none decides."""


@cache
def page_words(use: str) -> frozenset[str]:
    """The words of one row of `page_words.tsv`: `path list`, `signal forum`, `software product`."""
    lines = Path(__file__).with_name("page_words.tsv").read_text(encoding="utf-8").splitlines()
    rows = dict(line.split("\t") for line in lines if "\t" in line)
    return frozenset(rows[use].split())


HOSTS = {
    "forum": re.compile(r"^(?:forums?|community|discuss|discussions?|bbs|boards?|answers|ask)\."),
    "documentation": re.compile(
        r"^(?:docs?|developers?|wiki|help|support|learn|man|api|guides?|kb|manual)\.|readthedocs"
    ),
    "product": re.compile(r"^(?:shop|store|buy)\."),
    "article": re.compile(r"^(?:blog|blogs|news|magazine)\."),
}
"""First labels of host names that the kinds go by."""

LD = {
    "article": frozenset(
        {"Article", "NewsArticle", "BlogPosting", "ReportageNewsArticle", "OpinionNewsArticle", "AnalysisNewsArticle"}
        | {"ReviewNewsArticle", "BackgroundNewsArticle", "Report", "LiveBlogPosting", "AdvertiserContentArticle"}
        | {"ScholarlyArticle"}
    ),
    "documentation": frozenset({"TechArticle", "APIReference"}),
    "product": frozenset({"Product", "ProductGroup", "Offer", "AggregateOffer", "Brand", "IndividualProduct"}),
    "listing": frozenset({"CollectionPage", "ItemList", "SearchResultsPage", "Blog", "OfferCatalog", "ImageGallery"}),
    "forum": frozenset({"DiscussionForumPosting", "QAPage", "Comment", "InteractionCounter"}),
    "service": frozenset(
        {"Service", "LocalBusiness", "SoftwareApplication", "WebApplication", "Course", "ContactPage", "AboutPage"}
        | {"FinancialProduct", "MobileApplication", "Corporation"}
    ),
    "recipe": frozenset({"Recipe", "HowTo"}),
    "question": frozenset({"FAQPage"}),
}
"""schema.org types by the kind of page they occur on."""

CURRENCIES = ("$", "€", "£", "¥", "₹", " usd", " eur", " zł")
BUY = (
    "add to cart",
    "add to bag",
    "add to basket",
    "buy now",
    "in den warenkorb",
    "ajouter au panier",
    "añadir al carrito",
)
START = ("get started", "sign up", "free trial", "book a demo", "request a demo", "contact us", "get a quote",
         "call us", "start free", "try for free", "learn more", "schedule")  # fmt: skip
REPLY = ("reply", "replies", "joined", "posts:", "upvote", "solved", "quote", "thread", "member", "views")
"""Words of shops, of companies' pages and of forums, counted in the text of the page in lower case."""

POST_NUMBER = re.compile(r"(?:^|/)archives?/(?!(?:19|20)\d\d$)\d+$")
"""WordPress' numeric permalinks: `/archives/%post_id%`. Four digits of a year are the year's archive."""

TEXT = 12_000
"""Characters of the page's text in which words are counted."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What the signals are read from."""

    document: Document
    body: Body
    layout: Layout
    choices: Choices
    own: tuple[int, ...] = ()
    """Extent of each block of the body, in characters."""
    others: tuple[int, ...] = ()
    """The same of the page's other blocks."""

    @classmethod
    def of(cls, document: Document, body: Body, layout: Layout, choices: Choices) -> Seen:
        """What is seen of a page; its texts are measured once for all rules."""
        own = tuple([extent(block.text) for block in body.own])
        return cls(document, body, layout, choices, own, tuple([extent(b.text) for b in body.blocks if not b.is_body]))

    @property
    def length(self) -> int:
        """Extent of all text on the page."""
        return sum(self.own) + sum(self.others)


def read_signals(seen: Seen) -> dict[str, float]:
    """Name → value, about 0 to 1 or a logarithm; a signal that is absent is not listed."""
    readers = (_address, _software, _structured, _declared, _choice_signals, _structure, _text)
    return {name: value for reader in readers for name, value in reader(seen) if value}


def _address(seen: Seen) -> Signals:
    if not seen.document.page.url:
        return
    parts = urlsplit(seen.document.page.url)
    segments = [segment for segment in unquote(parts.path).split("/") if segment]
    last = segments[-1] if segments else ""
    name = last.partition(".")[0].lower()
    yield "path: root", float(not segments and not parts.query)
    yield "path: depth", min(len(segments), 6) / 6
    words = len(re.findall(r"[^\W\d_]{2,}", last.rpartition(".")[0] or last))
    yield "path: words of the last segment", min(words, 8) / 8
    yield "path: long name", float(words >= 4)
    yield "path: number", float(bool(re.search(r"\d{4,}", last)))
    yield "path: date", float(bool(re.search(r"/(?:19|20)\d\d[/-](?:0?[1-9]|1[0-2])(?:[/-]|$)", parts.path)))
    numbered = bool(_NUMBERED.search(parts.query))
    yield "path: number in the query", float(numbered)
    yield "path: query", float(bool(parts.query) and not numbered)
    folders = frozenset(map(str.lower, segments[: -2 if POST_NUMBER.search("/".join(segments)) else -1]))
    for kind in KINDS:
        yield f"path: word of {kind}", float(not folders.isdisjoint(page_words(f"signal {kind}")))
        yield f"path: last is word of {kind}", float(not numbered and name in page_words(f"signal {kind}"))
    for kind, pattern in HOSTS.items():
        yield f"host: {kind}", float(bool(pattern.search(parts.hostname or "")))


_NUMBERED = re.compile(r"(?:^|&)\w*id=\d+")
"""A query that names one object: `?id=13`, `?oid=8976`."""


def _software(seen: Seen) -> Signals:
    document = seen.document
    tokens = document.once(body_tokens)
    generator = " ".join(document.page.meta.get("generator", ())).lower()
    known = tokens | frozenset(re.findall(r"[a-z]+[a-z0-9-]*", generator))
    for kind in ("forum", "documentation", "product"):
        names = page_words(f"software {kind}")
        yield f"software: {kind}", float(not names.isdisjoint(known))
    yield "class: single post", float(bool(tokens & {"single-post", "post-template-default", "post-template"}))
    yield "class: single of another type", float(any(map(_SINGLE_OTHER.match, tokens)))
    yield "class: plain page", float(any(map(_PLAIN_PAGE.match, tokens)))
    yield "class: archive", float(bool(tokens & {"archive", "category", "tag", "blog", "search", "paged", "home"}))
    yield "class: article node", float(any(map(_ARTICLE_NODE.search, tokens)))


_SINGLE_OTHER = re.compile(r"single-(?!post$|format)")
_PLAIN_PAGE = re.compile(r"page-template-default|page-id-")
_ARTICLE_NODE = re.compile(r"(?:node-type|is)--?(?:article|blog|news|story)")


def body_tokens(document: Document) -> frozenset[str]:
    """Class tokens of `<body>` and `<html>`, lower case."""
    positions = [*document.by_tag.get("body", [])[:1], *document.by_tag.get("html", [])[:1]]
    return frozenset(token for place in positions for token in (document.classes[place] or "").lower().split())


def _structured(seen: Seen) -> Signals:
    nodes = seen.document.once(node_types)
    for kind, types in LD.items():
        count = sum(bool(types & node) for node in nodes)
        yield f"json-ld: {kind}", float(count > 0)
        yield f"json-ld: many of {kind}", float(count > 4)
    entities = main_entities(seen.document)
    own = entities[0].types if entities else frozenset()
    yield "json-ld: the page is an article", float(bool(own & LD["article"]))
    yield "json-ld: web page only", float(bool(nodes) and not any(LD["article"] & node for node in nodes))


def node_types(document: Document) -> list[frozenset[str]]:
    """The types of every JSON-LD node; read them by `document.once`."""
    return [types_of(node) for node in document.page.json_ld]


def _declared(seen: Seen) -> Signals:
    meta = seen.document.page.meta
    kind = next(iter(meta.get("og:type", ())), "").lower()
    known = ("article", "website", "product", "profile", "blog")
    group = next((name for name in known if kind.startswith(name)), "other")
    yield f"og:type: {group if kind else 'none'}", 1.0
    for name, keys in META.items():
        yield f"meta: {name}", float(not meta.keys().isdisjoint(keys))


META = {
    "publication time": ("article:published_time", "datepublished", "date", "parsely-pub-date", "dc.date.issued"),
    "author": ("author", "article:author", "parsely-author"),
    "section or tag": ("article:section", "article:tag", "news_keywords"),
}
"""Meta elements of articles."""


def _choice_signals(seen: Seen) -> Signals:
    for name in ("date", "authors"):
        choice = seen.choices.get(name)
        winner = choice.winner if choice else None
        yield f"{name}: found", float(winner is not None)
        yield f"{name}: printed or stated", float(winner is not None and winner.level >= Level.BOUND)
    yield "no headline", float(seen.layout.headline is None)


def _structure(seen: Seen) -> Signals:
    document = seen.document
    counted = ("article", "time", "input", "button", "pre", "h2", "table", "form")
    count = {tag: len(document.by_tag.get(tag, ())) for tag in (*counted, "a", "p", "h1")}
    for tag in counted:
        yield f"elements: {tag}", min(math.log1p(count[tag]) / 4, 1.0)
    yield "elements: links per paragraph", min(math.log1p(count["a"] / (1 + count["p"])) / 4, 1.0)
    yield "elements: links", min(math.log1p(count["a"]) / 7, 1.0)
    yield "elements: one article", float(count["article"] == 1)
    yield "elements: several articles", float(count["article"] > 2)
    yield "elements: headings that are links", min(linked_headings(document) / 12, 1.0)
    yield "elements: no h1", float(not count["h1"])


def linked_headings(document: Document) -> int:
    """How many headings consist of a link: the teasers of a listing."""
    found = 0
    for tag in ("h2", "h3", "h4"):
        for position in document.by_tag.get(tag, ())[:40]:
            parent = document.parents[position]
            found += "a" in document.tags[position + 1 : position + 3] or (parent >= 0 and document.tags[parent] == "a")
    return found


def _text(seen: Seen) -> Signals:
    length, everything = sum(seen.own), seen.length
    prose = [length for length in seen.own if length > 120]
    yield "text: length", min(math.log1p(length) / 10, 1.0)
    yield "text: under 300 characters", float(length < 300)
    yield "text: share of the page", length / everything if everything else 0.0
    yield "text: blocks of prose", min(math.log1p(len(prose)) / 4, 1.0)
    yield "text: share in prose", sum(prose) / length if length else 0.0
    words = "\n".join(block.text for block in seen.body.own)[:TEXT].lower()
    outside = sum(length > 120 for length in seen.others)
    yield "text: prose elsewhere", min(math.log1p(outside) / 4, 1.0)
    others = "\n".join(block.text for block in seen.body.blocks if not block.is_body)[:TEXT].lower()
    yield "text: prices", min(math.log1p(_count(words, CURRENCIES)) / 3, 1.0)
    yield "text: prices elsewhere", min(math.log1p(_count(others, CURRENCIES)) / 3, 1.0)
    yield "text: buy", float(any(map((words + others).__contains__, BUY)))
    yield "text: calls to act", min(math.log1p(_count(words + others, START)) / 3, 1.0)
    yield "text: replies", min(math.log1p(_count(words + others, REPLY)) / 4, 1.0)


def _count(text: str, words: tuple[str, ...]) -> int:
    return sum(map(text.count, words))
