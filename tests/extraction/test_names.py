"""Raw bylines and the names in them."""

from __future__ import annotations

from collections import Counter
from importlib.resources import files

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from crawler.extraction.kinds_of_names import kind_of
from crawler.extraction.name_shapes import is_desk, is_phrase
from crawler.extraction.names import LINK_END, LINK_START, is_label, labelled, name_key, parse_byline

BYLINES = [
    # labels
    ("By Ann Smith", ["Ann Smith"]),
    ("本文作者：Ann Smith", ["Ann Smith"]),
    ("原作者： 林小明", ["林小明"]),
    ("Beitragsautor: Frieda Köster", ["Frieda Köster"]),
    ("Автор записи: Дарья Иванова", ["Дарья Иванова"]),
    ("Autor de la entrada: Maria Rossi", ["Maria Rossi"]),
    ("ByHarper Stewart", ["Harper Stewart"]),
    ("by Ann Smith and Bo Jones", ["Ann Smith", "Bo Jones"]),
    ("VonJost Amelung und Frieda Köster, Lührsdorf", ["Jost Amelung", "Frieda Köster"]),
    ("ParÉlise Roc", ["Élise Roc"]),
    ("vonFrida Höning", ["Frida Höning"]),
    ("durch Stefan Marks", ["Stefan Marks"]),
    ("Von unserer Korrespondentin Jane Doe", ["Jane Doe"]),
    ("Aus Hamburg von Jane Doe", ["Jane Doe"]),
    ("Door onze redacteur Machteld Dijk", ["Machteld Dijk"]),
    ("dalla nostra inviata Maria Rossi", ["Maria Rossi"]),
    ("de Ileana Vasile | 15 aprilie 2024", ["Ileana Vasile"]),
    ("oprac. Anna Wilk", ["Anna Wilk"]),
    ("Words and pictures by Jane Doe", ["Jane Doe"]),
    ("A guest post by Jane Doe", ["Jane Doe"]),
    ("Das Gespräch führte Jane Doe", ["Jane Doe"]),
    ("Un article de Jean Dupont", ["Jean Dupont"]),
    ("Tekst og foto: Ragnhild Sand", ["Ragnhild Sand"]),
    ("Muhabir: Defne Yaman", ["Defne Yaman"]),
    ("Bài, ảnh: Nguyễn Thu Hà", ["Nguyễn Thu Hà"]),
    ("Беседовала Дарья Иванова", ["Дарья Иванова"]),
    ("Recipe by Jane Doe", ["Jane Doe"]),
    ("By Jane Doe ✍️", ["Jane Doe"]),
    ("By the Rev. Jane Doe", ["Rev. Jane Doe"]),
    ("Themeforest", []),
    ("Recueilli par Paul ANVERS", ["Paul ANVERS"]),
    ("Par Basile Corentin Publié le 30 octobre 2025", ["Basile Corentin"]),
    ("文・高橋 直人 2025年10月30日", ["高橋 直人"]),
    ("글 박서연 2025.10.30", ["박서연"]),
    ("The following is a guest blog post by Jane Doe", ["Jane Doe"]),
    ("Von Ursula von der Linde", ["Ursula von der Linde"]),
    ("Par Jean Dupont", ["Jean Dupont"]),
    ("Por Ana María Ruiz", ["Ana María Ruiz"]),
    ("Di Mario Rossi", ["Mario Rossi"]),
    ("Door Kees van der Berg", ["Kees van der Berg"]),
    ("Words by Kim Lee", ["Kim Lee"]),
    ("Written by: Bob Ray", ["Bob Ray"]),
    ("Posted by Joe Fox on July 10, 2015", ["Joe Fox"]),
    ("by harbourcat on August 3, 2019", ["harbourcat"]),
    ("Veröffentlicht von\x1fChris Jung", ["Chris Jung"]),
    # several people
    ("By Ann Smith, Bo Jones and Cy Young", ["Ann Smith", "Bo Jones", "Cy Young"]),
    ("By Ann Smith And Bo Jones", ["Ann Smith", "Bo Jones"]),
    ("Ann Smith und \x02Bo Weiß\x03", ["Ann Smith", "Bo Weiß"]),
    ("Ann Smith und Bo Weiß", ["Ann Smith", "Bo Weiß"]),
    ("Eva Klein/Hans Meier", ["Eva Klein", "Hans Meier"]),
    ("Eva Klein/QP-Z", ["Eva Klein"]),
    ("Article written by: Ann Smith", ["Ann Smith"]),
    ("Laura Moreno / Javier Urbina", ["Laura Moreno", "Javier Urbina"]),
    ("Jane Doe / Harbour Desk", ["Jane Doe"]),
    ("A. B. Miller, C. D. Jones & E. Fox", ["A. B. Miller", "C. D. Jones", "E. Fox"]),
    ("By \x02Ann Smith\x03 and \x02Bo Jones\x03", ["Ann Smith", "Bo Jones"]),
    ("By \x1eAnn\x1e \x1eSmith\x1e", ["Ann Smith"]),
    ("Autoren Hilmar Fuhr und Jutta Klauk", ["Hilmar Fuhr", "Jutta Klauk"]),
    ("11.05.2012, 10:22 von hafenkatze", ["hafenkatze"]),
    ("von hafenkatze", []),
    ("Author:\x1fAnn Smith\x1fHarper Pell", ["Ann Smith", "Harper Pell"]),
    ("Ann Smith\x1fBrooklyn, NY", ["Ann Smith"]),
    ("作者：宋怡宁 杨志华", ["宋怡宁", "杨志华"]),
    ("执笔人：闵乐 赵兰", ["闵乐", "赵兰"]),
    ("執筆：高橋 一郎", ["高橋 一郎"]),
    # what belongs to a name
    ("Joe Schmo, Sr.", ["Joe Schmo, Sr."]),
    ("Dr. Hans Wurst", ["Dr. Hans Wurst"]),
    ("Mary-Jane O'Neil and Seán Ó Sé", ["Mary-Jane O'Neil", "Seán Ó Sé"]),
    ("JANE DOE", ["JANE DOE"]),
    # what does not
    ("Jane Doe, Senior Editor at the Harbour Ledger", ["Jane Doe"]),
    ("Jane Doe for the Harbour Ledger", ["Jane Doe"]),
    ("Jane Doe jane.doe@example.org", ["Jane Doe"]),
    ("Jane Doe @janedoe", ["Jane Doe"]),
    ("Laura June Tops July 10, 2015", ["Laura June Tops"]),
    ("Harper Stewart\x1f3 min read", ["Harper Stewart"]),
    ("Christie Dedham\x1fEmail The Author", ["Christie Dedham"]),
    ("By Mark Sherman, Associated Press", ["Mark Sherman"]),
    ("Anna Berg, Hamburg", ["Anna Berg"]),
    ("Jane Doe (Reuters)", ["Jane Doe"]),
    ("Jane Doe\x1fAdvertisement", ["Jane Doe"]),
    ("By Jane Doe, in News, Wales, Property", ["Jane Doe"]),
    ("- Redaktion: Jane Doe (Pressesprecherin)", ["Jane Doe"]),
    ("Jane Doe | Senior Writer | July 2, 2025", ["Jane Doe"]),
    ("By Jane Doe, The Harbour Star", ["Jane Doe"]),
    ("Posted by \x02Jane Doe\x03 in \x1fNews\x1f, \x1fLaw Courts\x1f", ["Jane Doe"]),
    ("\x02harbourcat\x03 \x1efor\x1e \x02Yard Science\x03", ["harbourcat"]),
    ("Jane Doe, em São Paulo 16h15", ["Jane Doe"]),
    ("Jane Doe\x1fReporter\x1fHarbour Ledger", ["Jane Doe"]),
    ("Xyra Doe\x1fJournalist\x1f", ["Xyra Doe"]),
    ("By Jane Doe Staff Writer", ["Jane Doe"]),
    ("By Environment Editor Jane Doe", ["Jane Doe"]),
    ("Jane Doe reports", ["Jane Doe"]),
    ("Jane Doe avec AFP", ["Jane Doe"]),
    ("Le Quai avec AFP", ["Le Quai", "AFP"]),
    ("epd/Jane Doe", ["Jane Doe"]),
    ("Maria Rossi, da Agência do Porto", ["Maria Rossi"]),
    ("Scritto da Maria Rossi il 15 Aprile 2024", ["Maria Rossi"]),
    ("Geschreven door Kees Dijk op 15 april 2024", ["Kees Dijk"]),
    ("By JANE DOE and XYRA RAY Star Staff Writers", ["JANE DOE", "XYRA RAY"]),
    ("By JANE DOE The Associated Press", ["JANE DOE"]),
    ("Jane Doe Special to The Harbour Star", ["Jane Doe"]),
    ("JANE van DOE", ["JANE van DOE"]),
    ("Jane Mason University", ["Jane Mason University"]),
    ("Jane Marsh\x1f6:01 a.m. May 2, 2024", ["Jane Marsh"]),
    ("Jane Martin 12 May 2024", ["Jane Martin"]),
    ("Jane Doe 12 mars 2024", ["Jane Doe"]),
    ("Jan Doe 28 kwietnia 2021", ["Jan Doe"]),
    ("Jane Doe 5 Mei 2024", ["Jane Doe"]),
    ("Jane Doe 14. května 2024", ["Jane Doe"]),
    ("Reporter\x1fXyra Doe", ["Xyra Doe"]),
    ("Jane Doe \x1eHarbour reporter\x1e", ["Jane Doe"]),
    ("Autorinnen: Jane Doe und Bo Weiß, Harbour quality board at sea", ["Jane Doe", "Bo Weiß"]),
    ("Wednesday, 08 Apr 2020 11:39 PM MYT", []),
    ("A Super Sad Love Story: A Review", []),
    ("I write about Harbour News", []),
    ("Jane Doe's books", []),
    ("Senast ändrad:", []),
    ("Telephone: +46 (0)8 6331514", []),
    ("Rozmawiała: Zofia Krajewska", ["Zofia Krajewska"]),
    ("Подготовила: Дарья Иванова", ["Дарья Иванова"]),
    ("Rivka @", ["Rivka"]),
    ("Krótko o przepisach prawa w Nowej Zelandii i Polsce", []),
    ("This article was written by Jane Doe, MD, a surgeon", ["Jane Doe"]),
    # every script
    ("文/张三", ["张三"]),
    ("记者：李明", ["李明"]),
    ("采写：海港报记者 李明", ["李明"]),
    ("作者：李明宇 出自 海港文集", ["李明宇"]),
    ("기자명 김하늘 기자", ["김하늘"]),
    ("김하늘 바다대 교수", ["김하늘"]),
    ("글·사진=김하늘 기자", ["김하늘"]),
    ("作者丨李明宇", ["李明宇"]),
    ("文/图 李明宇", ["李明宇"]),
    ("作者：约翰·史密斯", ["约翰·史密斯"]),
    ("作者：市水务局 日期：2024-04-15 点击：120", ["市水务局"]),
    ("发布者: 港口的人| 查看: 120", ["港口的人"]),
    ("作者：未知", []),
    ("李 明", ["李 明"]),
    ("2024年3月5日(火) 公開　文＝佐伯灯", ["佐伯灯"]),
    ("Текст: Дарья Иванова", ["Дарья Иванова"]),
    ("Γιάννης Παπαδόπουλος", ["Γιάννης Παπαδόπουλος"]),
    ("Автор: Олена Степова · 10:20", ["Олена Степова"]),
    ("लेखक: मीरा त्रिपाठी", ["मीरा त्रिपाठी"]),
    ("מאת: נועה ברקת", ["נועה ברקת"]),
    ("Аутор: Драгана Речић", ["Драгана Речић"]),
    ("【水野かおり】", ["水野かおり"]),
    ("محمد علي", ["محمد علي"]),
    # agencies
    ("AFP/Reuters", ["AFP", "Reuters"]),
    ("By The Associated Press", ["The Associated Press"]),
    # nobody
    ("", []),
    ("admin", []),
    ("Follow", []),
    ("@janedoe", []),
    ("https://www.facebook.com/janedoe", []),
    ("July 10, 2015", []),
    ("View all posts by Jane Doe", []),
    ("作者简介：李明宇，作家", []),
    ("Text size", []),
    ("会員の方はログイン", []),
    ("记者昨天获悉", []),
    ("文章目录", []),
    ("By Monday, work will have begun", []),
    ("记者昨天从市交通局获悉，江北新桥将于五月一日正式通车。", []),
]


@pytest.mark.parametrize(("text", "names"), BYLINES, ids=[text[:40] for text, _ in BYLINES])
def test_a_byline_gives_its_names_and_nothing_else(text: str, names: list[str]) -> None:
    assert [credit.name for credit in parse_byline(text)] == names


def test_the_same_name_printed_twice_is_one_name() -> None:
    assert [credit.name for credit in parse_byline("By Jane Doe and Jane Doe")] == ["Jane Doe"]


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("Text: Hans Meier Fotos: Eva Klein", {"Hans Meier": None, "Eva Klein": "photography"}),
        ("Jan Duda Źródło: Gazeta Morska", {"Jan Duda": None, "Gazeta Morska": "source"}),
        ("Πηγή: Ναυτική Ημερήσια", {"Ναυτική Ημερήσια": "source"}),
        ("Von Jane Doe (Text), Bob Ray (Fotos)", {"Jane Doe": None, "Bob Ray": "photography"}),
        ("Ana Ruiz (texto) y Luis Vega (fotos)", {"Ana Ruiz": None, "Luis Vega": "photography"}),
        ("Jane Doe (Editor)", {"Jane Doe": None}),
        ("Tekst: Kees Dijk Beeld: Joris Blok", {"Kees Dijk": None, "Joris Blok": "photography"}),
        ("(Reporting by Jane Doe; Editing by Bob Ray)", {"Jane Doe": None, "Bob Ray": "editing"}),
        ("By Jane Doe. Translated from the French by Bob Ray", {"Jane Doe": None, "Bob Ray": "translation"}),
        ("口述：周明宇　整理：李明宇", {"周明宇": "narration", "李明宇": None}),
        ("Transcript by Bob Ray", {"Bob Ray": "production"}),
        ("记者 李明宇 通讯员 王大力", {"李明宇": None, "王大力": "reporting"}),
        ("Jane Doe | Photographs by Bob Ray", {"Jane Doe": None, "Bob Ray": "photography"}),
        ("By Jane Doe, translated by Bob Ray", {"Jane Doe": None, "Bob Ray": "translation"}),
        ("By Jane Doe | Reviewed by Bob Ray", {"Jane Doe": None, "Bob Ray": "review"}),
        ("Written by Jane Doe Researched by Bob Ray", {"Jane Doe": None, "Bob Ray": "research"}),
        ("von Hans Meier Illustration von Eva Klein", {"Hans Meier": None, "Eva Klein": "illustration"}),
    ],
)
def test_a_label_says_what_the_names_behind_it_did(text: str, roles: dict[str, str | None]) -> None:
    assert {credit.name: credit.role for credit in parse_byline(text)} == roles


def test_account_names_are_believed_only_where_markup_says_that_they_are_names() -> None:
    assert parse_byline("x_y.z") == ()
    assert [credit.name for credit in parse_byline("x_y.z", trusted=True)] == ["x_y.z"]
    assert [credit.name for credit in parse_byline("Staff Reporter", trusted=True)] == ["Staff Reporter"]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Reuters", "organization"),
        ("Harbour Ledger Staff", "organization"),
        ("Redaktion", "organization"),
        ("ledger.de", "organization"),
        ("The Harbour Star", "organization"),
        ("Hafener Zeitung", "organization"),
        ("Landesfischereiverband", "organization"),
        ("Hafen Medien Sp. z o.o.", "organization"),
        ("港口日报", "organization"),
        ("港新聞オンライン", "organization"),
        ("항구일보", "organization"),
        ("Greens 90/Harbour Fraktion", "organization"),
        ("服部", "person"),
        ("Ana Co", "person"),
        ("Jane Doe", "person"),
        ("李明", "person"),
    ],
)
def test_desks_and_agencies_are_organizations(name: str, kind: str) -> None:
    assert kind_of(name) == kind


def test_the_name_that_a_system_displays_for_an_account_may_hold_the_words_of_papers() -> None:
    assert [credit.name for credit in parse_byline("Bob The Harbour News Cat", displayed=True, trusted=True)] == [
        "Bob The Harbour News Cat"
    ]


def test_prose_that_begins_with_of_is_no_byline() -> None:
    assert not labelled("de Jane Doe et de ses amis")
    assert labelled("de Jane Doe | 15 aprilie 2024")


def test_a_date_behind_a_preposition_is_no_label() -> None:
    assert labelled("von Jane Doe")
    assert not labelled("vom 24.01.2020, Dreierbesetzung")


def test_a_section_before_a_full_name_is_no_author() -> None:
    assert [credit.name for credit in parse_byline("Politics · Jane Doe, Bob Ray", trusted=True)] == [
        "Jane Doe",
        "Bob Ray",
    ]


@pytest.mark.parametrize("name", ["Editor", "Event Coordinator", "Staff Writer", "Guest Author"])
def test_a_position_is_a_desk(name: str) -> None:
    assert is_desk(name)


@pytest.mark.parametrize("name", ["Jane Doe", "Jane Coach", "李明", "Coach", ""])
def test_a_name_is_no_desk(name: str) -> None:
    assert not is_desk(name)


def test_spellings_of_one_name_share_a_key() -> None:
    assert name_key("José Ñúñez") == name_key("JOSE NUNEZ") == name_key("jose-nunez")


def test_signs_that_distinguish_names_of_other_scripts_are_kept() -> None:
    assert name_key("が") != name_key("か")


@given(st.text(max_size=300), st.booleans())
def test_no_text_breaks_the_parser(text: str, trusted: bool) -> None:
    for credit in parse_byline(text, trusted=trusted):
        assert credit.name.strip()


@example("@1@1@A")
@given(st.text(alphabet="ABCdefgäß李明 .,;&|/-'@1234\x1f\x02\x03", max_size=80))
def test_a_name_is_parsed_to_itself(text: str) -> None:
    for credit in parse_byline(text, trusted=True):
        again = parse_byline(credit.name, trusted=True)
        assert name_key(credit.name) in [name_key(other.name) for other in again] or not again


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Dr. A. B. Ford, PhD", ["Dr. A. B. Ford, PhD"]),
        ("Jane Doe, MD, MPH and Bob Ray, Jr.", ["Jane Doe, MD, MPH", "Bob Ray, Jr"]),
        ("Jane Doe, Ph.D.", ["Jane Doe, Ph.D."]),
        ("Jane Doe, Ma Li", ["Jane Doe", "Ma Li"]),
    ],
)
def test_degrees_belong_to_the_name_that_an_account_displays(text: str, names: list[str]) -> None:
    found = [credit.name for credit in parse_byline(text, displayed=True)]
    assert [name.removesuffix(".") for name in found] == [name.removesuffix(".") for name in names]


def test_degrees_stay_in_links_to_authors_and_describe_in_running_bylines() -> None:
    linked = f"By {LINK_START}Dr. A. B. Ford, PhD{LINK_END}, {LINK_START}Jan Li{LINK_END}"
    assert [credit.name for credit in parse_byline(linked)] == ["Dr. A. B. Ford, PhD", "Jan Li"]
    assert [credit.name for credit in parse_byline("By Jane Doe, MD, a surgeon")] == ["Jane Doe"]
    assert name_key("Jane Doe, MD, MPH") == name_key("Jane Doe")


def test_a_connector_left_before_a_name_is_no_part_of_it() -> None:
    assert [credit.name for credit in parse_byline("/e Ann Smith", trusted=True)] == ["Ann Smith"]


def test_last_names_that_stand_first_are_put_last() -> None:
    assert [credit.name for credit in parse_byline("Gillmann, Steve", trusted=True)] == ["Steve Gillmann"]
    assert [credit.name for credit in parse_byline("Gillmann, Steve A.", trusted=True)] == ["Steve A. Gillmann"]
    assert [credit.name for credit in parse_byline("Steve, Jane", trusted=True)] == ["Steve", "Jane"]


@pytest.mark.parametrize("text", ["mobile gaming", "ku Frankfurt", "you won't miss"])
def test_words_that_begin_small_are_a_phrase(text: str) -> None:
    assert is_phrase(text)


@pytest.mark.parametrize(
    "text", ["harbourcat", "jane doe", "van der Linde", "mrs eaves", "Jane Doe", "the Ledger Team"]
)
def test_a_name_is_no_phrase(text: str) -> None:
    assert not is_phrase(text)


def test_an_organisation_with_a_slash_in_its_name_is_one() -> None:
    found = parse_byline("Greens 90/Harbour Fraktion", trusted=True)
    assert [credit.name for credit in found] == ["Greens 90/Harbour Fraktion"]


LISTS = sorted(file.name for file in files("crawler.extraction").joinpath("names_data").iterdir())


@pytest.mark.parametrize("name", LISTS)
def test_a_word_list_says_nothing_twice(name: str) -> None:
    """Of two rows on one label only the first would count."""
    text = files("crawler.extraction").joinpath("names_data", name).read_text(encoding="utf-8")
    rows = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    entries = Counter(row.partition("\t")[0].lstrip("^=").strip().casefold() for row in rows)
    assert [entry for entry, count in entries.items() if count > 1] == []


@pytest.mark.parametrize("level", ["Lv2", "Lv. 12", "LV5", "level 3"])
@pytest.mark.parametrize("name", ["Ann Smith", "林小明"])
def test_the_level_of_an_account_is_no_part_of_a_name_and_none_itself(name: str, level: str) -> None:
    """As readers mark elements: `<span>Ann Smith</span> <span>Lv2</span>`."""
    assert [credit.name for credit in parse_byline(f"{name}\x1e \x1e{level}", trusted=True)] == [name]
    assert parse_byline(level, trusted=True) == ()


def test_a_label_may_end_with_a_wide_colon() -> None:
    assert is_label("作者：")
