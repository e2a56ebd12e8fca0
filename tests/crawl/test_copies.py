"""One article under two addresses of which neither names the other: it has one line, and is not lost with either."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from crawler.items import Article
from crawler.spiders.ownership import content_of
from tests.crawling import Crawls
from tests.site import Answer, Post, Site

COPY = "/2024/sea/another-address-of-it/"


def without_canonical(answer: Answer) -> Answer:
    answer.body = re.sub(rb'<link rel="canonical"[^>]*>', b"", answer.body)
    return answer


def show_copy(site: Site, post: Post) -> None:
    """The post's page at `COPY`, named by the front page; neither names a canonical address."""
    site.fault(lambda path: path.startswith("/2024/") and path != COPY, lambda path: without_canonical(site.page(path)))
    body = without_canonical(site.page(post.path)).body
    site.fault(COPY, lambda _: Answer(200, {"Content-Type": "text/html; charset=utf-8"}, body))
    front = site.page("/")
    front.body = front.body.replace(b"</main>", f'<h2><a href="{COPY}">{post.title}</a></h2></main>'.encode())
    site.fault("/", front)


def test_a_copy_that_names_no_canonical_address_is_no_second_line(site: Site, crawls: Crawls) -> None:
    show_copy(site, site.posts[0])
    run = crawls.run(f"url={site.url}")
    assert len(run.lines) == len(site.posts)
    assert run.outcomes["alias"] == 1
    run = crawls.run(f"url={site.url}")
    assert (run.lines, len(site.hits(COPY))) == ([], 1)


def test_a_copy_that_appears_later_is_known(site: Site, crawls: Crawls) -> None:
    assert len(crawls.run(f"url={site.url}").lines) == len(site.posts)
    show_copy(site, site.posts[0])
    run = crawls.run(f"url={site.url}")
    assert (run.lines, run.outcomes["alias"]) == ([], 1)


@pytest.mark.parametrize("left", [Answer(404), Answer(301, {"Location": COPY})])
def test_when_the_first_address_is_gone_the_copy_is_the_article(site: Site, crawls: Crawls, left: Answer) -> None:
    post = site.posts[0]
    crawls.run(f"url={site.url}")
    show_copy(site, post)
    crawls.run(f"url={site.url}")
    site.mend()
    site.fault(post.path, left)
    show_copy(site, post)
    lines = []
    for _ in range(3):
        crawls.make_due()
        lines += crawls.run(f"url={site.url}").lines
    articles = [line["url"] for line in lines if line["page_type"] == "article"]
    assert articles == [site.url[:-1] + COPY]


def test_articles_of_two_days_or_of_a_line_are_not_taken_for_copies() -> None:
    words = "The harbour office publishes the times of high water for every day of the week. " * 4
    monday = Article("https://a.example/x", title="Tides", body=words, date="2024-01-01")
    tuesday = Article("https://a.example/x", title="Tides", body=words, date="2024-01-02T08:00:00Z")
    assert content_of(monday) == content_of(replace(monday, date="2024-01-01T08:00:00+01:00"))
    assert content_of(monday) != content_of(tuesday)
    assert content_of(replace(monday, body="High water at noon.")) is None
