"""What counts as drift: the limits, as data. docs/reports.md prints these rows."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Threshold:
    """When a measure has left what is usual."""

    measure: str
    """Its name in the report; `field:*` stands for every field whose coverage is counted."""
    least: int
    """Samples below which nothing is said."""
    change: float
    """The smallest change that matters: of a share, as a difference; of any other number, as a factor."""
    chance: float | None
    """How unlikely the change must be, if nothing had happened: the binomial tail beyond it."""
    meaning: str
    """What is measured, and what a change beyond the limit tells."""


FILLED = Threshold(
    "field:*", 20, 0.25, 1e-6, "share of articles that have the field; a fall: its place in the layout changed"
)
REJECTED = Threshold(
    "rejected", 20, 0.30, 1e-6,
    "share of pages that were no article, of those read for the first time or changed; a rise: articles are not"
    " recognised any more",
)  # fmt: skip
LANGUAGE = Threshold(
    "language", 20, 0.30, 1e-6,
    "share of articles in the publication's usual languages; a fall: texts are garbled, or another edition is served",
)  # fmt: skip
WORDS = Threshold(
    "words", 20, 2.5, None,
    "median length of the body in words; a fall: teasers or a cut body; a rise: other texts are taken for it",
)  # fmt: skip
FRONT_PAGE = Threshold(
    "front_page", 10, 0.1, None,
    "addresses of articles that the front page names, against the median of the last times; a fall: it changed and"
    " nothing matches",
)  # fmt: skip
VOLUME_SOON = Threshold(
    "volume", 60, 0.02, None,
    "articles published on the five days before the run, against the same weekdays of the weeks before; a fall: the"
    " source is dead, or hides from us",
)  # fmt: skip
VOLUME_LATE = Threshold(
    "volume", 12, 0.1, None,
    "the same over three weeks, for publications with fewer articles; holidays do not last as long",
)  # fmt: skip
THRESHOLDS = (FILLED, REJECTED, LANGUAGE, WORDS, FRONT_PAGE, VOLUME_SOON, VOLUME_LATE)

USUALLY_FILLED = 0.3
"""Fields that fewer of a publication's articles have are not watched: to lack them is usual."""
USUAL_LANGUAGE = 0.05
"""Share of its articles from which a language is one of a publication's own."""
SPREADS = 3.0
"""How many spreads (1.4826 × median absolute deviation: a standard deviation, if normal) from the median are usual."""
STRETCHES = 4
"""Earlier stretches that a comparison needs; a stretch is a run, or some runs, with enough samples."""
FRONT_PAGES = 5
"""Earlier readings of the front page that a comparison needs."""
WEEKS = 4
"""Earlier periods that a comparison of volume needs, and (`MOST_WEEKS`) looks at."""
MOST_WEEKS = 12
SOON_DAYS, LATE_DAYS = 5, 21
ACCEPT_DAYS = 28
"""After so many days a drift is the new usual: what was before it is forgotten, and the alarm ends."""
