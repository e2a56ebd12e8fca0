"""What an article is filed under."""

from __future__ import annotations

import json

import pytest

from crawler.extraction.document import Document
from crawler.extraction.fields.section import choose_section
from crawler.extraction.fields.tags import choose_tags, clean_tags
from crawler.extraction.layout import Layout
from crawler.items import Author
from crawler.page import Page

URL = "https://example.org/bridge-repaired/"
HEADLINE = "<h1>Bridge repaired at last</h1>"
TEXT = "<p>The bridge that was closed for a year is open again.</p>"


def read(html: str, url: str = URL) -> tuple[str | None, list[str]]:
    document = Document(Page(f"<html><head></head><body>{html}</body></html>".encode(), url))
    headline = document.by_tag.get("h1", [None])[0]
    text = document.by_tag.get("p", [None])[0]
    layout = Layout(headline, text, text)
    return choose_section(document, layout).value, list(choose_tags(document, layout).value or ())


def test_a_list_of_categories_below_a_heading_is_a_menu() -> None:
    entries = '<li><a href="/category/sea/">Sea</a></li><li><a href="/category/land/">Land</a></li>'
    assert read(f"{HEADLINE}{TEXT}<div><h3>Categories</h3><ul>{entries}</ul></div>")[0] is None
    assert read(f"{HEADLINE}{TEXT}<div><ul>{entries}</ul></div>")[0] == "Sea"


def test_a_list_of_facts_beside_the_article_names_its_section() -> None:
    facts = "<li><time datetime='2024-03-04'>4 March</time></li><li>in <a href='/category/sea/'>Sea</a></li>"
    menu = "<nav><ul><li><a href='/category/land/'>Land</a></li></ul></nav>"
    assert read(f"{menu}<nav><ul>{facts}</ul></nav>{HEADLINE}{TEXT}")[0] == "Sea"
    assert read(f"{menu}<nav><ul>{facts}</ul><ul>{facts}</ul></nav>{HEADLINE}{TEXT}")[0] is None


def test_a_line_of_categories_behind_a_label_names_the_section_wherever_it_stands() -> None:
    line = "<li><b>{}</b> <a href='/category/sea/'>Sea</a></li>"
    assert read(f"{HEADLINE}{TEXT}<div class=sidebar><ul>{line.format('Category:')}</ul></div>")[0] == "Sea"
    assert read(f"{HEADLINE}{TEXT}<div class=sidebar><ul>{line.format('Categories')}</ul></div>")[0] is None
    assert read(f"{HEADLINE}{TEXT}<div class=sidebar><ul>{line.format('Category:') * 2}</ul></div>")[0] is None


def json_ld(**properties: object) -> str:
    node = {"@type": "NewsArticle", "headline": "Bridge repaired at last", **properties}
    return f'<script type="application/ld+json">{json.dumps(node)}</script>'


@pytest.mark.parametrize(
    ("html", "tags"),
    [
        (f'{HEADLINE}{TEXT}<a href="/tag/a/" rel="tag">Bridges</a> <a href="/tag/b/" rel="tag">#Traffic</a>',
         ["Bridges", "Traffic"]),
        (f'{HEADLINE}<a href="/category/x/" rel="category tag">City</a>{TEXT}', []),
        (f'{HEADLINE}{TEXT}<a href="/category/x/" rel="tag">City</a>', []),
        (f'{HEADLINE}{TEXT}<ul class="post-tags">'
         '<li><a href="/t/1">Bridges</a></li><li><a href="/t/2">Roads</a></li></ul>',
         ["Bridges", "Roads"]),
        (f'{HEADLINE}{TEXT}<div class="keywords-viewlet"><a href="/@@search?Subject=a">Bridges</a></div>', ["Bridges"]),
        (f'{HEADLINE}<nav class="md-tags">'
         f'<span class="md-tag">Bridges</span><span class="md-tag">Roads</span></nav>{TEXT}',
         ["Bridges", "Roads"]),
        (f'{HEADLINE}{TEXT}<footer class="site-footer"><a href="/tag/z/" rel="tag">Other</a></footer>', []),
        (f'{HEADLINE}{TEXT}<div class="related-posts"><a href="/tag/z/" rel="tag">Other</a></div>', []),
        (f'{HEADLINE}{TEXT}<div class="tagcloud"><a href="/tag/z/">Other</a></div>', []),
        (f'{HEADLINE}{TEXT}<div id="sidebar"><a href="/tags/z">Other (3)</a></div>', []),
        (f'{HEADLINE}{TEXT}<div id="sidebar"><p><b>Tags:</b> <a href="/tag/a/">Roads</a></p></div>', ["Roads"]),
        (f'{HEADLINE}{TEXT}<div id="sidebar"><h3>Tags</h3><p><a href="/tag/a/">Roads</a></p></div>', []),
        (f'{HEADLINE}{TEXT}<div class="tags"><a href="/tags/a">Roads</a></div>'
         '<p><a href="/tags/a">Roads (2)</a> <a href="/tags/b">Tides</a></p>',
         ["Roads"]),
        (f'<article>{HEADLINE}{TEXT}'
         '<footer class="entry-footer"><a href="/tag/z/" rel="tag">Own</a></footer></article>',
         ["Own"]),
        (json_ld(keywords="Bridges, Roads") + HEADLINE + TEXT, ["Bridges", "Roads"]),
        (json_ld(keywords=["Bridges", "Roads, wet"]) + HEADLINE + TEXT, ["Bridges", "Roads", "wet"]),
        (f'<meta property="article:tag" content="Bridges"><meta property="article:tag" content="Roads">'
         f'{HEADLINE}{TEXT}',
         ["Bridges", "Roads"]),
        (f'<meta name="keywords" content="old, words"><meta name="news_keywords" content="Bridges">{HEADLINE}{TEXT}',
         ["Bridges"]),
        (HEADLINE + TEXT, []),
        (f'<meta name="keywords" content="Bridges, Roads">{HEADLINE}{TEXT}'
         '<div class="topics"><a href="/videos/">All videos</a></div>',
         ["Bridges", "Roads"]),
        (f'<meta name="keywords" content="News, Online">{HEADLINE}{TEXT}'
         '<div class="topics"><a href="/t/1">Bridge</a><a href="/t/2">Concrete</a></div>',
         ["Bridge", "Concrete"]),
        (f'{HEADLINE}{TEXT}<div class="topics"><a href="/videos/">All videos</a></div>', ["All videos"]),
        (f'{HEADLINE}{TEXT}<div class="taglist"><h2>Topics of this article</h2>'
         '<div><button class="tag">Bridges</button><button class="tag">Roads</button></div></div>',
         ["Bridges", "Roads"]),
        (json_ld(keywords="Bridges, 100312362, desk@example.org, 2024") + HEADLINE + TEXT, ["Bridges", "2024"]),
    ],
)  # fmt: skip
def test_tags_are_the_articles_own(html: str, tags: list[str]) -> None:
    assert read(html)[1] == tags


def test_a_long_list_of_links_is_no_tag_list() -> None:
    links = "".join(f'<a href="/n/{i}">Story {i}</a>' for i in range(40))
    assert read(f'{HEADLINE}{TEXT}<div class="topics">{links}</div>')[1] == []


def test_a_page_title_is_no_section() -> None:
    assert read(json_ld(articleSection="Best hacks | Hotel") + HEADLINE + TEXT)[0] is None


def test_a_tag_stands_once_and_sentences_are_no_tags() -> None:
    assert clean_tags(["Bridges", " bridges ", "", "#", "x" * 61]) == ("Bridges",)


@pytest.mark.parametrize(
    ("html", "section"),
    [
        (json_ld(articleSection="City") + HEADLINE + TEXT, "City"),
        (json_ld(articleSection=["City", "Roads"]) + HEADLINE + TEXT, "City"),
        (f'<meta property="article:section" content="City">{HEADLINE}{TEXT}', "City"),
        (f'<meta property="article:section" content="City,Latest News">{HEADLINE}{TEXT}', "City"),
        (f'<meta property="article:section" content="Arts, Food and Wine">{HEADLINE}{TEXT}', "Arts, Food and Wine"),
        (f'<meta property="article:section" content="crime-safety">{HEADLINE}{TEXT}', "crime-safety"),
        (f'<meta property="article:section" content="crime-safety">'
         f'{HEADLINE}<a href="/category/crime/" rel="category">Crime &amp; Safety</a>{TEXT}',
         "Crime & Safety"),
        (f'{HEADLINE}<a href="/category/city/" rel="category tag">City</a>{TEXT}', "City"),
        (f'<div><a href="/categories/?category=City">City</a></div>{HEADLINE}{TEXT}', "City"),
        (f'<div><a href="/categories/?page=">City</a></div>{HEADLINE}{TEXT}', None),
        (f'<div class="mg-blog-category"><a href="/c/city/">City</a></div>{HEADLINE}{TEXT}', "City"),
        (f'{HEADLINE}{TEXT}<aside><a href="/category/sport/" rel="category">Sport</a></aside>', None),
        (f'{HEADLINE}<span class="cat-links"><a href="/c/1">Uncategorized</a></span>{TEXT}', None),
        (f'<nav aria-label="Breadcrumb"><a href="/">Home</a><a href="/city/">City</a></nav>{HEADLINE}{TEXT}', "City"),
        (f'<ol class="breadcrumb"><li><a href="/">Home</a></li>'
         f'<li><a href="{URL}">Bridge</a></li></ol>{HEADLINE}{TEXT}',
         None),
        ('<nav><a href="/category/city/">City Life</a></nav>'
         f'<article class="hentry category-city">{HEADLINE}{TEXT}</article>',
         "City Life"),
        (HEADLINE + TEXT, None),
    ],
)  # fmt: skip
def test_the_section_is_the_articles_own(html: str, section: str | None) -> None:
    assert read(html)[0] == section


@pytest.mark.parametrize(
    ("menu", "path", "section"),
    [
        ('<a href="/sport/">Sport</a>', "sport/bridge/", "Sport"),
        ('<a href="/sport/">Sport</a><a href="/sport/water-skiing">Water Skiing</a>', "sport/water-skiing/bridge",
         "Water Skiing"),
        ('<a href="https://example.org/%E6%94%BF%E6%B2%BB/">政治</a>', "%E6%94%BF%E6%B2%BB/bridge", "政治"),
        ('<a href="/sport/">All of it</a>', "sport/bridge/", None),
        ('<a href="https://elsewhere.org/sport/">Sport</a>', "sport/bridge/", None),
        ('<a href="/sport/">Sport</a>', "bridge/", None),
        ('<a href="/blog/">Blog</a>', "blog/bridge/", None),
        ('<a href="/sport/">Sport</a><a href="/c" rel="category">City</a>', "sport/bridge/", "City"),
    ],
)  # fmt: skip
def test_the_folder_of_an_article_is_its_section_where_the_page_calls_it_so(
    menu: str, path: str, section: str | None
) -> None:
    assert read(f"{menu}{HEADLINE}{TEXT}", f"https://www.example.org/{path}")[0] == section


def test_the_folder_of_an_author_is_no_section() -> None:
    page = Page(b'<a href="/ann-lee/">Ann Lee</a><h1>Bridge repaired</h1>', "https://example.org/ann-lee/bridge/")
    assert choose_section(Document(page), Layout()).value == "Ann Lee"
    assert choose_section(Document(page), Layout(), [Author("Ann Lee")]).value is None


def test_a_list_that_mixes_tags_and_categories_gives_a_category() -> None:
    mixed = json_ld(articleSection="Bridges, City")
    printed = '<a rel="category tag" href="/category/city/">City</a><a rel="tag" href="/tag/bridges/">Bridges</a>'
    assert read(mixed + HEADLINE + printed + TEXT) == ("City", ["Bridges"])


@pytest.mark.parametrize(
    ("trail", "step"),
    [('vocab="https://schema.org/" typeof="BreadcrumbList"', 'property="itemListElement" typeof="ListItem"'),
     ('itemscope itemtype="https://schema.org/BreadcrumbList"', 'itemprop="itemListElement"')],
)  # fmt: skip
def test_a_list_that_markup_types_as_breadcrumbs_names_the_step_above_the_article(trail: str, step: str) -> None:
    links = (
        ("/", "Home"),
        ("/news/", "News"),
        ("/news/?id=8", "Rivers"),
        ("/bridge-repaired/", "Bridge repaired at last"),
    )
    steps = "".join(f'<li {step}><a href="{address}">{name}</a></li>' for address, name in links)
    assert read(f"<nav><ol {trail}>{steps}</ol></nav>{HEADLINE}{TEXT}")[0] == "Rivers"


def test_the_one_tag_above_the_headline_is_the_section_where_it_is_the_first_that_is_stated() -> None:
    stated = '<meta property="article:tag" content="Rivers"><meta property="article:tag" content="Bridges">'
    kicker = '<a href="/tag/rivers/">Rivers</a>'
    assert read(f"{stated}<header>{kicker}{HEADLINE}</header>{TEXT}")[0] == "Rivers"
    assert read(f"{stated}<header>{kicker}<a href='/tag/bridges/'>Bridges</a>{HEADLINE}</header>{TEXT}")[0] is None
    assert read(f"{stated}<header><a href='/tag/bridges/'>Bridges</a>{HEADLINE}</header>{TEXT}")[0] is None
    assert read(f"{stated}{HEADLINE}{kicker}{TEXT}")[0] is None


def test_the_property_articlesection_in_the_body_names_the_section() -> None:
    assert read(f'{HEADLINE}<span>Rivers<meta property="articleSection" content="Rivers"></span>{TEXT}')[0] == "Rivers"


def test_breadcrumbs_in_json_ld_name_the_step_above_the_article() -> None:
    steps = [{"name": "Home", "item": "https://example.org/"}, {"name": "City", "item": {"@id": "https://example.org/city/"}},
             {"name": "Bridge repaired", "item": URL}]  # fmt: skip
    node = {"@type": "BreadcrumbList", "itemListElement": steps}
    html = f'<script type="application/ld+json">{json.dumps(node)}</script>{HEADLINE}{TEXT}'
    assert read(html)[0] == "City"


@pytest.mark.parametrize(
    ("html", "tags"),
    [
        (f'{HEADLINE}{TEXT}<p>Run it:</p><pre><code><span class="keyword">def</span> tide(): <span class="tag">x</span>'
         '</code></pre>', []),
        (f'{HEADLINE}{TEXT}<a href="/tags/bridges/">Bridges<sup>12</sup></a>', ["Bridges"]),
        (f'{HEADLINE}<a href="/tags/bridges/">Bridges</a>{TEXT}<a href="/tags/bridges/"># Bridges <i>(12)</i></a>',
         ["Bridges"]),
        (f'{HEADLINE}{TEXT}<a href="/tag/2024/" rel="tag"><b>2024</b></a>', ["2024"]),
        (f'{HEADLINE}{TEXT}<div class="post-tags"><a href="/tags/a/">Bridges</a></div>'
         f'{TEXT * 12}<div><b>Trending</b><a href="/tags/b/">Roads</a><a href="/tags/c/">Parks</a></div>', ["Bridges"]),
        (f'<div class="widget"><a href="/tags/a/">Roads</a><a href="/tags/b/">Parks</a></div>{HEADLINE}{TEXT}'
         '<a href="/tags/c/">Bridges</a>', ["Bridges"]),
        ('<meta property="article:tag" content="Bridges"><meta name="keywords" content="Bridges,harbour,blog">'
         f'{HEADLINE}{TEXT}<a href="/tags/c/">Bridges</a>', ["Bridges"]),
        (f'<meta property="article:tag" content="Bridges"><meta name="keywords" content="Bridges,harbour,repairs">'
         f'<a href="/tags/c/">Bridges</a>{HEADLINE}{TEXT}', ["Bridges", "harbour", "repairs"]),
    ],
    ids=["words of code", "a counter", "a list repeated", "a number and no more", "the site's tags behind the list",
         "a widget", "the whole list and the site's keywords", "the first tag above the headline"],
)  # fmt: skip
def test_tags_are_those_of_the_article_each_once_and_without_counters(html: str, tags: list[str]) -> None:
    assert read(html)[1] == tags


ALL = "".join(f'<li><a href="/categories/{name}/">{name}</a> <b>3</b></li>' for name in ("Alpha", "Beta", "Gamma"))


@pytest.mark.parametrize(
    ("html", "section"),
    [
        (f'<div><a href="/categories/">All 12</a></div>{HEADLINE}{TEXT}', None),
        (f"<ul>{ALL}</ul>{HEADLINE}"
         f'<div><a href="/categories/city/">City</a></div>{TEXT}', "City"),
        (f'{HEADLINE}<a href="/categories/city/">City <b>4</b></a>{TEXT}', "City"),
        (f'{HEADLINE}{TEXT}<div><div><a href="/categories/city/">City</a></div>'
         '<h5><a href="/roads/">Roads</a></h5></div>', None),
        (f'<div id="breadcrumb"><a href="/">Home</a><a href="/c/city/">City</a></div>{HEADLINE}{TEXT}', "City"),
    ],
    ids=["the list of all", "a menu of all", "a counter", "another article's card", "a trail that only its id names"],
)  # fmt: skip
def test_the_section_stands_with_the_article(html: str, section: str | None) -> None:
    assert read(html)[0] == section
