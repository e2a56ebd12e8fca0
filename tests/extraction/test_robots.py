"""Restrictions stated in headers and meta elements."""

from __future__ import annotations

import pytest

from crawler.extraction.document import Document
from crawler.extraction.fields.robots import choose_robots
from crawler.page import Page


def restrictions(html: str = "", **headers: str) -> list[str]:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    page = Page(f"<html><head>{html}</head><body>x</body></html>".encode(), "https://example.org/a", named)
    return list(choose_robots(Document(page)).value or ())


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("noindex", ["noindex"]),
        ("NOINDEX, NoFollow", ["noindex", "nofollow"]),
        ("none", ["noindex", "nofollow"]),
        ("googlebot: noindex, nofollow", ["googlebot:noindex", "googlebot:nofollow"]),
        ("noarchive, BingBot: nosnippet", ["noarchive", "bingbot:nosnippet"]),
        ("googlebot: nofollow, otherbot: noindex, nofollow",
         ["googlebot:nofollow", "otherbot:noindex", "otherbot:nofollow"]),
        ("unavailable_after: 25 Jun 2030 15:00:00 PST", ["unavailable_after:25 Jun 2030 15:00:00 PST"]),
        ("noindex, unavailable_after: Fri, 25 Jun 2030 15:00:00 GMT",
         ["noindex", "unavailable_after:Fri, 25 Jun 2030 15:00:00 GMT"]),
        ("otherbot: unavailable_after: 25 Jun 2030", ["otherbot:unavailable_after:25 Jun 2030"]),
        ("max-snippet: 0, max-image-preview:large", ["nosnippet"]),
        ("index, follow, all, max-snippet:-1", []),
        ("noai, noimageai", ["noai", "noimageai"]),
        ("", []),
        (",,: ;", []),
    ],
)  # fmt: skip
def test_the_header_is_read_with_its_agents(header: str, expected: list[str]) -> None:
    assert restrictions(X_Robots_Tag=header) == expected


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<meta name="robots" content="noindex,follow">', ["noindex"]),
        ('<meta name="ROBOTS" content="noindex nofollow">', ["noindex", "nofollow"]),
        ('<meta name="robots" content="noarchive"><meta name="robots" content="noai">', ["noarchive", "noai"]),
        ("".join(f'<meta name="{agent}" content="noindex">' for agent in ("gptbot", "bingbot", "ccbot", "googlebot")),
         ["gptbot:noindex", "bingbot:noindex", "ccbot:noindex", "googlebot:noindex"]),
        ('<meta name="googlebot" content="nosnippet">', ["googlebot:nosnippet"]),
        ('<meta name="GPTBot" content="noindex">', ["gptbot:noindex"]),
        ('<meta name="Google-Extended" content="none">', ["google-extended:noindex", "google-extended:nofollow"]),
        ('<meta name="tdm-reservation" content="1">', ["tdm-reservation"]),
        ('<meta name="tdm-reservation" content="0">', []),
        ('<meta name="robots" content="max-image-preview:none, max-video-preview:0">',
         ["max-image-preview:none", "max-video-preview:0"]),
        ('<meta name="description" content="noindex">', []),
    ],
)  # fmt: skip
def test_meta_elements_are_read(html: str, expected: list[str]) -> None:
    assert restrictions(html) == expected


def test_every_source_counts_and_each_restriction_is_named_once() -> None:
    found = restrictions(
        '<meta name="robots" content="noindex, nosnippet">',
        X_Robots_Tag="noindex",
        TDM_Reservation="1",
        Content_Usage="train-ai=n, search=y",
    )
    assert found == ["noindex", "nosnippet", "tdm-reservation", "content-usage:train-ai=n"]


def test_the_evidence_names_the_first_source() -> None:
    page = Page(b"<meta name=robots content=noindex><p>x", "https://example.org/a")
    winner = choose_robots(Document(page)).winner
    assert winner is not None
    assert (winner.source, winner.where) == ("meta", "robots")
