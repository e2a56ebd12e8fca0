"""The language of a text against what its page declares."""

from __future__ import annotations

import pytest

from crawler.extraction.body import Body
from crawler.extraction.document import Document
from crawler.extraction.evidence import Choice
from crawler.extraction.fields.language import choose_language, language_of, normalized_tag
from crawler.page import Page

ENGLISH = "The council said on Friday that it would repair the bridge, which has been closed for a year, by May."
GERMAN = "Der Rat teilte am Freitag mit, dass die Brücke, die seit einem Jahr gesperrt ist, bis Mai repariert wird."
JAPANESE = "市は金曜日、一年前から通行止めになっている橋を五月末までに修理すると発表した。"
XHOSA = " ".join(["Ibhunga lithe ngoLwesihlanu liza kuyilungisa ibhulorho evaliweyo unyaka wonke"] * 9)


def choice(html: str, text: str | None, **headers: str) -> Choice[str]:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return choose_language(Document(Page(html.encode(), "https://example.org/a", named)), Body(text=text))


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (ENGLISH, "en"),
        (GERMAN, "de"),
        ("Le conseil a annoncé vendredi que le pont, fermé depuis un an, sera réparé avant la fin de mai.", "fr"),
        ("El consejo anunció el viernes que el puente, cerrado desde hace un año, se reparará antes de mayo.", "es"),
        ("O conselho anunciou na sexta-feira que a ponte, fechada há um ano, será reparada até ao fim de maio.", "pt"),
        ("Il consiglio ha annunciato venerdì che il ponte, chiuso da un anno, sarà riparato entro maggio.", "it"),
        ("De raad zei vrijdag dat de brug, die al een jaar dicht is, voor het einde van mei wordt gerepareerd.", "nl"),
        ("Kommunen sade i fredags att bron, som har varit stängd i ett år, ska vara lagad till slutet av maj.", "sv"),
        ("Rada ogłosiła w piątek, że most, który jest zamknięty od roku, będzie naprawiony do końca maja.", "pl"),
        ("Belediye cuma günü yaptığı açıklamada, bir yıldır kapalı olan köprünün mayıs sonuna kadar onarılacağını ve"
         " yolun daha güvenli olacağını söyledi.", "tr"),
        ("Совет сообщил в пятницу, что мост, который был закрыт весь год, отремонтируют до конца мая.", "ru"),
        ("Рада повідомила у п'ятницю, що міст, який був закритий увесь рік, відремонтують до кінця травня.", "uk"),
        ("Съветът съобщи в петък, че мостът, който е затворен от една година, ще бъде ремонтиран до май.", "bg"),
        (JAPANESE, "ja"),
        ("市议会星期五宣布，关闭了一年的大桥将在五月底之前修复。", "zh"),
        ("시의회는 금요일에 일 년 동안 폐쇄된 다리를 오월 말까지 수리하겠다고 발표했다.", "ko"),
        ("Το συμβούλιο ανακοίνωσε την Παρασκευή ότι η γέφυρα θα επισκευαστεί μέχρι το τέλος Μαΐου.", "el"),
        ("قال المجلس يوم الجمعة إن الجسر الذي أغلق منذ عام سيتم إصلاحه قبل نهاية مايو من هذا العام في المدينة.", "ar"),
        ("شورا روز جمعه اعلام کرد که این پل را که از یک سال پیش بسته است تا پایان ماه تعمیر می کند.", "fa"),
        ("המועצה הודיעה ביום שישי כי הגשר, שסגור מזה שנה, יתוקן עד סוף חודש מאי.", "he"),
    ],
)  # fmt: skip
def test_prose_tells_its_language(text: str, language: str) -> None:
    assert language_of(text) == language


def test_a_few_words_tell_nothing() -> None:
    assert language_of("Bridge closed") is None


def test_the_declaration_gives_the_region_where_the_text_agrees() -> None:
    html = '<html lang="en"><head><meta property="og:locale" content="en_GB"></head>'
    assert choice(html, ENGLISH).value == "en-GB"


@pytest.mark.parametrize(("text", "language"), [(JAPANESE, "ja"), (GERMAN, "de")])
def test_a_text_in_another_language_beats_the_themes_declaration(text: str, language: str) -> None:
    found = choice('<html lang="en-US">', text)
    assert found.value == language
    assert [rival.value for rival in found.rivals] == ["en-US"]


def test_a_text_in_another_script_is_never_in_the_themes_language() -> None:
    bulgarian_or_not = "Ново мото пълно сухо ядро бяло куче стара риба зелен бор тих дъжд" * 3
    assert choice('<html lang="en-US">', bulgarian_or_not).value != "en-US"
    assert choice('<html lang="bg">', bulgarian_or_not).value == "bg"


def test_a_short_text_does_not_contradict_the_declaration() -> None:
    assert choice('<html lang="pt-br">', "Ponte fechada").value == "pt-BR"


def test_a_text_in_an_unknown_language_is_not_given_the_themes_language() -> None:
    assert choice('<html lang="en-US">', XHOSA).value is None


def test_without_any_declaration_the_text_decides_and_says_so() -> None:
    found = choice("<p>x", ENGLISH)
    assert found.value == "en"
    assert found.winner is not None
    assert found.winner.source == "text"


def test_the_header_counts_where_the_page_is_silent() -> None:
    assert choice("<p>x", None, Content_Language="fi").value == "fi"


def test_close_relatives_are_told_apart_by_the_declaration() -> None:
    text = "Rådet sagde fredag, at broen, som har været lukket i et år, skal være repareret inden udgangen af maj."
    assert language_of(text, ("da",)) == "da"


@pytest.mark.parametrize(
    ("text", "tag"),
    [("en_US", "en-US"), ("PT-br", "pt-BR"), ("zh-hans-cn", "zh-Hans-CN"), ("iw", "he"), ("en-US.UTF-8", "en-US"),
     ("English", None), ("", None), ("{{ lang }}", None), ("es-419", "es-419")],
)  # fmt: skip
def test_tags_are_normalised(text: str, tag: str | None) -> None:
    assert normalized_tag(text) == tag


def test_the_title_speaks_for_a_page_whose_text_was_not_found() -> None:
    assert choice("<title>旧港过冬的四十条船，明年春天回到海上</title>", None).value == "zh"
    assert choice("<title>Forty boats</title>", None).value is None
