"""The address that a page names as its own."""

from __future__ import annotations

import pytest

from crawler.extraction.document import Document
from crawler.extraction.evidence import Choice
from crawler.extraction.fields.canonical import choose_canonical
from crawler.page import Page

URL = "https://www.example.org/2024/05/bridge-repaired?utm_source=mail"


def choice(head: str, body: str = "<p>x</p>", url: str = URL, **headers: str) -> Choice[str]:
    html = f"<html><head>{head}</head><body>{body}</body></html>"
    return choose_canonical(Document(Page(html.encode(), url, headers)))


def link(address: str) -> str:
    return f'<link rel="canonical" href="{address}">'


OWN = "https://www.example.org/2024/05/bridge-repaired"
OG = '<meta property="og:url" content="https://example.org/og">'


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (link(OWN), OWN),
        (link("/2024/05/bridge-repaired"), OWN),
        (link("//www.example.org/2024/05/bridge-repaired"), OWN),
        (link("https://example.org/2024/05/bridge-repaired"), "https://example.org/2024/05/bridge-repaired"),
        (link(OWN) + OG, OWN),
        (OG, "https://example.org/og"),
        (link("https://www.example.org/"), None),
        (link("https://www.example.org/") + OG, "https://example.org/og"),
        (link("javascript:alert(1)"), None),
        (link("ftp://www.example.org/2024/05/bridge-repaired"), None),
        (link("http://[::1"), None),
        (link(""), None),
        (link("https://agency.example.com/wire/991"), None),
        (link("https://agency.example.com/wire/991") + OG, "https://example.org/og"),
        (link("https://agency.example.com/wire/bridge-repaired"), "https://agency.example.com/wire/bridge-repaired"),
        (link(OWN) + link("https://www.example.org/other"), None),
        (link(OWN) + link(OWN), OWN),
        ("", None),
    ],
)
def test_the_first_address_that_can_be_the_pages_own_is_taken(head: str, expected: str | None) -> None:
    assert choice(head).value == expected


def test_a_link_in_the_body_is_not_the_pages() -> None:
    assert choice("", f"<p>x</p><div>{link('https://www.example.org/trap')}</div>").value is None


def test_the_link_header_counts() -> None:
    found = choice("", Link=f'<https://example.org/wp-json/>; rel="https://api.w.org/", <{OWN}>; rel="canonical"')
    assert found.value == OWN


def test_json_ld_names_the_page_last() -> None:
    script = '<script type="application/ld+json">{"@type":"NewsArticle","url":"https://www.example.org/x-1"}</script>'
    found = choice(script, url="https://www.example.org/x-1?ref=a")
    assert found.value == "https://www.example.org/x-1"
    assert found.winner is not None
    assert found.winner.source == "json-ld"


def test_a_front_page_may_name_itself() -> None:
    assert (
        choice(link("https://www.example.org/"), url="https://www.example.org/?page=1").value
        == "https://www.example.org/"
    )


def test_other_sites_under_one_country_domain_are_other_sites() -> None:
    assert choice(link("https://other.co.uk/a"), url="https://example.co.uk/b").value is None


def test_rejected_addresses_stay_as_rivals() -> None:
    assert [rival.value for rival in choice(link("https://www.example.org/")).rivals] == ["https://www.example.org/"]
