"""The article's pictures."""

from __future__ import annotations

import json

import pytest

from crawler.extraction.document import Document
from crawler.extraction.fields.captions import CREDIT
from crawler.extraction.fields.images import choose_images
from crawler.extraction.fields.picture_identity import picture_key, twin_of
from crawler.extraction.layout import Layout
from crawler.items import Author, Image
from crawler.page import Page

URL = "https://example.org/bridge-repaired/"


def images(html: str, head: str = "") -> list[Image]:
    page = f"<html><head>{head}</head><body><h1>Bridge repaired</h1>{html}<p>It is open again.</p></body></html>"
    document = Document(Page(page.encode(), URL))
    text = document.by_tag["p"][-1]
    layout = Layout(document.by_tag["h1"][0], document.by_tag["p"][0], text)
    author = Author("Harper Stewart", avatar="https://example.org/up/harper.jpg")
    return list(choose_images(document, layout, [author]).value or ())


def og(address: str) -> str:
    return f'<meta property="og:image" content="{address}">'


@pytest.mark.parametrize(
    ("img", "url"),
    [
        ('<img src="/a.jpg">', "https://example.org/a.jpg"),
        ('<img src="a-300.jpg" srcset="a-300.jpg 300w, a-1200.jpg 1200w, a-600.jpg 600w">',
         "https://example.org/bridge-repaired/a-1200.jpg"),
        ('<img src="/a.jpg" srcset="/a.jpg 1x, /b.jpg 2x">', "https://example.org/b.jpg"),
        ('<img src="data:image/gif;base64,R0lGOD" data-src="/a.jpg">', "https://example.org/a.jpg"),
        ('<img src="/blank.gif" data-lazy-src="/a.jpg">', "https://example.org/a.jpg"),
        ('<img src="/empty.gif" data-retina-src="/a.jpg">', "https://example.org/a.jpg"),
        ('<picture><source srcset="/w,1200/a.webp 1200w, /w,300/a.webp 300w"><img src="/a.jpg"></picture>',
         "https://example.org/w,1200/a.webp"),
        ('<img src="/a b.jpg">', "https://example.org/a%20b.jpg"),
    ],
)  # fmt: skip
def test_the_largest_file_is_taken(img: str, url: str) -> None:
    assert [image.url for image in images(img)] == [url]


@pytest.mark.parametrize(
    "img",
    [
        '<img class="avatar" src="/harper.jpg">',
        '<div class="author-box"><img src="/harper.jpg"></div>',
        '<img src="https://secure.gravatar.com/avatar/1?s=300">',
        '<img src="/pixel.gif" width="1" height="1">',
        '<img src="/site-logo.png">',
        '<img src="data:image/gif;base64,R0lGOD">',
        "<img>",
        '<img src="http://[::1">',
        '<aside><img src="/teaser.jpg"></aside>',
        '<div class="related-posts"><img src="/teaser.jpg"></div>',
        '<article><img src="/card.jpg"></article>',
        '<img src="/icon-64.png" width="64" height="64">',
        '<img src="/wp-content/plugins/share/mail.png">',
        '<img src="/sites/all/themes/blue/arrow.gif">',
        '<img src="/up/spring-sale-728x90.gif">',
        '<img src="/up/728x90_spring.gif">',
        '<img src="/up/staff-04.jpg" alt="Harper Stewart">',
        '<img src="/up/staff-04.jpg" alt="Photo of Harper Stewart">',
        '<img src="/up/harper.jpg">',
    ],
)
def test_pictures_that_show_nothing_of_the_story_are_left_out(img: str) -> None:
    assert images(img) == []


def test_a_picture_of_the_author_with_a_caption_belongs_to_the_story() -> None:
    figure = '<figure><img src="/up/harper.jpg" alt="Harper Stewart"><figcaption>On the bridge.</figcaption></figure>'
    assert [image.caption for image in images(figure)] == ["On the bridge."]


def test_the_declared_picture_leads_with_the_printed_ones_caption() -> None:
    figure = (
        '<figure><img src="/up/bridge-300x200.jpg" alt="The bridge">'
        "<figcaption>The bridge at noon. (Photo: Nina Vale)</figcaption></figure>"
    )
    found = images('<img src="/up/lorry.jpg">' + figure, og("https://example.org/up/bridge.jpg"))
    assert found == [
        Image("https://example.org/up/bridge.jpg", "The bridge", "The bridge at noon.", "Nina Vale"),
        Image("https://example.org/up/lorry.jpg"),
    ]


def test_the_sites_own_picture_is_not_the_articles() -> None:
    assert images("", og("https://example.org/img/default-share.png")) == []


def test_json_ld_gives_caption_and_credit() -> None:
    picture = {"@type": "ImageObject", "url": "/a.jpg", "caption": "The bridge", "creditText": "Nina Vale"}
    node = {"@type": "NewsArticle", "headline": "Bridge repaired", "image": picture}
    head = f'<script type="application/ld+json">{json.dumps(node)}</script>'
    assert images("", head) == [Image("https://example.org/a.jpg", None, "The bridge", "Nina Vale")]


@pytest.mark.parametrize(
    ("caption", "text", "credit"),
    [
        ("The bridge. Photo: Nina Vale", "The bridge.", "Nina Vale"),
        ("The bridge. Photo by Nina Vale/Agency", "The bridge.", "Nina Vale/Agency"),
        ("Die Brücke. Foto: Nina Vale", "Die Brücke.", "Nina Vale"),
        ("The bridge © Agency", "The bridge", "Agency"),
        ('The bridge <span class="credit">Nina Vale</span>', "The bridge", "Nina Vale"),
        ('The bridge <cite class="image-credit">(Photo: Nina Vale)</cite>', "The bridge", "Nina Vale"),
        ("Photo: Nina Vale", None, "Nina Vale"),
        ("A photo of the bridge", "A photo of the bridge", None),
    ],
)
def test_a_credit_is_split_from_its_caption(caption: str, text: str | None, credit: str | None) -> None:
    (found,) = images(f'<figure><img src="/a.jpg"><figcaption>{caption}</figcaption></figure>')
    assert (found.caption, found.credit) == (text, credit)


def test_captions_outside_figures_are_found_by_class() -> None:
    html = '<div class="wp-caption"><img src="/a.jpg"><p class="wp-caption-text">The bridge</p></div>'
    assert [image.caption for image in images(html)] == ["The bridge"]


def test_the_sizes_of_one_picture_share_a_key() -> None:
    names = ("bridge.jpg", "bridge-1024x768.jpg", "bridge-scaled.webp", "bridge-scaled-300x200.jpg")
    assert len({picture_key(f"https://cdn.example.org/{name}?w=300") for name in names}) == 1


def test_a_sentence_about_a_photo_is_no_credit() -> None:
    assert CREDIT.search("The photo of the year hangs in the hall") is None


@pytest.mark.parametrize(
    ("declared", "printed"),
    [
        ("https://s.example/40/1200x675_boats-4711.jpg", "https://s.example/40/1920x1080_boats-4711.jpg"),
        ("https://s.example/i/44152f97b643491c/16x9/original.jpg", "https://s.example/i/44152f97b643491c/16x9/640@40.jpg"),
        ("https://s.example/i/boats-in-the-basin/wide__1300x731", "https://s.example/i/boats-in-the-basin/wide__360x202__m"),
        ("https://s.example/boats.jpg", "https://s.example/boats.jpg.webp"),
        ("https://s.example/a_w1280_4c113d3e-b078.jpg", "https://s.example/a_w948_r1_4c113d3e-b078.webp"),
        ("https://s.example/2024/246270.jpg", "https://p.example/?url=https://s.example/2024/246270.jpg&w=100"),
        ("https://s.example/up/boats.png", "https://s.example/_next/image?url=%2Fup%2Fboats.png&w=828"),
        ("https://s.example/13862217_W2040.jpg", "https://m.example/boats/13862217_M204.jpg"),
        ("https://s.example/n?image=https%3A%2F%2Fa.example%2F928913_m.jpg", "https://a.example/c/w=640/928913_opener.jpg"),
    ],
)  # fmt: skip
def test_crops_of_one_picture_are_known_by_name_or_identifier(declared: str, printed: str) -> None:
    assert twin_of(declared, ["https://s.example/other-story.jpg", printed]) == 1


@pytest.mark.parametrize(
    ("declared", "printed"),
    [
        ("https://s.example/holiday-in-norway/1.jpg", "https://s.example/holiday-in-norway/2.jpg"),
        ("https://p.example/?url=https://s.example/246270.jpg", "https://p.example/?url=https://s.example/246221.jpg"),
        ("https://s.example/20240305-quay.jpg", "https://s.example/20240305-crane.jpg"),
        ("https://s.example/a/1709633520-quay.jpg", "https://s.example/a/1709633520-crane.jpg"),
        ("https://s.example/123456/large.jpg", "https://s.example/654321/large.jpg"),
    ],
)
def test_pictures_that_share_a_folder_a_day_or_a_proxy_are_not_one(declared: str, printed: str) -> None:
    assert twin_of(declared, [printed]) is None


def test_an_identifier_that_several_pictures_have_is_the_article_s() -> None:
    others = [f"https://s.example/d41586-025-{number}.jpg" for number in ("quay", "crane")]
    assert twin_of("https://s.example/d41586-025-hero.jpg", others) is None


def test_a_declared_crop_of_a_printed_picture_is_listed_once_with_its_caption() -> None:
    img = '<img src="https://s.example/640/boats_51634584.jpg" alt="Boats">'
    figure = f"<figure>{img}<figcaption>Boats</figcaption></figure>"
    (found,) = images(figure, '<meta property="og:image" content="https://s.example/1200/hero_51634584.jpg">')
    assert (found.url, found.caption) == ("https://s.example/1200/hero_51634584.jpg", "Boats")


def test_a_proxy_s_enlargement_does_not_replace_the_declared_file() -> None:
    proxied = "https://cdn.example/_next/image?url=https%3A%2F%2Fexample.org%2Fup%2Fboats.jpg&amp;w=3840"
    assert [image.url for image in images(f"<img srcset='{proxied} 3840w'>", og("/up/boats.jpg"))] == [
        "https://example.org/up/boats.jpg"
    ]
    assert [image.url for image in images("<img srcset='/up/boats.jpg 2048w'>", og("/up/boats-1200x630.jpg"))] == [
        "https://example.org/up/boats.jpg"
    ]


def test_copies_of_a_file_with_any_picture_s_name_are_one() -> None:
    (found,) = images("<figure><img src='/up/hero.jpg' alt='Hero'></figure>", og("/up/hero-1200x630.jpg"))
    assert found.alt == "Hero"
    assert len(images("<img src='/up/image-120.png'><img src='/up/image-121.png'>")) == 2


def test_pictures_of_amp_pages_are_read() -> None:
    (found,) = images("<amp-img src='/up/boats.jpg' width='800' height='600' alt='Boats'></amp-img>")
    assert (found.url, found.alt) == ("https://example.org/up/boats.jpg", "Boats")


@pytest.mark.parametrize(
    ("caption", "credit"),
    [
        ("Boats at dusk. Ada Ray via Harbour Images", "Ada Ray via Harbour Images"),
        ("Boats at dusk. HARBOUR/Ada Ray", "HARBOUR/Ada Ray"),
        ("Boats at dusk. Barges and/or ferries pass", None),
        ("Boats at dusk", None),
    ],
)
def test_photographer_and_agency_behind_the_last_sentence_are_the_credit(caption: str, credit: str | None) -> None:
    (found,) = images(f"<figure><img src='/up/boats.jpg'><figcaption>{caption}</figcaption></figure>")
    assert (found.caption, found.credit) == (caption if credit is None else "Boats at dusk.", credit)


def test_caption_and_credit_in_elements_behind_the_picture_are_read() -> None:
    markup = "<div class='image'><img src='/up/boats.jpg'></div><p class='image-caption'>Boats</p>"
    (found,) = images(f"<section>{markup}<p class='image-credit'>Ada Ray</p></section>")
    assert (found.caption, found.credit) == ("Boats", "Ada Ray")


def test_videos_and_documents_are_no_pictures() -> None:
    assert images("<img src='/up/boats.mp4'><img src='/up/boats.jpg'>", og("/up/boats.webm?x=1")) == [
        Image("https://example.org/up/boats.jpg")
    ]


@pytest.mark.parametrize(
    ("html", "head"),
    [
        ("", og("/images/avatar.jpg")),
        ('<p>Text.</p><div class="reward-box"><b>Thanks</b><div><div><img src="/pay.jpg"></div></div></div>', ""),
        ('<p>Text.</p><div class="donate"><img src="/pay.jpg"></div>', ""),
        ('<p>Text.</p><img src="/qrcode.png"><img class="wechat-pay" src="/b.png">', ""),
        ('<p>Text.</p><div class="widget"><img src="/card.jpg"></div>', ""),
    ],
    ids=["the declared portrait of the site's owner", "a reward box", "a donation", "codes to scan", "a widget"],
)
def test_what_is_shown_beside_every_article_is_no_picture_of_it(html: str, head: str) -> None:
    assert images(html, head) == []


def test_the_sign_that_links_to_a_picture_is_no_part_of_its_caption() -> None:
    sign = '<a href="#lock" title="Link to this picture">¶</a>'
    found = images(
        f'<figure id="lock"><img src="/a.jpg"><figcaption><p>The lock at dusk.{sign}</p></figcaption></figure>'
    )
    assert [image.caption for image in found] == ["The lock at dusk."]
