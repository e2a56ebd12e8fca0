from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scrapy.exceptions import DropItem
from scrapy.utils.test import get_crawler

from crawler.items import Article, Author, Evidence, Image, PostLink
from crawler.pipelines.deduplicate import Deduplicate
from crawler.pipelines.validate import Validate, rejection, without_implausible

FETCHED = "2026-03-01T10:00:00+00:00"


def article(**values: object) -> Article:
    known = dict(url="https://a.example/boats/", id="boats", title="Boats stay", body="They do.", fetched_at=FETCHED)
    return Article(**{**known, **values})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({}, None),
        ({"page_type": "listing"}, "not an article: listing"),
        ({"title": None}, "no title"),
        ({"body": None}, "no body"),
    ],
)
def test_what_is_no_article_is_dropped_for_one_of_few_reasons(values: dict[str, object], reason: str | None) -> None:
    assert rejection(article(**values)) == reason


def test_a_tombstone_passes() -> None:
    tombstone = Article("https://a.example/", page_type="gone")
    assert Validate().process_item(tombstone) is tombstone


@pytest.mark.parametrize(
    ("published", "modified", "kept"),
    [
        ("2026-03-01", "2026-03-01T11:00+01:00", ("2026-03-01", "2026-03-01T11:00+01:00")),
        ("2026-03-02", None, ("2026-03-02", None)),
        ("2026-03-03", None, (None, None)),
        ("2031", "2031-05", (None, None)),
        ("2025-05", "2025-06-30", ("2025-05", "2025-06-30")),
        ("2026-02-20", "2026-02-19", ("2026-02-20", "2026-02-19")),
        ("2026-02-20", "2026-02-10", ("2026-02-20", None)),
        ("last week", "", (None, None)),
        (None, "2026-02-10", (None, "2026-02-10")),
    ],
)
def test_dates_that_cannot_be_true_are_left_out(
    published: str | None, modified: str | None, kept: tuple[str | None, str | None]
) -> None:
    evidence = {name: Evidence("meta", name, "declared") for name in ("title", "date", "date_modified")}
    dirty = article(date=published, date_precision="day", date_modified=modified, evidence=evidence)
    valid, _ = without_implausible(dirty)
    assert (valid.date, valid.date_modified) == kept
    assert valid.date_precision == ("day" if valid.date else None)
    assert "title" in valid.evidence
    assert ("date" in valid.evidence) == bool(valid.date) or published is None


def test_addresses_that_are_not_http_are_left_out() -> None:
    dirty = article(
        canonical_url="javascript:alert(1)",
        authors=[Author("Ann", "file:///etc/passwd", avatar="HTTPS://a.example/a.png")],
        latest_posts=[PostLink("A", "data:text/html,x"), PostLink("B", "http://a.example/b")],
        images=[Image("data:image/png;base64,x"), Image("https://a.example/i.png")],
    )
    valid, removed = without_implausible(dirty)
    assert valid.canonical_url is None
    assert valid.authors == [Author("Ann", avatar="HTTPS://a.example/a.png")]
    assert [post.title for post in valid.latest_posts] == ["B"]
    assert [image.url for image in valid.images] == ["https://a.example/i.png"]
    assert removed == ("canonical_url", "authors", "latest_posts", "images")


def test_what_was_removed_is_counted() -> None:
    crawler = get_crawler()
    crawler._apply_settings()
    assert crawler.stats
    Validate.from_crawler(crawler).process_item(article(date="2031-01-01"))
    assert crawler.stats.get_value("validate/removed/date") == 1


@given(st.text(max_size=30), st.text(max_size=30))
def test_validation_never_raises_and_is_idempotent(date: str, url: str) -> None:
    once, _ = without_implausible(article(date=date, date_modified=date, canonical_url=url, fetched_at=date))
    assert without_implausible(once) == (once, ())


def test_an_article_is_written_once_in_a_run() -> None:
    pipeline = Deduplicate()
    pipeline.process_item(article())
    with pytest.raises(DropItem, match="already in this run"):
        pipeline.process_item(article())
    pipeline.process_item(article(revision=2))


def test_two_addresses_with_one_canonical_address_and_text_are_one_article() -> None:
    pipeline = Deduplicate()
    pipeline.process_item(article(id="1", canonical_url="https://a.example/boats/"))
    with pytest.raises(DropItem, match="canonical address"):
        pipeline.process_item(article(id="2", canonical_url="https://www.a.example/boats"))


@pytest.mark.parametrize(
    "canonical", ["https://a.example/", "https://a.example", "https://a.example/every-article/", "http://[x", None]
)
def test_a_canonical_address_that_differing_articles_share_is_not_believed(canonical: str | None) -> None:
    pipeline = Deduplicate()
    pipeline.process_item(article(id="1", canonical_url=canonical))
    pipeline.process_item(article(id="2", canonical_url=canonical, title="Tides turn"))
