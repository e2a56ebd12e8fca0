"""Every generated page: its path and its text; and generated parts of pages that people write."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path

from crawler.reports.thresholds import THRESHOLDS, Threshold
from crawler.reports.verdict import EXITS
from tools.docs import commands, example, fields, settings
from tools.docs.attributes import classes_of
from tools.docs.places import CRAWLER, DOCS, ROOT

EXIT_CODES = """# Exit codes

<!-- Generated from crawler/reports/verdict.py by `make reference`. -->

`scrapy crawl articles` ends with one of these, and the run's report under `OUTPUT_DIR/reports/` says the same in words.

| code | verdict | what happened | what to do |
| --- | --- | --- | --- |
"""


def _exit_codes() -> str:
    rows = sorted((exit_.code, str(verdict), exit_.meaning, exit_.act) for verdict, exit_ in EXITS.items())
    return EXIT_CODES + "".join(f"| {code} | `{word}` | {what} | {act} |\n" for code, word, what, act in rows)


def _keys() -> str:
    described = classes_of(CRAWLER / "publications.py")["Publication"]
    rows = [f"| `{a.name}` | {a.doc} |" for a in described.attributes if a.name != "slug"]
    return "\n".join(["| key | meaning |", "| --- | --- |", *rows])


def _thresholds() -> str:
    rows = [f"| `{row.measure}` | {row.meaning} | {row.least} | {_change(row)} |" for row in THRESHOLDS]
    return "\n".join(["| measure | what it tells | samples at least | alarms at |", "| --- | --- | --- | --- |", *rows])


def _change(row: Threshold) -> str:
    if row.chance is not None:
        return f"{row.change:.0%} points, with a chance below {row.chance}".replace("% points", " percentage points")
    return f"{row.change:g} times as long or short" if row.change > 1 else f"{row.change:.0%} of what is usual, or less"


def _filled(path: Path, name: str, text: str) -> str:
    """A page with the part between its markers `<!-- name -->` and `<!-- /name -->` replaced."""
    start, end = f"<!-- {name} -->", f"<!-- /{name} -->"
    pattern = re.compile(f"{re.escape(start)}.*?{re.escape(end)}", re.DOTALL)
    return pattern.sub(lambda _: f"{start}\n{text}\n{end}", path.read_text(encoding="utf-8"), count=1)


PAGES: Mapping[Path, Callable[[], str]] = {
    DOCS / "fields.md": fields.page,
    DOCS / "item.schema.json": fields.schema,
    DOCS / "settings.md": settings.page,
    DOCS / "commands.md": commands.page,
    DOCS / "exit-codes.md": _exit_codes,
    DOCS / "reports.md": lambda: _filled(DOCS / "reports.md", "thresholds", _thresholds()),
    DOCS / "publications.md": lambda: _filled(DOCS / "publications.md", "keys", _keys()),
    ROOT / "README.md": lambda: _filled(ROOT / "README.md", "item", example.item()),
}
"""Path → the text that the file must have."""
