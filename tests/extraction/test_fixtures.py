"""Every field of every page under `tests/fixtures` is a test of its own.

A fixture is a folder `<platform>/<case>` with `page.html` (the bytes), `page.json` (`url`, `headers`, `fetched_at`,
optional `links` and `profile`) and `expect.json`: the truth as a reader of the page would write it. `body` and
`body_markdown` stand there as lists of blocks; a reason is given by words that it must hold; `evidence` may name
source and level of chosen fields. Of a page that is no article, only what holds for pages in general is expected.
The standfirst is `subtitle`, and the first block of the body as well where the page prints it there.
"""

from __future__ import annotations

import json
from dataclasses import asdict, fields
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from crawler.extraction import extract
from crawler.items import Article
from crawler.page import Link, LinkKind, Page, SiteProfile

FIXTURES = Path(__file__).parents[1] / "fixtures"
CASES = sorted(str(path.parent.relative_to(FIXTURES)) for path in FIXTURES.glob("*/*/expect.json"))

RUN_FACTS = {"id", "publication", "fetched_at", "run_id", "revision", "changed_fields", "evidence"}
"""Known to the run, not to the page."""
OF_EVERY_PAGE = {"url", "canonical_url", "page_type", "page_type_reason", "language", "robots", "encoding",
                 "encoding_doubtful"}  # fmt: skip
"""What is expected of a page that is no article."""
REASONS = {"page_type_reason", "body_complete_reason"}
BLOCKS = {"body", "body_markdown"}


def expected(case: str) -> dict[str, Any]:
    return dict(json.loads((FIXTURES / case / "expect.json").read_text(encoding="utf-8")))


@cache
def page_of(case: str) -> Page:
    folder = FIXTURES / case
    known = json.loads((folder / "page.json").read_text(encoding="utf-8"))
    links = tuple(
        Link(**{**link, "kind": LinkKind(link.pop("kind", "article")), "authors": tuple(link.get("authors", ()))})
        for link in known.get("links", ())
    )
    return Page(
        (folder / "page.html").read_bytes(),
        known["url"],
        known["headers"],
        datetime.fromisoformat(known["fetched_at"]),
        links,
        SiteProfile(**known.get("profile", {})),
    )


@cache
def found(case: str) -> dict[str, Any]:
    return asdict(extract(page_of(case)))


TESTS = [(case, field) for case in CASES for field in expected(case) if field != "evidence"]


@pytest.mark.parametrize(("case", "field"), TESTS, ids=[f"{case}:{field}" for case, field in TESTS])
def test_a_field_is_what_a_reader_would_write(case: str, field: str) -> None:
    value, truth = found(case)[field], expected(case)[field]
    if field in REASONS and truth is not None:
        assert truth in (value or "")
    elif field in BLOCKS and truth is not None:
        assert (value or "").split("\n\n") == truth
    else:
        assert value == truth


EVIDENCE = [(case, field) for case in CASES for field in expected(case).get("evidence", ())]


@pytest.mark.parametrize(("case", "field"), EVIDENCE, ids=[f"{case}:{field}" for case, field in EVIDENCE])
def test_a_value_names_its_source(case: str, field: str) -> None:
    evidence = found(case)["evidence"][field]
    truth = expected(case)["evidence"][field]
    assert {key: evidence[key] for key in truth} == truth


@pytest.mark.parametrize("case", CASES)
def test_a_fixture_expects_every_field_of_the_schema(case: str) -> None:
    names = {field.name for field in fields(Article)} - RUN_FACTS
    truth = expected(case)
    wanted = names if truth["page_type"] == "article" else OF_EVERY_PAGE
    assert wanted - truth.keys() == set()


@pytest.mark.parametrize("case", CASES)
def test_the_same_page_gives_the_same_item_twice(case: str) -> None:
    page = page_of(case)
    again = Page(page.body, page.url, page.headers, page.fetched_at, page.links, page.profile)
    assert asdict(extract(again)) == found(case)


def test_there_are_fixtures() -> None:
    assert len(CASES) >= 20
