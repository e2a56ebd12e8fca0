"""A fetched page and what was known of it before: the input of extraction. Everything is parsed once, on first use."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from typing import Any

from lxml import etree

from crawler.decoding import Decoded, decode
from crawler.decoding.content import Content, sniff
from crawler.jsonld import read_json_ld
from crawler.markup import Markup, parse


class LinkKind(StrEnum):
    """What an address leads to, as far as its source tells."""

    ARTICLE = "article"
    PAGE_PART = "page_part"
    """A later part of an article that is spread over several addresses."""
    FRONT_PAGE = "front_page"
    SECTION = "section"
    TAG = "tag"
    AUTHOR = "author"
    DATE_ARCHIVE = "date_archive"
    PAGINATION = "pagination"
    """Another page of the same listing."""
    FEED = "feed"
    SITEMAP = "sitemap"
    REST = "rest"
    """A list that the publishing platform answers as data."""
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Link:
    """A URL as one source named it: a sitemap, a feed, a listing, an author box."""

    url: str
    """Absolute URL."""
    source: str
    """`seed`, `sitemap`, `news_sitemap`, `feed`, `rest`, `listing`, `pagination`, `archive`, `author_box`, …"""
    found_on: str | None = None
    """Address of the document that named it."""
    title: str | None = None
    """The title that the source gives."""
    date: str | None = None
    """Publication date as ISO 8601, as the source gives it."""
    date_modified: str | None = None
    """Modification date as ISO 8601, as the source gives it."""
    authors: tuple[str, ...] = ()
    """Author names that the source gives."""
    kind: str = LinkKind.ARTICLE
    """What the address leads to; a value of `LinkKind`."""
    score: float = 0.5
    """How much it looks like an article, 0 to 1: what is fetched first."""
    nofollow: bool = False
    """Whether the source asks robots not to follow (`rel` of nofollow, ugc or sponsored)."""


@dataclass(frozen=True, slots=True)
class SiteProfile:
    """What is known of a publication beforehand; facts of a site live here, never in settings."""

    name: str | None = None
    """The publication's name."""
    language: str | None = None
    """BCP 47 language that the publication is written in."""
    timezone: str | None = None
    """IANA name of the zone that its dates are printed in."""


@dataclass(frozen=True)
class Page:
    """The bytes of one response with its address, headers and time."""

    body: bytes
    """The response's body, content encodings removed."""
    url: str
    """The address after redirects."""
    headers: Mapping[str, str] = field(default_factory=dict)
    """Response headers; names are looked up without regard to case."""
    fetched_at: datetime | None = None
    """When it was fetched (aware); bounds what dates are plausible."""
    links: tuple[Link, ...] = ()
    """Who named this address, with which title and dates."""
    profile: SiteProfile = SiteProfile()
    """The publication's facts."""

    def header(self, name: str) -> str | None:
        """The value of a header, or None."""
        wanted = name.lower()
        return next((value for key, value in self.headers.items() if key.lower() == wanted), None)

    @cached_property
    def content(self) -> Content:
        """What the bytes are, told by themselves: markup, text, a binary file, an error page."""
        return sniff(self.body)

    @cached_property
    def decoded(self) -> Decoded:
        """The text, its encoding and whether decoding is doubtful; no text for binary files."""
        return decode(b"" if self.content.kind == "binary" else self.body, self.header("content-type"))

    @property
    def text(self) -> str:
        """The decoded text."""
        return self.decoded.text

    @cached_property
    def markup(self) -> Markup:
        """The DOM, and why a part of the page is missing from it."""
        return parse(self._source())

    def _source(self) -> bytes:
        # Valid UTF-8 without a byte order mark or NUL is parsed as it came: no second copy of the page.
        decoded = self.decoded
        if self.content.kind == "binary":
            return b""
        if decoded.encoding == "utf-8" and not decoded.doubtful and not self.body.startswith(b"\xef\xbb\xbf"):
            return self.body
        return decoded.text.encode("utf-8", "replace")

    @property
    def root(self) -> etree._Element:
        """The root element of the DOM; an empty `html` element where there is no markup."""
        return self.markup.root

    @property
    def cut(self) -> str | None:
        """Why a part of the page is missing from the DOM (too deep, too many elements); None where it is whole."""
        return self.markup.cut

    @cached_property
    def meta(self) -> dict[str, list[str]]:
        """Lower-cased `name`, `property`, `itemprop` or `http-equiv` of `<meta>` → contents in page order."""
        found: dict[str, list[str]] = {}
        for element in self.root.iter("meta"):
            content = element.get("content") or element.get("value")  # some templates write value=
            names = (element.get(key) for key in ("property", "name", "itemprop", "http-equiv"))
            for name in dict.fromkeys(name.strip().lower() for name in names if name):
                if content and content.strip():
                    found.setdefault(name, []).append(content.strip())
        return found

    @cached_property
    def json_ld(self) -> list[dict[str, Any]]:
        """Every JSON-LD object of the page with a type, nested and `@graph` ones included, in page order."""
        scripts = (
            element.text or ""
            for element in self.root.iter("script")
            if (element.get("type") or "").strip().lower().startswith("application/ld+json")
        )
        return read_json_ld(scripts)
