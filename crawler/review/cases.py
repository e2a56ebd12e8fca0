"""One article at one revision, beside what its archived page says today: values, sources, rivals, marks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any
from urllib.parse import urljoin

from lxml import etree

from crawler.extraction.evidence import Candidate, Choice
from crawler.extraction.reading import Reading, read_page
from crawler.page import Page
from crawler.pipelines.cleaning import clean_article
from crawler.pipelines.validate import without_implausible
from crawler.review.index import LOW
from crawler.review.shown_page import Mark, Shown, show
from crawler.review.values import HINTS, PARSERS, as_text, candidate_text

SHOWN = (
    "title", "subtitle", "byline", "date", "date_modified", "body", "author_bio", "latest_posts", "section", "tags",
    "language", "images", "canonical_url", "access", "page_type",
)  # fmt: skip
READ_AS = {"byline": "authors"}
"""Field → the field whose choice decides it, where the names differ."""
LABELS = {
    "author_bio": "author's biography", "latest_posts": "latest posts", "canonical_url": "canonical address",
    "date_modified": "date modified", "page_type": "page type",
}  # fmt: skip
_DATE = re.compile(r"\d{4}-\d\d")
LONG = 600
"""Characters from which a value is shown in a box of its own."""
MAX_RIVALS = 12
PICTURE_ADDRESSES = ("src", "data-src", "data-lazy-src", "data-original", "srcset", "data-srcset")


@dataclass(frozen=True, slots=True)
class Source:
    """Where a value, or a rival, was found."""

    value: str
    source: str
    where: str
    level: str
    anchor: str
    """The fragment that leads to it in the page; empty where it is not in the visible page."""
    agrees: bool = True
    """Whether it says the same as the value that was written."""


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the item for a reader."""

    name: str
    label: str
    value: str
    """As it was written."""
    evidence: Source | None
    is_low: bool
    anchor: str
    """As in `Source`."""
    reason: str | None
    rivals: Sequence[Source]
    """What was not chosen: rivals, and further sources of the same."""
    agreeing: int
    differing: int
    more_rivals: int
    """Those that are not among `rivals`."""
    today: str | None
    """What the page is read as today, where that differs from what was written; empty: nothing."""
    expected: str | None
    """What a correction begins with; None where the field cannot be corrected here."""
    hint: str

    @property
    def is_long(self) -> bool:
        """Whether its text is long."""
        return len(self.value) > LONG


@dataclass(frozen=True, slots=True)
class Case:
    """An item with its page; without one only what the item itself says."""

    fields: Sequence[Field]
    shown: Shown | None


def case_of(item: Mapping[str, Any], page: Page | None, *, style: str = "page.css") -> Case:
    """Everything that the desk shows of an item. Never raises on what a page holds."""
    if page is None:
        fields = [_field(name, item, None, frozenset(), None) for name in SHOWN]
        return Case(fields, None)
    reading = read_page(page)
    shown = show(page.root, list(marks_of(page, reading)), style=style)
    article, _ = without_implausible(clean_article(reading.article))
    today = asdict(article)
    fields = [_field(name, item, reading, shown.anchors, today) for name in SHOWN]
    return Case(fields, shown)


def _field(
    name: str,
    item: Mapping[str, Any],
    reading: Reading | None,
    anchors: frozenset[str],
    today: Mapping[str, Any] | None,
) -> Field:
    evidence = (item.get("evidence") or {}).get(name)
    choice = _choice(name, reading)
    value = as_text(item.get(name))
    now = as_text(today[name]) if today else None
    rivals = [_rival(name, number, rival, anchors, value) for number, rival in enumerate(choice.rivals)]
    anchor = name if name in anchors else ""
    return Field(
        name, LABELS.get(name, name), value, _source(evidence, value, anchor),
        evidence is not None and evidence["level"] == LOW, anchor,
        item.get("page_type_reason") if name == "page_type" else choice.reason,
        rivals[:MAX_RIVALS], sum(rival.agrees for rival in rivals), sum(not rival.agrees for rival in rivals),
        max(0, len(rivals) - MAX_RIVALS), now if now is not None and now != value else None,
        _expected(name, item) if name in PARSERS and today else None, HINTS.get(name, ""),
    )  # fmt: skip


def is_same(one: str, other: str) -> bool:
    """Whether two values say the same: white space, case and separators aside; of two dates one may be coarser."""
    a, b = (" ".join(re.split(r"[\s,]+", text.strip().casefold())) for text in (one, other))
    is_date = all(_DATE.match(text) for text in (a, b))
    return bool(a) and (a == b or (is_date and (a.startswith(b) or b.startswith(a))))


def _choice(name: str, reading: Reading | None) -> Choice[Any]:
    return reading.choices.get(READ_AS.get(name, name), Choice()) if reading else Choice()


def _source(evidence: Mapping[str, str] | None, value: str, anchor: str) -> Source | None:
    return Source(value, evidence["source"], evidence["where"], evidence["level"], anchor) if evidence else None


def _rival(name: str, number: int, rival: Candidate[Any], anchors: frozenset[str], value: str) -> Source:
    anchor = f"{name}-{number + 1}"
    found = rival.evidence()
    text = candidate_text(rival.value)
    return Source(
        text, found.source, found.where, found.level, anchor if anchor in anchors else "", is_same(text, value)
    )


def _expected(name: str, item: Mapping[str, Any]) -> str:
    if name == "byline":
        return "\n".join(author["name"] for author in item.get("authors") or ())
    return as_text(item.get(name))


def marks_of(page: Page, reading: Reading) -> Iterator[Mark]:
    """The places of what was chosen, of what was not, and of the body's blocks."""
    for name in SHOWN:
        choice = _choice(name, reading)
        if choice.winner and choice.winner.position is not None:
            yield Mark(choice.winner.position, LABELS.get(name, name), name)
        for number, rival in enumerate(choice.rivals[:MAX_RIVALS], 1):
            if rival.position is not None:
                agrees = is_same(candidate_text(rival.value), candidate_text(choice.value))
                label = f"{'also' if agrees else 'not'} {LABELS.get(name, name)}"
                yield Mark(rival.position, label, f"{name}-{number}", "agrees" if agrees else "rival")
    yield from _body_marks(reading)
    yield from _picture_marks(page, {image.url for image in reading.article.images})


def _body_marks(reading: Reading) -> Iterator[Mark]:
    if reading.body.source == "markup":
        for number, position in enumerate(dict.fromkeys(block.position for block in reading.body.own)):
            mark = Mark(position, "", kind="body")
            yield replace(mark, label="body", anchor="body") if number == 0 else mark


def _picture_marks(page: Page, wanted: set[str]) -> Iterator[Mark]:
    """Pictures are chosen by their addresses, so they are looked for by these."""
    found = (
        position for position, element in enumerate(page.root.iter(etree.Element))
        if element.tag == "img" and wanted and wanted & set(_addresses(element, page.url))
    )  # fmt: skip
    for number, position in enumerate(found):
        yield Mark(position, "picture", "images" if number == 0 else "")


def _addresses(element: etree._Element, base: str) -> Iterator[str]:
    for name in PICTURE_ADDRESSES:
        for part in (element.get(name) or "").split(","):
            address = part.strip().split(" ")[0]
            try:
                yield urljoin(base, address)
            except ValueError:
                continue
