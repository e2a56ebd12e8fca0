"""Publication and modification date: which of a page's dates is the article's own."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.extraction.document import Document
from crawler.extraction.fields.dates import choose_dates
from crawler.extraction.fields.title import choose_subtitle, choose_title
from crawler.extraction.layout import Layout
from crawler.page import Link, Page

URL = "https://www.harbour-times.example/harbour-reopens"
HEADLINE = "Harbour reopens after two years of repairs"
PROSE = "<p>The gates of the old harbour opened on Monday for the first time since the great storm.</p>" * 8


def page(body: str = "", head: str = "", *, url: str = URL, links: tuple[Link, ...] = ()) -> Page:
    markup = f"<html lang=en-GB><head>{head}<title>{HEADLINE}</title></head><body>{body}</body></html>"
    return Page(markup.encode(), url, fetched_at=datetime(2024, 3, 20, 12, tzinfo=UTC), links=links)


def dates(
    body: str = "", head: str = "", *, url: str = URL, links: tuple[Link, ...] = ()
) -> tuple[str | None, str | None]:
    document = Document(page(body, head, url=url, links=links))
    winner = choose_title(document).winner
    chosen = choose_dates(document, Layout(winner.position if winner else None))
    published, modified = chosen.published.value, chosen.modified.value
    return published.iso if published else None, modified.iso if modified else None


def article(around: str) -> str:
    return f"<main><article><h1>{HEADLINE}</h1>{around}{PROSE}</article></main>"


def ld(properties: str) -> str:
    return f'<script type="application/ld+json">{{"@type":"NewsArticle","headline":"{HEADLINE}",{properties}}}</script>'


IMAGE = '<meta property="og:image" content="https://img.example/2015/11/26/boat.jpg">'
PUBLISHED = '<meta property="article:published_time" content="2024-03-05T10:12:00+01:00">'
PLAIN = '<meta name="date" content="2023-01-01">'
MODIFIED = '<meta property="article:modified_time" content="2024-03-07T08:00:00+01:00">'


@pytest.mark.parametrize("order", list(permutations([IMAGE, PUBLISHED, PLAIN, MODIFIED])))
def test_the_order_of_preference_is_written_down_and_never_inherited_from_the_page(order: tuple[str, ...]) -> None:
    assert dates(head="".join(order)) == ("2024-03-05T10:12:00+01:00", "2024-03-07T08:00:00+01:00")


def test_the_time_and_the_offset_are_kept_as_given() -> None:
    head = ld('"datePublished":"2024-03-05T23:30:00-05:00","dateModified":"2024-03-06T01:00:00-05:00"')
    assert dates(head=head) == ("2024-03-05T23:30:00-05:00", "2024-03-06T01:00:00-05:00")


def test_a_date_from_the_future_is_refused() -> None:
    assert dates(head=PUBLISHED.replace("2024-03-05", "2024-04-05"))[0] is None


def test_a_page_without_a_date_has_none() -> None:
    header = "<header><div class='top-bar'>Wed. Mar 20th, 2024</div></header>"
    footer = "<footer>© 2019–2024 Harbour Times</footer>"
    comment = "<div class='comments'><time datetime='2024-03-09T10:00:00Z'>9 March</time></div>"
    assert dates(header + article("") + comment + footer) == (None, None)


def test_a_count_of_comments_before_a_date_is_no_label_of_it() -> None:
    assert dates(article("<p>3 Comments</p><p class='date'>5 March 2024</p>"))[0] == "2024-03-05"
    assert dates(article("<p>Comment</p><p class='date'>5 March 2024</p>"))[0] is None


def test_comments_that_only_an_id_names_are_comments() -> None:
    comment = "<section id='comments'><p>Piet <time datetime='2024-03-09T10:00:00Z'>9 March</time></p></section>"
    assert dates(article("") + comment) == (None, None)


@pytest.mark.parametrize("line", ["প্রকাশিত: ৫ মার্চ ২০২৪", "令和6年3月5日", "113年3月5日"])
def test_dates_in_the_digits_and_eras_of_other_countries_are_found(line: str) -> None:
    assert dates(article(f"<p>{line}</p>"))[0] == "2024-03-05"


@pytest.mark.parametrize(("top", "day"), [("March 18, 2024", "2024-03-05"), ("March 6, 2024", "2024-03-06")])
def test_a_date_in_the_page_header_that_is_far_from_the_address_is_that_of_the_visit(top: str, day: str) -> None:
    url = "https://www.harbour-times.example/2024/03/05/harbour-reopens/"
    page_top = f"<div>{'<p><a href=/x>Harbours</a></p>' * 3}<p>{top}</p></div>"
    assert dates(page_top + article(""), url=url)[0] == day


def test_the_day_of_the_visit_in_the_page_header_is_not_taken() -> None:
    header = "<header><ul class='info-left'><li>Wed. Mar 20th, 2024</li></ul></header>"
    assert dates(header + article("<div class='entry-meta'>5 March 2024</div>"))[0] == "2024-03-05"


def test_a_date_below_the_headline_comes_before_a_nearer_one_above_in_another_part_of_the_page() -> None:
    header = "<div>Monday, March 18, 2024</div>"
    story = f"<div><h1>{HEADLINE}</h1><div><i>By Mara Quill</i> <i>Tuesday, March 5, 2024</i></div>{PROSE}</div>"
    assert dates(header + story) == ("2024-03-05", None)


@pytest.mark.parametrize(
    "line",
    [
        "<p><b>Aktualisiert am </b>17.01.2021.</p>",
        "<dl><dt>Datum</dt><dd>17.01.2021</dd></dl>",
        "<div>Published: 17 January 2021</div>",
    ],
)
def test_a_labelled_date_far_from_the_headline_is_the_last_resort(line: str) -> None:
    assert dates(f"<article><h1>{HEADLINE}</h1>{PROSE}{line}</article>")[0] == "2021-01-17"


def test_a_date_without_a_label_far_from_the_headline_is_not_taken() -> None:
    line = "<p><b>Harbour built </b>17.01.2021.</p>"
    assert dates(f"<article><h1>{HEADLINE}</h1>{PROSE}{line}</article>") == (None, None)


def test_a_relative_time_gives_the_date_that_it_shows_when_pointed_at() -> None:
    ago = "<div>By Ada · <span title='Tue, 05 Mar 2024 08:00:00 GMT'>3 months ago</span></div>"
    assert dates(article(ago))[0] == "2024-03-05T08:00:00+00:00"
    assert dates(article("<div>By <span title='Built in 1954'>Ada</span></div>"))[0] is None


def test_a_dateline_in_brackets_is_read() -> None:
    assert dates(article(f"<p><strong>Karlsruhe, (12.11.2021). {PROSE}</strong></p>"))[0] == "2021-11-12"


def test_the_day_of_the_visit_is_known_by_the_time_of_fetching() -> None:
    top = "<div id='top'><span class='date'>20 March 2024</span></div>"
    assert dates(top + article("")) == (None, None)
    assert dates(top + article("<p class='date'>5 March 2024</p>"))[0] == "2024-03-05"


def test_dates_of_other_posts_are_not_taken() -> None:
    others = "<aside class='related-posts'><h3>Older boats</h3><time datetime='2021-02-02'>2 Feb 2021</time></aside>"
    assert (
        dates(others + article("<p class='byline'>By Ada Okafor, 5 March 2024 10:12</p>") + others)[0]
        == "2024-03-05T10:12"
    )


def test_labels_tell_publication_from_modification() -> None:
    line = "<p class='dates'>Published 5 March 2024, 10:12 CET | Updated 7 March 2024, 08:00 CET</p>"
    assert dates(article(line)) == ("2024-03-05T10:12+01:00", "2024-03-07T08:00+01:00")


def test_a_feed_completes_the_day_that_a_page_prints() -> None:
    links = (Link(URL, "feed", date="2024-03-05T10:12:00+01:00"),)
    assert dates(article("<time>5 March 2024</time>"), links=links)[0] == "2024-03-05T10:12:00+01:00"


def test_a_sitemap_s_lastmod_is_a_modification_and_only_where_the_page_states_none() -> None:
    links = (Link(URL, "sitemap", date="2024-03-09", date_modified="2024-03-09"),)
    assert dates(article(""), links=links) == (None, "2024-03-09")
    assert dates(article(""), PUBLISHED + MODIFIED, links=links)[1] == "2024-03-07T08:00:00+01:00"


def test_an_address_tells_the_day_where_nothing_else_does() -> None:
    assert dates(article(""), url="https://harbour-times.example/2024/03/05/harbour-reopens/")[0] == "2024-03-05"


def test_an_empty_datetime_is_no_date() -> None:
    assert dates(article("<time datetime=''></time>")) == (None, None)


def test_utc_becomes_the_local_day_that_the_page_prints() -> None:
    head = PUBLISHED.replace("2024-03-05T10:12:00+01:00", "2024-03-06T01:29:53+00:00")
    assert dates(article("<div class='meta'>March 5, 2024 at 7:29 p.m.</div>"), head)[0] == "2024-03-05T19:29:53-06:00"
    named = head + '<meta name="date" content="2024-03-05">'
    assert dates(article("<div class='meta'>March 5, 2024</div>"), named)[0] == "2024-03-05"


def test_a_wordpress_page_has_no_date_that_only_its_page_node_gives() -> None:
    node = (
        '<script type="application/ld+json">{"@type": "WebPage", "url": "'
        + URL
        + '", "datePublished": "2024-03-05"}</script>'
    )
    assert dates(article(""), node)[0] == "2024-03-05"
    html = f'<html><head>{node}</head><body class="page page-id-7">{article("")}</body></html>'
    document = Document(Page(html.encode(), URL))
    assert choose_dates(document, Layout(document.by_tag["h1"][0])).published.value is None


def test_a_day_that_only_the_page_prints_does_not_replace_the_instant() -> None:
    head = PUBLISHED.replace("2024-03-05T10:12:00+01:00", "2024-03-06T01:29:53+00:00")
    assert dates(article("<div class='meta'>March 5, 2024</div>"), head)[0] == "2024-03-06T01:29:53+00:00"


def test_the_same_instant_is_given_in_the_publication_s_own_offset() -> None:
    head = PUBLISHED.replace("2024-03-05T10:12:00+01:00", "2024-03-05T09:12:00+00:00")
    assert (
        dates(article("<time datetime='2024-03-05T10:12:00+01:00'>5 March</time>"), head)[0]
        == "2024-03-05T10:12:00+01:00"
    )


def test_two_kinds_of_source_outvote_one() -> None:
    head = ld('"datePublished":"2021-12-06T14:36:00+01:00"') + PUBLISHED
    assert dates(article("<time>5 March 2024</time>"), head)[0] == "2024-03-05T10:12:00+01:00"


def test_the_earlier_printed_day_beats_a_lone_later_one() -> None:
    head = ld('"datePublished":"2024-03-15T10:00:00+01:00"')
    assert dates(article("<time>5 March 2024</time>"), head)[0] == "2024-03-05"


def test_a_contradiction_is_said() -> None:
    document = Document(page(article("<time>12 March 2024</time>"), PUBLISHED))
    chosen = choose_dates(document, Layout(choose_title(document).winner.position))  # type: ignore[union-attr]
    assert "2024-03-12" in (chosen.published.reason or "")


def test_a_listing_s_nodes_give_no_date() -> None:
    listed = ",".join(
        f'{{"@type":"NewsArticle","headline":"Another story {n}","url":"https://x.example/{n}","datePublished":"2024-02-0{n}"}}'
        for n in (1, 2, 3)
    )
    assert dates(article(""), f'<script type="application/ld+json">[{listed}]</script>') == (None, None)


@pytest.mark.parametrize(
    "line",
    [
        "<p class='byline'><time datetime='2024-03-05T10:12:00+01:00'>Tuesday</time></p>",
        "<span class='itemPostDate'>5 March 2024 10:12 CET</span>",
        "<abbr class='published' title='2024-03-05T10:12:00+01:00'>Tuesday</abbr>",
        "<footer class='entry-meta'>Posted on 5 March 2024, 10:12 CET by Ada</footer>",
        "<div>Ada Okafor</div>5 March 2024, 10:12 CET",
        "<relative-time datetime='2024-03-05T10:12:00+01:00'>long ago</relative-time>",
    ],
)
def test_a_date_line_near_the_headline_is_read(line: str) -> None:
    assert (dates(article(line))[0] or "").startswith("2024-03-05T10:12")


def test_a_dateline_opens_the_text() -> None:
    assert (
        dates(article(f"<p>Portside, 5 March 2024 – {'The gates of the harbour opened again today. ' * 8}</p>"))[0]
        == "2024-03-05"
    )


def test_a_date_below_the_text_is_read_where_no_other_is() -> None:
    line = "<div class='credits'>Published on 5 March 2024</div>"
    assert dates(f"<main><article><h1>{HEADLINE}</h1>{PROSE}{line}</article></main>")[0] == "2024-03-05"


def test_numbers_are_read_by_the_language_s_region() -> None:
    assert dates(article("<p class='date'>05/03/2024</p>"))[0] == "2024-03-05"


def test_last_modified_of_the_response_is_no_date() -> None:
    response = Page(article("").encode(), URL, {"Last-Modified": "Tue, 05 Mar 2024 10:12:00 GMT"})
    assert choose_dates(Document(response), Layout()).published.value is None


MARKUP = (
    "<h1>",
    "</h1>",
    "<time datetime='",
    "'>",
    "5 March 2024",
    "<p class=date>",
    "<table>",
    "<article>",
    "</article>",
    "\x00",
    "٣",
)


@given(st.lists(st.sampled_from(MARKUP), max_size=30).map("".join), st.sampled_from(["", URL, "http://[", "x:"]))
def test_no_page_raises_and_each_gives_the_same_answer_twice(markup: str, url: str) -> None:
    answers = []
    for _ in range(2):
        document = Document(Page(markup.encode("utf-8", "replace"), url))
        title = choose_title(document)
        headline = title.winner.position if title.winner else None
        answers.append((title, choose_subtitle(document, headline), choose_dates(document, Layout(headline))))
    assert answers[0] == answers[1]


def test_small_print_that_is_called_a_caption_is_read_where_no_picture_stands_beside_it() -> None:
    assert dates(article("<p class='text text__caption'>5 March 2024 | Ports</p>"))[0] == "2024-03-05"
    beside_a_picture = "<div><img src=a.jpg><p class='text__caption'>The quay on 5 March 2024</p></div>"
    assert dates(article(beside_a_picture))[0] is None


def test_a_builder_s_day_of_publishing_gives_way_to_the_earlier_day_that_the_page_prints() -> None:
    head = ld('"datePublished":"Mar 12, 2024"')
    assert dates(article("<div><p>January 31, 2024</p></div>"), head)[0] == "2024-01-31"
    both = "<div>Published <span>Jan 31, 2024</span></div><div>Updated <span>Mar 12, 2024</span></div>"
    assert dates(article(f"<div class='post-meta'>{both}</div>"), head) == ("2024-01-31", "2024-03-12")


def test_a_printed_modification_is_no_second_voice_for_a_date_of_publication() -> None:
    meta = "<div class='meta'>Published 5 March 2024 · Updated 11 March 2024</div>"
    assert dates(article(meta), ld('"datePublished":"2024-03-11T09:00:00+00:00"')) == ("2024-03-05", "2024-03-11")


def test_microdata_that_are_the_printed_date_are_no_second_voice_against_the_head() -> None:
    printed = "<time itemprop='datePublished' datetime='2024-03-07T14:00:00+01:00'>7 March 2024</time>"
    assert dates(article(printed), PUBLISHED)[0] == "2024-03-05T10:12:00+01:00"


def test_a_date_line_in_a_page_that_is_laid_out_by_tables_is_read() -> None:
    rows = "".join(f"<tr><td>{cell}</td></tr>" for cell in ("", "5 March 2024 Source: Harbour Times", *[""] * 6))
    assert dates(f"<h1>{HEADLINE}</h1><table>{rows}</table>{PROSE * 4}")[0] == "2024-03-05"
    born = "".join(f"<tr><th>Fact</th><td>{cell}</td></tr>" for cell in ("5 March 1941", *["Quay"] * 8))
    assert dates(f"<h1>{HEADLINE}</h1><table>{born}</table>{PROSE * 4}")[0] is None


@pytest.mark.parametrize(
    ("path", "day"), [("news/29-10-2023", "2023-10-29"), ("news/05-03-2024", None), ("phone-555-23-10-2023", None)]
)
def test_a_day_first_address_is_read_where_there_is_one_reading(path: str, day: str | None) -> None:
    assert dates(article(""), url=f"https://a.example/{path}")[0] == day


def american(body: str, *, lang: str = "en", fetched: datetime = datetime(2025, 6, 1, tzinfo=UTC)) -> str | None:
    markup = f"<html lang={lang}><head><title>{HEADLINE}</title></head><body>{body}</body></html>"
    document = Document(Page(markup.encode(), URL, fetched_at=fetched))
    winner = choose_title(document).winner
    published = choose_dates(document, Layout(winner.position if winner else None)).published.value
    return published.iso if published else None


def test_numbers_that_can_be_read_in_two_ways_are_read_as_other_dates_of_the_page_are() -> None:
    line = article("<span class='time'>3/4/2025</span>")
    assert american(line) is None
    assert american(line + "<li class='related'>4/13/2025</li>") == "2025-03-04"
    assert american(line + "<li class='related'>13/4/2025</li>") == "2025-04-03"
    assert american(line + "<li class='related'>13/4/2025</li><li class='related'>4/13/2025</li>") is None


def test_a_reading_from_the_future_is_none() -> None:
    assert american(article("<span class='time'>3/12/2025</span>")) == "2025-03-12"


def test_the_language_of_the_article_s_data_orders_numbers_where_the_page_s_own_does_not() -> None:
    head = ld('"inLanguage":"en-US"')
    assert american(head + article("<span class='time'>3/4/2025</span>")) == "2025-03-04"


def test_a_date_above_the_text_of_a_page_without_headline_is_read() -> None:
    markup = f"<title>Harbour Times</title><div><p id=x>2024-03-05 | Message</p>{PROSE}</div>"
    document = Document(Page(markup.encode(), URL))
    start = document.by_id["x"] + 1
    assert choose_dates(document, Layout(None, start, start + 7)).published.value is not None
    below = Document(Page(markup.replace("2024-03-05 | Message", "Message").encode() + b"<p>2024-03-05</p>", URL))
    assert choose_dates(below, Layout(None, start, start + 7)).published.value is None


def test_a_video_s_dates_are_not_the_article_s() -> None:
    video = (
        '<script type="application/ld+json">{"@type":"VideoObject","name":"Crane","dateModified":"2024-03-06"}</script>'
    )
    head = ld('"datePublished":"2024-03-05","dateModified":"2024-03-07"') + video + "<time>6 March 2024</time>"
    assert dates(article("Updated <time>6 March 2024</time>"), head) == ("2024-03-05", "2024-03-07")


@pytest.mark.parametrize(
    "line",
    [
        "Joined March 2007", "Member since 5 March 2024", "عضو منذ", "Deadline: 5 March 2024",
        "評論 2024-03-05", "5 commentaires",
    ],
)  # fmt: skip
def test_dates_of_people_events_and_comments_are_not_taken(line: str) -> None:
    assert dates(article(f"<div class='meta'>{line}</div>"))[0] is None


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("פורסם: 05/03/2024 10:12", "2024-03-05T10:12"),
        ("เผยแพร่ 5 มีนาคม 2567", "2024-03-05"),
        ("تاریخ انتشار: 2024-03-05", "2024-03-05"),
        ("تاريخ النشر: ٥ مارس ٢٠٢٤", "2024-03-05"),
        ("Ngày đăng: 05/03/2024", "2024-03-05"),
        ("Diterbitkan 5 Maret 2024", "2024-03-05"),
        ("Megjelent: 2024. március 5.", "2024-03-05"),
        ("Yayınlanma: 05.03.2024 10:12", "2024-03-05T10:12"),
        ("投稿日：2024年3月5日", "2024-03-05"),
        ("승인 2024.03.05 10:12", "2024-03-05T10:12"),
        ("發佈時間：2024/03/05 10:12", "2024-03-05T10:12"),
        ("Опубліковано 5 березня 2024", "2024-03-05"),
    ],
)
def test_labels_of_many_languages_are_known(line: str, expected: str) -> None:
    lang = {
        "פ": "he",
        "เ": "th",
        "ت": "ar",
        "N": "vi",
        "D": "id",
        "M": "hu",
        "Y": "tr",
        "投": "ja",
        "승": "ko",
        "О": "uk",
    }
    text = f"<html lang={lang.get(line[0], 'zh')}><title>{HEADLINE}</title>{article(PROSE * 3 + f'<div>{line}</div>')}"
    document = Document(Page(text.encode(), URL, fetched_at=datetime(2024, 3, 20, tzinfo=UTC)))
    winner = choose_title(document).winner
    published = choose_dates(document, Layout(winner.position if winner else None)).published.value
    assert published is not None
    assert published.iso == expected


POST = f'"title":"{HEADLINE}","publishedAt":"2024-03-05T10:12:00+01:00","related":[{{"title":"B","date":"2024-01-01"}}]'
PUSHED = POST.replace('"', '\\"')


@pytest.mark.parametrize(
    "script",
    [
        f'<script id="__NEXT_DATA__" type="application/json">{{"props":{{"post":{{{POST}}}}}}}</script>',
        f"<script>window.__STATE__ = {{{POST}}};</script>",
        f'<script>window.__Q = window.__Q || [];window.__Q.push({{"data":{{{POST}}}}})</script>',
        f'<script>self.__next_f.push([1,"5:[\\"$\\",{{{PUSHED}}}]\\n"])</script>',
        f'<script>self.__next_f.push([1,"5:[\\"$\\",{{{PUSHED[:40]}"])</script>'.replace(
            "</script>", f'self.__next_f.push([1,"{PUSHED[40:]}}}]\\n"])</script>'
        ),
        '<script type="application/json" id="__NUXT_DATA__">[["Reactive",1],{"title":2,"publishedAt":3},'
        f'"{HEADLINE}","2024-03-05T10:12:00+01:00"]</script>',
        '<script type="application/json">{"slug":"harbour-reopens","date":"2024-03-05T10:12:00+01:00","x":"'
        + "y" * 90 + '"}</script>',
    ],
)  # fmt: skip
def test_the_page_s_own_data_date_it_where_nothing_else_does(script: str) -> None:
    assert dates(article("") + script)[0] == "2024-03-05T10:12:00+01:00"
    assert dates(article("<time>6 March 2024</time>") + script)[0] == "2024-03-06"


def test_data_of_other_articles_give_no_date() -> None:
    script = f'<script type="application/json">{{"posts":[{{{POST.replace(HEADLINE, "Another story")}}}]}}</script>'
    assert dates(article("") + script)[0] is None


def test_a_printed_label_beats_the_class_of_its_date() -> None:
    updated = "<strong>Updated:</strong> <time class='dt-published' datetime='2024-03-07T08:00:00Z'>March 7</time>"
    head = '<meta itemprop="datePublished" content="2024-03-05">'
    assert dates(article(f"{head}<p>{updated}</p>")) == ("2024-03-05", "2024-03-07T08:00:00+00:00")


@pytest.mark.parametrize(
    "markup",
    [
        "<span property='schema:datePublished' content='2024-03-05T10:12:00+01:00'>last week</span>",
        "<span property='dc:date dc:created' content='2024-03-05T10:12:00+01:00' datatype='xsd:dateTime'>x</span>",
        "<div class='info'><span class='time' data-time='2024-03-05 10:12:00+01:00'>Revised 2024-03-07</span></div>",
        "<span class='js-date' data-timestamp='1709629920'></span>",
    ],
)  # fmt: skip
def test_dates_for_machines_in_the_text_are_read(markup: str) -> None:
    published = dates(article(markup))[0]
    assert published is not None
    assert datetime.fromisoformat(published) == datetime(2024, 3, 5, 9, 12, tzinfo=UTC)


def test_rdfa_tells_modification_from_publication() -> None:
    both = "<i property='datePublished' content='2024-03-05'>x</i><i property='dateModified' content='2024-03-07'>y</i>"
    assert dates(article(both)) == ("2024-03-05", "2024-03-07")
    assert dates(article("<aside><i property='datePublished' content='2024-03-05'>x</i></aside>"))[0] is None


def test_the_element_around_the_article_dates_it() -> None:
    body = f"<article data-published='2024-03-05T10:12:00+01:00'><h1>{HEADLINE}</h1>{PROSE}</article>"
    assert dates(body)[0] == "2024-03-05T10:12:00+01:00"
    assert dates(f"<article data-published='soon'><h1>{HEADLINE}</h1>{PROSE}</article>")[0] is None


TEASER = "<li><h3><a href='/crane'>Crane needs a new gearbox</a></h3><time datetime='2024-03-11'>11 March</time></li>"
ROW = "<div><a href='/{0}'>Ferry runs twice a day from {0}</a><span class='card-date'>{0} March 2024</span></div>"


def behind(markup: str) -> str | None:
    text = f"<div><h1>{HEADLINE}</h1>{PROSE}</div>{markup}"
    document = Document(page(text))
    paragraphs, headings = document.by_tag["p"], document.by_tag["h1"]
    chosen = choose_dates(document, Layout(headings[0], paragraphs[0], paragraphs[-1])).published.value
    return chosen.iso if chosen else None


def test_dates_of_teasers_behind_the_text_are_not_taken() -> None:
    assert behind(f"<ul>{TEASER}</ul>") is None
    assert behind(f"<div>{ROW.format(11)}{ROW.format(12)}</div>") is None


def test_a_date_line_behind_the_text_is_read_beside_links() -> None:
    about = "<a href='/about/mara'>Mara Quill of the harbour desk</a>"
    assert behind(f"<div class='post-footer'><time>5 March 2024</time> {about}</div>") == "2024-03-05"
    assert behind("<div class='post-footer'><a href='/p'>Ports</a> <time>5 March 2024</time></div>") == "2024-03-05"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("2024年3月5日 10時12分（2024年3月7日 8時00分更新）", ("2024-03-05T10:12", "2024-03-07T08:00")),
        ("2024-03-05 10:12 发布", ("2024-03-05T10:12", None)),
        ("发布时间：2024-03-05 更新时间：2024-03-07", ("2024-03-05", "2024-03-07")),
        ("2024年3月7日更新", ("2024-03-07", "2024-03-07")),
    ],
)
def test_labels_behind_a_date_are_read(line: str, expected: tuple[str, str | None]) -> None:
    assert dates(article(f"<p class='date'>{line}</p>")) == expected


def test_a_labelled_date_anywhere_in_the_page_is_read() -> None:
    for before in range(150, 260, 10):
        assert dates(f"<h1>{HEADLINE}</h1>{'<br>' * before}<p>Last updated: 5 March 2024</p>{'<br>' * 120}")[1] == (
            "2024-03-05"
        )


def test_a_date_that_is_a_link_right_behind_the_headline_is_read() -> None:
    assert dates(article("<p>In <a href='/2024/03/05/'>March 5, 2024</a></p>"))[0] == "2024-03-05"
    far = "<br>" * 20 + "<p><a href='/2024/03/05/'>March 5, 2024</a></p>"
    assert dates(article(far))[0] is None
    assert dates(article("<p><a href='/crane'>What the crane lifted on March 5, 2024</a></p>"))[0] is None


def test_elements_that_templates_invent_for_dates_are_read() -> None:
    assert dates(article("<date>March 5, 2024</date>"))[0] == "2024-03-05"


def test_what_a_date_shows_when_it_is_pointed_at_labels_it() -> None:
    time = '<time datetime="2024-03-08T09:30:00Z">March 8</time>'
    line = f'<span title="Last updated on 2024-03-08"><i class="icon"></i>{time}</span>'
    found = dates(article(line), url="https://www.harbour-times.example/2024/03/05/harbour-reopens")
    assert found == ("2024-03-05", "2024-03-08T09:30:00+00:00")


def _entry(title: str, printed: str) -> str:
    return (
        f'<div class="entry"><a href="/{title.lower()}/">{title}</a><br><span class="stamp-date">{printed}</span></div>'
    )


def test_dates_in_a_row_of_linked_titles_are_those_of_other_posts() -> None:
    row = _entry("Nets", "Posted 3 March 2024") + _entry("Ropes", "Posted 1 March 2024")
    assert dates(f"<h1>{HEADLINE}</h1><div class=left>{row}</div><div>{PROSE}</div>") == (None, None)
    own = f'<div class="line"><span class="stamp-date">Posted 3 March 2024</span></div>{PROSE}'
    assert dates(f"<h1>{HEADLINE}</h1><div>{own}</div>") == ("2024-03-03", None)


def test_paragraphs_in_a_row_are_no_list_of_posts() -> None:
    posted = '<p>Posted on 03/03/2024 by <a href="/jim/">Jim Reeve</a></p>'
    lines = f'{posted}<p>In 2023 the <a href="/gates/">gates</a> broke.</p>'
    assert dates(article(lines))[0] == "2024-03-03"


FACTS = (
    "<nav><ul><li><time datetime='2024-03-04 17:40:00+00:00'>4 March</time></li>"
    "<li><time datetime='2024-03-09 09:30:00+00:00'>9 March</time></li><li><a href='/sea/'>Sea</a></li></ul></nav>"
)


@pytest.mark.parametrize("url", ["https://www.harbour-times.example/2024/03/04/harbour-reopens", URL])
def test_a_list_of_facts_beside_the_article_gives_its_dates(url: str) -> None:
    expected = ("2024-03-04T17:40:00+00:00", "2024-03-09T09:30:00+00:00")
    assert dates(f"<div>{FACTS}</div>{article('')}", url=url) == expected


def test_a_list_of_facts_of_another_day_than_the_address_says_nothing() -> None:
    url = "https://www.harbour-times.example/2024/02/01/harbour-reopens"
    assert dates(f"<div>{FACTS}</div>{article('')}", url=url) == ("2024-02-01", None)


def test_a_list_of_comments_does_not_date_the_article() -> None:
    link = "<a href='#c1'><time datetime='2024-03-09T08:00'>9 March</time></a>"
    comments = f"<ol class='comment-list'><li>{link} Fine work</li></ol>"
    assert dates(f"{article('')}<nav>{comments}</nav>") == (None, None)
