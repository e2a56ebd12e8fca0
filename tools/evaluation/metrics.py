"""How a prediction is compared with the truth, field by field: pure functions, one number a page.

Body: counts of 4-grams of word tokens, precision and recall averaged over pages, F1 of the averages (the public
article-extraction benchmark's definition); *exact* means the same tokens in the same order. Segments: sentences that a
person marked as belonging, or not belonging, to the text, counted over all pages (trafilatura's definition). Titles,
names and biographies are compared after folding case, white space and typographic variants.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from statistics import fmean
from typing import Any

Record = dict[str, Any]

QUOTES = str.maketrans(
    {**dict.fromkeys("‘’‚‛′ʼ`´", "'"), **dict.fromkeys("“”„‟″«»", '"'), **dict.fromkeys("‐‑‒–—―−", "-"), "…": "..."}
)
INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\ufeff"))
BY = re.compile(
    r"^(?:by|von|par|por|di|da|av|af|door|autor(?:in)?:|author:|written by|posted by|text:)\s+", re.IGNORECASE
)
WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Score:
    """A rate over the pages that have gold for it."""

    value: float
    pages: int


def fold(text: str | None) -> str:
    """Text without differences of case, white space and typography."""
    plain = html.unescape(text or "").translate(QUOTES).translate(INVISIBLE)
    plain = unicodedata.normalize("NFKC", plain).casefold().translate(QUOTES)
    return " ".join(plain.split()).strip(" .")


def author_names(value: Any) -> frozenset[str]:
    """The set of folded names of a list of names, of objects with `name`, or of a `;`-separated string."""
    entries = value.split(";") if isinstance(value, str) else value or []
    names = (entry.get("name") if isinstance(entry, dict) else entry for entry in entries)
    folded = (BY.sub("", fold(str(name or "")).strip(" ,;|.:")).strip(" ,;|.:") for name in names)
    return frozenset(name for name in folded if name)


def is_same_day(found: str | None, true: str) -> bool:
    """Whether a date falls on the true calendar day, as written or seen from the true offset."""
    if not found or (found[:7] != true[:7] and len(true) == 7):
        return False
    if len(true) == 7 or found[:10] == true[:10]:
        return True
    return _day_elsewhere(found, true)


def _day_elsewhere(found: str, true: str) -> bool:
    try:
        first, second = (datetime.fromisoformat(text) for text in (found, true))
    except ValueError:
        return False
    if first.tzinfo and second.tzinfo:
        return first.astimezone(second.tzinfo).date() == second.date()
    return _utc_day(first) == second.date() if first.tzinfo else first.date() == _utc_day(second)


def _utc_day(moment: datetime) -> date:
    return (moment.astimezone(UTC) if moment.tzinfo else moment).date()


def shingles(text: str | None, size: int = 4) -> Counter[tuple[str, ...]]:
    """Counts of runs of `size` tokens; a shorter text is one run."""
    tokens = WORD.findall(text or "")
    runs = (tuple(tokens[start : start + size]) for start in range(max(1, len(tokens) - size + 1)))
    return Counter(run for run in runs if run)


def overlap(found: str | None, true: str) -> tuple[float, float]:
    """(precision, recall) of the 4-grams of one page."""
    a, b = shingles(found), shingles(true)
    common = (a & b).total()
    return (common / a.total() if a else 0.0), (common / b.total() if b else 0.0)


def address(url: Any) -> str:
    """A URL without scheme, `www.`, fragment and trailing slash."""
    text = url.get("url") if isinstance(url, dict) else url
    return re.sub(r"^https?://(www\.)?", "", (text or "").split("#")[0].strip()).rstrip("/")


def _pairs(records: Iterable[Record], items: dict[str, Record], name: str) -> list[tuple[Any, Any]]:
    return [(items.get(r["id"], {}).get(name), r[name]) for r in records if name in r]


def _rate(outcomes: Sequence[bool]) -> Score | None:
    return Score(fmean(outcomes), len(outcomes)) if outcomes else None


def _equal(name: str, key: Callable[[Any], Any]) -> Callable[[list[Record], dict[str, Record]], Score | None]:
    def measure(records: list[Record], items: dict[str, Record]) -> Score | None:
        return _rate([key(found) == key(true) for found, true in _pairs(records, items, name) if true])

    return measure


def _absent(name: str) -> Callable[[list[Record], dict[str, Record]], Score | None]:
    def measure(records: list[Record], items: dict[str, Record]) -> Score | None:
        return _rate([not found for found, true in _pairs(records, items, name) if not true])

    return measure


def _date(records: list[Record], items: dict[str, Record]) -> Score | None:
    return _rate([is_same_day(found, true) for found, true in _pairs(records, items, "date") if true])


def _body_f1(records: list[Record], items: dict[str, Record]) -> Score | None:
    pages = [(found, true) for found, true in _pairs(records, items, "body") if true]
    if not pages:
        return None
    both = [overlap(found, true) for found, true in pages]
    precisions = [precision for (precision, _), (found, _) in zip(both, pages, strict=True) if found]
    precision, recall = fmean(precisions or [0.0]), fmean(recall for _, recall in both)
    return Score(2 * precision * recall / (precision + recall) if precision + recall else 0.0, len(pages))


def _body_exact(records: list[Record], items: dict[str, Record]) -> Score | None:
    pages = [(found, true) for found, true in _pairs(records, items, "body") if true]
    return _rate([WORD.findall(found or "") == WORD.findall(true) for found, true in pages])


def _segments(records: list[Record], items: dict[str, Record]) -> Score | None:
    kept = wrong = missed = pages = 0
    for record in records:
        must, must_not = record.get("must_have") or [], record.get("must_not") or []
        if not must and not must_not:
            continue
        body = " ".join((items.get(record["id"], {}).get("body") or "").split())
        hits = sum(" ".join(segment.split()) in body for segment in must) if body else 0
        wrong += sum(" ".join(segment.split()) in body for segment in must_not) if body else 0
        kept, missed, pages = kept + hits, missed + len(must) - hits, pages + 1
    return Score(2 * kept / (2 * kept + wrong + missed), pages) if kept else Score(0.0, pages) if pages else None


def _language(value: str | None) -> str:
    name = (value or "").casefold()
    return LANGUAGES.get(name, name[:2])


Take = Callable[[list[Record], dict[str, Record]], Score | None]
MEASURES: dict[str, tuple[str, Take]] = {
    "title exact": ("title", _equal("title", fold)),
    "authors exact set": ("authors", _equal("authors", author_names)),
    "authors none → none": ("authors", _absent("authors")),
    "date same day": ("date", _date),
    "date none → none": ("date", _absent("date")),
    "body F1": ("body", _body_f1),
    "body exact": ("body", _body_exact),
    "segments F1": ("body", _segments),
    "bio exact": ("author_bio", _equal("author_bio", fold)),
    "bio none → none": ("author_bio", _absent("author_bio")),
    "latest posts exact": ("latest_posts", _equal("latest_posts", lambda value: list(map(address, value or [])))),
    "latest posts none → none": ("latest_posts", _absent("latest_posts")),
    "lead image": ("image", _equal("image", lambda value: address(value).split("?")[0].casefold())),
    "canonical URL": ("canonical_url", _equal("canonical_url", address)),
    "language": ("lang", _equal("lang", _language)),
}
"""What is measured → the field, and how. A measure without gold in a corpus gives None."""


LANGUAGES = {"english": "en", "german": "de", "french": "fr", "spanish": "es", "chinese": "zh", "russian": "ru"}
"""Names that some corpora write instead of codes."""


def measure(records: list[Record], items: dict[str, Record]) -> dict[str, Score]:
    """Every measure that the records have gold for, of the fields that the extractor has at all.

    A record without an item counts as an empty one.
    """
    offered = {field for item in items.values() for field in item}
    scores = {name: take(records, items) for name, (field, take) in MEASURES.items() if field in offered}
    return {name: score for name, score in scores.items() if score is not None}
