"""What a page is, told by software, address, wording and, last, by weights."""

from __future__ import annotations

import json
from html import escape as html_text

import pytest

from crawler.extraction import extract
from crawler.extraction.page_model import MIN_ARTICLE, weigh, weights
from crawler.extraction.page_rules import RULES
from crawler.extraction.page_signals import page_words
from crawler.page import Page

PROSE = (
    "<p>"
    + "</p><p>".join(["The bridge is open again, and the first lorry crossed it at noon on a wet Friday."] * 4)
    + "</p>"
)
TEASERS = "".join(
    f'<div class="card"><h2><a href="/story-{i}/">Story {i}</a></h2><p>Teaser.</p></div>' for i in range(9)
)


def kind(url: str, body: str = PROSE, *, head: str = "", classes: str = "", **headers: str) -> tuple[str, str]:
    html = f'<html><head><title>A page</title>{head}</head><body class="{classes}">{body}</body></html>'
    article = extract(Page(html.encode(), url, {"Content-Type": "text/html; charset=utf-8", **headers}))
    return article.page_type, article.page_type_reason or ""


def rest(kind: str) -> str:
    return f'<link rel="alternate" type="application/json" href="https://example.org/wp-json/wp/v2/{kind}/7">'


def json_ld(kind: str, **properties: object) -> str:
    return f'<script type="application/ld+json">{json.dumps({"@type": kind, **properties})}</script>'


HEADLINE = "<h1>Bridge repaired at last</h1>"
DATED = HEADLINE + '<time datetime="2024-05-17">17 May 2024</time>' + PROSE
ARTICLE = json_ld("NewsArticle", headline="Bridge repaired at last", datePublished="2024-05-17T08:00:00Z")


@pytest.mark.parametrize(
    ("url", "given", "name"),
    [
        ("https://example.org/", {}, "front_page"),
        ("https://example.org/?utm_source=mail", {}, "front_page"),
        ("https://example.org/?p=12", {"head": rest("posts")}, "article"),
        ("https://example.org/bridge-repaired/", {"head": rest("posts")}, "article"),
        ("https://example.org/bridge-repaired/", {"classes": "single single-post postid-7"}, "article"),
        ("https://example.org/bridge-repaired/", {"classes": "post-template tag-city"}, "article"),
        ("https://example.org/bridge-repaired/", {"head": ARTICLE, "body": DATED}, "article"),
        ("https://example.org/our-house/", {"head": rest("pages")}, "page"),
        ("https://example.org/house/", {"classes": "page-template-default page page-id-7"}, "page"),
        ("https://example.org/impressum", {}, "page"),
        ("https://example.org/category/city/", {}, "listing"),
        ("https://example.org/category/city/page/2/", {}, "listing"),
        ("https://example.org/x/", {"head": rest("categories")}, "listing"),
        ("https://example.org/x/", {"classes": "archive category category-city"}, "listing"),
        ("https://example.org/tags/bridge/index.html", {}, "listing"),
        ("https://example.org/2024/05/", {}, "listing"),
        ("https://example.org/blog/", {}, "listing"),
        ("https://example.org/index3.html", {}, "listing"),
        ("https://example.org/author/harper/", {}, "author_page"),
        ("https://example.org/x/", {"head": rest("users")}, "author_page"),
        ("https://example.org/x/", {"head": json_ld("ProfilePage")}, "author_page"),
        ("https://example.org/?s=bridge", {}, "search"),
        ("https://example.org/search/bridge", {}, "search"),
        ("https://example.org/t/7", {"head": json_ld("DiscussionForumPosting")}, "forum"),
        ("https://example.org/x/", {"classes": "error404"}, "error"),
        ("https://example.org/x/", {"body": "<h1>Seite nicht gefunden</h1><p>Leider.</p>"}, "error"),
        ("https://example.org/x/", {"body": "<h1>Sorry, we couldn’t find that page</h1><p>Try these.</p>"}, "error"),
        ("https://example.org/open/", {"body": "<h1>Sorry</h1><p>This page no longer exists.</p>"}, "error"),
        ("https://example.org/x/", {"body": "<h1>Hello</h1><p>Verify you are human.</p>"}, "bot_check"),
        ("https://example.org/x/", {"body": "<p>Wir und unsere Partner nutzen Cookies.</p>"}, "consent_wall"),
        ("https://example.org/x/", {"body": "<form><input type=password></form>"}, "login_wall"),
        ("https://example.org/2024/05/17/404-errors-explained/", {"body": DATED}, "article"),
        ("https://example.org/x.pdf", {"Content-Type": "application/pdf"}, "empty"),
        ("https://example.org/bridge-repaired/index.md", {"Content-Type": "text/markdown"}, "empty"),
        ("https://example.org/bridge-repaired/", {"Content-Type": "text/plain", "body": DATED}, "article"),
    ],
)
def test_what_is_certain_is_told_by_rules(url: str, given: dict[str, str], name: str) -> None:
    found, reason = kind(url, **given)
    assert (found, bool(reason)) == (name, True)


def test_a_short_news_item_is_an_article() -> None:
    body = HEADLINE + '<p>By Ann Lee</p><time datetime="2024-05-17">17 May 2024</time><p>The bridge is open again.</p>'
    assert kind("https://example.org/news/2024/05/17/bridge-repaired-at-last/", body)[0] == "article"


def test_a_short_chinese_item_counts_as_much_as_its_translation() -> None:
    chinese = "".join(
        f"<p>{text}</p>"
        for text in (
            "港口大桥今天中午重新开放，第一辆卡车在雨中驶过。",
            "维修花了九个月时间，市政府支付了全部费用。",
            "下一次检查将在十年之后进行。",
            "行人和自行车可以使用北侧的新通道。",
            "过去一年里渡轮每天运送两千名乘客过河。",
        )
    )
    article = f"<article><h1>港口大桥重新开放</h1>{chinese}</article>"
    assert kind("https://example.org/news/20240517/bridge.html", article)[0] == "article"


@pytest.mark.parametrize("address", ["archives/21460", "article.asp?id=139939"])
def test_an_address_that_numbers_a_post_is_no_listing(address: str) -> None:
    assert kind(f"https://example.org/{address}", f"<div>{DATED}</div>")[0] == "article"


def test_a_year_below_archives_is_a_listing() -> None:
    assert kind("https://example.org/archives/2014", f"<div>{DATED}</div>")[0] == "listing"


def test_a_page_without_an_address_is_not_the_front_page() -> None:
    assert kind("", DATED)[0] == "article"


def test_a_list_of_teasers_is_none() -> None:
    assert kind("https://example.org/city/", "<h1>City</h1>" + TEASERS)[0] == "listing"


def test_a_page_that_a_plugin_calls_an_article_without_a_date_is_still_a_page() -> None:
    head = rest("pages") + json_ld("Article", headline="House")
    assert kind("https://example.org/house/", head=head)[0] == "page"


def test_a_weighed_verdict_names_its_rival_and_its_grounds() -> None:
    found, reason = kind("https://example.org/news/bridge-repaired-at-last/", DATED)
    assert found == "article"
    assert " rather than " in reason
    assert "; " in reason


def test_doubt_speaks_for_the_article() -> None:
    model = weights()
    article = model.kinds.index("article")
    strongest = max(model.signals, key=lambda name: model.signals[name][article])
    verdict = weigh({strongest: 3.0})
    assert verdict.name == "article"
    assert verdict.probability >= MIN_ARTICLE


def test_a_page_without_anything_is_empty() -> None:
    assert extract(Page(b"", "https://example.org/x")).page_type == "empty"


def test_a_dated_article_of_a_plugin_does_not_make_a_page_an_article() -> None:
    assert kind("https://example.org/our-house/", head=rest("pages") + ARTICLE, body=HEADLINE + PROSE)[0] == "page"


def test_a_file_is_no_page_whatever_the_header_says() -> None:
    page = Page(b"%PDF-1.7 \x00\x01\x02 1 0 obj", "https://example.org/x", {"Content-Type": "text/html"})
    assert extract(page).page_type == "empty"


@pytest.mark.parametrize("path", ["links/", "friends/index.html", "guestbook"])
def test_a_page_of_links_to_friends_is_no_article(path: str) -> None:
    signed = '<meta name="author" content="Jane Doe">'
    assert kind(f"https://example.org/{path}", head=signed, body="<h1>Friends</h1>" + PROSE)[0] == "page"


@pytest.mark.parametrize(
    "root", ["rss", "feed", "rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'", "urlset"]
)
def test_a_feed_is_no_page(root: str) -> None:
    entry = f"<item><title>Bridge repaired</title><description>{html_text(PROSE)}</description></item>"
    document = f'<?xml version="1.0"?><{root}><channel><title>News</title>{entry * 3}</channel>'
    page = Page(document.encode(), "https://example.org/blog/latest/", {"Content-Type": "text/xml"})
    article = extract(page)
    assert (article.page_type, article.page_type_reason) == ("empty", "a feed or sitemap and no page")


def test_every_word_list_can_be_read() -> None:
    assert "impressum" in page_words("path page")


def test_rules_name_known_kinds() -> None:
    assert {rule.name for rule in RULES} <= {
        "article", "listing", "front_page", "author_page", "search", "page", "forum", "error", "login_wall",
        "consent_wall", "bot_check", "empty",
    }  # fmt: skip


GUIDE = (
    HEADLINE
    + "{byline}"
    + "".join(f"<p>Step {n}. {'The bridge is closed to lorries at night. ' * 4}</p>" for n in range(7))
)


@pytest.mark.parametrize(
    ("byline", "name"), [("", "page"), ('<p class="byline">By <a rel="author" href="/a/">Ada Reed</a></p>', "article")]
)
def test_a_long_wordpress_page_is_an_article_only_where_somebody_signs_it(byline: str, name: str) -> None:
    url = "https://example.org/how-to-mend-a-bridge/"
    found, reason = kind(url, GUIDE.format(byline=byline), classes="wp-singular page-template-default page page-id-7")
    assert found == name, reason
