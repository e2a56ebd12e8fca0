"""Pages of the development corpora as training examples of the body model: segments, labels, weights."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from crawler.extraction.body.blocks import Segments, segment
from crawler.extraction.body.clues import has_date, is_byline
from crawler.extraction.body.features import Features, read_features
from crawler.extraction.body.headline import find_headline
from crawler.extraction.body.words import WordModel
from crawler.extraction.document import Document
from crawler.page import Page
from tools.evaluation.split import part_of
from tools.training.alignment import align

SOURCES = {
    "misinfo": 2.0, "fundus": 1.5, "wcxb": 1.5, "trafilatura": 1.5, "postlight": 1.5, "newspaper3k": 0.8,
    "platforms": 0.6, "omnivore": 0.6, "readability": 0.6, "dragnet": 0.6, "daniel": 0.4, "cwce": 0.3,
    "cleaneval": 0.15,
}  # fmt: skip
"""Corpora and how much their annotations are trusted."""
LIKE_ARTICLES = {"documentation": 0.2, "service": 0.2}
"""Other kinds of pages that hold running text among what every page has around it, and how much they count beside
articles; what stands in the gold body of forums, products and listings would not be an article's."""
HEADLINE_IN_BODY = frozenset({"dragnet", "daniel", "cleaneval", "cwce"})
"""Corpora whose bodies begin with the headline, which is no part of the body here."""
LOOSE = HEADLINE_IN_BODY | {"omnivore", "readability", "newspaper3k"}
"""Corpora whose bodies often hold bylines, dates and captions at their edges."""
WITHOUT_STANDFIRSTS = frozenset({"misinfo", "newspaper3k"})
"""Corpora whose bodies sometimes begin behind the standfirst, which is body here and in the others."""
SHORTEST_STANDFIRST = 30
"""Characters of the shortest text between headline and body that may be one."""
LEAST_COVERED = 0.85
"""Pages whose gold text stands in the markup to a smaller share are left out."""
FOLDS = 4
ATTRIBUTES = ("id", "itemprop", "data-testid", "style", "hidden", "aria-hidden", "alt")
_NONE: dict[str, str] = {}


@dataclass(frozen=True, slots=True)
class StoredPage:
    """What the model reads of a `Page`."""

    meta: dict[str, list[str]]
    json_ld: Any


class StoredDocument:
    """What the model reads of a `Document`, without the parsed page, so that it can be kept."""

    def __init__(self, document: Document) -> None:
        self.tags, self.classes = document.tags, document.classes
        self.parents, self.ends = document.parents, document.ends
        self.by_tag = {"img": document.by_tag.get("img", [])}
        self.page = StoredPage(document.page.meta, document.page.json_ld)
        self.elements = [
            {name: element.get(name) for name in ATTRIBUTES if element.get(name) is not None} or _NONE
            for element in document.elements
        ]

    ancestors = Document.ancestors

    def once(self, reader: Callable[[Any], Any]) -> Any:
        """What a reader says of this document."""
        return reader(self)


@dataclass(slots=True)
class Example:
    """One page."""

    source: str
    name: str
    part: str
    fold: int
    site: str
    segments: Segments
    features: Features
    body: NDArray[np.float32]
    """1 for blocks of the gold body, else 0."""
    weight: NDArray[np.float32]
    """0 where nothing is known of a block."""
    record: dict[str, Any]
    covered: float | None


def read_examples(corpora: Path) -> list[Example]:
    """Every usable page of the corpora below a folder."""
    jobs = [(source, record) for source in SOURCES for record in _records(corpora / source)]
    with ProcessPoolExecutor(2) as pool:
        found = pool.map(partial(_example, corpora=corpora), jobs, chunksize=16)
        return [example for example in found if example is not None]


def _records(corpus: Path) -> Iterator[dict[str, Any]]:
    with (corpus / "pages.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            if "dup_of" not in record and _kind(record) in {"article", *LIKE_ARTICLES}:
                yield record


def _kind(record: dict[str, Any]) -> str:
    return str(record.get("page_type", "article"))


def _example(job: tuple[str, dict[str, Any]], corpora: Path) -> Example | None:
    source, record = job
    headers = {"content-type": f"text/html; charset={record['encoding']}"} if record.get("encoding") else {}
    body = (corpora / source / record["html_path"]).read_bytes()
    document = Document(Page(body, record["url"] or "", headers))
    segments = segment(document)
    if len(segments) < 2:
        return None
    features = read_features(segments, WordModel({}, {}).score(segments), None)
    shares, covered = _shares(source, record, segments)
    weight = _weights(record, source, segments, shares, covered)
    if source in WITHOUT_STANDFIRSTS:
        weight[_standfirsts(segments, features, shares)] = 0
    stored = StoredDocument(document)
    segments = Segments(stored, *(getattr(segments, name) for name in Segments.__slots__[1:]))  # type: ignore[arg-type]
    object.__setattr__(features.groups, "document", stored)
    site = record.get("theme") or record.get("domain") or record["id"]
    fold = int(hashlib.md5(site.encode(), usedforsecurity=False).hexdigest(), 16) % FOLDS
    labels = (np.nan_to_num(shares) >= 0.5).astype(np.float32)
    name = source if _kind(record) == "article" else f"{source}:{_kind(record)}"
    return Example(name, record["id"], part_of(record), fold, site, segments, features, labels, weight, record, covered)


def _weights(
    record: dict[str, Any],
    source: str,
    segments: Segments,
    shares: NDArray[np.float64],
    covered: float | None,
) -> NDArray[np.float32]:
    """How much each block counts: less where its page, its place or its share in the gold body leaves doubt."""
    worth = SOURCES[source] * LIKE_ARTICLES.get(_kind(record), 1)
    weight = np.full(len(segments), worth * min(1.0, 200 / len(segments)), np.float32)
    weight[np.isnan(shares)] = 0
    weight[(shares > 0.3) & (shares < 0.6)] *= 0.2
    if covered is not None and covered < LEAST_COVERED:
        weight[:] = 0
    if source in LOOSE:
        weight *= _doubtful_edges(segments, shares)
    if source == "fundus":
        weight *= _doubtful_rows(segments, shares)
    return weight


def _doubtful_rows(segments: Segments, shares: NDArray[np.float64]) -> NDArray[np.float32]:
    """Less weight for rows of lists and tables inside a body: many hand-written parsers collect paragraphs alone."""
    inside = np.zeros(len(shares), bool)
    body = np.flatnonzero(shares >= 0.5)
    if len(body):
        inside[body[0] : body[-1]] = True
    tags = [segments.document.tags[holder] for holder in segments.holders]
    rows = np.array([tag in ("li", "td", "th", "dt", "dd", "pre", "blockquote") for tag in tags])
    return np.where(inside & rows & (shares < 0.5), 0.4, 1).astype(np.float32)


def _standfirsts(segments: Segments, features: Features, shares: NDArray[np.float64]) -> list[int]:
    """Blocks between the headline and the gold body that read like a standfirst."""
    body = np.flatnonzero(shares >= 0.5)
    if features.headline < 0 or not len(body):
        return []
    links, pictured = features.rows["links"], features.rows["in_figure"]
    return [
        block
        for block in range(features.headline + 1, int(body[0]))
        if len(segments.texts[block]) >= SHORTEST_STANDFIRST
        and links[block] < 0.3
        and not (pictured[block] or is_byline(segments.texts[block]) or has_date(segments.texts[block]))
    ]


def _doubtful_edges(segments: Segments, shares: NDArray[np.float64]) -> NDArray[np.float32]:
    """No weight for short lines of the body before its first and after its last long paragraph."""
    long = np.array([len(text) > 120 for text in segments.texts])
    running = np.flatnonzero(long & (shares >= 0.5))
    edge = np.ones(len(shares), bool)
    if len(running):
        edge[running[0] : running[-1]] = False
    return np.where(edge & ~long & (shares >= 0.5), 0, 1).astype(np.float32)


def _shares(source: str, record: dict[str, Any], segments: Segments) -> tuple[NDArray[np.float64], float | None]:
    """Share of each block in the gold body, NaN where nothing is known of it; share of the gold that was found."""
    if record.get("body"):
        found, covered = align(segments.texts, record["body"])
        shares = np.array(found)
        headline = find_headline(segments, None)
        if source in HEADLINE_IN_BODY and headline >= 0:
            shares[headline] = np.nan
        return shares, covered
    shares = np.full(len(segments), np.nan)
    texts = [" ".join(text.split()) for text in segments.texts]
    for key, value in (("must_not", 0.0), ("must_have", 1.0)):
        for sample in record.get(key) or []:
            wanted = " ".join(sample.split())
            for block, text in enumerate(texts):
                if wanted in text:
                    shares[block] = value
    return shares, None
