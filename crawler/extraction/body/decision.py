"""From probabilities to the choice of blocks."""

from __future__ import annotations

import re

import numpy as np
from numpy.typing import NDArray

from crawler.extraction.body.blocks import Segments
from crawler.extraction.body.clues import (
    LONGEST_LABEL,
    is_advertisement_label,
    is_byline,
    is_dateline,
    is_invitation,
)
from crawler.extraction.body.features import Features
from crawler.extraction.body.notes import captions, notes
from crawler.extraction.body.words import name_words
from crawler.extraction.document import Document
from crawler.extraction.readers.visibility import is_read_aloud

Floats = NDArray[np.float32]

USUAL = 0.5
LOWEST = 0.1
"""Bounds of the probability that a block needs."""
SHARE_OF_TYPICAL = 0.6
"""On a page where the model is unsure of everything, a block needs this share of what the body's middle has."""
WORTH_DOUBT = 250
"""The probability is lowered only where so many characters are gained by it."""
CAUTION = 1.05
"""Half the best F1 that the probabilities promise is the bar that reaches it (Lipton et al., 2014, arXiv:1402.1892);
raised a little, as whole bodies count beside the mean."""

LONG = 60
"""Characters from which on a text is prose, and one that stands there again is a copy of it."""
BYLINE_NAMES = frozenset(
    {
        "byline",
        "signature",
        "author",
        "authors",
        "autor",
        "auteur",
        "auteurs",
        "autore",
        "dateline",
        "timestamp",
        "pubdate",
    }
)
"""Words of an element's own class that mark a byline or a date. One beside other words (`post-author`) counts as well,
so only short blocks are asked."""

CERTAIN = 0.9
"""The probability of the prose behind which bylines and dates are no longer looked for; standfirsts rarely have it."""
STANDFIRST_NAMES = frozenset(
    [
        "excerpt", "standfirst", "subheadline", "subtitle", "deck", "dek", "subhead", "lede", "strapline", "teaser",
        "intro", "summary", "lead", "chapo", "chapeau", "vorspann", "ingress", "manchet", "entradilla", "bajada",
        "sommario", "occhiello",
    ]
)  # fmt: skip
"""Words of a class that mark a standfirst, in the languages of the press, where the element stands between headline and
prose."""
STANDFIRST = 0.05
"""The probability that a marked standfirst needs: body here, while many bodies in the training corpora lack it."""
SHORTEST_STANDFIRST = 30
NEAR_HEADLINE = 8
"""A standfirst is one of so many blocks after the headline."""
PROSE = 0.7
WORTH_PROSE = 100
"""A block with this probability and so many characters is prose, with which the standfirst's place ends."""


GIVEN_AWAY = frozenset({"author_box", "comment", "consent", "footer", "related"})
"""Labels by name that are doubted less than the model: of the blocks named so that it gives one half to `SURELY`, eight
of ten are no body, and nearly all of the author boxes and footers."""
SURELY = 0.8
"""The probability that a block needs against such a name."""
MOSTLY_LINK = 0.4
"""The share of a line in links from which on it names another article, if it begins like an invitation to read one."""

COMMENTS = re.compile(r"#(?:comments?|respond|disqus_thread)$")
"""Addresses of the comments of a page in WordPress, Django's frameworks and Disqus."""

LONGEST_COUNT = 40
"""Characters of a line that counts them or leads there; longer ones ask the reader something."""

LANGUAGE = "language-"
"""What HTML's recommendation for `<code>` puts before the name of a language, also on what holds code and a label."""

PULL_QUOTES = ("pullquote", "pull-quote", "pull_quote", "pullQuote", "PullQuote")
"""How classes of quotations are written that repeat a sentence of the text beside it; WordPress' is the first."""
SHORTEST_QUOTE = 25
LONGEST_QUOTE = 500
"""Bounds in characters on quotations that are looked for in the text."""
QUOTE_MARKS = "\"'“”„«»‘’「」 .,…"
"""What a quotation may have at its ends and the sentence that it repeats has not."""


def keep(scores: Floats, weight: Floats) -> NDArray[np.bool_]:
    """Which blocks are the article's own text."""
    kept: NDArray[np.bool_] = scores >= threshold(scores, weight)
    return kept


def threshold(scores: Floats, weight: Floats) -> float:
    """The probability that a block needs on this page: less where none is high, as on pages laid out unusually."""
    order = np.argsort(-scores, kind="stable")
    ranked, likely = scores[order], (scores * weight)[order]
    passed = np.cumsum(likely)
    if not len(order) or passed[-1] <= 0:
        return USUAL
    typical = float(ranked[np.searchsorted(passed, passed[-1] / 2)])
    expected = float((2 * passed / (np.cumsum(weight[order]) + passed[-1])).max())
    lowered = max(LOWEST, min(SHARE_OF_TYPICAL * typical, CAUTION * expected / 2))
    return lowered if lowered < USUAL and weight[scores >= lowered].sum() >= WORTH_DOUBT else USUAL


def choose(segments: Segments, features: Features, scores: Floats) -> list[int]:
    """The article's own blocks: those that the model keeps, but never headline, byline, advertisement, a copy, what is
    only read aloud, or a line that only invites to read something else.
    """
    kept = _kept(segments, features, scores)
    links, headings = features.rows["links"], features.rows["level"]
    for block in np.flatnonzero(kept & (links > MOSTLY_LINK) & (headings == 0)).tolist():
        kept[block] = not is_invitation(segments.texts[block])
    _complete_tables(segments, features, kept)
    seen: set[str] = set()
    chosen: list[int] = []
    in_prose = False
    for block in np.flatnonzero(kept).tolist():
        text = segments.texts[block]
        if text in seen or _is_aside(text, segments, block):
            continue
        if not in_prose and (features.rows["repeats_title"][block] or is_byline(text) or is_dateline(text)):
            continue
        if len(text) >= LONG:
            seen.add(text)
            in_prose = in_prose or bool(scores[block] > CERTAIN)
        chosen.append(block)
    return _without_pull_quotes(segments, chosen)


def _kept(segments: Segments, features: Features, scores: Floats) -> NDArray[np.bool_]:
    """What the model and the markup keep.

    Where the bar is lowered, that is not for blocks that names give away as something else.
    """
    named = np.array([label in GIVEN_AWAY for label in features.labels], bool)
    named[captions(segments)] = True
    scores = np.where(named & (scores < SURELY), np.float32(0), scores)
    kept = keep(scores, features.weight)
    for block in np.flatnonzero(kept & (scores < USUAL)).tolist():
        kept[block] = features.labels[block] is None
    kept |= _standfirsts(segments, features, scores)
    kept[notes(segments, np.flatnonzero(kept).tolist())] = True
    return kept


def _is_aside(text: str, segments: Segments, block: int) -> bool:
    """Whether a block is marked as something else than text: a label, a count of comments, words for screen readers."""
    is_count = len(text) <= LONGEST_COUNT and _leads_to_comments(segments, block)
    return is_count or _is_label(text, segments, block) or _is_read_aloud(segments, block)


def _complete_tables(segments: Segments, features: Features, kept: NDArray[np.bool_]) -> None:
    """Keep the other cells of tables of data of which most is kept: short headings alone look like labels."""
    document = segments.document
    found = (_table_of(document, heading) for heading in document.by_tag.get("th", ()))
    tables = {table for table in found if table is not None}
    holders = np.array(segments.holders if tables else ())
    for table in tables:
        inside = (holders >= table) & (holders < document.ends[table])
        if 2 * features.weight[inside & kept].sum() > features.weight[inside].sum():
            kept |= inside


def _table_of(document: Document, heading: int) -> int | None:
    """The table that a heading of columns or rows stands in, where it holds no other."""
    table = next((p for p in document.ancestors(heading) if document.tags[p] == "table"), None)
    return table if table is not None and len(document.inside("table", table)) == 1 else None


def _without_pull_quotes(segments: Segments, chosen: list[int]) -> list[int]:
    """The blocks without quotations that are marked as repeating the text, and do."""
    marked = {block for block in chosen if _is_pull_quote(segments, block)}
    if not marked:
        return chosen
    rest = "\n".join(segments.texts[block] for block in chosen if block not in marked)
    repeated = {block for block in marked if segments.texts[block].strip(QUOTE_MARKS) in rest}
    return [block for block in chosen if block not in repeated]


def _is_pull_quote(segments: Segments, block: int) -> bool:
    """Whether the element of a block, its parent or the one around that is marked as a pull quote."""
    if not SHORTEST_QUOTE <= len(segments.texts[block]) <= LONGEST_QUOTE:
        return False
    document, position = segments.document, segments.holders[block]
    for _ in range(3):
        classes = document.classes[position]
        if classes and any(name in classes for name in PULL_QUOTES):
            return True
        position = document.parents[position]
        if position < 0:
            return False
    return False


def _standfirsts(segments: Segments, features: Features, scores: Floats) -> NDArray[np.bool_]:
    """The blocks that the page marks as the standfirst."""
    found = np.zeros(len(scores), bool)
    prose = np.flatnonzero((scores > PROSE) & (features.weight > WORTH_PROSE))
    start = features.headline + 1
    if start and len(prose):
        for block in range(start, min(int(prose[0]), start + NEAR_HEADLINE - 1)):
            if scores[block] >= STANDFIRST and len(segments.texts[block]) >= SHORTEST_STANDFIRST:
                classes = segments.document.classes[segments.holders[block]] or ""
                found[block] = not STANDFIRST_NAMES.isdisjoint(name_words(classes[:400]))
    return found


def _leads_to_comments(segments: Segments, block: int) -> bool:
    """Whether a line is mostly a link to the comments of this page, as those are that count them."""
    document, holder = segments.document, segments.holders[block]
    counting = document.among(document.once(_comment_links), holder)
    return any(len(document.text(link)) > MOSTLY_LINK * len(segments.texts[block]) for link in counting)


def _comment_links(document: Document) -> list[int]:
    return [position for position, address, _ in document.anchors if COMMENTS.search(address)]


def _is_read_aloud(segments: Segments, block: int) -> bool:
    """Whether a block's element or its parent is only read aloud."""
    document, holder = segments.document, segments.holders[block]
    around = (document.classes[position] for position in (holder, document.parents[holder]) if position >= 0)
    return any(is_read_aloud(names) for names in around if names)


def _is_label(text: str, segments: Segments, block: int) -> bool:
    """Whether a short text is marked up as byline or date, announces an advertisement or names a code's language."""
    if len(text) > LONGEST_LABEL:
        return False
    if is_advertisement_label(text):
        return True
    classes = segments.document.classes[segments.holders[block]] or ""
    if LANGUAGE + text.lower() in classes.lower().split():
        return True
    return not BYLINE_NAMES.isdisjoint(name_words(classes[:400]))
