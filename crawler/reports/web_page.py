"""The run's report as one HTML file: no script, nothing loaded, and whatever came from the web is plain text."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from crawler.reports import charts, sentences
from crawler.reports.observed import FIELDS
from crawler.reports.verdict import EXITS, Verdict
from crawler.visible import visible, without_secrets

MOST_DETAILED, MOST_ROWS = 60, 1000
"""Publications that are shown whole, and in the table; those that need a look first. The JSON report has all."""
LISTED = 10
"""Reasons shown of an outcome, and articles named."""
OUTCOMES = (
    ("new", "articles written for the first time"),
    ("updated", "articles written again, as a new revision"),
    ("unchanged", "articles that did not change"),
    ("gone", "articles that are not there any more"),
    ("rejected", "read, and no article"),
    ("blocked", "refused by robots.txt, the server, or our address guard"),
    ("failed", "tried as often as is allowed"),
    ("waiting", "retries"),
    ("missing", "not found, once"),
    ("listed", "listings, feeds and sitemaps read"),
    ("skipped", "not wanted"),
    ("redirect", "led elsewhere"),
    ("alias", "other addresses of known articles"),
)
"""Outcome → what it means, in the order of the page."""
TILES = ("new", "updated", "unchanged", "gone", "rejected", "blocked", "failed")
TONES: Mapping[Verdict, str] = {
    Verdict.DONE: "good", Verdict.PARTIAL: "warn", Verdict.LOCKED: "warn", Verdict.INTERRUPTED: "warn",
}  # fmt: skip
"""Verdict → the colour of it; all others are bad."""
MARKS = {"good": "✓", "warn": "!", "bad": "✕"}
"""What says the same as the colour."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """A row of the table of fields."""

    name: str
    count: int
    share: float
    """0 to 1."""
    usual: float | None
    """Median of the runs before, 0 to 1."""
    line: charts.Line | None
    lacking: Sequence[str]
    drifted: bool


def html_of(report: Mapping[str, Any]) -> str:
    """The page. `report`: what the JSON file holds."""
    folder = Path(__file__).parent
    environment = Environment(
        loader=FileSystemLoader(folder), autoescape=True, trim_blocks=True, lstrip_blocks=True,
        undefined=StrictUndefined, finalize=_shown,
    )  # fmt: skip
    environment.filters.update(href=_href, day=_day, moment=_moment, number=_number)
    style = (folder / "report.css").read_text(encoding="utf-8")
    ordered = sorted(report["publications"].items(), key=_urgency)
    digest = b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return environment.get_template("report.html.jinja").render(
        report=report, style=style, digest=digest, sentence=sentences.of_run(report),
        act=EXITS[Verdict(report["verdict"])].act, tone=_tone(report), marks=MARKS, tiles=_tiles(ordered),
        rows=[(slug, each, _tone(each)) for slug, each in ordered[:MOST_ROWS]], all_rows=len(ordered),
        sections=[_section(slug, each) for slug, each in ordered[:MOST_DETAILED]],
    )  # fmt: skip


def _section(slug: str, report: Mapping[str, Any]) -> dict[str, Any]:
    days = report.get("days", {})
    points = report.get("history", ())
    return {
        "slug": slug, "report": report, "sentence": sentences.of_publication(report), "tone": _tone(report),
        "act": EXITS[Verdict(report["verdict"])].act, "outcomes": list(_outcomes(report)),
        "coverage": list(_coverage(report)), "compared": any(point["items"] for point in points[:-1]),
        "days": list(zip(days.items(), charts.bars(
            list(days.values()), width=560, height=56), strict=True)),
        "words": charts.line([point["words"] for point in points if point["words"]]),
        "rejected": charts.line([_rejected(point) for point in points if point["items"] + point["rejected"]], top=1.0),
        "news": charts.line([point["new"] for point in points]),
    }  # fmt: skip


def _outcomes(report: Mapping[str, Any]) -> Iterator[tuple[str, str, int, list[tuple[str, int, Sequence[str]]]]]:
    """Outcome, meaning, count, and its reasons with count and addresses."""
    for name, meaning in OUTCOMES:
        count = report["outcomes"].get(name, 0)
        if not count:
            continue
        reasons: Mapping[str, int] = report.get("reasons", {}).get(name, {})
        urls: Mapping[str, Sequence[str]] = report.get("urls", {}).get(name, {})
        listed = sorted(reasons.items(), key=lambda entry: -entry[1])[:LISTED]
        without = [("", count - sum(reasons.values()), urls[""])] if "" in urls else []
        yield name, meaning, count, [*without, *((why, many, urls.get(why, ())) for why, many in listed)]


def _coverage(report: Mapping[str, Any]) -> Iterator[Coverage]:
    items = report["items"]
    drifted = {drift["measure"] for drift in report["drift"]}
    for name in FIELDS if items else ():
        series = [point["filled"][name] / 100 for point in report.get("history", ()) if name in point["filled"]]
        count = report["filled"][name]
        earlier = sorted(series[:-1])
        yield Coverage(
            name, count, count / items, earlier[len(earlier) // 2] if earlier else None, charts.line(series, top=1.0),
            report.get("lacking", {}).get(name, ()), f"field:{name}" in drifted,
        )  # fmt: skip


def _rejected(point: Mapping[str, Any]) -> float:
    return float(point["rejected"] / (point["items"] + point["rejected"]))


def _tiles(publications: Sequence[tuple[str, Mapping[str, Any]]]) -> list[tuple[str, int]]:
    return [(name, sum(each["outcomes"].get(name, 0) for _, each in publications)) for name in TILES]


def _urgency(entry: tuple[str, Mapping[str, Any]]) -> tuple[int, str]:
    return ("bad", "warn", "good").index(_tone(entry[1])), entry[0]


def _tone(report: Mapping[str, Any]) -> str:
    return TONES.get(Verdict(report["verdict"]), "bad")


def _shown(value: Any) -> Any:
    """Text as it is printed: nothing hides, nothing secret. What the template itself made (`Markup`) stays."""
    return visible(without_secrets(value)) if type(value) is str else value


def _href(url: str) -> str:
    """An address that may be followed; nothing but http(s)."""
    return url if url.startswith(("http://", "https://")) else "#"


def _day(text: str) -> str:
    return text[:10]


def _moment(text: str) -> str:
    return text[:16].replace("T", " ")


def _number(value: float) -> str:
    return f"{value:,}".replace(",", "\u202f")
