from __future__ import annotations

import copy
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.items import Article, Author, Evidence, Image, PostLink
from crawler.pipelines.body import Surroundings, clean_body
from crawler.pipelines.clean import Clean
from crawler.pipelines.cleaning import clean_article
from crawler.pipelines.names import clean_byline, clean_name, is_avatar_text
from crawler.pipelines.text import clean_line, clean_text

LONG = "The harbour office counted forty-one boats on Monday morning, which is nine more than a week before."
OTHER = "Nobody at the office would say whether the fee had anything to do with the number of boats that stayed."
BIO = "Mara Lind writes about harbours, tides and the people who live by them."


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("Mara Lind", "Mara Lind"),
        ("ByMara Lind", "Mara Lind"),
        ("By Mara Lind", "Mara Lind"),
        ("BY MARA LIND", "MARA LIND"),
        ("by: Mara Lind", "Mara Lind"),
        ("Written by Mara Lind", "Mara Lind"),
        ("Author: Mara Lind", "Mara Lind"),
        ("BYRON MILLER", "BYRON MILLER"),
        ("Byron Miller", "Byron Miller"),
        ("Bye Bye Design", "Bye Bye Design"),
        ("Von Neumann", "Von Neumann"),
        ("Mara Lind Mara Lind", "Mara Lind"),
        ("Mara LindMara Lind", "Mara Lind"),
        ("By Mara Lind By Mara Lind", "Mara Lind"),
        ("Duran Duran", "Duran Duran"),
        ("Avatar photo Mara Lind", "Mara Lind"),
        ("Avatar photo", None),
        ("  Mara\u00a0\u200bLind\u2028", "Mara Lind"),
        ("By", None),
        ("By, Mara", "By, Mara"),
        ("\u200b", None),
        ("", None),
        (None, None),
    ],
)
def test_a_name_is_printed_once_and_alone(printed: str | None, name: str | None) -> None:
    assert clean_name(printed) == name


@pytest.mark.parametrize(
    ("printed", "byline"),
    [
        ("Mara Lind, Mara Lind", "Mara Lind"),
        ("By Mara Lind, Joe Schmo, Jr., mara lind", "Mara Lind, Joe Schmo, Jr."),
        ("Avatar photo, Mara Lind", "Mara Lind"),
        ("Mara Lind and Joe Schmo", "Mara Lind and Joe Schmo"),
        (" , ", None),
        ("By,Mara Lind", "Mara Lind"),
        (None, None),
    ],
)
def test_a_byline_holds_each_name_once(printed: str | None, byline: str | None) -> None:
    assert clean_byline(printed) == byline


@pytest.mark.parametrize(
    ("text", "is_avatar"),
    [
        ("Avatar photo", True),
        ("author image", True),
        ("Profile picture", True),
        ("Mara Lind", True),
        ("Picture of Mara Lind", True),
        ("Mara Lind’s avatar", True),
        ("Mara Lind at the harbour", False),
        ("A photo of the harbour", False),
        ("", False),
        (None, False),
    ],
)
def test_the_text_of_an_avatar_is_told_from_that_of_a_picture(text: str | None, is_avatar: bool) -> None:
    assert is_avatar_text(text, frozenset({"Mara Lind"})) is is_avatar


def test_white_space_is_of_one_kind_and_invisible_characters_are_gone() -> None:
    assert clean_line(" a\u00a0b\u3000\u200bc\x00\u202ed\ue000\r\n e\ufeff ") == "a b cd\ue000 e"
    assert clean_text("a\u2029\u2029b\x85c \n\n\n\n    d = 1\r\n\r\n") == "a\n\nb\nc\n\n    d = 1"
    assert clean_text("\u200b\n \n") is None


def test_spelling_that_needs_joiners_keeps_them() -> None:
    assert clean_line("می\u200cخواهم 👩\u200d💻") == "می\u200cخواهم 👩\u200d💻"


AROUND = Surroundings("Boats stay", frozenset({"Mara Lind"}), BIO)


@pytest.mark.parametrize(
    ("blocks", "kept"),
    [
        (["Boats stay", "By Mara Lind", LONG, OTHER], [LONG, OTHER]),
        (["# Boats stay", "**By Mara Lind**", LONG], [LONG]),
        (["Avatar photo", LONG, "![Avatar photo](https://a.example/1.png)", OTHER], [LONG, OTHER]),
        ([LONG, "![Mara Lind](https://a.example/m.png)", OTHER, "Mara Lind", BIO], [LONG, OTHER]),
        ([LONG, "Mara Lind", OTHER], [LONG, "Mara Lind", OTHER]),
        ([LONG, OTHER, LONG], [LONG, OTHER]),
        (["No.", LONG, "No.", OTHER, "No."], ["No.", LONG, "No.", OTHER, "No."]),
        (["A b.", LONG, "A b.", LONG, "A b.", LONG], ["A b.", LONG]),
        (["Ho", "Ho", "Ho"], ["Ho", "Ho", "Ho"]),
        ([f"```\n{LONG}", OTHER, "```", f"```\n{LONG}", OTHER, "```", "End"],) * 2,
        (["Boats stay"], ["Boats stay"]),
    ],
)
def test_the_body_keeps_its_own_blocks_each_once(blocks: list[str], kept: list[str]) -> None:
    assert clean_body("\n\n".join(blocks), AROUND) == "\n\n".join(kept)


def dirty() -> Article:
    return Article(
        url="https://a.example/boats/",
        id="a.example/boats",
        title="Boats\u00a0stay\u200b",
        subtitle=" ",
        byline="ByMara Lind, Mara Lind",
        authors=[
            Author("ByMara Lind", avatar="https://a.example/m.png"),
            Author("Avatar photo"),
            Author("mara lind", url="https://a.example/author/mara/", bio=f"Avatar photo\n\n{BIO}"),
        ],
        body=f"Boats stay\n\nByMara Lind\n\n{LONG}\n\n{OTHER}\n\n{LONG}",
        author_bio="Mara Lind",
        latest_posts=[PostLink(" ", "https://a.example/x/"), PostLink("Tides\n", "https://a.example/tides/")],
        tags=["harbour", "Harbour", ""],
        images=[
            Image("https://a.example/m.png"),
            Image("https://a.example/b.jpg", alt="", caption="Boats "),
            Image("https://a.example/b.jpg"),
            Image("https://a.example/c.jpg", alt="Avatar photo"),
        ],
        evidence={"subtitle": Evidence("markup", "p", "bound"), "title": Evidence("markup", "h1", "bound")},
        word_count=999,
    )


def test_an_article_is_cleaned_in_every_field() -> None:
    cleaned = clean_article(dirty())
    assert (cleaned.title, cleaned.subtitle, cleaned.byline) == ("Boats stay", None, "Mara Lind")
    assert cleaned.authors == [Author("Mara Lind", "https://a.example/author/mara/", BIO, "https://a.example/m.png")]
    assert cleaned.body == f"{LONG}\n\n{OTHER}"
    assert cleaned.word_count == len(LONG.split()) + len(OTHER.split())
    assert cleaned.author_bio is None
    assert cleaned.latest_posts == [PostLink("Tides", "https://a.example/tides/")]
    assert cleaned.tags == ["harbour"]
    assert cleaned.images == [Image("https://a.example/b.jpg", caption="Boats")]
    assert list(cleaned.evidence) == ["title"]


def test_cleaning_leaves_its_input_alone() -> None:
    article = dirty()
    before = copy.deepcopy(article)
    clean_article(article)
    assert article == before


def test_a_tombstone_has_nothing_to_clean() -> None:
    tombstone = Article("https://a.example/", page_type="gone", title=" as it was ")
    assert Clean().process_item(tombstone) is tombstone


PIECES = st.sampled_from(
    [
        "Mara Lind",
        "By",
        "ByMara Lind",
        "Avatar photo",
        LONG,
        OTHER,
        BIO,
        "Boats stay",
        "\n",
        "\n\n",
        " ",
        "\u200b",
        "```",
        ",",
    ]
)
TEXT = st.lists(PIECES | st.text(max_size=4), max_size=12).map("".join)
ARTICLES = st.builds(
    Article,
    url=st.just("https://a.example/"),
    title=TEXT | st.none(),
    byline=TEXT | st.none(),
    authors=st.lists(st.builds(Author, name=TEXT, bio=TEXT | st.none()), max_size=4),
    body=TEXT | st.none(),
    body_markdown=TEXT | st.none(),
    author_bio=TEXT | st.none(),
    latest_posts=st.lists(st.builds(PostLink, title=TEXT, url=TEXT), max_size=3),
    tags=st.lists(TEXT, max_size=3),
    images=st.lists(st.builds(Image, url=TEXT, alt=TEXT | st.none()), max_size=3),
)


@given(ARTICLES)
def test_cleaning_twice_is_cleaning_once(article: Article) -> None:
    once = clean_article(article)
    assert clean_article(once) == once


@given(ARTICLES)
def test_cleaning_invents_nothing_and_leaves_no_empty_text(article: Article) -> None:
    cleaned = clean_article(article)
    for before, after in ((article.body, cleaned.body), (article.title, cleaned.title)):
        assert after != ""
        assert set(after or "") - {" ", "\n"} <= set(before or "")
    assert all(author.name and author.bio != "" for author in cleaned.authors)
    assert not any(unicodedata.category(c) == "Cc" and c != "\n" for c in cleaned.body or "")
