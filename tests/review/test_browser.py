"""The desk in a real browser: what a reader presses works, and the foreign page neither runs nor loads anything."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("flask", reason="Flask is not installed: pip install 'publication-crawler[review]'")

from flask import Flask, Response, request

from crawler.review import guard
from crawler.review.fixtures import GROUP
from crawler.review.web import Desk, make_app
from tests.review.browser import Browser, browser
from tests.review.newsdesk import BOATS, BRIDGE, FIRST, HOSTILE, NewsDesk, key_of, sample_pages, usual
from tests.review.serving import serving
from tools.docs.screenshots import PROGRAMS

EVIL = "https://evil.example"


@pytest.fixture(scope="module")
def program() -> str:
    found = next((path for name in PROGRAMS if (path := shutil.which(name))), None)
    if found is None:
        pytest.skip("Chromium is not installed: apt-get install chromium")
    return found


@pytest.fixture(scope="module")
def tab(program: str) -> Iterator[Browser]:
    with browser(program) as tab:
        yield tab


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return usual(tmp_path / "desk").open()


def text(tab: Browser) -> str:
    return str(tab.run("document.body.innerText"))


def test_a_reader_finds_an_article_sees_its_source_and_says_what_is_wrong(tab: Browser, desk: Desk) -> None:
    with serving(make_app(desk)) as address:
        tab.open(address)
        tab.click("input[type=search]")
        tab.type("boats wintered")
        tab.click("form.filters button")
        tab.wait(lambda: "\n1 article" in text(tab) and tab.run("document.readyState") == "complete")
        tab.click("ol.articles a")
        tab.wait(lambda: tab.run("document.querySelectorAll('section.field').length") > 10)
        tab.wait(lambda: tab.in_frame("#at-title"))
        assert tab.in_frame(":target.label") is None
        tab.click("#field-byline h2 a")
        tab.wait(lambda: "byline" in (tab.in_frame(".m:has(> .label:target) > .label:target") or ""))
        tab.click("#field-title details:last-of-type summary")
        tab.run("document.querySelector('#field-title textarea').value = ''")
        tab.click("#field-title textarea")
        tab.type("Forty-one boats")
        tab.click("#field-title form button")
        tab.wait(lambda: "Saved as" in text(tab))
    (case,) = (desk.fixtures / GROUP).iterdir()
    assert json.loads((case / "expect.json").read_text(encoding="utf-8"))["title"] == "Forty-one boats"


def test_every_field_and_the_form_are_reached_with_the_keyboard(tab: Browser, desk: Desk) -> None:
    with serving(make_app(desk)) as address:
        tab.open(f"{address}/article?id={key_of(BRIDGE)}")
        reached = set()
        for _ in range(120):
            tab.press("Tab", 9)
            reached.add(
                tab.run("document.activeElement.tagName + ' ' + (document.activeElement.closest('section')||{}).id")
            )
    assert {"A field-title", "SUMMARY field-title", "SUMMARY field-body", "DIV field-body"} <= reached


@pytest.mark.parametrize("width", [360, 768, 1280])
def test_no_page_is_wider_than_the_screen(program: str, desk: Desk, width: int) -> None:
    with serving(make_app(desk)) as address, browser(program) as tab:
        tab.ask("Emulation.setDeviceMetricsOverride", width=width, height=800, deviceScaleFactor=1, mobile=False)
        for path in ("/", f"/article?id={key_of(BOATS)}", f"/difference?id={key_of(BRIDGE)}"):
            tab.open(f"{address}{path}")
            assert tab.run("document.documentElement.scrollWidth") <= width, path


def canary() -> tuple[Flask, list[str]]:
    """An application that answers everything, and what it was asked for."""
    app, asked = Flask("canary"), []

    @app.route("/", defaults={"path": ""})
    @app.route("/<path:path>")
    def answer(path: str) -> Response:
        asked.append(request.full_path)
        return Response("", content_type="text/css")

    return app, asked


def test_the_foreign_page_neither_runs_nor_loads_anything(tab: Browser, tmp_path: Path) -> None:
    app, asked = canary()
    with serving(app) as evil:
        news = NewsDesk(tmp_path / "desk")
        body = sample_pages()[BOATS].replace(b"</h1>", f"</h1>{HOSTILE.replace(EVIL, evil)}".encode(), 1)
        news.crawl({BOATS: body}, FIRST)
        with serving(make_app(news.open())) as address:
            tab.open(f"{address}/article?id={key_of(BOATS)}")
            tab.wait(lambda: "Press here" in (tab.in_frame("[title='javascript:alert(1)']") or ""))
            assert tab.run("document.title").startswith("Forty-one boats")
            tab.open(f"{address}/page?id={key_of(BOATS)}")
            assert (tab.run("document.title"), tab.run("location.pathname")) == ("Archived page", "/page")
    assert asked == []


@pytest.mark.parametrize("guarded", [True, False], ids=["with the policy", "without it"])
def test_the_policy_alone_would_hold_the_same_markup(tab: Browser, *, guarded: bool) -> None:
    """What the rebuilding of the page lets through by mistake still does nothing; without the policy it would."""
    app, asked = canary()
    raw = Flask("raw")
    with serving(app) as evil, serving(raw) as address:

        @raw.get("/")
        def page() -> Response:
            markup = HOSTILE.replace(EVIL, evil).replace("0;url", "9;url").replace("alert(1)", "0")
            response = Response(f"<!doctype html><title>Raw</title>{markup}", content_type="text/html")
            if guarded:
                response.headers["Content-Security-Policy"] = guard.FOREIGN_PAGES.format(origin=address)
            return response

        tab.open(address)
        tab.wait(lambda: tab.run("document.readyState") == "complete")
        title = tab.run("document.title")
    if guarded:
        assert (title, asked) == ("Raw", [])
    else:
        assert title == "owned"
        assert len(asked) > 2
