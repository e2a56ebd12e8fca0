"""Runs that overlap, sites without end, and what cannot be meant."""

from __future__ import annotations

from tests.crawling import Crawls, wait_for
from tests.site import Answer, Site


def test_two_runs_at_once_do_not_disturb_each_other(site: Site, crawls: Crawls) -> None:
    first = crawls.start(f"url={site.url}", DOWNLOAD_DELAY="0.4")
    wait_for(lambda: len(site.page_hits()) >= 3)
    second = crawls.run(f"url={site.url}")
    assert second.code == 8
    assert second.lines == []
    assert crawls.finished(first, known=set()).code == 0
    assert sorted(line["url"] for line in crawls.all_lines()) == sorted(site.article_urls)
    assert [hit.path for hit in site.page_hits() if len(site.hits(hit.path)) > 1] == []


def test_a_calendar_without_end_costs_fifty_pages_and_is_named(site: Site, crawls: Crawls) -> None:
    def calendar(path: str) -> Answer | None:
        if not path.startswith("/calendar/"):
            return None
        year, month = (int(part) for part in path.strip("/").split("/")[1:])
        later = f"/calendar/{year + month // 12}/{month % 12 + 1}/"
        body = f'<!doctype html><title>Calendar</title><main><h1>Events</h1><a href="{later}">Next month</a></main>'
        return Answer(200, {"Content-Type": "text/html"}, body.encode())

    site.fault(lambda path: path.startswith("/calendar/"), calendar)
    front = site.page("/")
    front.body = front.body.replace(b"</main>", b'<a href="/calendar/2024/1/">Events of the month</a></main>')
    site.fault("/", front)
    run = crawls.run(f"url={site.url}")
    visited = [hit for hit in site.hits() if hit.path.startswith("/calendar/")]
    assert len(run.lines) == len(site.posts)
    assert len(visited) <= 50
    if len(visited) == 50:
        assert "calendar" in str(next(iter(run.report["publications"].values()))["traps"])


def test_what_cannot_be_meant_is_said_in_one_line_before_any_request(crawls: Crawls) -> None:
    run = crawls.run("sites=missing.toml")
    assert run.code == 2
    assert "missing.toml" in run.log
    assert "Traceback" not in run.log


def test_a_frontier_that_is_none_is_left_alone_and_named(site: Site, crawls: Crawls) -> None:
    crawls.frontier.parent.mkdir(parents=True)
    crawls.frontier.write_text("notes " * 1000)
    run = crawls.run(f"url={site.url}")
    assert run.code == 7
    assert "frontier.sqlite" in run.log
    assert site.hits() == []
    assert crawls.frontier.read_text() == "notes " * 1000


def test_an_unknown_frontier_url_is_a_matter_of_configuration(site: Site, crawls: Crawls) -> None:
    run = crawls.run(f"url={site.url}", FRONTIER_URL="mysql://localhost/x")
    assert run.code == 2
    assert "FRONTIER_URL" in run.log


def test_a_canonical_address_on_every_page_that_names_the_front_page_is_not_believed(
    site: Site, crawls: Crawls
) -> None:
    def wrong(path: str) -> Answer | None:
        answer = site.page(path)
        answer.body = answer.body.replace(f'rel="canonical" href="{site.url[:-1]}{path}'.encode(),
                                          f'rel="canonical" href="{site.url}'.encode())  # fmt: skip
        return answer

    site.fault(lambda path: path.startswith("/2024/"), wrong)
    assert len(crawls.run(f"url={site.url}").lines) == len(site.posts)


def test_one_article_under_two_addresses_is_one_line(site: Site, crawls: Crawls) -> None:
    post = site.posts[0]
    copy = "/2024/another-slug-of-the-same-article/"
    site.fault(copy, lambda _: site.page(post.path))
    front = site.page("/")
    front.body = front.body.replace(b"</main>", f'<h2><a href="{copy}">{post.title}</a></h2></main>'.encode())
    site.fault("/", front)
    run = crawls.run(f"url={site.url}")
    assert len(run.lines) == len(site.posts)
    assert run.outcomes["alias"] == 1


def test_a_page_that_breaks_off_is_fetched_again(site: Site, crawls: Crawls) -> None:
    path = site.posts[4].path
    whole = site.page(path)
    broken = Answer(200, dict(whole.headers), whole.body, cut_at=500)
    site.fault(path, broken, times=1)
    run = crawls.run(f"url={site.url}")
    assert len(run.lines) == len(site.posts)
    assert len(site.hits(path)) == 2
