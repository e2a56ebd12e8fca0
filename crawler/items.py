"""The published schema: what one JSON line holds. `docs/fields.md` and the JSON Schema are generated from this file."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class Author:
    """Somebody who is credited with the article."""

    name: str
    """The name alone: without "By", role, date, handle or e-mail address."""
    url: str | None = None
    """Absolute URL of the author's page at the publication, else of a profile elsewhere."""
    bio: str | None = None
    """What the page says about the author, as plain text."""
    avatar: str | None = None
    """Absolute URL of the author's picture."""
    kind: str = "person"
    """`person` or `organization` (an agency, a desk, the publication itself)."""
    role: str | None = None
    """What the author did where the page says so (`photography`, `translation`, …); null for the text itself."""


@dataclass(slots=True)
class PostLink:
    """One entry of the list of the author's latest posts."""

    title: str
    """The post's title as the list prints it."""
    url: str
    """Absolute URL of the post."""
    date: str | None = None
    """ISO 8601 date, where the list prints one."""


@dataclass(slots=True)
class Image:
    """A picture that belongs to the article."""

    url: str
    """Absolute URL, the largest that the page offers."""
    alt: str | None = None
    """Alternative text."""
    caption: str | None = None
    """Caption without the credit."""
    credit: str | None = None
    """Photographer, agency or source."""


@dataclass(slots=True)
class Evidence:
    """Where a value was found."""

    source: str
    """Kind of source: `json-ld`, `meta`, `microdata`, `markup`, `platform`, `url`, `header`, `feed`, `sitemap`, …"""
    where: str
    """The place within the source: a property path, a selector, a rule's id, the feed's URL."""
    level: str
    """Evidence band, strongest first: `stated`, `bound`, `declared`, `inferred`."""


@dataclass(slots=True)
class Article:
    """One article of a publication, at one revision."""

    url: str
    """The address that was fetched, after redirects."""
    id: str | None = None
    """Stable identity of the article within the dataset: the same for every revision."""
    canonical_url: str | None = None
    """The address that the page itself names as its own."""
    publication: str | None = None
    """The publication's name from `publications.toml`, else its host."""
    page_type: str = "article"
    """What the page is: `article`, or why it is none (`listing`, `front_page`, `author_page`, `error`, …)."""
    page_type_reason: str | None = None
    """The grounds of `page_type`, in words."""
    title: str | None = None
    """The headline, without site name or section, in the page's own typography."""
    subtitle: str | None = None
    """The standfirst or deck below the headline, where the page marks one."""
    byline: str | None = None
    """The authors' names as one display string, each once, without "By"."""
    authors: list[Author] = field(default_factory=list)
    """Everybody credited, in the page's order."""
    date: str | None = None
    """When it was published, ISO 8601, with the offset where the page or feed gives one."""
    date_precision: str | None = None
    """`second`, `minute`, `day`, `month` or `year`: how much of `date` was given."""
    date_modified: str | None = None
    """When it was last changed, ISO 8601, where that is stated."""
    body: str | None = None
    """The article's own text, blocks separated by one blank line."""
    body_markdown: str | None = None
    """The same text as Markdown: headings, lists, quotes, code, tables, links, emphasis."""
    body_complete: bool | None = None
    """False where the page shows a part only (teaser, paywall, cut response); null where it cannot be told."""
    body_complete_reason: str | None = None
    """The grounds of `body_complete`, where it is not true."""
    author_bio: str | None = None
    """The first author's biography as the page prints it."""
    latest_posts: list[PostLink] = field(default_factory=list)
    """The author box's list of the author's latest posts, in its order."""
    section: str | None = None
    """The section or main category."""
    tags: list[str] = field(default_factory=list)
    """Tags and keywords, in the page's order."""
    language: str | None = None
    """BCP 47 language of the text (`en`, `pt-BR`)."""
    images: list[Image] = field(default_factory=list)
    """The article's pictures, the lead picture first."""
    access: str | None = None
    """`free`, `metered` or `paid`; null where nothing tells."""
    robots: list[str] = field(default_factory=list)
    """Restrictions that the page states (`noindex`, `noarchive`, `noai`, …), from headers and meta elements."""
    word_count: int | None = None
    """Words in `body`; a letter of a script without spaces counts as one."""
    encoding: str | None = None
    """The encoding that the bytes were decoded with (WHATWG name)."""
    encoding_doubtful: bool = False
    """True where decoding met bytes that the encoding does not have, the encoding had to be guessed, or the text
    had been encoded twice."""
    evidence: dict[str, Evidence] = field(default_factory=dict)
    """Field name → where its value was found."""
    revision: int = 1
    """1 for the first line of an article, then one more with every line that changes it."""
    changed_fields: list[str] = field(default_factory=list)
    """Fields that differ from the revision before."""
    fetched_at: str | None = None
    """When the page was fetched, ISO 8601, UTC."""
    run_id: str | None = None
    """The run that wrote the line; its report carries the same id."""
