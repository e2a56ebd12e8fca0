from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from rich.console import Console

from crawler.commands.explanation import explanation, show_explanation
from crawler.extraction import read_page
from crawler.page import Page
from sample.pages import site
from sample.server import served
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
