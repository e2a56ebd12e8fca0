"""The run's page: readable, self-contained, and nothing from the web acts in it."""

from __future__ import annotations

import hashlib
import json
import re
from base64 import b64encode
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from crawler.items import Article
from crawler.reports import web_page
from crawler.reports.observed import Observations
from crawler.reports.publication import slim
from crawler.reports.sentences import of_run
from crawler.reports.verdict import EXITS, Verdict
from crawler.reports.web_page import MOST_DETAILED, html_of
from tests.reports.newsroom import Newsroom, days

STYLE = (Path(web_page.__file__).parent / "report.css").read_text(encoding="utf-8")
HOSTILE = '"><script>alert(1)</script><img src=x onerror=alert(1)>\u202e\x1b[31m'


def run_of(publications: dict[str, dict[str, Any]], verdict: Verdict = Verdict.DONE) -> dict[str, Any]:
    return {
        "run_id": "20260109T120000Z-abcdef", "verdict": str(verdict), "exit_code": EXITS[verdict].code,
        "meaning": EXITS[verdict].meaning, "reason": "finished", "started": "2026-01-09T12:00:00+00:00",
        "finished": "2026-01-09T12:01:00+00:00", "seconds": 60.0, "publications": publications,
    }  # fmt: skip


@cache
def usual() -> str:
    """A publication's report after some weeks, as JSON."""
    newsroom = Newsroom(1)
    return json.dumps([newsroom.run(day) for day in days(40)][-1])


def publication(**facts: Any) -> dict[str, Any]:
    missing = {"sources": {}, "missed": {}, "traps": {}, "urls": {}}
    return {**missing, **json.loads(usual()), **facts}


def hostile() -> dict[str, Any]:
    seen = Observations(lambda: 1_767_960_000.0)
    seen.note("paper", Article(f"javascript:{HOSTILE}", title=HOSTILE, byline=HOSTILE, body=HOSTILE, language=HOSTILE))
    return publication(
        **seen.of("paper").report(), reasons={"rejected": {HOSTILE: 3}}, traps={HOSTILE: 2},
        urls={"rejected": {HOSTILE: [f"https://a.example/{HOSTILE}"]}}, set_aside=HOSTILE,
        outcomes={"rejected": 3}, sources={HOSTILE: {"found": 1, "missed": 2}}, missed={HOSTILE: [HOSTILE]},
    )  # fmt: skip


def test_what_comes_from_the_web_is_text_and_nothing_else() -> None:
    page = html_of(run_of({HOSTILE: hostile()}))
    root = html.fromstring(page)
    allowed = {
        "html",
        "head",
        "meta",
        "title",
        "style",
        "body",
        "main",
        "header",
        "p",
        "span",
        "h1",
        "h2",
        "h3",
        "dl",
        "div",
    }
    allowed |= {
        "dt",
        "dd",
        "section",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "details",
        "summary",
        "ul",
        "li",
        "a",
    }
    allowed |= {"svg", "line", "polyline", "circle", "rect", "strong", "footer"}
    assert {element.tag for element in root.iter()} <= allowed
    assert not [
        name for element in root.iter() for name in element.attrib if name.startswith("on") or name in ("src", "style")
    ]
    assert {link.get("href")[:8] for link in root.iter("a")} <= {"#", "https://"}
    assert "\u202e" not in page
    assert "\x1b" not in page


def test_the_page_is_self_contained_and_forbids_itself_everything_else() -> None:
    root = html.fromstring(html_of(run_of({"paper": publication()})))
    policy = root.xpath("string(//meta[@http-equiv='Content-Security-Policy']/@content)")
    style = root.xpath("string(//style)")
    digest = b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    assert not re.findall(r"url\(|@import", style)
    assert not root.xpath("//link | //script | //iframe | //img")


def test_the_numbers_of_the_report_are_on_the_page_with_the_addresses_behind_them() -> None:
    urls = {"rejected": {"no title": ["https://a.example/untitled"]}, "new": {"": ["https://a.example/first"]}}
    report = publication(
        outcomes={"new": 1234, "rejected": 2}, reasons={"rejected": {"no title": 2}}, urls=urls,
        sources={"feed": {"found": 10, "missed": 20}}, missed={"feed": ["https://a.example/missed"]},
    )  # fmt: skip
    root = html.fromstring(html_of(run_of({"paper": report})))
    text = root.text_content()
    assert "1\u202f234" in text
    assert "no title: 2" in text
    named = [link.get("href") for link in root.iter("a")]
    assert {"https://a.example/untitled", "https://a.example/first", "https://a.example/missed"} <= set(named)
    assert root.xpath("//polyline"), "charts over the last runs"


def test_publications_that_need_a_look_come_first_and_the_page_does_not_grow_without_bound() -> None:
    publications = {f"paper-{number:04}": publication() for number in range(80)}
    publications["zebra"] = publication(verdict="blocked", reasons={"blocked": {"robots.txt": 4}})
    root = html.fromstring(html_of(run_of(publications, Verdict.PARTIAL)))
    headings = [heading.text for heading in root.iter("h2")]
    assert headings[0] == "zebra"
    assert len(headings) == MOST_DETAILED


def test_a_publication_without_its_long_lists_has_its_numbers_on_the_page() -> None:
    root = html.fromstring(html_of(run_of({"paper": slim(publication(sources={"feed": {"found": 7, "missed": 35}}))})))
    assert "100 %" in root.text_content()
    assert "35" in root.text_content()
    assert not root.xpath("//polyline")


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_every_colour_of_text_stands_out_from_its_ground(scheme: int) -> None:
    colours = dict(
        re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", STYLE.split("@media (prefers-color-scheme: dark)")[scheme])
    )
    on_paper = [(text, ground) for text in ("ink", "soft", "bad") for ground in ("paper", "card")]
    chips = [(name, f"{name}-back") for name in ("good", "warn", "bad")]
    least = min(contrast(colours[text], colours[ground]) for text, ground in [*on_paper, *chips])
    assert least >= 4.5, "WCAG 2.2, 1.4.3"


def contrast(first: str, second: str) -> float:
    """WCAG 2.2: the ratio of relative luminances."""
    dark, light = sorted(map(luminance, (first, second)))
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_a_run_without_publications_says_what_ended_it() -> None:
    report = run_of({}, Verdict.DISK) | {"reason": "output: No space left on device"}
    text = html.fromstring(html_of(report)).text_content()
    assert EXITS[Verdict.DISK].meaning in text
    assert "No space left on device" in text


def test_a_run_is_told_in_a_sentence() -> None:
    def told(verdict: str, **facts: Any) -> str:
        return of_run(run_of({"paper": publication(verdict=verdict, **facts)}, Verdict(verdict)))

    assert told("done", outcomes={"unchanged": 9}, articles_known=214) == (
        "Nothing new: 214 articles known, all that was due was looked at."
    )
    assert told("partial", outcomes={"new": 1, "failed": 1}, queued=3, articles_known=9) == (
        "1 new article, 0 updated; 9 known in all; 3 addresses left for the next run; 1 address failed."
    )
    assert told("nothing_extracted", outcomes={"rejected": 12}) == "12 pages read, and none of them was an article."
    assert told("blocked", reasons={"blocked": {"robots.txt": 4}}).endswith("Mostly: robots.txt.")
    assert told("drift", drift=[{"text": "a"}, {"text": "b"}]) == "a, and 1 more change."


def test_a_run_over_several_publications_names_those_that_need_a_look() -> None:
    several = {"a": publication(outcomes={"new": 2}), "b": publication(outcomes={"new": 3})}
    assert of_run(run_of(several)) == "5 new articles from 2 publications; all of them are as they should be."
    several["b"]["verdict"] = "blocked"
    assert of_run(run_of(several, Verdict.PARTIAL)) == "5 new articles from 2 publications; b needs a look."
    several |= {name: publication(verdict="blocked", outcomes={}) for name in "cde"}
    assert of_run(run_of(several, Verdict.PARTIAL)).endswith("; b, c, d and 1 more need a look.")
