"""The links of HTML pages: what each leads to, under which title and date, and how soon it is worth fetching."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.discovery import listings, read
from crawler.discovery.anchors import is_stock_title
from crawler.discovery.article_paths import article_score, date_span
from crawler.discovery.found import Found, Window
from crawler.discovery.link_kinds import is_surely_list, kind_of_path
from crawler.discovery.listings import read_listing
from crawler.discovery.paging import next_by_number, page_number
from crawler.page import Link, LinkKind, Page

HOME = "https://www.example.com/"


def listing(body: str, *, head: str = "", url: str = HOME, **options: bool) -> Found:
    return read_listing(Page(f"<html><head>{head}</head><body>{body}</body></html>".encode(), url), **options)


def only(found: Found) -> Link:
    assert len(found.links) == 1
    return found.links[0]


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("", LinkKind.FRONT_PAGE),
        ("index.html", LinkKind.FRONT_PAGE),
        ("?s=tides", LinkKind.OTHER),
        ("?paged=3", LinkKind.PAGINATION),
        ("?p=17", None),
        ("?cat=3", LinkKind.SECTION),
        ("?author=2", LinkKind.AUTHOR),
        ("?m=202405", LinkKind.DATE_ARCHIVE),
        ("page/3/", LinkKind.PAGINATION),
        ("index3.html", LinkKind.PAGINATION),
        ("category/world/", LinkKind.SECTION),
        ("category/world/europe/", LinkKind.SECTION),
        ("taxonomy/term/5", LinkKind.SECTION),
        ("issues/12", LinkKind.SECTION),
        ("issue/12/the-council-has-put-off-its-decision", None),
        ("category/world/page/2/", LinkKind.PAGINATION),
        ("category/world.html", LinkKind.SECTION),
        ("rubrik/politik/", LinkKind.SECTION),
        ("tag/tides/", LinkKind.TAG),
        ("blog/tag/tides/feeds/atom/", LinkKind.OTHER),
        ("blog/rss/", LinkKind.OTHER),
        ("portal/accessibility-info", LinkKind.OTHER),
        ("blog/why-rss/", None),
        ("blog/atom/", None),
        ("search/label/tides", LinkKind.TAG),
        ("author/ann-lee/", LinkKind.AUTHOR),
        ("author/ann-lee.html", LinkKind.AUTHOR),
        ("blog/author/ann/", LinkKind.AUTHOR),
        ("2024/", LinkKind.DATE_ARCHIVE),
        ("2024/05/", LinkKind.DATE_ARCHIVE),
        ("2024/05/12/", LinkKind.DATE_ARCHIVE),
        ("blog/archive/2024/", LinkKind.DATE_ARCHIVE),
        ("archives/2024/05/", LinkKind.DATE_ARCHIVE),
        ("archives/", LinkKind.DATE_ARCHIVE),
        ("about/", LinkKind.OTHER),
        ("wp-login.php", LinkKind.OTHER),
        ("category/world/feed/", LinkKind.OTHER),
        ("wp-content/uploads/2024/05/x", LinkKind.OTHER),
        ("a/picture.jpg", LinkKind.OTHER),
        ("paper/print.php?id=7", LinkKind.OTHER),
        ("news/article_print.aspx?id=7", LinkKind.OTHER),
        ("news/the-tide-tables/print/", LinkKind.OTHER),
        ("node/7/print", LinkKind.OTHER),
        ("mailto.asp?id=7", LinkKind.OTHER),
        ("list.asp?cat=3", LinkKind.SECTION),
        ("sea/news_list.php?id=3", LinkKind.SECTION),
        ("list.asp?cat=3&page=2", LinkKind.PAGINATION),
        ("list/the-ten-best-tide-tables", None),
        ("component/mailto/?link=0a", LinkKind.OTHER),
        ("2024/05/the-tide-tables/attachment/harbour-2/", LinkKind.OTHER),
        ("print/2024/the-tide-tables", None),
        ("why-print-is-not-dead.html", None),
        ("guestbook.php", LinkKind.OTHER),
        ("2024/05/12/ships-and-tides/", None),
        ("ships-and-tides/", None),
        ("ships-and-tides/2/", None),
        ("about/how-we-found-the-tides/", None),
        ("archives/ships-and-tides/", None),
        ("topic/why-the-sea-boils-now/", None),
        ("people/the-man-who-sold-tides/", None),
        ("series/the-long-night-of-tides/", None),
        ("category/world/2024/05/ships-and-tides/", None),
        ("tag/one/two/three/", None),
        ("news/", None),
    ],
)
def test_the_shape_of_a_path_tells_the_kind(path: str, kind: LinkKind | None) -> None:
    assert kind_of_path(HOME + path) == kind


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("blog/page/3/", ("blog/", 3)),
        ("blog/page3", ("blog/", 3)),
        ("blog/seite-3/", ("blog/", 3)),
        ("blog/index3.html", ("blog/", 3)),
        ("blog?page=3", ("blog", 3)),
        ("blog?cat=1&paged=3&x=2", ("blog?cat=1&x=2", 3)),
        ("blog?start=20", ("blog", 20)),
        ("blog/3/", None),
        ("blog?p=3", None),
        ("homepage/3", None),
    ],
)
def test_page_numbers_are_read_off_addresses(url: str, expected: tuple[str, int] | None) -> None:
    assert page_number(HOME + url) == (expected and (HOME + expected[0], expected[1]))


def test_the_next_number_is_bounded() -> None:
    assert next_by_number(HOME, "page") == HOME + "?page=2"
    assert next_by_number(HOME + "?a=1", "page") == HOME + "?a=1&page=2"
    assert next_by_number(HOME + "?page=2&a=1", "page") == HOME + "?page=3&a=1"
    assert next_by_number(HOME + "?offset=50", "offset", step=50, first=0) == HOME + "?offset=100"
    assert next_by_number(HOME + "?page=10000", "page") is None


CARD = """<article><a href="/ships-and-tides/"><img alt="x"></a><h2><a href="/ships-and-tides/">Ships and tides</a></h2>
<time class="updated" datetime="2024-06-02T10:00:00+02:00">2 June</time>
<time class="entry-date published" datetime="2024-05-01T10:00:00+02:00">1 May</time>
<p>Text <a href="/ships-and-tides/">Continue reading</a></p><a href="/ships-and-tides/#comments">3 comments</a>
<a href="/category/sea/" rel="category tag">Sea</a></article>"""


def test_a_list_entry_gives_title_and_date_once() -> None:
    articles = listing(CARD).articles()
    assert [(link.url, link.title, link.date) for link in articles] == [
        (HOME + "ships-and-tides/", "Ships and tides", "2024-05-01T10:00:00+02:00")
    ]
    assert (articles[0].source, articles[0].found_on) == ("listing", HOME)


def test_a_date_between_two_headlines_belongs_to_neither() -> None:
    body = """<div><h2><a href="/ships-and-tides/">Ships</a></h2><h2><a href="/nets-and-ropes/">Nets</a></h2>
    <time datetime="2024-05-01T10:00">1 May</time></div>"""
    assert [link.date for link in listing(body).articles()] == [None, None]


def test_the_date_of_one_entry_is_not_the_date_of_the_next() -> None:
    body = """<ul><li><h3><a href="/ships-and-tides/">Ships</a></h3><time datetime="2024-05-01">1 May</time></li>
    <li><h3><a href="/nets-and-ropes/">Nets</a></h3></li></ul>"""
    assert [link.date for link in listing(body).articles()] == ["2024-05-01", None]


def test_an_entry_that_is_one_link_gives_its_heading() -> None:
    body = '<a href="/ships-and-tides/"><span>Sea</span><h3>Ships and tides</h3><p>A long text</p></a>'
    assert only(listing(body)).title == "Ships and tides"


@pytest.mark.parametrize(
    ("link", "title"),
    [
        ('<a href="/ships-and-tides/"><b>Ships and tides</b> <i>下一篇</i></a>', "Ships and tides"),
        ('<a href="/ships-and-tides/"><i>« Previous post</i><b>Ships and tides</b></a>', "Ships and tides"),
        ('<a href="/ships-and-tides/" rel="next"><i>Next</i> <b>Ships</b> and tides</a>', "Ships and tides"),
        ('<a href="/ships-and-tides/"><i>Next</i> of kin</a>', "Next of kin"),
        ('<a href="/ships-and-tides/" rel="next"><i>Next</i></a>', None),
    ],
    ids=["behind", "before", "one word of a pager", "one word of a title", "nothing else"],
)
def test_the_label_of_a_pager_is_no_part_of_a_title(link: str, title: str | None) -> None:
    assert only(listing(f"<h2>News</h2><div>{link}</div>")).title == title


@pytest.mark.parametrize(
    "text",
    ["Read more", "Read more…", "Read More »", "Continue reading “Ships and tides”", "Weiterlesen", "Lire la suite",
     "Leer más", "3 Comments", "No comments", "»", "12", "続きを読む", "上一篇", "Читать далее", "2024-05-01",
     "01.05.2024", ""],
)  # fmt: skip
def test_stock_phrases_are_no_titles(text: str) -> None:
    assert is_stock_title(text)


@pytest.mark.parametrize(
    "text", ["Ships and tides", "More ships than ever sail the sea", "1984", "Comments on the tides", "Ebbe"]
)
def test_headlines_are_titles(text: str) -> None:
    assert is_stock_title(text) is (text == "1984")


@pytest.mark.parametrize(
    ("anchor", "kind"),
    [
        ('<nav><a href="/politics/">Politics</a></nav>', LinkKind.SECTION),
        ('<nav><a href="/sport/football/">Football</a></nav>', LinkKind.SECTION),
        ('<ul class="main-menu"><li><a href="/world-news/">World</a></li></ul>', LinkKind.SECTION),
        ('<p><a href="/politics/">Politics</a></p>', LinkKind.SECTION),
        ('<h2><a href="/politics/">Politics</a></h2>', LinkKind.ARTICLE),
        ('<p><a href="/ebb/">The ebb that never came back</a></p>', LinkKind.ARTICLE),
        ('<nav><a href="/why-the-tides-never-came-back/">Tides</a></nav>', LinkKind.ARTICLE),
        ('<nav class="post-navigation"><a href="/ebb/" rel="next">The ebb and the flow</a></nav>', LinkKind.ARTICLE),
        ('<a href="/?p=17">Ships and tides</a>', LinkKind.ARTICLE),
        ('<a href="/page/2/">2</a>', LinkKind.PAGINATION),
        ('<a class="next page-numbers" href="/page/2/">Next</a>', LinkKind.PAGINATION),
        ('<div class="nav-previous"><a href="/page/2/">Older posts</a></div>', LinkKind.PAGINATION),
        ('<button data-next-url="/?page=2">Load more</button>', LinkKind.PAGINATION),
        ('<a href="/author/ann/">Ann Lee</a>', LinkKind.AUTHOR),
        ('<a href="/login/">Log in</a>', LinkKind.OTHER),
    ],
)
def test_an_anchor_leads_to(anchor: str, kind: LinkKind) -> None:
    assert only(listing(anchor)).kind == kind


@pytest.mark.parametrize(
    "anchor",
    [
        '<a href="https://elsewhere.example/ships-and-tides/">Ships and tides</a>',
        '<a href="https://blog.example.com/ships-and-tides/">Ships and tides</a>',
        '<a href="#top">Top</a>',
        '<a href="/">Home</a>',
        '<a href="https://example.com/?utm_source=x#y">Home</a>',
        '<a href="mailto:a@example.com">Mail</a>',
        '<a href="javascript:void(0)">Ships and tides</a>',
        '<a href="http://[::1">Ships and tides</a>',
        "<a>Ships and tides</a>",
        '<a href="">Ships and tides</a>',
        '<button data-next-url="/script">Load more</button>',
        '<div id="comments"><a href="/ships-and-tides-too/">nice post see mine</a></div>',
    ],
)
def test_what_leads_nowhere_in_the_publication_is_left_out(anchor: str) -> None:
    assert listing(anchor).links == ()


def test_subdomains_belong_to_the_publication_where_asked_for() -> None:
    anchor = '<a href="https://blog.example.com/ships-and-tides/">Ships and tides</a>'
    assert (
        only(listing(anchor, url="https://example.com/", subdomains=True)).url
        == "https://blog.example.com/ships-and-tides/"
    )


def test_a_base_element_moves_relative_links() -> None:
    found = listing('<a href="ships-and-tides/">Ships and tides</a>', head='<base href="/blog/">')
    assert only(found).url == HOME + "blog/ships-and-tides/"


@pytest.mark.parametrize("rel", ["nofollow", "NoFollow noopener", "ugc", "sponsored"])
def test_nofollow_is_kept_as_a_fact(rel: str) -> None:
    anchor = '<a href="/ships-and-tides/" {}>Ships and tides</a>'
    assert only(listing(anchor.format(f'rel="{rel}"'))).nofollow
    assert not only(listing(anchor.format("") + anchor.format(f'rel="{rel}"'))).nofollow


def test_the_head_names_feeds_and_the_next_page() -> None:
    head = """<link rel="alternate" type="application/rss+xml" href="/feed/">
    <link rel="alternate" type="application/rss+xml" title="Comments" href="/comments/feed/">
    <link rel="alternate" type="text/html" hreflang="de" href="/de/"><link rel="next" href="/page/2/">"""
    found = listing("", head=head)
    assert [(link.url, link.kind) for link in found.links] == [
        (HOME + "feed/", LinkKind.FEED),
        (HOME + "page/2/", LinkKind.PAGINATION),
    ]


def test_the_page_itself_in_another_rendering_is_left_out() -> None:
    head = """<link rel="amphtml" href="/amp/news/the-tide-tables">
    <link rel="alternate" media="print" href="/print.php?article=7">
    <link rel="alternate" media="only screen and (max-width: 640px)" href="http://m.example.com/news/the-tide-tables">
    <link rel="alternate" hreflang="de" href="/de/die-gezeiten-im-hafen">"""
    body = "".join(
        f'<a href="{path}">One more headline of some length</a>'
        for path in ("/amp/news/the-tide-tables", "/print.php?article=7", "/de/die-gezeiten-im-hafen")
    )
    url = HOME + "news/the-tide-tables"
    assert only(listing(body, head=head, url=url, is_article=True)).url == HOME + "de/die-gezeiten-im-hafen"


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("category/world/", True),
        ("taxonomy/term/5", True),
        ("tag/tides/", True),
        ("category/", True),
        ("series/the-long-road/", False),
        ("issue/12", False),
        ("journal", False),
        ("category/the-council-has-put-off-its-decision-again", False),
    ],
)
def test_conventions_say_that_an_address_is_a_lists(path: str, expected: bool) -> None:
    assert is_surely_list(HOME + path) is expected


FEED = '<link rel="alternate" type="application/rss+xml" title="{}" href="{}">'


def test_the_comments_of_an_article_have_no_feed_for_us() -> None:
    page = HOME + "ships-and-tides/"
    head = FEED.format("The Ledger", "/feed/") + FEED.format("Ships and tides Comments Feed", "/feed/comments-of-17/")
    assert [link.url for link in listing("", head=head, url=page).links] == [HOME + "feed/"]
    below = Page(f"<head>{FEED.format('', '/ships-and-tides/feed/')}</head>".encode(), page)
    assert read(below, kind=LinkKind.ARTICLE).links == ()
    assert len(read(below, kind=LinkKind.SECTION).links) == 1


def test_the_feeds_of_tags_and_further_pages_are_left_alone() -> None:
    for path, count in (("category/sea/", 1), ("author/ann/", 1), ("tag/sea/", 0), ("2024/05/", 0), ("page/2/", 0)):
        assert len(listing("", head=FEED.format("", f"/{path}feed/"), url=HOME + path).links) == count, path


def test_rel_next_to_another_article_is_no_pagination() -> None:
    head = '<link rel="next" href="/nets-and-ropes/">'
    assert listing("", head=head, url=HOME + "ships-and-tides/").links == ()
    anchor = '<a rel="next" href="/nets-and-ropes/">Nets and ropes</a>'
    assert only(listing(anchor, url=HOME + "ships-and-tides/")).kind == LinkKind.ARTICLE


def test_parts_of_an_article_are_no_pagination() -> None:
    body = '<h2><a href="/ships-and-tides/">Ships and tides</a></h2><a href="/ships-and-tides/2/">2</a>'
    assert [link.kind for link in listing(body).links] == [LinkKind.ARTICLE, LinkKind.PAGE_PART]


def test_numbers_below_a_list_are_its_pages_and_below_an_article_its_parts() -> None:
    page = Page(b'<p><a href="/blog/2">2</a>', HOME + "blog")
    assert only(read(page, kind=LinkKind.SECTION)).kind == LinkKind.PAGINATION
    assert only(read(page, kind=LinkKind.ARTICLE)).kind == LinkKind.PAGE_PART


STATED = """<script type="application/ld+json">{"@context": "https://schema.org", "@graph": [
{"@type": "ItemList", "itemListElement": [
  {"@type": "ListItem", "position": 1, "url": "/ebb/"},
  {"@type": "ListItem", "position": 2, "item": {"@type": "NewsArticle", "url": "/flow/", "headline": "The flow",
   "datePublished": "2024-05-01T10:00:00+02:00"}},
  {"@type": "ListItem", "position": 3, "item": "https://elsewhere.example/x/"},
  {"@type": "ListItem", "position": 4}, {"@type": "SiteNavigationElement", "url": "/menu/"}, "nonsense", null]},
{"@type": "Blog", "blogPost": {"@type": "BlogPosting", "mainEntityOfPage": {"@id": "/nets/"}, "name": "Nets"}},
{"@type": "BreadcrumbList", "itemListElement": [{"@type": "ListItem", "item": "/crumb/"}]}]}</script>"""


def test_lists_that_a_page_states_are_believed() -> None:
    found = listing(STATED)
    assert [(link.url.removeprefix(HOME), link.title, link.date) for link in found.articles()] == [
        ("ebb/", None, None),
        ("flow/", "The flow", "2024-05-01T10:00:00+02:00"),
        ("nets/", "Nets", None),
    ]


def test_what_a_page_states_completes_its_anchors() -> None:
    found = listing('<p><a href="/flow/">Flow</a></p>' + STATED)
    first = found.links[0]
    assert (first.kind, first.title, first.date) == (LinkKind.ARTICLE, "The flow", "2024-05-01T10:00:00+02:00")
    assert len(found.links) == 3


def test_an_article_states_no_list_of_its_own() -> None:
    assert read(Page(STATED.encode(), HOME + "ships-and-tides/"), kind=LinkKind.ARTICLE).links == ()


def test_a_folder_of_articles_is_worth_a_look() -> None:
    body = "".join(f'<h2><a href="/posts/ships-and-tides-{n}/">Ships and tides {n}</a></h2>' for n in "abc")
    found = listing(body)
    assert [(link.url, link.source) for link in found.documents()] == [(HOME + "posts/", "inferred")]
    assert listing(body.replace("posts/", "2024/05/")).documents() == ()


def test_articles_are_worth_more_than_lists_and_headlines_more_than_menus() -> None:
    body = """<nav><a href="/ships-and-tides-of-may/">Ships and tides</a><a href="/tag/x/">X</a></nav>
    <article><h2><a href="/nets-and-ropes-of-may/">Nets and ropes of May</a></h2></article>"""
    menu, tag, headline = listing(body).links
    assert headline.score > menu.score > tag.score


def test_an_address_in_the_menu_and_in_the_text_stands_in_the_text() -> None:
    menu, text = (
        '<nav><a href="/ebb-and-flow/">Ebb and flow</a></nav>',
        '<p><a href="/ebb-and-flow/">Ebb and flow</a></p>',
    )
    assert only(listing(menu)).kind == LinkKind.SECTION
    assert only(listing(menu + text)).kind == only(listing(text + menu)).kind == LinkKind.ARTICLE


def test_a_window_leaves_out_what_lies_outside() -> None:
    body = """<a href="/2023/05/ships-and-tides/">Ships</a><a href="/2023/">2023</a><a href="/2024/05/">May</a>
    <li><h3><a href="/nets-and-ropes/">Nets</a></h3><time datetime="2022-01-01">1 January</time></li>"""
    page = Page(f"<body>{body}</body>".encode(), HOME)
    found = read_listing(page, window=Window(date(2024, 1, 1), date(2024, 12, 31)))
    assert [link.url for link in found.links] == [HOME + "2024/05/"]


def test_the_links_of_a_page_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listings, "MAX_LINKS", 3)
    found = listing("".join(f'<a href="/ships-and-tides-{n}/">Ships and tides</a>' for n in range(5)))
    assert len(found.links) == 3
    assert [problem.code for problem in found.problems] == ["too_many"]


def test_a_front_page_gives_lists_and_feeds_to_try() -> None:
    def kinds(html: str) -> list[tuple[str, str]]:
        found = read(Page(html.encode(), HOME), kind=LinkKind.FRONT_PAGE)
        return [(link.url.removeprefix(HOME).partition("?")[0], str(link.kind)) for link in found.links]

    assert kinds('<meta name="generator" content="Hexo 8.1"><a href="/about/">About</a>') == [
        ("atom.xml", "feed"),
        ("rss2.xml", "feed"),
    ]
    assert ("feed/", "feed") in kinds("<p>")
    wordpress = kinds(
        '<link rel="https://api.w.org/" href="/wp-json/"><link rel="alternate" type="application/rss+xml" href="/f/">'
    )
    assert wordpress == [("wp-json/wp/v2/posts", "rest"), ("f/", "feed")]


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ("2024/05/12/ships-and-tides/", "ships-and-tides/"),
        ("ships-and-tides-of-the-north/", "ships/"),
        ("news/ships-tides-4711234", "news/ships-tides"),
        ("ships/", ""),
    ],
)
def test_an_address_looks_more_or_less_like_an_article(better: str, worse: str) -> None:
    assert 1 >= article_score(HOME + better) > article_score(HOME + worse) >= 0


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("2024/05/12/slug/", (date(2024, 5, 12), date(2024, 5, 12))),
        ("2024/05/slug/", (date(2024, 5, 1), date(2024, 5, 31))),
        ("blog/2024-05-12-slug/", (date(2024, 5, 12), date(2024, 5, 12))),
        ("20240512/slug", (date(2024, 5, 12), date(2024, 5, 12))),
        ("2024/02/30/slug/", None),
        ("slug-2024/", None),
        ("slug/", None),
    ],
)
def test_a_date_is_read_off_a_path(path: str, expected: tuple[date, date] | None) -> None:
    assert date_span(HOME + path) == expected


@settings(deadline=None)
@given(
    st.text(alphabet="<>ahref=\"'/ .#?:@%[]h2tidmenv-é", max_size=120),
    st.sampled_from([HOME, "x", "http://[::1", HOME + "a/2/"]),
)
def test_no_page_raises(body: str, url: str) -> None:
    for kind in LinkKind:
        read(Page(f"<a {body}".encode(), url), kind=kind)


@pytest.mark.parametrize(
    "href",
    [
        "/share?u=https://www.example.com/news/tide%3Futm_source=x",
        "/share?text=Tides&url=https%3A%2F%2Fwww.example.com%2Fnews%2Ftide",
        "/login?next=/news/tide",
        "/recommend?page=http://example.com/news/tide/",
    ],
)
def test_a_link_that_carries_the_pages_own_address_is_about_the_page(href: str) -> None:
    assert listing(f'<a href="{href}">Tell a friend of this story</a>', url=f"{HOME}news/tide").links == ()


def test_a_link_that_carries_another_address_is_followed() -> None:
    link = only(listing('<a href="/out?to=/news/ebb">The ebb comes early this year</a>', url=f"{HOME}news/tide"))
    assert link.url == f"{HOME}out?to=/news/ebb"


@pytest.mark.parametrize(
    ("text", "title"),
    [("posts/the-tide", None), ("/posts/the-tide/", None), ("https://www.example.com/posts/the-tide", None),
     ("The tide", "The tide"), ("and/or", "and/or"), ("the-tide", "the-tide")],
)  # fmt: skip
def test_an_address_is_no_title(text: str, title: str | None) -> None:
    assert only(listing(f'<p><a href="/posts/the-tide/">{text}</a></p>')).title == title
