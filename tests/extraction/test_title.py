"""Title, subtitle and the element that prints the headline."""

from __future__ import annotations

import pytest

from crawler.extraction.document import Document
from crawler.extraction.fields.title import choose_subtitle, choose_title
from crawler.page import Page

URL = "https://www.harbour-times.example/2024/03/harbour-reopens/"
HEADLINE = "Harbour reopens after two years of repairs"


def document(body: str = "", head: str = "") -> Document:
    return Document(Page(f"<html><head>{head}</head><body>{body}</body></html>".encode(), URL))


def title(body: str = "", head: str = "") -> str | None:
    return choose_title(document(body, head)).value


@pytest.mark.parametrize(
    "text",
    [
        f"{HEADLINE} | Harbour Times",
        f"{HEADLINE} - Harbour Times",
        f"{HEADLINE} – Harbour Times",
        f"{HEADLINE} | News | Harbour Times",
        f"Harbour Times » {HEADLINE}",
        f"{HEADLINE} :: Harbour Times",
        f"{HEADLINE} - harbour-times.example",
    ],
)
def test_the_site_name_is_no_part_of_a_title(text: str) -> None:
    assert title(head=f"<title>{text}</title>") == HEADLINE


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (": A harbour reopens at last", "A harbour reopens at last"),
        ("- A harbour reopens at last", "A harbour reopens at last"),
        ("Blog: Harbour reopens", "Harbour reopens"),
        ("Ada Reed: It has reopened at last", "Ada Reed: It has reopened at last"),
    ],
)
def test_what_a_template_puts_before_a_printed_title_is_no_part_of_it(text: str, expected: str) -> None:
    printed = "<div>A harbour reopens at last</div><div>Harbour reopens</div><div>It has reopened at last</div>"
    assert title(f"<h1>Untitled</h1>{printed}", f"<title>{text}</title>") == expected


def test_a_short_heading_that_the_address_spells_is_the_headline_below_the_site_name() -> None:
    body = "<header><h1>The Valley Review</h1></header><h2>Harbour reopens</h2><p>It is open again.</p>"
    assert title(body, "<title>Harbour reopens — The Valley Review</title>") == "Harbour reopens"


def test_a_heading_that_agrees_with_the_title_is_the_headline() -> None:
    body = f"<h1>Harbour Times</h1><nav><h2>Sections</h2></nav><h2 class=x>{HEADLINE}</h2><h2>Most read</h2>"
    page = document(body, f"<title>{HEADLINE} - Harbour Times</title>")
    choice = choose_title(page)
    assert choice.value == HEADLINE
    assert choice.winner is not None
    assert choice.winner.position is not None
    assert page.classes[choice.winner.position] == "x"


def test_the_printed_headline_beats_one_rewritten_for_search_engines() -> None:
    head = '<meta property="og:title" content="Harbour: all you need to know in 2024"><title>Harbour guide</title>'
    assert title(f"<main><h1 class='entry-title'>{HEADLINE}</h1></main>", head) == HEADLINE


def test_the_page_s_typography_is_kept() -> None:
    head = "<meta property='og:title' content='\"Harbour\" reopens - it\\'s done'>"
    assert title("<h1>“Harbour” reopens – it’s done</h1>", head) == "“Harbour” reopens – it’s done"


def test_entities_escaped_twice_are_decoded() -> None:
    assert title(head='<meta property="og:title" content="Ham &amp;#038; eggs">') == "Ham & eggs"


def subtitle(body: str, head: str = "") -> str | None:
    page = document(body, head)
    winner = choose_title(page).winner
    return choose_subtitle(page, winner.position if winner else None).value


@pytest.mark.parametrize(
    "name", ["subtitle", "entry-subhead", "article__dek", "standfirst", "ContentHeaderDek-x", "perex"]
)
def test_a_marked_standfirst_below_the_headline_is_the_subtitle(name: str) -> None:
    assert (
        subtitle(f"<h1>{HEADLINE}</h1><p class='{name}'>The gates open on Monday.</p>") == "The gates open on Monday."
    )


def test_what_a_teaser_behind_a_short_text_says_is_no_standfirst() -> None:
    page = document(
        f"<h1>{HEADLINE}</h1><p id=text>Short.</p><div><h3>Wages</h3><p class=excerpt>Sailors want more.</p></div>"
    )
    headline, text = page.by_tag["h1"][0], page.by_tag["p"][0]
    assert choose_subtitle(page, headline, text).value is None
    assert choose_subtitle(page, headline).value == "Sailors want more."


def test_an_author_s_description_is_no_standfirst() -> None:
    assert subtitle(f"<h1>{HEADLINE}</h1><div class='description'>Ada writes about harbours.</div>") is None
    assert subtitle(f"<h1>{HEADLINE}</h1><div class='writer-intro'>Ada writes about harbours.</div>") is None


@pytest.mark.parametrize(
    "inside",
    [
        f"<span class='kicker'>Shipping</span> {HEADLINE}",
        f"<small class='subtitle'>The gates open</small>{HEADLINE}",
        f"{HEADLINE}<a class='headerlink' href='#x'>¶</a>",
        f"<time>5 March</time> {HEADLINE}",
        f"<span>Shipping</span><span>{HEADLINE}</span>",
        f"{HEADLINE} <a href='/c'>(ports.example) 87</a>",
    ],
)
def test_kickers_labels_and_counters_inside_the_headline_are_left_out(inside: str) -> None:
    assert (
        title(f"<article><h1>{inside}</h1></article>", f"<meta property='og:title' content='{HEADLINE}'>") == HEADLINE
    )


def test_a_kicker_that_the_page_s_title_holds_too_stays_with_the_page_s_punctuation() -> None:
    body = f"<h1><span class='kicker'>Shipping</span> <span>{HEADLINE}</span></h1>"
    assert title(body, f"<meta property='og:title' content='Shipping: {HEADLINE}'>") == f"Shipping: {HEADLINE}"


@pytest.mark.parametrize(
    "other",
    [
        "<h1><a href='/'>Old Port Notes</a></h1>",
        "<nav><h1>Sections of this paper</h1></nav>",
        "<div class='modal'><h1>Subscribe to our newsletter today</h1></div>",
        "<h1 class='visually-hidden'>Page of an article</h1>",
        "<h1>Our blog</h1>",
    ],
)
def test_other_first_headings_are_not_the_headline(other: str) -> None:
    assert title(f"{other}<article><h2>{HEADLINE}</h2></article>", f"<title>{HEADLINE}</title>") == HEADLINE


@pytest.mark.parametrize("name", ["sr-only", "visually-hidden", "screen-reader-text", "element-invisible"])
def test_what_is_only_read_aloud_inside_a_headline_is_left_out(name: str) -> None:
    assert title(f"<article><h1><span class='{name}'>Story:</span> {HEADLINE}</h1></article>") == HEADLINE


def test_a_headline_that_is_hidden_still_gives_its_text() -> None:
    head = f"<meta property='og:title' content='{HEADLINE}'>"
    assert title(f"<h1 class='sr-only'>{HEADLINE}</h1><h2>Ports and ships</h2>", head) == HEADLINE


def test_a_page_without_headings_gives_the_element_that_prints_the_title() -> None:
    page = document(f"<div><b id='x'>{HEADLINE}</b></div>", f"<title>{HEADLINE} | Harbour Times</title>")
    winner = choose_title(page).winner
    assert winner is not None
    assert winner.position == page.by_id["x"]


def test_a_page_without_headings_gives_the_part_of_its_title_that_it_prints() -> None:
    head = f"<title>Harbour Club - {HEADLINE} - Members of the harbour's press</title>"
    choice = choose_title(document(f"<table><tr><td><b>{HEADLINE}</b></td></tr></table><p>Text</p>", head))
    assert choice.value == HEADLINE
    assert choice.winner is not None
    assert choice.winner.position is not None
    assert title("<p>Harbours reopen</p>", head) != HEADLINE
    about = "<title>Imprint - Notes of an old harbour master</title>"
    assert title("<p>Notes of an old harbour master</p>", about) == "Imprint - Notes of an old harbour master"


def test_a_headline_cut_off_in_structured_data_is_completed() -> None:
    long = "Harbour reopens after two years of repairs and the town that waited wonders whether ships will return"
    data = f'<script type="application/ld+json">{{"@type":"NewsArticle","headline":"{long[:98]}…"}}</script>'
    assert title(head=f"{data}<meta property='og:title' content='{long}'>") == long


def test_a_page_without_any_title_has_none() -> None:
    assert title("<p>Text</p>") is None


SPELLED = "https://www.harbour-times.example/notes/how-we-mended-the-crane-4711.html"


@pytest.mark.parametrize(
    "body",
    [
        "<h1>How we mended the crane</h1><h1>The gearbox</h1><footer><h2>Notes from the pier</h2></footer>",
        "<h2>Your cart is empty</h2><div><h2>How we mended the crane</h2></div><h2>Ports</h2>",
        "<h2>How we mended the crane</h2>",
    ],
)
def test_a_heading_that_the_address_spells_is_the_headline(body: str) -> None:
    page = Page(f"<html><head><title>Notes from the pier</title></head><body>{body}</body></html>".encode(), SPELLED)
    assert choose_title(Document(page)).value == "How we mended the crane"


@pytest.mark.parametrize(
    ("path", "heading"),
    [
        ("uberraschung-am-kai", "Überraschung am Kai"),
        ("ueberraschung-am-kai", "Überraschung am Kai"),
        ("2024-03-05-%E6%B8%AF%E3%81%8C%E9%96%8B%E3%81%8F%E6%97%A5", "港が開く日"),
        ("a-b-c-and-d-of-cranes/12345", "A, B, C and D of cranes"),
    ],
)
def test_addresses_spell_headings_of_many_scripts(path: str, heading: str) -> None:
    page = Page(f"<title>Notes</title><h1>Notes and more</h1><h1>{heading}</h1>".encode(), f"https://a.example/{path}/")
    assert choose_title(Document(page)).value == heading


@pytest.mark.parametrize("path", ["harbour-news/12345", "2024/03", "", "news", "[", "%"])
def test_the_name_of_a_section_in_the_address_is_no_headline(path: str) -> None:
    body = f"<h1>Harbour news</h1><h2>{HEADLINE}</h2>"
    page = Page(f"<title>{HEADLINE}</title>{body}".encode(), f"https://a.example/{path}")
    assert choose_title(Document(page)).value == HEADLINE


def test_a_diary_s_own_name_in_the_first_heading_is_not_the_headline() -> None:
    body = f"<h1>Notes from the pier</h1>{'<p>One.</p>' * 15}<h3>■ {HEADLINE}</h3>"
    assert title(body, f"<title>Notes from the pier - {HEADLINE}</title>") == f"■ {HEADLINE}"


def test_a_subtitle_below_its_headline_is_not_the_headline() -> None:
    body = "<h1>Two cranes</h1><h2>What the harbour learned in two years of repairs</h2>"
    head = "<title>Two cranes: What the harbour learned in two years of repairs</title>"
    assert title(body, head) == "Two cranes"


def test_a_copy_for_screen_readers_is_where_the_headline_stands() -> None:
    body = (
        f"<article><h1 class='visually-hidden' id='x'>{HEADLINE}</h1><p>Text</p></article><li><h3>{HEADLINE}</h3></li>"
    )
    page = document(body, f"<title>{HEADLINE}</title>")
    winner = choose_title(page).winner
    assert winner is not None
    assert winner.position == page.by_id["x"]


def test_a_player_that_repeats_the_headline_is_not_where_it_stands() -> None:
    body = (
        f"<main><div class='title' id='x'>{HEADLINE}</div></main><div class='sticky-player'><h2>{HEADLINE}</h2></div>"
    )
    page = document(body + "<p>Text</p>" * 9, f"<title>{HEADLINE}</title>")
    winner = choose_title(page).winner
    assert winner is not None
    assert winner.position == page.by_id["x"]


def test_a_heading_that_was_never_closed_ends_at_the_next() -> None:
    body = f"<h1>{HEADLINE}<h4>Published by Ada on <time>5 March 2024</time></h4><p>Text</p>"
    assert title(body, f"<title>{HEADLINE} – Harbour Times</title>") == HEADLINE


@pytest.mark.parametrize("part", ["<span class='block text-sm'>", "<span style='display: block'>", "<div>"])
def test_parts_on_lines_of_their_own_do_not_run_together(part: str) -> None:
    assert title(f"<h1>Harbour reopens{part}after two years</h1>") == "Harbour reopens after two years"


def test_the_longest_declared_part_of_a_heading_is_the_headline() -> None:
    data = '<script type="application/ld+json">{"@type":"Article","headline":"Ports and ships"}</script>'
    body = "<h2><span class='over'>Ports and ships</span> <span>Harbour reopens: 10 facts</span></h2>"
    assert title(body, f"{data}<meta property='og:title' content='Harbour reopens: 10 facts'>") == (
        "Harbour reopens: 10 facts"
    )


@pytest.mark.parametrize("mark", ["»", "[&gt;", "→", "• "])
def test_ornaments_before_a_headline_are_no_part_of_it(mark: str) -> None:
    assert title(f"<h1>{mark} {HEADLINE}</h1>", f"<title>{mark} {HEADLINE}</title>") == HEADLINE


@pytest.mark.parametrize("text", ["#1 in the harbour", "[Update] Harbour open", "»Harbour« is open", "…and it is open"])
def test_signs_that_belong_to_a_headline_stay(text: str) -> None:
    assert title(f"<h1>{text}</h1>", f"<title>{text}</title>") == text


def test_a_site_s_name_that_repeats_the_page_s_title_is_no_name() -> None:
    data = f'<script type="application/ld+json">{{"@type":"WebSite","name":"{HEADLINE} - Harbour Times"}}</script>'
    assert title(f"<h1>{HEADLINE}</h1>", f"<title>{HEADLINE} - Harbour Times</title>{data}") == HEADLINE


def test_a_first_heading_with_all_words_of_the_address_is_the_headline() -> None:
    body = "<h1>How we finally mended the old crane</h1><p>Text</p><h1>The gearbox</h1><h1>What it cost</h1>"
    page = Page(f"<title>Notes from the pier</title>{body}".encode(), "https://a.example/we-mended-crane/")
    assert choose_title(Document(page)).value == "How we finally mended the old crane"
    two = Page(f"<title>Notes from the pier</title>{body}".encode(), "https://a.example/old-crane/")
    assert choose_title(Document(two)).value == "Notes from the pier"


def test_a_marked_headline_may_stand_nearer_below_the_site_s_name() -> None:
    body = (
        "<div><h1 id='blog-title'>Old pier</h1></div><p>Tides</p><div><div>"
        f"<h3 class='post-title'>{HEADLINE}</h3></div></div>"
    )
    assert title(body, f"<title>Old pier: {HEADLINE}</title>") == HEADLINE


@pytest.mark.parametrize("place", ["cookie-banner", "newsletter", "site-footer", "login-modal"])
def test_headings_of_parts_that_an_id_names_are_not_the_headline(place: str) -> None:
    other = f"<div id='{place}'><h1>We value your privacy</h1></div>"
    body = f"{other}<article><h1>{HEADLINE}</h1></article>{'<p>Text</p>' * 9}"
    assert title(body, "<title>Harbour Times</title>") == HEADLINE


@pytest.mark.parametrize(
    "text",
    [
        "旧港过冬的四十条船没有空位_新闻_厦门站_码头网",
        "旧港过冬的四十条船没有空位__财经_新闻_码头网",
        "旧港过冬的四十条船没有空位-新闻频道-码头网",
        "旧港过冬的四十条船没有空位-码头网",
        "旧港过冬的四十条船没有空位 | 生活 | 即時新聞 | 碼頭報",
        "旧港过冬的四十条船没有空位 - uho碼頭網",
    ],
)
def test_rows_of_sections_behind_a_chinese_title_are_no_part_of_it(text: str) -> None:
    assert title(head=f"<title>{text}</title>") == "旧港过冬的四十条船没有空位"


def test_a_row_of_names_behind_bars_is_no_part_of_a_title_and_a_dash_within_is() -> None:
    assert title(head=f"<title>{HEADLINE} | Ports | North coast | Old Times</title>") == HEADLINE
    dashed = "Harbour reopens after two years of repairs - late, but open"
    assert title(head=f"<title>{dashed} - Old Times</title>") == dashed
    assert title(head="<title>旧港收费涨幅超过10%_财经_码头网</title>") == "旧港收费涨幅超过10%"


BLOG = "https://blog.example/pier/2012/11/07/crafting-wonder/"


@pytest.mark.parametrize(
    ("head", "first", "other"),
    [
        ("Old pier: Crafting wonder", "<a href='/pier'>Old pier</a>", "<p>a<p>b<p>c<p>d<h3>Crafting wonder</h3>"),
        ("Pier » Blog » Crafting wonder", "<a href='/pier'>Pier</a>", "<h2><a href='{}'>Crafting wonder</a></h2>"),
        ("ab » Archive » Crafting wonder", "<a href='/pier'>ab</a>", "<h2><a href='{}'>Crafting wonder</a></h2>"),
        ("Old pier: Crafting wonder and things", "Maps", "<h2>5 March</h2><h3>Crafting wonder and things</h3>"),
    ],
)  # fmt: skip
def test_a_blog_s_name_in_the_first_heading_is_not_the_headline(head: str, first: str, other: str) -> None:
    page = Page(f"<title>{head}</title><h1>{first}</h1>{other.format(BLOG)}<p>Text</p>".encode(), BLOG)
    assert str(choose_title(Document(page)).value).startswith("Crafting wonder")


def test_a_first_heading_that_links_to_its_own_page_is_the_headline() -> None:
    page = Page(
        f"<title>Crafting wonder - Old pier</title><h1><a href='{BLOG}'>Crafting wonder</a></h1>"
        "<p>a<p>b<p>c<p>d<h3>Old pier</h3>".encode(),
        BLOG,
    )
    assert choose_title(Document(page)).value == "Crafting wonder"


def test_the_part_of_a_title_that_the_address_spells_is_the_headline() -> None:
    page = Page(b"<title>Old pier &raquo; Blog archive &raquo; Crafting wonder</title><p>Text</p>", BLOG)
    assert choose_title(Document(page)).value == "Crafting wonder"
