"""Free or paid, whole or a part."""

from __future__ import annotations

import json

import pytest

from crawler.extraction import extract
from crawler.extraction.body import Block, Body
from crawler.extraction.body.blocks import MOST_BLOCKS
from crawler.extraction.completeness import Completeness, judge_completeness
from crawler.extraction.document import Document
from crawler.extraction.fields.access import choose_access, truth
from crawler.page import Page

URL = "https://example.org/bridge-repaired/"
PROSE = "The bridge that was closed for a year is open again, and the first lorry crossed it at noon on Friday."


def judge(
    head: str = "", after: str = "", *, prose: str = PROSE, blocks: int = 3, end: str = "</body></html>"
) -> tuple[str | None, Completeness]:
    paragraphs = "".join(f"<p>{prose}</p>" for _ in range(blocks))
    html = f"<html><head>{head}</head><body><h1>Bridge repaired</h1><article>{paragraphs}</article>{after}{end}"
    document = Document(Page(html.encode(), URL))
    own = [Block(document.text(p), "paragraph", True, p) for p in document.by_tag.get("p", [])[:blocks]]
    rest = [
        Block(document.text(p), "other", False, p)
        for p in range(own[-1].position + 1 if own else 0, len(document.elements))
        if document.elements[p].text
    ]
    body = Body((*own, *rest), "\n\n".join(block.text for block in own) or None)
    access = choose_access(document, body).value
    return access, judge_completeness(document, body, access)


def json_ld(**properties: object) -> str:
    node = {"@type": "NewsArticle", "headline": "Bridge repaired", "url": URL, **properties}
    return f'<script type="application/ld+json">{json.dumps(node)}</script>'


@pytest.mark.parametrize(
    ("head", "access"),
    [
        (json_ld(isAccessibleForFree=True), "free"),
        (json_ld(isAccessibleForFree="False"), "paid"),
        (json_ld(isAccessibleForFree="http://schema.org/True"), "free"),
        (json_ld(isAccessibleForFree=False) + '<meta property="article:content_tier" content="metered">', "metered"),
        ('<meta property="article:content_tier" content="locked">', "paid"),
        ('<meta property="article:content_tier" content="free">', "free"),
        ('<meta name="adv:premium" content="yes">', "paid"),
        (json_ld(), None),
        ("", None),
    ],
)
def test_access_is_what_the_page_states(head: str, access: str | None) -> None:
    assert judge(head)[0] == access


@pytest.mark.parametrize(
    ("after", "access"),
    [
        ("<div>This post is for paid subscribers</div>", "paid"),
        ("<div>Already have an account? Subscribe to continue reading.</div>", "paid"),
        ("<div>Sie möchten weiterlesen? Nur für Abonnenten.</div>", "paid"),
        ("<div>You have 2 free articles left</div>", "metered"),
        ('<div style="display: none"><span>Subscribe to continue reading.</span></div>', None),
        ("<div>Subscribe to our newsletter</div>", None),
    ],
)
def test_a_printed_wall_tells_access_and_makes_the_text_a_part(after: str, access: str | None) -> None:
    found, completeness = judge(after=after)
    assert found == access
    assert (completeness.complete is False) == (access is not None)


def reason(**given: object) -> str:
    completeness: Completeness = judge(**given)[1]  # type: ignore[arg-type]
    assert completeness.complete is False
    return completeness.reason or ""


def test_a_password_form_hides_the_text() -> None:
    form = '<form class="post-password-form"><input name="post_password" type="password"></form>'
    assert reason(after=form, blocks=0) == "behind a password"


def test_no_text_is_not_a_whole_text() -> None:
    assert reason(blocks=0) == "no text found"


@pytest.mark.parametrize(
    "links",
    [
        '<div class="page-links"><span>1</span> <a class="post-page-numbers" href="https://example.org/bridge-repaired/2/">2</a>'
        '<a href="https://example.org/bridge-repaired/3/">3</a></div>',
        '<a href="?page=2">2</a><a href="?page=3">3</a>',
    ],
)  # fmt: skip
def test_further_pages_of_the_article_make_it_a_part(links: str) -> None:
    assert reason(after=links) == "page 1 of 3"


def test_pages_of_a_listing_are_not_the_articles() -> None:
    assert (
        judge(after='<a href="https://example.org/page/2/">2</a><a href="/comment-page-2/">2</a>')[1].complete is None
    )


def test_a_word_count_far_above_the_text_tells_a_teaser() -> None:
    assert reason(head=json_ld(wordCount=900)) == "the page states 900 words, 63 are there"


def test_an_article_body_far_longer_than_the_text_tells_a_teaser() -> None:
    assert "articleBody" in reason(head=json_ld(articleBody=" ".join(["word"] * 400)))


def test_a_word_count_that_agrees_supports_that_the_text_is_whole() -> None:
    assert judge(head=json_ld(wordCount=66))[1] == Completeness(True)


def test_a_count_of_characters_is_none_of_words() -> None:
    assert judge(head=json_ld(wordCount=3 * len(PROSE)))[1] == Completeness(True)


def test_a_paid_part_that_is_missing_makes_the_text_a_part() -> None:
    part = {"@type": "WebPageElement", "isAccessibleForFree": False, "cssSelector": ".paid-text"}
    assert "paid part" in reason(head=json_ld(isAccessibleForFree=False, hasPart=part))


def test_a_paid_part_that_was_delivered_does_not() -> None:
    part = {"@type": "WebPageElement", "isAccessibleForFree": False, "cssSelector": ".paid-text"}
    delivered = f'<div class="paid-text">{PROSE * 5}</div>'
    assert judge(head=json_ld(isAccessibleForFree=False, hasPart=part), after=delivered)[1].complete is None


def test_a_response_that_ends_within_a_word_is_cut() -> None:
    assert reason(prose="The bridge that was closed", after="<p>and then the lo", end="") == (
        "the response ends in the middle of the text"
    )


def test_a_page_of_more_blocks_than_are_read_is_not_whole() -> None:
    page = Page(f"<h1>Bridge repaired</h1>{'<p>' + PROSE}{'<li>x' * MOST_BLOCKS}".encode(), URL)
    found = extract(page)
    assert (found.body_complete, found.body_complete_reason) == (False, "only the page's first 20,000 blocks are read")


def test_html_without_closing_tags_is_not_cut() -> None:
    assert judge(end="")[1].complete is None


def test_read_more_behind_an_ellipsis_tells_a_teaser() -> None:
    assert "ellipsis" in reason(prose="The bridge that was closed for a year …", after='<a href="/x">Read more</a>')


def test_what_follows_an_article_supports_that_the_text_is_whole() -> None:
    assert judge(after='<div id="comments" class="comments">x</div>')[1] == Completeness(True)


def test_without_any_sign_it_cannot_be_told() -> None:
    found = judge()[1]
    assert (found.complete, found.reason) == (None, "nothing on the page tells whether the text is whole")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (True, True),
        ("false", False),
        ("https://schema.org/False", False),
        ("", None),
        (None, None),
        ([], None),
        (1, True),
    ],
)
def test_booleans_of_json_ld_have_many_spellings(value: object, expected: bool | None) -> None:
    assert truth(value) is expected
