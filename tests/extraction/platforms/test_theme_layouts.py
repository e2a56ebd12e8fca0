"""Themes and generators that have no row of their own: byline, date and author box by what they are.

Each snippet is written after the markup that the theme prints; the boxes are read without any row.
"""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from crawler.extraction.document import Document
from crawler.extraction.fields.author_box import AuthorBox, read_author_box
from crawler.extraction.reading import Reading, read_page
from crawler.items import Author
from crawler.page import Page

URL = "https://ledger.example/harbour-bridge-open/"
HEADLINE = "Harbour bridge open again after two years"
NAME = "Mara Quill"
BIO = "Mara Quill has covered bridges, ferries and the people who use them since 2011."
TIME = '<time class="entry-date published" datetime="2024-03-05T10:12:00+01:00">March 5, 2024</time>'
PROSE = "".join(
    f"<p>On day {day} the masons set the {day} stones of the northern pier, and the ferry made way for the barges.</p>"
    for day in range(3, 12)
)
AUTHOR = f'<a href="/author/mara/" rel="author">{NAME}</a>'
PICTURE = '<img src="/mara.jpg" alt="" width="96" height="96">'


@dataclass(frozen=True, slots=True)
class Layout:
    """What a theme prints around headline and text."""

    byline: str
    box: str = ""
    head: str = ""
    above: str = ""
    date: str = "2024-03-05"


LAYOUTS = {
    "GeneratePress": Layout(
        f'<div class="entry-meta"><span class="posted-on">{TIME}</span> <span class="byline">by <span class="author '
        'vcard" itemprop="author" itemtype="https://schema.org/Person" itemscope><a class="url fn n" '
        'href="/author/mara/" '
        f'title="View all posts by {NAME}" rel="author" itemprop="url"><span class="author-name" itemprop="name">{NAME}'
        "</span></a></span></span></div>",
        f'<div class="gb-container gb-author-box">{PICTURE}<h4 class="gb-headline">{NAME}</h4>'
        f'<p class="gb-headline gb-headline-text">{BIO}</p></div>',
    ),
    "Blocksy": Layout(
        '<ul class="entry-meta" data-type="simple:slash"><li class="meta-author" itemprop="author" itemscope '
        'itemtype="https://schema.org/Person"><a class="ct-meta-element-author" href="/author/mara/" rel="author" '
        f'itemprop="url"><span itemprop="name">{NAME}</span></a></li><li class="meta-date">{TIME}</li></ul>',
        f'<div class="author-box" data-type="type-1"><a class="ct-media-container" href="/author/mara/">{PICTURE}</a>'
        f'<section><h5 class="author-box-name">{NAME}</h5><div class="author-box-bio"><p>{BIO}</p></div>'
        '<a href="/author/mara/" class="ct-author-box-more">Articles: 12</a></section></div>',
    ),
    "Neve": Layout(
        f'<ul class="nv-meta-list"><li class="meta author vcard"><span class="author-name fn">By {AUTHOR}</span></li>'
        f'<li class="meta date posted-on">{TIME}</li></ul>',
        f'<div class="nv-author-biography"><div class="nv-author-elements-wrapper">{PICTURE}<div '
        f'class="nv-author-bio-text-wrapper"><h4 class="nv-author-bio-name">{NAME}</h4><p class="nv-author-bio-desc">'
        f"{BIO}</p></div></div></div>",
    ),
    "Hestia": Layout(
        '<h4 class="author">Published by <a href="/author/mara/" class="vcard author"><strong class="fn">'
        f"{NAME}</strong></a> on {TIME}</h4>",
        '<div class="card card-profile card-plain"><div class="card-avatar"><a '
        f'href="/author/mara/">{PICTURE}</a></div>'
        f'<div><h4 class="card-title">{NAME}</h4><p class="description">{BIO}</p></div></div>',
    ),
    "Divi blurb": Layout(
        f'<p class="post-meta">by <span class="author vcard">{AUTHOR}</span> | <span class="published">Mar 5, '
        "2024</span>"
        ' | <a href="/news/" rel="category tag">News</a></p>',
        '<div class="et_pb_module et_pb_blurb et_pb_blurb_0"><div class="et_pb_blurb_content"><div class='
        f'"et_pb_main_blurb_image">{PICTURE}</div><div class="et_pb_blurb_container"><h4 class="et_pb_module_header">'
        f'<span>{NAME}</span></h4><div class="et_pb_blurb_description"><p>{BIO}</p></div></div></div></div>',
    ),
    "Elementor": Layout(
        '<ul class="elementor-inline-items elementor-post-info"><li itemprop="author"><a href="/author/mara/"><span '
        f'class="elementor-post-info__item elementor-post-info__item--type-author">{NAME}</span></a></li><li '
        'itemprop="datePublished"><span class="elementor-post-info__item--type-date"><time>March 5, 2024</time></span>'
        "</li></ul>",
        f'<div class="elementor-author-box"><div class="elementor-author-box__avatar">{PICTURE}</div><div '
        f'class="elementor-author-box__text"><h4 class="elementor-author-box__name">{NAME}</h4><div '
        f'class="elementor-author-box__bio">{BIO}</div><a class="elementor-author-box__button" href="/author/mara/">'
        "All Posts</a></div></div>",
    ),
    "Ghost Casper": Layout(
        '<div class="article-byline-content"><ul class="author-list"><li class="author-list-item"><a '
        'href="/author/mara/" '
        f'class="author-avatar">{PICTURE}</a></li></ul><div class="article-byline-meta"><h4 class="author-name">'
        f'<a href="/author/mara/">{NAME}</a></h4><div class="byline-meta-content"><time class="byline-meta-date" '
        'datetime="2024-03-05">Mar 5, 2024</time><span class="byline-reading-time">• 3 min '
        "read</span></div></div></div>",
        f'<section class="author-card-wide"><h4><a href="/author/mara/">{NAME}</a></h4><p>{BIO}</p></section>',
    ),
    "Substack": Layout(
        '<div class="byline-wrapper"><div class="pencraft profile-hover-card-target"><a '
        'href="https://substack.com/@mara">'
        f'{NAME}</a></div><div class="pencraft meta-text">Mar 05, 2024</div></div>',
    ),
    "Hugo PaperMod": Layout(
        '<div class="post-meta"><span title="2024-03-05 10:12:00 +0100 CET">March 5, 2024</span>&nbsp;·&nbsp;3 min'
        f"&nbsp;·&nbsp;{NAME}</div>",
    ),
    "Jekyll Chirpy": Layout(
        '<div class="post-meta text-muted"><span> Posted <time data-ts="1709632920" data-df="ll">Mar 5, '
        "2024</time></span>"
        f'<div class="d-flex"><span> By <em><a href="https://git.example/mara">{NAME}</a></em></span><div>'
        '<span class="readtime">3 min read</span></div></div></div>',
    ),
    "Docusaurus": Layout(
        '<div class="margin-vert--md"><time datetime="2024-03-05T00:00:00.000Z">March 5, 2024</time> · 3 min read</div>'
        f'<div class="row"><div class="col col--12 authorCol_Hf19"><div class="avatar">{PICTURE}<div '
        'class="avatar__intro" '
        'itemprop="author" itemscope itemtype="https://schema.org/Person"><div class="avatar__name"><a '
        'href="https://git.example/mara" itemprop="url"><span '
        f'itemprop="name">{NAME}</span></a></div></div></div></div></div>',
    ),
    "Eleventy": Layout(
        '<ul class="post-metadata"><li><time datetime="2024-03-05">05 March 2024</time></li><li><a href="/tags/piers/" '
        'class="post-tag">piers</a></li></ul>',
        head=f'<meta name="author" content="{NAME}">',
    ),
    "Zola": Layout(f'<div class="post__meta">Published <time datetime="2024-03-05">2024-03-05</time> by {NAME}</div>'),
    "WriteFreely": Layout(
        '<time class="dt-published" datetime="2024-03-05T09:12:00Z">March 5, 2024</time>',
        above=f'<header><p class="p-author h-card"><a href="/mara/">{NAME}</a></p></header>',
    ),
    "Medium": Layout(
        f'<div><a data-testid="authorName" href="https://posts.example/@mara?source=post">{NAME}</a><span>·</span>'
        '<button>Follow</button></div><div><span data-testid="storyReadTime">3 min read</span><span>·</span><span '
        'data-testid="storyPublishDate">Mar 5, 2024</span></div>',
        f'<div class="ab ac"><a href="https://posts.example/@mara">{PICTURE}</a><h2 class="pw-author-name be '
        'bf">Written by '
        f'{NAME}</h2><div class="pw-follower-count">120 Followers</div><div class="be bg"><p>{BIO}</p></div></div>',
    ),
    "Flatsome": Layout(
        f'<div class="entry-meta uppercase is-xsmall"><span class="posted-on">Posted on <a href="{URL}" rel="bookmark">'
        f'{TIME}</a></span> <span class="byline">by <span class="meta-author vcard"><a class="url fn n" '
        f'href="/author/mara/">{NAME}</a></span></span></div>',
        '<div class="entry-author author-box"><div class="flex-row"><div '
        f'class="blog-author-image">{PICTURE}</div><div '
        f'class="flex-col"><h5 class="author-name uppercase">{NAME}</h5><p class="author-desc '
        f'small">{BIO}</p></div></div>'
        "</div>",
    ),
    "Astra": Layout(
        f'<div class="entry-meta">By <span class="posts-author"><a title="View all posts by {NAME}" '
        'href="/author/mara/" '
        f'class="url fn n"><span class="author-name">{NAME}</span></a></span> / <span class="posted-on">'
        '<span class="published">March 5, 2024</span></span></div>',
        f'<div class="ast-single-author-box"><div class="ast-author-meta"><div class="about-author-title-wrapper"><h3 '
        f'class="about-author-title">About The Author</h3></div><div class="ast-author-details">{PICTURE}<div '
        f'class="author-details-text"><a class="url fn n" href="/author/mara/"><h4 class="author-title">{NAME}</h4></a>'
        f'<div class="author-text">{BIO}</div></div></div></div></div>',
    ),
    "Twenty Twenty-Four": Layout(
        '<div class="wp-block-group"><div class="wp-block-post-date"><time datetime="2024-03-05T10:12:00+01:00">'
        '<a href="#">Mar 5, 2024</a></time></div><div class="wp-block-group"><p>—</p><p>by</p><div '
        f'class="wp-block-post-author-name"><a href="/author/mara/" class="wp-block-post-author-name__link">{NAME}</a>'
        "</div></div></div>",
    ),
    "Shopify Dawn": Layout(
        '<span class="circle-divider caption-with-letter-spacing"><time datetime="2024-03-05T09:12:00Z">March 5, 2024'
        '</time></span><span class="caption-with-letter-spacing" itemprop="author" itemscope '
        f'itemtype="http://schema.org/Person"><span itemprop="name">{NAME}</span></span>',
    ),
    "Discourse-like card": Layout(
        f'<div class="topic-meta"><a href="/u/mara" data-user-card="mara" rel="author">{NAME}</a> · Mar 5, 2024</div>',
        f'<aside class="writer"><p class="writer-name">{NAME}</p><p>{BIO}</p></aside>',
    ),
}
WITH_BOX = {name: layout for name, layout in LAYOUTS.items() if layout.box}


def page(layout: Layout, box: str) -> Page:
    html = (
        f'<html lang="en"><head><title>{HEADLINE} – Harbour '
        f"Ledger</title>{layout.head}</head><body>{layout.above}<main>"
        f'<article><header><h1 class="entry-title">{HEADLINE}</h1>{layout.byline}</header><div '
        f'class="entry-content">{PROSE}'
        f"</div>{box}</article></main><footer><p>© 2024 Harbour Ledger</p></footer></body></html>"
    )
    return Page(html.encode(), URL)


def boxed(read: Reading, of: Page) -> AuthorBox:
    authors: tuple[Author, ...] = tuple(read.article.authors)
    return read_author_box(Document(of), read.layout, authors, rows=())


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)
def test_headline_byline_and_date_are_read_from_layouts_without_rows(layout: Layout) -> None:
    article = read_page(page(layout, layout.box)).article
    assert (article.title, article.byline, (article.date or "")[:10]) == (HEADLINE, NAME, layout.date)


@pytest.mark.parametrize("layout", WITH_BOX.values(), ids=WITH_BOX)
def test_biographies_are_read_from_boxes_without_rows(layout: Layout) -> None:
    of = page(layout, layout.box)
    assert boxed(read_page(of), of).bio.value == BIO


@pytest.mark.parametrize("layout", WITH_BOX.values(), ids=WITH_BOX)
def test_an_empty_box_gives_no_biography_and_no_posts(layout: Layout) -> None:
    article = read_page(page(layout, layout.box.replace(BIO, ""))).article
    assert (article.byline, article.author_bio, article.latest_posts) == (NAME, None, [])


NO_BIOGRAPHIES = {
    "an address": f"<div><h4>{NAME}</h4><p>16581 W. Quill Rd. Suite 108, Harbour</p></div>",
    "teasers of other posts": f"<div><h4>More from {NAME}</h4><p>The ferry made way for the barges on "
    "Monday.</p></div>",
    "somebody else": "<div><h4>Piet Oort</h4><p>Piet Oort paints the ships that call at the harbour.</p></div>",
    "a name that a word merely holds": f"<div><h4>{NAME}</h4><p>The maradona of ships is here for the "
    "last time.</p></div>",
}


@pytest.mark.parametrize("box", NO_BIOGRAPHIES.values(), ids=NO_BIOGRAPHIES)
def test_what_only_stands_below_a_heading_is_no_biography(box: str) -> None:
    of = page(LAYOUTS["Zola"], box)
    assert boxed(read_page(of), of).bio.value is None


MARKED_BOX = {name: layout for name, layout in LAYOUTS.items() if name != "Divi blurb"}
"""Nothing in a blurb tells the text's reader that it is no part of the article."""


@pytest.mark.parametrize("layout", MARKED_BOX.values(), ids=MARKED_BOX)
def test_neither_byline_nor_box_is_part_of_the_text(layout: Layout) -> None:
    body = read_page(page(layout, layout.box)).article.body or ""
    assert NAME not in body
    assert "northern pier" in body
