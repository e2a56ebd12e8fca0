"""`python -m tools.docs.screenshots` takes the pictures in docs/images, of invented publications, with Chromium."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from crawler.frontier.identity import key_of
from crawler.reports.verdict import EXITS, Verdict
from crawler.reports.web_page import html_of
from sample.pages import posts
from tests.reports.newsroom import FIRST_DAY, ORIGIN, Newsroom, days
from tools.docs.places import DOCS

IMAGES = DOCS / "images"
PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
QUIET = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--hide-scrollbars",
)  # fmt: skip
BOATS, BRIDGE = (f"https://courier.example{post.path}" for post in posts()[:2])
LAST_DAY = 128
"""Day of the simulation that the report is of; the theme was switched five days before."""


@dataclass(frozen=True, slots=True)
class Shot:
    """A picture of a page."""

    name: str
    width: int
    height: int
    dark: bool
    path: str = ""
    """The address within the review desk; empty for the report."""


SHOTS = (Shot("report.png", 1280, 1300, dark=False), Shot("report-phone-dark.png", 390, 844, dark=True))
DESK_SHOTS = (
    Shot("review-list.png", 1280, 900, dark=False, path="/"),
    Shot("review.png", 1280, 1000, dark=False, path=f"/article?id={key_of(BOATS)}"),
    Shot("review-difference.png", 1280, 620, dark=False, path=f"/difference?id={key_of(BRIDGE)}"),
    Shot("review-phone-dark.png", 390, 844, dark=True, path=f"/article?id={key_of(BOATS)}"),
)


def chromium() -> str | None:
    """The program, where it is installed."""
    return next((found for program in PROGRAMS if (found := shutil.which(program))), None)


def take(program: str, address: str, picture: Path, *, shot: Shot) -> None:
    """A picture of a page. Raises `CalledProcessError` or `TimeoutExpired`."""
    scheme = ["--blink-settings=preferredColorScheme=0"] if shot.dark else []
    with tempfile.TemporaryDirectory() as profile:
        options = [f"--user-data-dir={profile}", f"--window-size={shot.width},{shot.height}", f"--screenshot={picture}"]
        command = [program, *QUIET, *scheme, *options, address]
        subprocess.run(command, check=True, timeout=60, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def report() -> dict[str, Any]:
    """A run over three publications: one as usual, one whose theme was switched, one that refuses."""
    switch = FIRST_DAY + timedelta(LAST_DAY - 5)
    usual = Newsroom(1, a_day=5)
    switched = Newsroom(2, a_day=7, theme=lambda day: "modern" if day >= switch else "classic")
    blocked = {
        "verdict": "blocked", "complete": True, "outcomes": {"blocked": 1}, "articles_known": 212, "queued": 0,
        "set_aside": None, "held_by_others": False, "limited": False, "reasons": {"blocked": {"robots.txt": 1}},
        "urls": {"blocked": {"robots.txt": ["https://gazette.example/"]}}, "sources": {}, "missed": {}, "traps": {},
        "items": 0, "filled": {}, "median_words": None, "languages": {}, "lacking": {}, "samples": [], "drift": [],
        "history": [], "days": {},
    }  # fmt: skip
    publications = {"ellery-courier": _last(switched), "harbour-gazette": blocked, "upland-post": _last(usual)}
    return {
        "run_id": "20250514T120000Z-5f3a9c", "verdict": "drift", "exit_code": EXITS[Verdict.DRIFT].code,
        "meaning": EXITS[Verdict.DRIFT].meaning, "reason": "finished", "started": "2025-05-14T12:00:00+00:00",
        "finished": "2025-05-14T12:03:12+00:00", "seconds": 192.0, "publications": publications,
    }  # fmt: skip


@contextmanager
def desk(folder: Path) -> Iterator[str]:
    """The address of a review desk over the sample publication."""
    from crawler.review.web import make_app
    from tests.review.newsdesk import usual  # needs what is optional
    from tests.review.serving import serving

    with serving(make_app(usual(folder / "desk").open())) as address:
        yield address


def _last(newsroom: Newsroom) -> dict[str, Any]:
    reports = [newsroom.run(day) for day in days(LAST_DAY)]
    last: dict[str, Any] = json.loads(json.dumps(reports[-1]))
    known = last["articles_known"]
    sources = {name: {"found": known - missed, "missed": missed} for name, missed in (("feed", 31), ("sitemap", 0))}
    urls = {"new": {"": [sample["url"] for sample in last["samples"]]}}
    return {**last, "sources": sources, "missed": {"feed": [f"{ORIGIN}/12/"], "sitemap": []}, "urls": urls, "traps": {}}


def main() -> int:
    """0, or 1 where Chromium is not installed."""
    program = chromium()
    if program is None:
        sys.stderr.write("Chromium is not installed (Debian: apt install chromium)\n")
        return 1
    IMAGES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "report.html"
        page.write_text(html_of(report()), encoding="utf-8")
        for shot in SHOTS:
            take(program, page.as_uri(), IMAGES / shot.name, shot=shot)
        with desk(Path(folder)) as address:
            for shot in DESK_SHOTS:
                take(program, f"{address}{shot.path}", IMAGES / shot.name, shot=shot)
    return 0


if __name__ == "__main__":
    sys.exit(main())
