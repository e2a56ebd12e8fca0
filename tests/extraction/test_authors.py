"""Which of a page's bylines is believed."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from crawler.extraction.document import Document
from crawler.extraction.evidence import Choice
from crawler.extraction.fields.author_box import read_author_box
from crawler.extraction.fields.authors import PREFERENCES, byline_of, choose_authors
from crawler.extraction.fields.title import choose_title
from crawler.extraction.layout import Layout
from crawler.items import Author
from crawler.page import Link, Page

URL = "https://ledger.example/islands/2024/05/bridge/"
BODY = f'<p class="lede">{"The bridge across the harbour is open again. " * 3}</p>'


def choose(
    head: str = "", byline: str = "", tail: str = "", before: str = "", **known: str
) -> Choice[tuple[Author, ...]]:
    html = (
        '<html><head><title>Bridge open - Harbour Ledger</title><meta property="og:site_name" content="Harbour Ledger">'
        f"{head}</head><body><div>{before}</div><main><article><header><h1>Bridge open</h1>{byline}</header>{BODY}"
        f"</article></main>{tail}</body></html>"
    )
    links = tuple(Link(URL, "feed", authors=(name,)) for name in known.values())
    document = Document(Page(html.encode(), URL, links=links))
    headline = choose_title(document).winner
    lede = document.by_class["lede"][0]
    return choose_authors(document, Layout(headline.position if headline else None, lede, lede))


def names(choice: Choice[tuple[Author, ...]]) -> list[str]:
    return [author.name for author in choice.value or ()]


def json_ld(author: str, kind: str = "NewsArticle", headline: str = "Bridge open") -> str:
    return (
        f'<script type="application/ld+json">{{"@type": "{kind}", "headline": "{headline}", "url": "{URL}", '
        f'"author": {author}}}</script>'
    )


def meta(name: str, content: str) -> str:
    return f'<meta name="{name}" content="{content}">'


WINNERS = {
    "JSON-LD of the article": (json_ld('{"@type": "Person", "name": "Mara Quill"}'), "<p>By Piet Oort</p>", "json-ld"),
    "printed before meta": (meta("author", "Piet Oort"), '<p class="byline">By Mara Quill</p>', "markup"),
    "an article's meta before print": (meta("parsely-author", "Mara Quill"), '<p class="byline">Piet Oort</p>', "meta"),
    "microdata": ("", '<span itemprop="author"><i itemprop="name">Mara Quill</i></span>', "microdata"),
    "rel=author": ("", '<a rel="author" href="/author/mara/">Mara Quill</a>', "markup"),
    "a link to an author's page": ("", '<a href="/author/mara/">Mara Quill</a>', "markup"),
    "an account's name in a link to its page": ("", '<p>by <a href="/profile/142450">MaraQuill7</a></p>', "markup"),
    "a line that begins with By": ("", "<div>By Mara Quill | May 2, 2024</div>", "markup"),
    "an hCard": ("", '<span class="author vcard"><a class="fn" href="/m">Mara Quill</a></span>', "markup"),
    "a label in an element of its own": ("", "<div><div>By</div><div>Mara Quill</div><div>6 min</div></div>", "markup"),
    "By behind a date": ("", '<p><time>May 2</time> by Mara Quill in <a href="/news/">News</a></p>', "markup"),
    "a name in a row of portrait, name and date": (
        "",
        '<div><img src="/m.jpg" alt=""><div><div>Mara Quill</div><div>3 months ago · 4 min read</div></div></div>',
        "markup",
    ),
    "a label and a link below a trail": (
        "",
        '<div class="post-breadcrumb"><p>By <a href="/author/mara/">Mara Quill</a> • 4 min</p></div>',
        "markup",
    ),
    "By behind a date in an element of its own": ("", "<p><span>May 2, 2024</span> by Mara Quill</p>", "markup"),
    "a label behind a date, before an element": (
        "",
        "<p><b>Posted</b> May 2, 2024 - By <b>Mara Quill</b></p>",
        "markup",
    ),
    "the first line of a long text": (
        "",
        f"<div>Posted by Mara Quill, Engineer<br><br>{'The bridge across the harbour opens. ' * 9}</div>",
        "markup",
    ),
    "a line below a date in a long text": (
        "",
        f"<div><h2>May 2</h2>Posted by Mara Quill<br>{'The bridge across the harbour opens. ' * 9}</div>",
        "markup",
    ),
    "a name beside categories": (
        "",
        '<p>by Mara Quill in <a href="/ships/" rel="category tag">Ships</a>, <a href="/tag/tar/">Old Tar</a></p>',
        "markup",
    ),
    "a name beside a recording's": (
        "",
        '<span class="info__byline media-info">Piet Oort</span><span class="info__byline">Mara Quill</span>',
        "markup",
    ),
    "a hidden byline, where nothing else names anybody": (
        "",
        '<span class="author vcard" style="display: none">Mara Quill</span>',
        "markup",
    ),
    "a printed byline before a hidden one": (
        "",
        '<span class="vcard rich-snippet-hidden">Piet Oort</span><p>By Mara Quill</p>',
        "markup",
    ),
    "a sentence": ("", "<p><em>This post was written by <a href='/m'>Mara Quill</a>.</em></p>", "markup"),
    "a full name without any mark": ("", "<div><p>Mara Quill</p><p>May 2, 2024</p></div>", "markup"),
    "the last part of a line of date, length and name": (
        "",
        "<div>Posted on May 2, 2024 · 7 min read · Mara Quill</div>",
        "markup",
    ),
    "a name beside the icon of a user": (
        "",
        '<ul><li><i class="fa fa-user"></i> Mara Quill</li><li><i class="fa fa-calendar"></i> 02.05.2024</li></ul>',
        "markup",
    ),
    "a name before a date with a time": ("", "<div>Mara Quill<div>6:01 a.m. May 2, 2024</div></div>", "markup"),
    "elements that touch": ("", '<a href="/authors/mara"><span>Mara Quill</span><span>Editor</span></a>', "markup"),
    "microdata that is not printed": (
        "",
        '<span itemprop="author"><meta itemprop="name" content="Mara Quill"></span>',
        "microdata",
    ),
    "microdata that is not printed, and a card of the same person": (
        "",
        '<span hidden itemprop="author"><meta itemprop="name" content="Mara Quill"></span><aside '
        'class="related"><p itemprop="author">Mara Quill</p></aside>',
        "microdata",
    ),
    "a linked name behind a date": (
        "",
        '<div><span>May 2, 2024</span> · <a href="//x.example">Mara Quill</a></div>',
        "markup",
    ),
    "a name before a link": (
        "",
        '<div><i>May 2, 2024</i> · 3 min · Mara Quill | <a href="/edit">Suggest changes</a></div>',
        "markup",
    ),
    "a place beside a name": (
        "",
        '<div class="signature">By <a href="/authors/mara">Mara Quill</a>'
        '<div class="signature__location">Old Quay</div></div>',
        "markup",
    ),
    "a user's page": ("", '<p><a href="/u/ab12cd"><span>Mara Quill</span></a> 2024-05-02</p>', "markup"),
    "a badge beside a name": (
        "",
        '<div class="AuthorInfo">Mara Quill<div class="AuthorInfo-badge">Pilot</div></div>',
        "markup",
    ),
    "a directory of authors in another language": ("", '<a href="/szerzo/mara-quill/">Mara Quill</a>', "markup"),
    "a name behind date and comma": ("", "<p>02.05.2024, Mara Quill</p>", "markup"),
    "a name behind date and dash": ("", "<p>02.05.2024 - Mara Quill</p>", "markup"),
    "a name before a date and a time of day": ("", "<p>02.05.2024 um 14:26 | Mara Quill</p>", "markup"),
    "the older name of a scholarly record": (meta("citation_authors", "Quill, Mara"), "", "meta"),
    "the paper's field beside the author's": (
        "",
        '<div class="field field-authors">Mara Quill</div><div class="field field-byline2">Quay Star</div>',
        "markup",
    ),
    "meta": (meta("author", "Mara Quill"), "", "meta"),
    "the person who owns the page": (meta("author", "Mara Quill") + meta("copyright", "© Mara Quill 2024"), "", "meta"),
    "Written by, of an SEO plugin": (
        meta("twitter:label1", "Written by") + meta("twitter:data1", "Mara Quill"),
        "",
        "meta",
    ),
    "an account name behind a full one": (json_ld('{"name": "mquill"}'), '<p class="byline">Mara Quill</p>', "markup"),
    "an account name with a digit behind a full one": (
        json_ld('{"name": "MQ7567"}'),
        '<p class="byline">Mara Quill</p>',
        "markup",
    ),
    "a person before a position": (meta("author", "Event Coordinator"), '<p class="byline">Mara Quill</p>', "markup"),
    "a person before a publishing house's acronym": (
        meta("author", "GHLP"),
        "<div><p>Mara Quill</p><p>May 2, 2024</p></div>",
        "markup",
    ),
    "a person before the publication": (
        json_ld('{"name": "Harbour Ledger"}'),
        '<p class="byline">Mara Quill</p>',
        "markup",
    ),
}


@pytest.mark.parametrize(("head", "byline", "source"), WINNERS.values(), ids=WINNERS)
def test_the_better_source_names_the_author(head: str, byline: str, source: str) -> None:
    choice = choose(head, byline)
    assert names(choice) in (["Mara Quill"], ["MaraQuill7"])
    assert choice.winner is not None
    assert choice.winner.source == source


def test_a_short_line_with_a_label_is_believed_inside_the_body_too_whatever_the_name() -> None:
    inside = '<p>By Xanthi Oort</p><p class="deck">Builder and chief</p>'
    document = Document(Page(f"<h1>Bridge open</h1>{BODY}{'<p>Ships wait.</p>' * 5}{inside}{BODY}".encode(), URL))
    first, last = document.by_class["lede"]
    assert names(choose_authors(document, Layout(document.by_tag["h1"][0], first, last))) == ["Xanthi Oort"]


def test_a_label_in_a_list_of_facts_names_the_author_whatever_the_name() -> None:
    facts = "<dl><dt>Author <i></i></dt><dd>Xanthi Oort</dd></dl>"
    assert names(choose(byline=facts)) == ["Xanthi Oort"]


@pytest.mark.parametrize(("line", "found"), [("Por: Agencia EFE", ["Agencia EFE"]), ("Harbour Office", [])])
def test_an_agency_behind_a_label_signs_inside_the_body_too(line: str, found: list[str]) -> None:
    inside = f"<p><strong>{line}</strong></p>"
    document = Document(Page(f"<h1>Bridge open</h1>{BODY * 8}{inside}{BODY}".encode(), URL))
    first, *_, last = document.by_class["lede"]
    assert names(choose_authors(document, Layout(document.by_tag["h1"][0], first, last))) == found


def test_a_byline_before_a_body_that_stands_far_behind_the_headline_is_found() -> None:
    menu = "".join(f"<li>Item {number}</li>" for number in range(200))
    byline = '<section><h4>Author</h4><p><a href="/profile/us_detail/A7/mara">Mara Quill</a></p></section>'
    document = Document(Page(f"<h1>Bridge open</h1><ul>{menu}</ul>{byline}{BODY}{BODY}".encode(), URL))
    first, last = document.by_class["lede"]
    assert names(choose_authors(document, Layout(document.by_tag["h1"][0], first, last))) == ["Mara Quill"]


def test_a_sentence_behind_a_name_in_cyrillic_is_no_part_of_it() -> None:
    assert names(choose(byline="<p>Автор: Дарья Иванова. Фото автора</p>")) == ["Дарья Иванова"]


def test_a_line_with_date_and_name_above_the_headline_signs_and_one_without_date_does_not() -> None:
    def found(line: str) -> list[str]:
        html = f"<main><div>{line}<h1>Bridge open</h1>{BODY}</div></main>"
        document = Document(Page(html.encode(), URL))
        lede = document.by_class["lede"][0]
        return names(choose_authors(document, Layout(document.by_tag["h1"][0], lede, lede)))

    assert found("<small>02.05.2024 | 13:10 Uhr | Martha Quill</small>") == ["Martha Quill"]
    assert found("<small>Harbours | Martha Quill</small>") == []


def test_a_full_name_beside_a_date_above_the_headline_signs_and_one_without_date_does_not() -> None:
    row = "<main><div><span>{}</span><span>Julian K. Arni</span></div><h1>Bridge open</h1>{}</main>"
    for beside, found in (("Dec 17, 2025", ["Julian K. Arni"]), ("Harbours", [])):
        document = Document(Page(row.format(beside, BODY).encode(), URL))
        lede = document.by_class["lede"][0]
        assert names(choose_authors(document, Layout(document.by_tag["h1"][0], lede, lede))) == found


def test_a_section_called_people_is_nobody() -> None:
    link = "<main><a href='https://ledger.example/people/real-life/'>Real Life</a><h1>Bridge open</h1>{}</main>"
    for address, found in (("people/real-life/bridge/", []), ("harbours/bridge/", ["Real Life"])):
        document = Document(Page(link.format(BODY).encode(), f"https://ledger.example/{address}"))
        lede = document.by_class["lede"][0]
        assert names(choose_authors(document, Layout(document.by_tag["h1"][0], lede, lede))) == found


def test_links_in_the_prose_of_the_first_paragraphs_speak_of_people() -> None:
    link = '<a href="/people/piet-oort/">Piet Oort</a>'
    prose = f'<p class="lede">The bridge is open again, said {link}, who built it {"again and " * 12}again.</p>'
    byline = f'<p class="lede">By {link}, who built it {"again and " * 12}again.</p>'
    for first, found in ((prose, []), (byline, ["Piet Oort"])):
        document = Document(Page(f"<main><h1>Bridge open</h1>{first}</main>".encode(), URL))
        lede = document.by_class["lede"][0]
        assert names(choose_authors(document, Layout(document.by_tag["h1"][0], lede, lede))) == found


def test_a_feed_that_names_the_author_is_believed_first() -> None:
    assert names(choose(json_ld('"Piet Oort"'), feed="Mara Quill")) == ["Mara Quill"]


NOBODY = {
    "the publication in JSON-LD alone": {"head": json_ld('{"@type": "Organization", "name": "Harbour Ledger"}')},
    "the publication in meta alone": {"head": meta("author", "Harbour Ledger")},
    "the account admin": {"byline": '<span class="author">admin</span>'},
    "an address": {"head": '<meta property="article:author" content="https://www.facebook.com/mara">'},
    "a page's author alone, as SEO plugins fill it in": {"head": json_ld('"mquill"', kind="WebPage")},
    "the owner whom the copyright names": {
        "head": meta("author", "Old Harbour") + meta("copyright", "(c) 2024 by Old Harbour, all rights reserved"),
    },
    "a hidden account, of which JSON-LD's page speaks too": {
        "head": json_ld('"mquill"', kind="WebPage"),
        "byline": '<div class="author vcard" hidden>mquill</div>',
    },
    "the section of the address": {"byline": '<p class="author">Islands</p>'},
    "an account of the publication elsewhere": {"byline": '<a href="https://social.example/u/24">Harbour News</a>'},
    "an invitation to contributors": {"byline": '<div class="become-contributor"><a href="/write/">Join Us</a></div>'},
    "an answer of the reporter": {"byline": "<p>记者：我现在在港口，船还没有来，人很多。</p>"},
    "the place in a dateline": {
        "byline": '<img src="/p.jpg"><span class="location">Martha Bay</span><span>May 2, 2024</span>'
    },
    "the office that sent the text": {"byline": '<div class="author">Press release</div>'},
    "a label without a name": {"byline": "<p>Written by <b>Post Author</b></p>"},
    "a button to hide the author": {"byline": '<div class="hideauthor">Show More</div>'},
    "an address to write to": {"byline": '<address class="contact">Telefon: 0800 400</address>'},
    "prose behind a name": {"byline": "<p>Jane Quill Newport. Born in a harbour town by the sea.</p>"},
    "a library record alone": {"head": meta("dc.creator", "mquill")},
    "a comment": {"tail": '<ol class="comments"><li><span class="author">Piet Oort</span> nice</li></ol>'},
    "microdata of a list of posts": {
        "byline": '<p itemprop="author"><meta itemprop="name" content="Piet Oort"></p>' * 2,
    },
    "hidden microdata of several people": {
        "byline": '<p itemprop="author"><meta itemprop="name" content="Piet Oort"></p>',
        "tail": '<aside class="related"><p itemprop="author">Ida Berg</p></aside>',
    },
    "a linked name of a category behind a date": {
        "byline": '<div><span>May 2, 2024</span> · <a href="/category/m">Martha Bay</a></div>'
    },
    "the icon of a list": {"byline": '<p><i class="fa fa-list"></i> Xanthi Oort</p>'},
    "the card of the next article": {"tail": '<div class="next-article"><b class="author">Piet Oort</b></div>'},
    "a response": {"tail": '<section class="responses"><b class="fn">Piet Oort</b> nice</section>'},
    "a section before a dash": {"byline": "<p>Harbours - Martha Quill</p>"},
    "related posts": {"tail": '<div class="related"><a rel="author" href="/author/p/">Piet Oort</a></div>'},
    "a list of posts": {
        "tail": "".join(
            f'<div class="card"><p class="author">By {name}</p></div>' for name in ("Piet Oort", "Ida Berg")
        )
    },
    "JSON-LD of another article": {"head": json_ld('"Piet Oort"', headline="Other").replace(URL, f"{URL}x")},
    "a list of signatures": {"byline": '<h3 class="signaturelist_header">Latest signatures</h3>'},
    "prose marked as byline": {"byline": '<div class="reporterbox">In this plant there is no cotton</div>'},
    "the headline again": {"byline": '<div class="author"><span>Bridge open</span></div>'},
    "a link to log in": {"before": '<a href="/users/login">Log In</a>'},
    "a link to log in by somebody else": {"before": '<a href="/user/account/ExternalLogin?back=news">Anmelden</a>'},
    "the list of all members": {"before": '<a href="/user/memberlist">Member List</a>'},
    "a label alone": {"byline": "<ul><li><a href='/texts/'>Texte</a></li></ul>"},
    "microdata of a comment": {"tail": '<div itemprop="comment"><b itemprop="author">Piet Oort says</b> nice</div>'},
    "who took the picture above": {"byline": '<div class="cutline-byline">Xanthi Oort</div>'},
    "who took the picture beside it": {"byline": '<span class="mediaInfo__byline">Min</span>'},
    "a trail that a class says is no byline": {"byline": '<div class="meta no-byline">Old Quay » Harbour</div>'},
    "whom the standfirst gives the age of": {"byline": "<p>Mark Oort, 34, lives beside the bridge.</p>"},
    "what a publication says of its authors": {"byline": '<div class="author-disclosure">We May Earn Money</div>'},
    "whom the lede is about": {"byline": "<p>Mark Oort with an urgent appeal to the ministry.</p>"},
    "a photographer": {"byline": "<p>Photo by Piet Oort</p>"},
    "a twitter handle": {"head": meta("twitter:creator", "@mara")},
}


@pytest.mark.parametrize("page", NOBODY.values(), ids=NOBODY)
def test_no_name_is_better_than_a_wrong_one(page: dict[str, str]) -> None:
    assert names(choose(**page)) == []


def test_meta_names_a_sites_owner_where_the_page_is_no_article_and_prints_the_name_in_its_copyright_only() -> None:
    def found(head: str, behind: str) -> list[str]:
        html = f"<head>{meta('author', 'Mara Quill')}{head}</head><body><h1>Prices</h1>{BODY}{behind}</body>"
        document = Document(Page(html.encode(), URL))
        lede = document.by_class["lede"][0]
        return names(choose_authors(document, Layout(document.by_tag["h1"][0], lede, lede)))

    owner = "<footer>© 2024 Mara Quill</footer>"
    assert found("", owner) == []
    assert found('<meta property="og:type" content="article">', owner) == ["Mara Quill"]
    assert found("", f"{owner}<p>Mara Quill</p>") == ["Mara Quill"]


def test_the_publication_is_the_author_where_two_sources_say_so() -> None:
    choice = choose(json_ld('{"@type": "Organization", "name": "Harbour Ledger"}') + meta("author", "Harbour Ledger"))
    assert [(author.name, author.kind) for author in choice.value or ()] == [("Harbour Ledger", "organization")]


def test_a_publications_name_in_a_profile_is_not_cut_into_names() -> None:
    profile = (
        '<dl class="profile-datablock"><dt class="profile-data">Bridges and Boats</dt><dd>We cross bridges.</dd></dl>'
    )
    site = '<meta property="og:site_name" content="Bridges and Boats">'
    signed = '<div>Posted by <span class="post-author vcard"><i class="fn">Edda Oort</i></span></div>'
    html = f"<head>{site}</head><body><h1>Bridge open</h1>{BODY}{signed}<div>{profile}</div></body>"
    document = Document(Page(html.encode(), URL))
    lede = document.by_class["lede"][0]
    assert names(choose_authors(document, Layout(document.by_tag["h1"][0], lede, lede))) == ["Edda Oort"]


def test_a_publication_that_signs_is_no_person_even_where_the_page_calls_it_one() -> None:
    choice = choose(json_ld('{"@type": "Person", "name": "Harbour Ledger"}') + meta("author", "Harbour Ledger"))
    assert [(author.name, author.kind) for author in choice.value or ()] == [("Harbour Ledger", "organization")]


def test_a_position_that_the_head_declares_signs_where_it_is_printed() -> None:
    assert names(choose(meta("author", "Staff Reporter"), before="<p><strong>Staff Reporter</strong></p>")) == [
        "Staff Reporter"
    ]
    assert names(choose(meta("author", "Staff Reporter"))) == []


def test_the_staff_of_the_publication_signs_where_it_is_printed_and_the_publication_does_not() -> None:
    assert names(choose(before='<div class="author">Harbour Ledger Team</div>')) == ["Harbour Ledger Team"]
    assert names(choose(before='<div class="author">Harbour Ledger</div>')) == []
    assert names(choose(before="<p>Posted by Harbour Ledger on May 2</p>")) == ["Harbour Ledger"]


def test_an_author_has_the_best_spelling_and_the_address_that_any_source_gives() -> None:
    choice = choose(json_ld('{"name": "mara-quill"}'), '<a rel="author" href="/author/mara/">Mara Quill</a>')
    assert [(author.name, author.url) for author in choice.value or ()] == [
        ("Mara Quill", "https://ledger.example/author/mara/")
    ]


def test_references_between_json_ld_nodes_are_followed() -> None:
    graph = f"""<script type="application/ld+json">{{"@graph": [
        {{"@type": "Article", "headline": "Bridge open", "url": "{URL}", "author": {{"@id": "#mara"}}}},
        {{"@type": "Person", "@id": "#mara", "name": "Mara Quill", "url": "/author/mara/",
          "image": {{"@type": "ImageObject", "url": "/mara.jpg"}}}}]}}</script>"""
    author = (choose(graph).value or ())[0]
    assert (author.name, author.url, author.avatar) == (
        "Mara Quill",
        "https://ledger.example/author/mara/",
        "https://ledger.example/mara.jpg",
    )


@pytest.mark.parametrize("line", ["Jonas Oort, Anna Ruiz", "Jonas Oort and Anna Ruiz", "Jonas Oort & Anna Ruiz"])
def test_several_full_names_that_begin_the_line_of_the_date_sign(line: str) -> None:
    date = ", <time datetime='2024-05-02'>2 May 2024</time><span>•</span>3 min read"
    assert names(choose(byline=f"<div>{line}{date}</div>")) == ["Jonas Oort", "Anna Ruiz"]
    assert names(choose(byline=f"<div>{line.replace('Jonas Oort', 'Xanthi Orr')}{date}</div>")) == []


def test_several_authors_stand_in_the_pages_order() -> None:
    byline = '<p class="byline">By <a href="/author/m/">Mara Quill</a> and <a href="/author/p/">Piet Oort</a></p>'
    choice = choose(byline=byline)
    assert names(choice) == ["Mara Quill", "Piet Oort"]
    assert [author.url for author in choice.value or ()] == [
        "https://ledger.example/author/m/",
        "https://ledger.example/author/p/",
    ]


def test_a_printed_byline_that_meta_confirms_adds_those_whom_json_ld_leaves_out() -> None:
    byline = '<h4><a href="/author/m/">Mara Quill</a>, <a href="/author/p/">Piet Oort</a></h4>'
    written = meta("twitter:label1", "Written by") + meta("twitter:data1", "Mara Quill, Piet Oort")
    assert names(choose(json_ld('"Mara Quill"') + written, byline)) == ["Mara Quill", "Piet Oort"]
    assert names(choose(json_ld('"Mara Quill"'), byline)) == ["Mara Quill"]


def test_a_printed_byline_adds_those_whom_json_ld_calls_contributors() -> None:
    byline = '<h4><a href="/author/m/">Mara Quill</a>, <a href="/author/p/">Piet Oort</a></h4>'
    others = '"Mara Quill", "contributor": [{"@type": "Person", "name": "%s"}]'
    assert names(choose(json_ld(others % "Piet Oort"), byline)) == ["Mara Quill", "Piet Oort"]
    assert names(choose(json_ld(others % "Ines Ruiz"), byline)) == ["Mara Quill"]
    assert names(choose(json_ld(others % "Piet Oort"))) == ["Mara Quill"]
    assert names(choose(json_ld(others % "Piet Oort"), byline, feed="Mara Quill")) == ["Mara Quill", "Piet Oort"]


def test_a_printed_byline_that_json_ld_confirms_adds_those_whom_the_feed_leaves_out() -> None:
    byline = '<h4><a href="/author/m/">Mara Quill</a>, <a href="/author/p/">Piet Oort</a></h4>'
    assert names(choose(json_ld('["Mara Quill", "Piet Oort"]'), byline, feed="Mara Quill")) == [
        "Mara Quill",
        "Piet Oort",
    ]
    assert names(choose("", "<h4>Mara Quill, Piet Oort</h4>", feed="Mara Quill")) == ["Mara Quill"]


def test_teasers_behind_a_text_of_one_paragraph_are_not_what_follows_a_standfirst() -> None:
    told = {"Piet Oort": "Sailors asked.", "Ines Ruiz": "Sailors asked for more. " * 6}
    cards = "".join(
        f"<article><p>{text}</p><i class='card-author'>By {name}</i></article>" for name, text in told.items()
    )
    guild = json_ld('{"@type": "Organization", "name": "Guild of Pilots"}')
    assert names(choose(guild, tail=cards)) == ["Guild of Pilots"]


def test_the_byline_of_another_post_behind_the_article_is_not_taken() -> None:
    other = "<section><article><h4><a href='/x'>Wages</a></h4><span>By Piet Oort</span></article></section>"
    assert names(choose(tail=other)) == []


def test_a_name_set_to_the_right_at_the_end_signs_the_article_and_another_line_does_not() -> None:
    def found(line: str) -> list[str]:
        document = Document(Page(f"<main><h1>Bridge open</h1>{BODY}{BODY}{line}</main>".encode(), URL))
        first, last = document.by_class["lede"]
        return names(choose_authors(document, Layout(document.by_tag["h1"][0], first, last)))

    assert found('<p style="text-align:right"><strong>Quẩn Thu Hà</strong></p>') == ["Quẩn Thu Hà"]
    assert found("<p><strong>Quẩn Thu Hà</strong></p>") == []
    assert found('<p style="text-align:right">Read all about the bridge</p>') == []


@pytest.mark.parametrize(
    "line",
    [
        '<p style="text-align: right"><em>Mara Quill</em></p>',
        '<p class="fl_right small">- Mara Quill<br>Contributing Writer</p>',
        "<p><strong>Mara Quill</strong></p>",
        "<p>(Mara Quill)</p>",
        '<div class="author-bio footer"><h3>Mara Quill</h3><h4>Engineer</h4></div>',
    ],
)
def test_a_name_below_the_text_signs_it(line: str) -> None:
    assert names(choose(tail="<hr>" * 3 + line.replace("Mara", "Martha"))) == ["Martha Quill"]


@pytest.mark.parametrize(
    ("note", "found"),
    [
        ("<p><em>Martha Quill is a pilot in the harbour.</em></p>", ["Martha Quill"]),
        ("<p>Martha Quill, once a pilot, writes on ships. Mark Oort is a sailor.</p>", ["Martha Quill", "Mark Oort"]),
        ("<p>(Reporting by Martha Quill and Mark Oort; editing by Ida Berg)</p>", ["Martha Quill", "Mark Oort"]),
        ("<p>Martha Island is a bird of the harbour.</p>", []),
        ("<p>Harbour Bridge is a bridge in the harbour.</p>", []),
        ("<p>The town thanks her. Martha Quill is a pilot in the harbour.</p>", []),
        ("<section class='comments'><p>Martha Quill is a pilot in the harbour.</p></section>", []),
    ],
)
def test_a_note_on_somebody_of_whom_the_text_does_not_speak_names_the_author(note: str, found: list[str]) -> None:
    prose = '<p class="lede">The bridge is open again, and the first ships reach the Island from the harbour.</p>'
    document = Document(Page(f"<main><h1>Bridge open</h1>{prose * 6}{note}</main>".encode(), URL))
    first, *_, last = document.by_class["lede"]
    assert names(choose_authors(document, Layout(document.by_tag["h1"][0], first, last))) == found


def test_a_note_is_read_only_where_nothing_else_names_anybody() -> None:
    note = "<p><em>Martha Quill is a pilot in the harbour.</em></p>"
    assert names(choose(byline='<p class="byline">Editor</p>', tail=note)) == ["Editor"]


@pytest.mark.parametrize(
    "line",
    [
        "<p>Martha Quill</p>",
        "<p><strong>Harbour Bridge</strong></p>",
        '<p>More about <a href="/person/martha-quill">Martha Quill</a></p>',
        '<div class="author-box"><h3>Related Articles</h3></div>',
    ],
)
def test_another_line_below_the_text_does_not(line: str) -> None:
    assert names(choose(tail="<hr>" * 3 + line)) == []


def test_a_byline_between_standfirst_and_text_is_near_the_headline() -> None:
    byline = (
        '<dl><dt>Edition</dt><dd>May</dd><dt>Where</dt><dd>Quay</dd><dd><a href="/staff/x/">Xanthi Oort</a></dd></dl>'
    )
    html = f"<main><h1>Bridge open</h1><p class='standfirst'>Two years of work are over.</p>{byline}{BODY}{BODY}</main>"
    document = Document(Page(html.encode(), URL))
    first, last = document.by_class["standfirst"][0], document.by_class["lede"][1]
    assert names(choose_authors(document, Layout(document.by_tag["h1"][0], first, last))) == ["Xanthi Oort"]


def test_lists_of_links_to_share_may_stand_between_standfirst_and_text() -> None:
    share = "<ul>" + '<li><a href="https://share.example/"><i></i><span>Share</span></a></li>' * 10 + "</ul>"
    html = (
        "<html><body><main><header><h1>Bridge open</h1><h2 class='lede'>The bridge across the harbour is open.</h2>"
        f"<div><ul><li><div><h3><span><a href='/author/mara/'>Mara Quill</a></span></h3></div></li></ul></div></header>"
        f"{share}{BODY.replace('lede', 'text')}</main></body></html>"
    )
    document = Document(Page(html.encode(), URL))
    layout = Layout(document.by_tag["h1"][0], document.by_class["lede"][0], document.by_class["text"][0])
    assert names(choose_authors(document, layout)) == ["Mara Quill"]


def test_a_marked_byline_between_standfirst_and_text_may_stand_in_an_aside() -> None:
    aside = '<aside><address><div><a rel="author" href="/profile/x">Xanthi Oort</a></div></address></aside>'
    html = f"<main><h1>Bridge open</h1><p class='standfirst'>Two years of work are over.</p>{aside}{BODY}{BODY}</main>"
    document = Document(Page(html.encode(), URL))
    first, last = document.by_class["standfirst"][0], document.by_class["lede"][1]
    assert names(choose_authors(document, Layout(document.by_tag["h1"][0], first, last))) == ["Xanthi Oort"]


@pytest.mark.parametrize(("path", "url"), [("/autoren/", None), ("/autoren/m/", "/autoren/m/"), ("/mara", "/mara")])
def test_the_directory_of_all_authors_is_nobodys_page(path: str, url: str | None) -> None:
    choice = choose(byline=f'<p class="byline">By <a rel="author" href="{path}">Mara Quill</a></p>')
    assert [author.url for author in choice.value or ()] == [url and f"https://ledger.example{url}"]


def test_the_beaten_candidates_are_kept() -> None:
    choice = choose(meta("author", "Piet Oort"), '<p class="byline">By Mara Quill</p>')
    assert [rival.where for rival in choice.rivals] == ["meta[author]"]


def test_evidence_names_the_class_that_tells_and_no_other() -> None:
    choice = choose(byline='<p class="flex byline\n  text-sm hover:underline">By Mara Quill</p>')
    assert choice.winner
    assert choice.winner.where == "class:p.byline"


def test_every_rule_has_one_row() -> None:
    assert len({preference.rule for preference in PREFERENCES}) == len(PREFERENCES)


def test_a_byline_prints_each_name_once() -> None:
    assert byline_of((Author("Mara Quill"), Author("Piet Oort"), Author("Mara Quill"))) == "Mara Quill, Piet Oort"
    assert byline_of(()) is None


FRAGMENTS = (
    "<h1>Bridge",
    "<p class=author>",
    "By Mara Quill",
    "<a rel=author href='/author/m'>",
    "</div>",
    "<div class=bio>",
    "<li>",
    '<script type=\'application/ld+json\'>{"@type":"Article","author":[{}]}</script>',
    "<img alt=Mara>",
    "<meta name=author content='Mara'>",
    "\x00",
    "李明",
    "<ul>",
    "Latest posts by Mara",
    "<svg>",
)


@settings(deadline=None)  # the first page reads the word lists
@given(st.lists(st.sampled_from(FRAGMENTS), max_size=14))
@example(["<h1>Bridge", "<img alt=Mara>", "<svg>", "By Mara Quill"])
def test_no_markup_breaks_the_readers(pieces: list[str]) -> None:
    document = Document(Page("".join(pieces).encode(), URL))
    last = len(document.elements) - 1
    for layout in (Layout(), Layout(0, 0, 0), Layout(None, last // 2, last)):
        authors = choose_authors(document, layout).value or ()
        assert choose_authors(document, layout).value == (authors or None)
        read_author_box(document, layout, authors)


OWNER = '<meta property="article:author" content="Odile Marchetti">'
SIDE = '<div class="sidebar"><img src="/o.jpg"><p>Odile Marchetti</p></div>'
FOOT = "<footer>© 2026 <i>Odile Marchetti</i></footer>"


@pytest.mark.parametrize(
    ("notice", "around"),
    [
        ('<ul><li class="notice-author"><strong>Written by: </strong>Tomasz Rebane</li></ul>', FOOT),
        ('<ul><li class="notice-author"><strong>Written by: </strong>Tomasz Rebane</li></ul>', SIDE),
        ("<p><strong><i class=icon></i>Author: </strong>Tomasz Rebane</p>", FOOT),
        ('<blockquote class="copyright"><p><strong>作者：</strong>Tomasz Rebane</p></blockquote>', FOOT),
    ],
    ids=["a class", "an owner beside the article", "an icon before the label", "a frame around the notice"],
)
def test_a_guest_who_is_printed_beats_the_site_s_owner_whom_the_head_states(notice: str, around: str) -> None:
    assert names(choose(OWNER, tail=notice + around)) == ["Tomasz Rebane"]


@pytest.mark.parametrize(
    ("notice", "around"),
    [
        ('<ul><li class="notice-author"><strong>Written by: </strong>Tomasz Rebane</li></ul>', ""),
        ('<p class="post-author">Odile Marchetti</p><p class="post-author">Tomasz Rebane</p>', FOOT),
        ("<p>Tomasz Rebane</p>", FOOT),
    ],
    ids=["nothing says whose the site is", "the owner is printed too", "nothing says what the name is"],
)
def test_the_head_is_believed_against_a_printed_name_otherwise(notice: str, around: str) -> None:
    assert names(choose(OWNER, tail=notice + around)) == ["Odile Marchetti"]


LINKED = '<p>May 2024 by <a href="/contributors/tomasz/">Tomasz Rebane</a></p>'


def test_a_name_that_a_template_left_in_the_record_gives_way_to_a_printed_one_with_a_page() -> None:
    record = json_ld('{"@type": "Person", "name": "Odile Marchetti"}')
    assert names(choose(record, LINKED)) == ["Tomasz Rebane"]
    assert names(choose(record, LINKED, tail="<p>Odile Marchetti reports.</p>")) == ["Odile Marchetti"]
    assert names(choose(record, "<p>By Tomasz Rebane</p>")) == ["Odile Marchetti"]
    assert names(choose(record, '<p>By <a href="/">Tomasz Rebane</a></p>')) == ["Odile Marchetti"]
    assert names(choose(record, '<p>By <a href="/authors/7">Odile Anna M.</a></p>')) == ["Odile Marchetti"]


def test_an_article_with_a_sidebar_beside_it_is_no_sidebar() -> None:
    """The headline stands in a banner above, as in themes with a picture across the page."""
    text = f"<article>{BODY}<footer><p><b>Author: </b>Tomasz Rebane</p></footer></article>"
    html = f'<html><body><header><h1>Bridge open</h1></header><div class="sidebar-right">{text}</div></body></html>'
    document = Document(Page(html.encode(), URL))
    lede = document.by_class["lede"][0]
    assert names(choose_authors(document, Layout(document.by_tag["h1"][0], lede, lede))) == ["Tomasz Rebane"]


TWO = '<p>By <a href="/author/mara/">Mara Quill</a>, <a href="/author/piet/">Piet Oort</a></p>'


def test_a_byline_of_linked_people_completes_a_feed_that_names_one_of_them() -> None:
    assert names(choose(byline=TWO, feed="Mara Quill")) == ["Mara Quill", "Piet Oort"]


@pytest.mark.parametrize(
    "byline",
    ["<p>By Mara Quill and Piet Oort</p>", TWO.replace("/author/piet/", "/author/mara/")],
    ids=["without links", "one page for both"],
)
def test_a_feed_is_believed_where_the_byline_links_no_further_author(byline: str) -> None:
    assert names(choose(byline=byline, feed="Mara Quill")) == ["Mara Quill"]


def test_the_authors_in_a_row_of_linked_titles_are_those_of_other_posts() -> None:
    row = "".join(
        f'<div class="row"><a href="/{page}/">{page} at sea</a> 03/03/2024 by <span class="author">{name}</span></div>'
        for page, name in (("Nets", "Piet Oort"), ("Ropes", "Ada Finch"))
    )
    assert names(choose(byline=f'<div class="left">{row}</div>')) == []


BELOW = '<ul><li>{label} <a href="/author/mara/">Mara Quill</a>, <a href="/author/piet/">Piet Oort</a></li></ul>'


def test_several_linked_authors_behind_a_label_below_the_text_are_one_byline() -> None:
    assert names(choose(tail=BELOW.format(label="<b>Authors:</b>"))) == ["Mara Quill", "Piet Oort"]
    assert names(choose(tail=BELOW.format(label="<b>Authors:</b>"), feed="Piet Oort")) == ["Mara Quill", "Piet Oort"]
    assert names(choose(tail=BELOW.format(label="<b>Most read:</b>"))) == []
