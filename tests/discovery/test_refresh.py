"""Pages that send their readers on, without a status that says so."""

from __future__ import annotations

import pytest

from crawler.discovery.refresh import refresh_target
from crawler.page import Page

HERE = "https://paper.example/old/page"


def page(head: str, body: str = "") -> Page:
    markup = f"<!doctype html><html><head>{head}</head><body>{body}</body></html>"
    return Page(markup.encode(), HERE, {"Content-Type": "text/html; charset=utf-8"})


@pytest.mark.parametrize(
    ("content", "target"),
    [
        ("0; url=/home", "https://paper.example/home"),
        ("0;URL='/home'", "https://paper.example/home"),
        ('1 ; url = "https://paper.example/home" ', "https://paper.example/home"),
        ("0 /home", "https://paper.example/home"),
        ("0, home", "https://paper.example/old/home"),
        ("5;url=http://elsewhere.example/", "http://elsewhere.example/"),
        ("; url=/home", "https://paper.example/home"),
        ("300", None),
        ("300; url=/home", None),
        ("0; url=", None),
        ("0; url=#top", None),
        ("0; url=javascript:alert(1)", None),
        ("0; url='", None),
        ("soon; url=/home", None),
        ("", None),
    ],
)
def test_a_page_that_sends_on_at_once_is_a_redirect(content: str, target: str | None) -> None:
    escaped = content.replace('"', "&quot;")
    assert refresh_target(page(f'<meta HTTP-EQUIV="Refresh" content="{escaped}">')) == target


def test_only_those_without_scripts_are_sent_on_by_what_stands_in_noscript() -> None:
    assert refresh_target(page('<noscript><meta http-equiv="refresh" content="0; url=/plain"></noscript>')) is None


def test_base_addresses_count() -> None:
    assert refresh_target(page('<base href="/new/"><meta http-equiv=refresh content="0;url=a">')) == (
        "https://paper.example/new/a"
    )
