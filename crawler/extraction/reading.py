"""The order in which a page is read, and the record of every choice made on the way."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from crawler.extraction.body import Body, read_body
from crawler.extraction.body.tail import unless_all_in, without_boxes
from crawler.extraction.completeness import has_password_form, judge_completeness
from crawler.extraction.document import Document
from crawler.extraction.evidence import Choice, Level
from crawler.extraction.fields.access import choose_access
from crawler.extraction.fields.author_box import AuthorBox, described, read_author_box
from crawler.extraction.fields.authors import byline_of, choose_authors
from crawler.extraction.fields.canonical import choose_canonical
from crawler.extraction.fields.dates import choose_dates
from crawler.extraction.fields.images import choose_images
from crawler.extraction.fields.language import choose_language
from crawler.extraction.fields.robots import choose_robots
from crawler.extraction.fields.section import choose_section
from crawler.extraction.fields.tags import choose_tags
from crawler.extraction.fields.title import choose_subtitle, choose_title
from crawler.extraction.layout import Layout
from crawler.extraction.page_type import decide_page_type
from crawler.extraction.readers.addresses import joined
from crawler.items import Article, Author, Evidence
from crawler.page import Page
from crawler.words import count_words


@dataclass(frozen=True, slots=True)
class Reading:
    """An article with the reasons behind it."""

    article: Article
    choices: dict[str, Choice[Any]]
    """Field name → what was chosen, and what it beat."""
    body: Body
    """Every block of the page with its label."""
    layout: Layout = Layout()
    """Where headline and body stand."""


def read_page(page: Page) -> Reading:
    """The article of a page and, for every field, the value chosen, its evidence and its rivals."""
    document = Document(_addressed(page))
    title = choose_title(document)
    headline = title.winner.position if title.winner else None
    body = read_body(document, headline)
    people, box = _people(document, _layout(headline, body))
    body = _without_biographies(document, body, box)
    layout = _layout(headline, body)
    subtitle = choose_subtitle(document, headline, layout.body_end)
    choices = {"title": title, "subtitle": subtitle, **people, **_choose(document, body, layout, people["authors"])}
    return Reading(_article(document, body, layout, choices), choices, body, layout)


def _addressed(page: Page) -> Page:
    """The page, without its address where that is none ("http://["): links are then left as they are."""
    address = joined(page.url, "") if page.url else ""
    return page if address else replace(page, url="")


def _layout(headline: int | None, body: Body) -> Layout:
    first, last = (body.own[0].position, body.own[-1].position) if body.own else (None, None)
    return Layout(headline, first, last)


def _people(document: Document, layout: Layout) -> tuple[dict[str, Choice[Any]], AuthorBox]:
    """What is known of the authors, and their boxes."""
    authors = choose_authors(document, layout)
    box = read_author_box(document, layout, authors.value or ())
    return {"authors": described(authors, box), "author_bio": box.bio, "latest_posts": box.latest_posts}, box


def _without_biographies(document: Document, body: Body, box: AuthorBox) -> Body:
    """The body without author boxes that it began or ended with, or, behind a password, that were taken for it."""
    if box.bio.value and has_password_form(document):
        body = unless_all_in(body, box.bio.value)
    names, bios = zip(*box.bios, strict=True) if box.bios else ((), ())
    return without_boxes(body, box.places, bios, names) if bios else body


def _choose(
    document: Document, body: Body, layout: Layout, authors: Choice[tuple[Author, ...]]
) -> dict[str, Choice[Any]]:
    dates = choose_dates(document, layout)
    return {
        "date": dates.published,
        "date_modified": dates.modified,
        "section": choose_section(document, layout, authors.value or ()),
        "tags": choose_tags(document, layout),
        "language": choose_language(document, body),
        "canonical_url": choose_canonical(document),
        "images": choose_images(document, layout, authors.value or ()),
        "access": choose_access(document, body),
        "robots": choose_robots(document),
    }


PLAIN = ("canonical_url", "title", "subtitle", "author_bio", "section", "language", "access")
"""Fields that hold what was chosen."""
BODY_EVIDENCE = {
    "markup": ("blocks of the main content", Level.BOUND),
    "json-ld": ("articleBody", Level.STATED),
}
"""Source of the body → the place within it, and how much it is believed."""
LISTS = ("authors", "latest_posts", "tags", "images", "robots")
"""Fields that hold what was chosen as a list; none is an empty one."""


def _article(document: Document, body: Body, layout: Layout, choices: dict[str, Choice[Any]]) -> Article:
    page = document.page
    value = {name: choice.value for name, choice in choices.items()}
    page_type = decide_page_type(document, body, layout, choices=choices)
    completeness = judge_completeness(document, body, value["access"])
    return Article(
        url=page.url,
        **_chosen(value),
        page_type=page_type.name,
        page_type_reason=page_type.reason,
        byline=byline_of(value["authors"] or ()),
        body=body.text,
        body_markdown=body.markdown,
        body_complete=completeness.complete,
        body_complete_reason=completeness.reason,
        word_count=count_words(body.text),
        encoding=page.decoded.encoding,
        encoding_doubtful=page.decoded.doubtful,
        evidence=_evidence(body, choices),
        fetched_at=page.fetched_at.isoformat() if page.fetched_at else None,
    )


def _evidence(body: Body, choices: dict[str, Choice[Any]]) -> dict[str, Evidence]:
    found = {name: choice.winner.evidence() for name, choice in choices.items() if choice.winner}
    if "authors" in found:
        found["byline"] = found["authors"]
    if body.text:
        where, level = BODY_EVIDENCE[body.source]
        found["body"] = Evidence(body.source, where, level.name.lower())
    return found


def _chosen(value: dict[str, Any]) -> dict[str, Any]:
    published, modified = value["date"], value["date_modified"]
    return {
        **{name: value[name] for name in PLAIN},
        **{name: list(value[name] or ()) for name in LISTS},
        "date": published.iso if published else None,
        "date_precision": published.precision if published else None,
        "date_modified": modified.iso if modified else None,
    }
