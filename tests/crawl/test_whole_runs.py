"""A publication is crawled by a process of its own, once and again."""

from __future__ import annotations

from pathlib import Path

from tests.crawling import Crawls
from tests.site import Answer, Post, Site


def test_every_article_becomes_one_line_and_nothing_else_does(site: Site, crawls: Crawls) -> None:
    run = crawls.run(f"url={site.url}")
    assert run.code == 0, run.log
    assert sorted(line["url"] for line in run.lines) == sorted(site.article_urls)
    assert [hit for hit in site.page_hits() if site.hits(hit.path) != [hit]] == []


def test_a_second_run_on_an_unchanged_site_writes_nothing_and_asks_conditionally(site: Site, crawls: Crawls) -> None:
    crawls.run(f"url={site.url}")
    site.reset_log()
    run = crawls.run(f"url={site.url}")
    assert (run.code, run.lines) == (0, [])
    assert site.hits()
    assert [hit.path for hit in site.hits() if not hit.conditional] == []
    assert not list(crawls.output.glob("*.part"))


def test_an_article_that_appears_is_found_by_the_next_run(site: Site, crawls: Crawls) -> None:
    last = site.posts.pop()
    crawls.run(f"url={site.url}")
    site.posts.append(last)
    run = crawls.run(f"url={site.url}")
    assert [line["title"] for line in run.lines] == [last.title]


def test_a_run_stops_at_its_limit(site: Site, crawls: Crawls) -> None:
    run = crawls.run(f"url={site.url}", "limit=5")
    assert (run.code, len(run.lines)) == (0, 5)
    assert len(site.page_hits()) == 5
    assert len(crawls.run(f"url={site.url}").lines) == len(site.posts) - 5


def test_articles_outside_since_and_until_are_not_fetched_and_come_when_they_are_asked_for(
    site: Site, crawls: Crawls
) -> None:
    run = crawls.run(f"url={site.url}", "since=2024-01-03")
    days = [line["date"][:10] for line in run.lines]
    assert days
    assert min(days) >= "2024-01-02"  # a day of leeway for offsets
    assert len(run.lines) < len(site.posts)
    crawls.run(f"url={site.url}")
    assert sorted(line["url"] for line in crawls.all_lines()) == sorted(site.article_urls)


def test_a_redirect_leads_to_one_article_under_its_last_address(site: Site, crawls: Crawls) -> None:
    old, post = "/2023/old-address-of-it/", site.posts[-1]
    site.fault(old, Answer(301, {"Location": post.path}))
    front = site.page("/")
    front.body = front.body.replace(post.path.encode(), old.encode())
    site.fault("/", front)
    crawls.run(f"url={site.url}")
    assert [line["url"] for line in crawls.all_lines()].count(f"{site.url[:-1]}{post.path}") == 1
    assert len(crawls.all_lines()) == len(site.posts)


def test_an_article_whose_address_looks_like_a_sections_is_read_all_the_same(site: Site, crawls: Crawls) -> None:
    post = site.posts.pop()
    article = site_page_of(site, post)
    front = site.page("/")
    front.body = front.body.replace(b"</main>", b'</main><nav><a href="/explained/">Explained</a></nav>')
    site.fault("/", front)
    site.fault("/explained/", article)
    run = crawls.run(f"url={site.url}")
    assert run.code == 0
    assert sorted(line["url"] for line in run.lines) == sorted([*site.article_urls, f"{site.url}explained/"])


def site_page_of(site: Site, post: Post) -> Answer:
    """The page of an article that the site itself does not list."""
    site.posts.append(post)
    answer = site.page(post.path)
    site.posts.remove(post)
    answer.body = answer.body.replace(post.path.encode(), b"/explained/")
    return answer


def test_rules_that_change_are_applied_to_what_is_known(site: Site, crawls: Crawls, tmp_path: Path) -> None:
    sites = tmp_path / "publications.toml"

    def crawled(rules: str) -> set[str]:
        sites.write_text(f'[paper]\nurl = "{site.url}"\n{rules}', encoding="utf-8")
        return {line["url"] for line in crawls.run(f"sites={sites}").lines}

    kept_out = {url for url in site.article_urls if "bridge" in url}
    assert kept_out
    assert crawled('exclude = ["bridge"]\n') == set(site.article_urls) - kept_out
    for path in ("/", "/feed.xml", "/sitemap.xml"):  # nobody names them again
        site.fault(path, Answer(404))
    site.fault(lambda path: path.startswith("/section/"), Answer(404))
    assert crawled("") == kept_out


def test_lists_that_a_new_rule_excludes_are_not_read_any_more(site: Site, crawls: Crawls, tmp_path: Path) -> None:
    sites = tmp_path / "publications.toml"
    sites.write_text(f'[paper]\nurl = "{site.url}"\n', encoding="utf-8")
    crawls.run(f"sites={sites}")
    assert site.hits("/section/city/")
    crawls.make_due()
    site.reset_log()
    sites.write_text(f'[paper]\nurl = "{site.url}"\nexclude = ["/section/", "sitemap"]\n', encoding="utf-8")
    run = crawls.run(f"sites={sites}")
    assert [hit.path for hit in site.hits() if hit.path.startswith("/section/")] == []
    assert site.hits("/sitemap.xml"), "robots.txt names it"
    assert run.report["publications"]["paper"]["reasons"]["skipped"]["excluded"] > 3


def test_a_sitemap_on_a_private_address_is_refused_once_and_leaves_the_run_whole(site: Site, crawls: Crawls) -> None:
    site.robots = f"Sitemap: {site.url}sitemap.xml\nSitemap: http://10.0.0.1/sitemap.xml\n".encode()
    run = crawls.run(f"url={site.url}")
    assert (run.code, len(run.lines)) == (0, len(site.posts)), run.log
    report = next(iter(run.report["publications"].values()))
    assert report["reasons"]["blocked"] == {"not a public address: 10.0.0.1": 1}
    again = crawls.run(f"url={site.url}")
    assert (again.code, again.outcomes.get("blocked", 0)) == (0, 0)
