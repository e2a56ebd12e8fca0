"""The pictures in the docs: taken of the page as it is now, where Chromium is installed."""

from __future__ import annotations

from pathlib import Path

import pytest

from crawler.reports.web_page import html_of
from tools.docs.screenshots import DESK_SHOTS, IMAGES, SHOTS, Shot, chromium, desk, report, take

SIGNATURE = b"\x89PNG\r\n\x1a\n"


def size_of(picture: bytes) -> tuple[int, int]:
    """Width and height of a PNG: the first fields of its header."""
    return int.from_bytes(picture[16:20]), int.from_bytes(picture[20:24])


@pytest.mark.parametrize("shot", SHOTS, ids=lambda shot: shot.name)
def test_the_report_is_drawn_by_a_browser_and_the_docs_show_it(shot: Shot, tmp_path: Path) -> None:
    program = chromium()
    if program is None:
        pytest.skip("Chromium is not installed: apt-get install chromium")
    page = tmp_path / "report.html"
    page.write_text(html_of(report()), encoding="utf-8")
    take(program, page.as_uri(), tmp_path / shot.name, shot=shot)
    check(tmp_path / shot.name, shot)


@pytest.mark.parametrize("shot", DESK_SHOTS, ids=lambda shot: shot.name)
def test_the_review_desk_is_drawn_by_a_browser_and_the_docs_show_it(shot: Shot, tmp_path: Path) -> None:
    pytest.importorskip("flask", reason="Flask is not installed: pip install 'publication-crawler[review]'")
    program = chromium()
    if program is None:
        pytest.skip("Chromium is not installed: apt-get install chromium")
    with desk(tmp_path) as address:
        take(program, f"{address}{shot.path}", tmp_path / shot.name, shot=shot)
    check(tmp_path / shot.name, shot)


def check(path: Path, shot: Shot) -> None:
    picture = path.read_bytes()
    assert picture.startswith(SIGNATURE)
    assert size_of(picture) == (shot.width, shot.height)
    assert len(picture) > 20_000, "a page without its style is nearly white"
    assert size_of((IMAGES / shot.name).read_bytes()) == (shot.width, shot.height)
