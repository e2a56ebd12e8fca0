"""Articles over several pages become one."""

from __future__ import annotations

import pytest

from crawler.extraction.completeness import UNKNOWN
from crawler.extraction.parts import join_parts
from crawler.items import Article

URL = "https://example.org/bridge/"


def part(number: int, *, complete: bool | None = None, reason: str | None = UNKNOWN) -> Article:
    return Article(URL, body=f"Text of page {number}.", body_complete=complete, body_complete_reason=reason)


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ([part(1, complete=False, reason="page 1 of 2"), part(2)], (None, UNKNOWN)),
        ([part(1, complete=False, reason="page 1 of 2"), part(2, complete=True, reason=None)], (True, None)),
        ([part(1, complete=False, reason="page 1 of 5"), part(2)], (False, "page 1 of 5")),
        ([part(1, complete=False, reason="page 1 of 2"), part(2, complete=False, reason="a wall")], (False, "a wall")),
    ],
    ids=["joined", "joined-and-followed", "others-are-not-known", "cut-for-another-reason"],
)
def test_an_article_joined_of_all_its_pages_is_not_called_a_part(
    parts: list[Article], expected: tuple[bool | None, str | None]
) -> None:
    whole = join_parts(parts)
    assert whole.body == "Text of page 1.\n\nText of page 2."
    assert (whole.body_complete, whole.body_complete_reason) == expected


def test_a_page_that_could_not_be_read_makes_the_text_a_part() -> None:
    whole = join_parts([part(1, complete=False, reason="page 1 of 3"), part(2)], missing=1)
    assert (whole.body_complete, whole.body_complete_reason) == (False, "1 of its parts could not be read")
