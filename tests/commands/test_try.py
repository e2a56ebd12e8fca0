from __future__ import annotations

import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from crawler.commands.doubts import ERRORS, REMEDIES, doubts_of, refusal
from crawler.commands.publication_table import name_of, save, table_of
from crawler.commands.trial import Source, Trial
from crawler.discovery.robots import parse_robots
from crawler.errors import ConfigurationError
from crawler.items import Article
from crawler.page import LinkKind, Page
from crawler.publications import load_publications
from tests.running import scrapy
from tests.site import Site

URL = "https://a.example/"
FEED = Source(f"{URL}feed/", LinkKind.FEED, 200, articles=10)
SITEMAP = Source(f"{URL}sitemap.xml", LinkKind.SITEMAP, 200, articles=50)
GOOD: dict[str, Any] = {
    "title": "A title", "byline": "Ada Ness", "date": "2024-05-01T08:00:00+02:00", "body": "Text.",
    "body_complete": True, "language": "en",
}  # fmt: skip


def trial(*items: Article, html: str = '<html lang="en"><title>A</title>', **values: Any) -> Trial:
    sources = values.pop("sources", {source.url: source for source in (FEED, SITEMAP)})
    return Trial(URL, list(items), sources, front_page=Page(html.encode(), URL), **values)


def article(**values: Any) -> Article:
    return Article(f"{URL}x/", **{**GOOD, **values})


def report(outcome: str, reason: str) -> dict[str, Any]:
    return {"publications": {"a-example": {"urls": {outcome: {reason: [f"{URL}x/"]}}}}}


def test_a_publication_is_tried_and_its_table_saved_once(site: Site, tmp_path: Path) -> None:
    allowed = ("-s", f"FETCH_ALLOW_PRIVATE={site.host}", "-s", "DOWNLOAD_DELAY=0")
    (tmp_path / "publications.toml").write_text("# ours\n", encoding="utf-8")
    run = scrapy("try", site.url, "--save", *allowed, cwd=tmp_path)
    assert run.returncode == 0, run.stderr
    assert [line[0] for line in run.stdout.splitlines() if line[:2] in ("1.", "2.", "3.", "4.")] == ["1", "2", "3"]
    text = (tmp_path / "publications.toml").read_text(encoding="utf-8")
    assert text.startswith("# ours\n\n[127-0-0-1-")
    (publication,) = load_publications(tmp_path / "publications.toml")
    assert publication.url == site.url.rstrip("/") + "/"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["publications.toml"]


def test_an_address_that_is_refused_names_the_remedy(site: Site, tmp_path: Path) -> None:
    run = scrapy("try", site.url, "-s", "DOWNLOAD_DELAY=0", cwd=tmp_path)
    assert run.returncode == 6
    assert f"FETCH_ALLOW_PRIVATE={site.host}" in run.stderr
    assert "Traceback" not in run.stderr
    assert site.hits() == []


def test_what_is_well_raises_no_doubt() -> None:
    assert doubts_of(trial(article(), article())) == []


@pytest.mark.parametrize(
    ("tried", "expected"),
    [
        (Trial(URL, [article()], trial().sources), "itself cannot be read"),
        (trial(article(), sources={SITEMAP.url: SITEMAP}), "no feed"),
        (trial(article(), sources={FEED.url: FEED}), "no sitemap"),
        (trial(article(), html="<html><title>A</title>"), "declares no language"),
        (trial(article(date="2024-05-01T08:00:00")), "no offset"),
        (trial(article(), article(date=None)), "1 of 2 articles have no date"),
        (trial(article(byline=None)), "no author"),
        (trial(article(body_complete=False, body_complete_reason="paywall")), "not whole (paywall)"),
        (trial(article(encoding_doubtful=True)), "encoding"),
        (trial(article(robots=["noai"])), "noai"),
        (trial(article(), report=report("blocked", "robots.txt disallows")), "disallows 1 of the addresses"),
        (trial(article(), robots=parse_robots(b"User-agent: *\nCrawl-delay: 36\n")), "10.0 h"),
        (trial(article(), robots=parse_robots(b"User-agent: ours\nCrawl-delay: 36\n"), agent="Ours/2 (+x)"), "10.0 h"),
        (trial(article(), report={"reason": "closespider_timeout"}), "time was up"),
    ],
    ids=lambda value: value.replace(" ", "-") if isinstance(value, str) else "",
)  # fmt: skip
def test_what_is_missing_or_doubtful_is_told_with_a_remedy(tried: Trial, expected: str) -> None:
    (doubt,) = doubts_of(tried)
    assert expected in doubt.text
    assert doubt.remedy


@pytest.mark.parametrize("name", [name for name, _ in ERRORS])
def test_every_failed_connection_has_a_remedy(name: str) -> None:
    problem = refusal(Trial("http://a.example:8080/", errors=Counter([name])))
    assert dict(ERRORS)[name] in problem.text
    assert problem.remedy == REMEDIES[name].format(host="a.example:8080", url="http://a.example:8080/")


@pytest.mark.parametrize(
    ("tried", "text", "remedy"),
    [
        (Trial(URL, report=report("blocked", "robots.txt disallows")), "disallows", "ask the publisher"),
        (Trial(URL, report=report("blocked", "HTTP 403")), "HTTP 403", "USER_AGENT"),
        (Trial(URL, report=report("missing", "HTTP 404")), "HTTP 404", "browser"),
        (Trial(URL, robots_status=503), "robots.txt answers HTTP 503", "later"),
        (trial(report=report("rejected", "not an article: page")), "none is an article", f"scrapy explain {URL}x/"),
        (trial(sources={}), "no article was found", "front page"),
        (Trial(f"{URL}none/", sources={FEED.url: FEED}), "leads to no article", f"scrapy try {URL}"),
    ],
    ids=["robots", "403", "404", "503", "rejected", "empty", "below"],
)
def test_a_trial_without_an_article_says_why_and_what_to_do(tried: Trial, text: str, remedy: str) -> None:
    problem = refusal(tried)
    assert text in problem.text
    assert remedy in problem.remedy


def test_the_table_holds_what_is_known_and_reads_back() -> None:
    name = 'The "Bay" \\ News'
    html = f"<html><meta property='og:site_name' content='{name}'>"
    tables = tomllib.loads(table_of(trial(article(language="en-GB"), html=html)))
    assert tables == {"a-example": {"name": name, "url": URL, "feeds": [FEED.url], "language": "en-GB"}}
    unknown = table_of(trial(article(language="en"), article(language="de", date="2024-05-01T08:00:00")))
    assert "language" not in unknown
    assert '# name = "A"' in unknown
    assert "# timezone" in unknown


def test_a_name_comes_from_what_states_it() -> None:
    html = '<script type="application/ld+json">{"@type": "WebSite", "name": "Bay News"}</script><title>Bay | x</title>'
    assert name_of(Page(html.encode(), URL)) == "Bay News"
    assert name_of(Page(b"<title>Bay</title>", URL)) is None


def test_saving_keeps_the_file_and_repeats_no_publication(tmp_path: Path) -> None:
    path = tmp_path / "publications.toml"
    path.write_text('# ours\n[other]\nurl = "https://b.example/"   # yes\n', encoding="utf-8")
    before = path.read_text(encoding="utf-8")
    assert save(trial(article()), path) is None
    assert path.read_text(encoding="utf-8").startswith(before)
    after = path.read_bytes()
    assert save(trial(article()), path) == "a-example"
    assert path.read_bytes() == after
    path.write_text('[mine]\nurl = "http://www.a.example/"\n', encoding="utf-8")
    assert save(trial(article()), path) == "mine"
    path.write_text("[mine\n", encoding="utf-8")
    with pytest.raises(ConfigurationError, match="TOML"):
        save(trial(article()), path)
    assert path.read_text(encoding="utf-8") == "[mine\n"
    assert list(tmp_path.iterdir()) == [path]
