from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console
from scrapy.settings import Settings

from crawler.commands.explanation import explanation, show_explanation
from crawler.commands.fate import fate_of
from crawler.extraction import read_page
from crawler.page import Page
from sample.pages import site
from sample.server import served
from tests.crawling import Crawls
from tests.running import scrapy

POST = "/forty-one-boats-wintered-in-port-ellery/"


@pytest.fixture(scope="module")
def origin() -> Iterator[str]:
    with served(0) as address:
        yield address


def page() -> Page:
    return Page(site("https://a.example")[POST].body.encode(), f"https://a.example{POST}")


def test_every_field_tells_its_value_source_and_rivals() -> None:
    found = explanation(read_page(page()))
    assert found["fields"]["title"]["from"]["source"] == "markup"
    assert found["fields"]["title"]["rivals"]
    assert found["page_type"]["value"] == "article"
    assert {block["kept"] for block in found["body"]["blocks"]} == {True, False}
    assert all(field["from"] or field["reason"] for field in found["fields"].values())
    json.dumps(found, allow_nan=False)


@pytest.mark.parametrize("terminal", [True, False])
def test_what_is_shown_cannot_steer_the_terminal(terminal: bool) -> None:
    body = page().body.replace(b"Forty-one", b"[red]Forty\x1b]0;owned\x07\xe2\x80\xaeone[/red]")
    out = io.StringIO()
    console = Console(file=out, force_terminal=terminal, color_system=None, width=120)
    show_explanation(explanation(read_page(Page(body, f"https://a.example{POST}"))), console)
    assert "[red]" in out.getvalue()
    assert not {"\x1b", "\x07", "\u202e"} & set(out.getvalue())


def test_a_page_on_disk_is_explained_in_plain_columns_or_json(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_bytes(page().body)
    plain = scrapy("explain", "page.html", "--url", f"https://a.example{POST}", cwd=tmp_path)
    assert plain.returncode == 0, plain.stderr
    assert plain.stdout.startswith(f"https://a.example{POST}\narticle: ")
    assert plain.stdout.isascii() or "│" not in plain.stdout
    whole = scrapy("explain", "page.html", "--url", f"https://a.example{POST}", "--json", cwd=tmp_path)
    assert json.loads(whole.stdout)["fields"]["authors"]["value"][0]["name"] == "Mara Lind"


def test_an_address_is_fetched_and_explained(origin: str, tmp_path: Path) -> None:
    allowed = ("-s", f"FETCH_ALLOW_PRIVATE={origin.removeprefix('http://')}")
    run = scrapy("explain", f"{origin}{POST}", "--json", *allowed, cwd=tmp_path)
    assert run.returncode == 0, run.stderr
    assert json.loads(run.stdout)["fields"]["date"]["value"]["iso"] == "2025-02-24"
    missing = scrapy("explain", f"{origin}/none/", *allowed, cwd=tmp_path)
    assert missing.returncode == 1
    assert missing.stderr == f"{origin}/none/: HTTP 404\n"


def test_an_address_tells_why_it_was_fetched_or_not(crawls: Crawls, tmp_path: Path) -> None:
    home = f"http://{crawls.allow}/"
    run = crawls.run(f"url={home}", "limit=3")
    assert run.code == 0, run.log
    (tmp_path / "publications.toml").write_text(
        f'[a]\nurl = "{home}"\nexclude = ["/private/"]\n', encoding="utf-8"
    )  # fmt: skip

    def fate(url: str) -> dict[str, Any]:
        settings = Settings({"FRONTIER_URL": f"sqlite:///{crawls.frontier}", "USER_AGENT": "bot"})
        return fate_of(url, settings, tmp_path / "publications.toml")

    written = fate(run.lines[0]["url"])
    assert (written["known"], written["verdict"]) == (True, "written as an article")
    assert written["facts"]["revisions"] == "1"
    assert written["facts"]["named by"]
    assert written["facts"]["robots.txt"].startswith("allows it")
    assert "excludes it by /private/" in fate(f"{home}private/x")["verdict"]
    assert "looks like a trap (calendar)" in fate(f"{home}events/?tribe-bar-date=2024-01-01")["verdict"]
    assert "outside every publication" in fate("https://elsewhere.example/")["verdict"]
    assert "no feed, sitemap or page of [a]" in fate(f"{home}an-article-nobody-names/")["verdict"]
    shown = scrapy(
        "explain", run.lines[0]["url"], "--no-fetch", "-s", f"FRONTIER_URL=sqlite:///{crawls.frontier}", cwd=tmp_path
    )
    assert shown.stdout.startswith("frontier: written as an article\npublication: "), shown.stderr


def test_to_ask_creates_no_frontier(tmp_path: Path) -> None:
    run = scrapy("explain", "https://a.example/x/", "--no-fetch", "--json", cwd=tmp_path)
    assert json.loads(run.stdout)["frontier"]["known"] is False
    assert list(tmp_path.iterdir()) == []
