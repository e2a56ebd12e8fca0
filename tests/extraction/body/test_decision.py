"""What is never body, however sure the model is."""

from __future__ import annotations

import numpy as np

from crawler.extraction.body.blocks import segment
from crawler.extraction.body.decision import choose
from crawler.extraction.body.features import read_features
from crawler.extraction.body.words import WordModel
from crawler.extraction.document import Document
from crawler.page import Page

PROSE = "The ferry will run again from Monday, said the harbour master, who had waited three weeks for a new engine."


def chosen(html: str, doubted: str = "", doubt: float = 0.3) -> list[str]:
    """The blocks that are chosen where the model keeps everything but a text that it doubts."""
    segments = segment(Document(Page(html.encode(), "https://example.org/a")))
    features = read_features(segments, WordModel({}, {}).score(segments), None)
    scores = np.array([doubt if text == doubted else 1 for text in segments.texts], np.float32)
    return [segments.texts[block] for block in choose(segments, features, scores)]


def test_headline_byline_date_and_advertisement_labels_are_no_body() -> None:
    page = (
        "<title>Ferry runs</title><h1>Ferry runs</h1><p>Ferry runs</p><p>By Ann Example</p><p class='pubdate'>1 May</p>"
        f"<p>{PROSE}</p><div>Advertisement</div><p>It is the only one.</p><p class='post-author'>Ann Example</p>"
    )
    assert chosen(page) == [PROSE, "It is the only one."]


def test_a_label_that_names_the_language_of_code_is_no_body() -> None:
    page = f"<p>{PROSE}</p><div class='language-{{}} x'><span class=lang>py</span><pre><code>run(1)</code></pre></div>"
    assert chosen(page.format("py")) == [PROSE, "run(1)"]
    assert chosen(page.format("go")) == [PROSE, "py", "run(1)"]


def test_a_paragraph_printed_twice_is_kept_once() -> None:
    assert chosen(f"<p>{PROSE}</p><p>No.</p><p>{PROSE}</p><p>No.</p>") == [PROSE, "No.", "No."]


def test_a_line_that_only_names_another_article_is_no_body() -> None:
    page = (
        f"<p>{PROSE}</p><p>Read also: <a href=b>The old pier closes</a></p><h2>Read also: <a href=b>a word</a></h2>"
        "<p>Read more in the <a href=c>report</a> that the harbour master wrote for the council in spring.</p>"
    )
    assert [text[:9] for text in chosen(page)] == ["The ferry", "Read also", "Read more"]


def test_a_line_that_counts_the_comments_of_the_page_is_no_body() -> None:
    page = f"<p>(<a href='#comments'>2 comments</a>)</p><p>{PROSE}</p><p><a href='/a/#respond'>Reply</a></p>"
    assert chosen(page) == [PROSE]
    assert len(chosen(f"<p>{PROSE}</p><p>See <a href='#commentary'>the commentary</a></p>")) == 2


def test_a_table_of_data_is_kept_whole_where_most_of_it_is() -> None:
    rows = "<tr><th>Boat</th><th>Built</th></tr><tr><td>Petrel, a lugger</td><td>1911</td></tr>"
    assert "Boat" in chosen(f"<p>{PROSE}</p><table>{rows}</table>", doubted="Boat")
    assert "Petrel, a lugger" not in chosen(f"<p>{PROSE}</p><table>{rows}</table>", doubted="Petrel, a lugger")
    layout = f"<table><tr><td><table>{rows}</table></td></tr></table>"
    assert "Boat" in chosen(f"<p>{PROSE}</p>{layout}", doubted="Boat")


def test_a_pull_quote_is_no_body_where_the_text_has_its_words() -> None:
    quote = "<aside class='wp-block-pullquote'><p>“The ferry will run again from Monday”</p></aside>"
    assert chosen(f"<p>{PROSE}</p>{quote}<p>It is the only one.</p>") == [PROSE, "It is the only one."]
    assert len(chosen(f"<p>It is the only one.</p>{quote}")) == 2


def test_prose_that_begins_like_a_byline_is_kept() -> None:
    text = "By noon the quay was full."
    assert chosen(f"<p>{text}</p><p>{PROSE}</p><p>By the sea</p>") == [text, PROSE, "By the sea"]


def test_a_line_with_a_date_before_the_prose_is_no_body() -> None:
    page = f"<h1>Ferry runs</h1><p>1 May 2024</p><p>{PROSE}</p><p>2 May 2024</p>"
    assert chosen(page) == [PROSE, "2 May 2024"]


def test_a_standfirst_that_is_marked_as_such_needs_less_to_be_kept() -> None:
    deck = "One village, four families, one stove."
    page = "<title>Ferry runs</title><h1>Ferry runs</h1><p class='{}'>" + f"{deck}</p><p>{PROSE}</p>"
    assert chosen(page.format("article-excerpt"), doubted=deck) == [deck, PROSE]
    assert chosen(page.format("chapo"), doubted=deck) == [deck, PROSE]
    assert chosen(page.format("article-caption"), doubted=deck) == [PROSE]


def test_what_is_marked_like_a_standfirst_within_the_prose_is_none() -> None:
    teaser = "Another village, and another family too."
    page = f"<title>Ferry runs</title><h1>Ferry runs</h1><p>{PROSE}</p><p class='excerpt'>{teaser}</p>"
    assert chosen(page, doubted=teaser) == [PROSE]


def test_a_byline_between_standfirst_and_prose_is_no_body() -> None:
    deck = "Since Monday nothing has been loaded. Both sides talk about each other."
    page = f"<title>Ferry runs</title><h1>Ferry runs</h1><p class='deck'>{deck}</p><p>VonAda Beispiel</p><p>{PROSE}</p>"
    assert chosen(page, doubted=deck) == [deck, PROSE]


def test_what_names_give_away_as_comment_or_consent_has_to_be_surer_than_the_rest() -> None:
    def kept(name: str, score: float) -> int:
        page = f"<p>{PROSE}</p><div class='{name}'><p>{PROSE} It is the only one.</p></div>"
        segments = segment(Document(Page(page.encode(), "https://example.org/a")))
        features = read_features(segments, WordModel({}, {}).score(segments), None)
        return len(choose(segments, features, np.array([1, score], np.float32)))

    assert kept("story", 0.6) == 2
    for name in ("comment-list", "cookie-consent", "author-bio", "related-posts", "site-footer"):
        assert kept(name, 0.6) == 1
        assert kept(name, 0.8) == 2


def test_where_the_bar_is_lowered_what_names_give_away_stays_out() -> None:
    texts = [f"{PROSE} It is number {number}." for number in range(4)]
    page = f"<p>{texts[0]}</p><p>{texts[1]}</p><p>{texts[2]}</p><div class='comment-list'><p>{texts[3]}</p></div>"
    segments = segment(Document(Page(page.encode(), "https://example.org/a")))
    features = read_features(segments, WordModel({}, {}).score(segments), None)
    doubtful = np.full(len(segments), 0.3, np.float32)
    assert [segments.texts[block] for block in choose(segments, features, doubtful)] == texts[:3]


def test_text_that_is_only_read_aloud_is_no_body() -> None:
    page = (
        f"<h2 class='sr-only'>Footnotes</h2><div class='visually-hidden'><p>Article content</p></div><p>{PROSE}</p>"
        "<h2 class='sr-only md:not-sr-only'>The engine</h2><p>It is <span class='visually-hidden'>still</span> new.</p>"
    )
    assert chosen(page) == [PROSE, "The engine", "It is new."]


def test_the_caption_of_a_picture_has_to_be_surer_than_the_rest_and_that_of_a_table_has_not() -> None:
    said = "The quay on Monday morning."
    figure = f"<p>{PROSE}</p><figure><img src=a>{{}}<figcaption>{said}</figcaption></figure><p>It is one.</p>"
    assert chosen(figure.format(""), doubted=said, doubt=0.7) == [PROSE, "It is one."]
    assert said in chosen(figure.format(""))
    assert said in chosen(
        figure.format("<table><tr><td>Ferries</td><td>one</td></tr></table>"), doubted=said, doubt=0.7
    )
    gallery = figure.format("").replace(said, said * 20)
    assert said * 20 in chosen(gallery, doubted=said * 20, doubt=0.7)
