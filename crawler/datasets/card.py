"""The card of a dataset: README.md with the front matter that the Hugging Face Hub and `load_dataset` read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from importlib.metadata import version
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from crawler.datasets.facts import Facts
from crawler.datasets.index import Selection
from crawler.datasets.schema import ADDED
from crawler.datasets.similar import MIN_WORDS, THRESHOLD, WORDS
from crawler.datasets.splits import NAMES

OPT_OUTS = ("noai", "noimageai", "noml", "tdm-reservation", "content-usage")
"""Restrictions that speak of training and mining (see `crawler.extraction.fields.robots`)."""
SIZES = ((10**3, "n<1K"), (10**4, "1K<n<10K"), (10**5, "10K<n<100K"), (10**6, "100K<n<1M"), (10**7, "1M<n<10M"))
"""Rows below which the Hub's category holds."""
SHOWN_RUNS = 20


def card(facts: Facts, selection: Selection, formats: Sequence[str]) -> str:
    """The text of the card. It holds no time of its making: the same lines give the same card."""
    environment = Environment(
        loader=PackageLoader("crawler.datasets", "."), undefined=StrictUndefined, keep_trailing_newline=True,
        trim_blocks=True, lstrip_blocks=True, autoescape=False,  # noqa: S701 - Markdown; values are slugs, codes, numbers
    )  # fmt: skip
    return environment.get_template("card.md.jinja").render(
        facts=facts, selection=selection, formats=formats, added=ADDED, version=version("publication-crawler"),
        threshold=THRESHOLD, words=WORDS, min_words=MIN_WORDS, size=_size(facts.rows), codes=_codes(facts),
        splits=list(_splits(facts, selection)), opt_outs=list(_opt_outs(facts)), shown=facts.runs[-SHOWN_RUNS:],
        percent=lambda count: f"{100 * count / facts.rows:.1f} %" if facts.rows else "–", plain=_plain,
    )  # fmt: skip


def _plain(text: str | None) -> str:
    """A value of a page within a table: no markup, one line."""
    return "unknown" if text is None else "".join(c for c in text if c.isprintable() and c not in "`|<>[]")[:100]


def _size(rows: int) -> str:
    return next((name for bound, name in SIZES if rows < bound), "10M<n<100M")


def _codes(facts: Facts) -> list[str]:
    """Languages as the Hub knows them: the first part of the tag."""
    codes = {language.partition("-")[0].lower() for language, _ in facts.languages if language}
    return sorted(code for code in codes if code.isascii() and code.isalpha() and len(code) in (2, 3))


def _splits(facts: Facts, selection: Selection) -> Iterator[tuple[str, list[str], int]]:
    """(name, publications, rows) of the parts that are not empty."""
    rows = {publication: count for publication, count, _, _ in facts.publications}
    for name in NAMES:
        members = [publication for publication in rows if selection.shares.of(publication) == name]
        if members:
            yield name, members, sum(rows[publication] for publication in members)


def _opt_outs(facts: Facts) -> Iterable[tuple[str, int, Any]]:
    return ((value, count, any(word in value for word in OPT_OUTS)) for value, count in facts.robots)
