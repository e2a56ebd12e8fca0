"""Every address of the desk, in process, and every promise of docs/security.md about it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from lxml import html

pytest.importorskip("flask", reason="Flask is not installed: pip install 'publication-crawler[review]'")

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from crawler.items import Article
from crawler.review.fixtures import GROUP
from crawler.review.guard import MAX_FORM
from crawler.review.web import Desk, make_app
from tests.review.newsdesk import BOATS, BRIDGE, FIRST, SECOND, TIDES, NewsDesk, key_of, sample_pages, usual

HOST = "127.0.0.1:8765"
SNOW, THAW = "https://upland.example/snow/", "https://upland.example/thaw/"


@dataclass
class Reader:
    """Somebody at the desk."""

    desk: Desk
    client: FlaskClient

    def get(self, path: str, **headers: str) -> TestResponse:
        return self.client.get(path, base_url=f"http://{HOST}", headers=_named(headers))

    def article(self, url: str, **query: str) -> html.HtmlElement:
        response = self.get(
            f"/article?id={key_of(url)}" + "".join(f"&{name}={quote(value)}" for name, value in query.items())
        )
        assert response.status_code == 200
        return html.document_fromstring(response.text)

    def wrong(self, url: str, field: str, value: str, **headers: str) -> TestResponse:
        """Press the button: the form of the article's page, with what is typed."""
        form = self.article(url).xpath(f"//section[@id='field-{field}']//form")[0]
        return self.send({**dict(form.form_values()), "value": value}, **headers)

    def send(self, fields: dict[str, str], **headers: str) -> TestResponse:
        return self.client.post("/wrong", data=fields, base_url=f"http://{HOST}", headers=_named(headers))

    @property
    def fixtures(self) -> list[Path]:
        return sorted(path.parent for path in self.desk.fixtures.glob("*/*/expect.json"))


def _named(headers: dict[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in headers.items()}


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    return usual(tmp_path_factory.mktemp("desk") / "desk").open()


@pytest.fixture
def reader(opened: Desk, tmp_path: Path) -> Iterator[Reader]:
    desk = Desk(opened.index, tmp_path / "fixtures", opened.sources)
    with make_app(desk).test_client() as client:
        yield Reader(desk, client)


def text(element: html.HtmlElement) -> str:
    return " ".join(" ".join(element.itertext()).split())


def field(page: html.HtmlElement, name: str) -> str:
    return text(page.xpath(f"//section[@id='field-{name}']")[0])


# The list


def test_the_list_names_articles_and_what_they_lack(reader: Reader) -> None:
    page = html.document_fromstring(reader.get("/").text)
    entries = {text(entry.find("a")): text(entry) for entry in page.xpath("//ol[@class='articles']/li")}
    assert len(entries) == 16
    assert "no byline no date no body" in entries["Fog"]
    assert "date: low evidence" in entries["Snow closes the pass"]
    assert "2 revisions" in entries["Council postpones the bridge again"]
    assert entries[THAW].endswith("gone")


def test_filters_stay_in_the_form_and_in_the_address(reader: Reader) -> None:
    page = html.document_fromstring(
        reader.get("/?q=%22three+days%22&publication=Upland+Post&missing=date&state=there").text
    )
    assert dict(page.forms[0].form_values()) == {
        "q": '"three days"', "publication": "Upland Post", "missing": "date", "state": "there", "low": "",
        "order": "newest", "since": "", "until": "",
    }  # fmt: skip
    assert "Nothing matches" in text(page)


def test_pages_are_turned_with_the_filters_kept(tmp_path: Path) -> None:
    desk = NewsDesk(tmp_path / "desk")
    desk.write(*(Article(f"https://a.example/{n}", title=f"Boat {n}", publication="A & B") for n in range(120)))
    client = make_app(desk.open()).test_client()
    page = html.document_fromstring(client.get("/?q=boat&publication=A+%26+B&page=2", base_url=f"http://{HOST}").text)
    assert "Page 2 of 3" in text(page)
    (following,) = page.xpath("//a[@rel='next']/@href")
    assert parse_qs(urlsplit(following).query) == {"q": ["boat"], "publication": ["A & B"], "page": ["3"]}


def test_a_run_that_ends_while_the_desk_is_open_appears_when_the_list_is_loaded_again(tmp_path: Path) -> None:
    news = NewsDesk(tmp_path / "desk")
    pages = sample_pages()
    news.crawl({BOATS: pages[BOATS]}, FIRST)
    reader = Reader(desk := news.open(), make_app(desk).test_client())
    assert "1 article" in reader.get("/").text
    news.crawl({TIDES: pages[TIDES]}, SECOND)
    page = html.document_fromstring(reader.get("/").text)
    assert [text(link) for link in page.xpath("//a[@class='title']")] == [
        "Forty-one boats wintered in Port Ellery, and the fee is only half the reason",
        "How the tide tables are made",
    ]
    assert reader.article(TIDES).xpath("//iframe"), "the archive was read again too"
    news.output.rename(tmp_path / "elsewhere")
    assert "2 articles" in reader.get("/").text, "what is known stays in the list"


# One article


def test_a_value_stands_beside_its_source_and_its_rivals(reader: Reader) -> None:
    page = reader.article(BOATS)
    assert "Forty-one boats" in field(page, "title")
    assert "markup h1 bound" in field(page, "title")
    assert re.search(r"feed https://courier\.example/feed/ stated not in the visible page", field(page, "date"))
    assert "1 more source agrees" in field(page, "date")
    (link,) = page.xpath("//section[@id='field-title']/h2/a")
    assert (link.get("target"), urlsplit(link.get("href")).fragment) == ("page", "title")


def test_the_page_marks_where_values_were_found(reader: Reader) -> None:
    page = html.document_fromstring(reader.get(f"/page?id={key_of(BOATS)}").text)
    (heading,) = page.xpath("//h1[contains(@class, 'm-chosen')]")
    assert heading.text_content().startswith("titleForty-one boats")
    assert len(page.xpath("//p[contains(@class, 'm-body')]")) == 4
    assert page.xpath("//*[@id='author_bio']")
    assert page.xpath("//*[@id='date-1'][contains(@class, 'label-agrees')]")


def test_every_link_into_the_page_leads_to_a_mark(reader: Reader) -> None:
    marks = set(html.document_fromstring(reader.get(f"/page?id={key_of(BOATS)}").text).xpath("//@id"))
    links = reader.article(BOATS).xpath("//a[@target='page']/@href")
    assert len(links) > 5
    assert {urlsplit(link).fragment for link in links} <= marks


def test_without_an_archived_page_the_desk_says_so_and_shows_the_item(reader: Reader) -> None:
    page = reader.article(SNOW)
    assert "The archive does not hold this page" in text(page)
    assert "Ada Brandt" in field(page, "byline")
    assert "url path inferred" in field(page, "date")
    assert page.xpath("//iframe | //form") == []
    assert reader.get(f"/page?id={key_of(SNOW)}").status_code == 404


def test_without_any_archive_the_desk_names_the_setting(tmp_path: Path) -> None:
    desk = NewsDesk(tmp_path / "desk")
    desk.write(Article(SNOW, id=key_of(SNOW), title="Snow"))
    reader = Reader(desk.open(), make_app(desk.open()).test_client())
    assert "ARCHIVE_DIR" in text(reader.article(SNOW))


def test_an_article_that_is_gone_says_so(reader: Reader) -> None:
    assert "The article is gone." in text(reader.article(THAW))


def test_each_revision_stands_beside_its_own_page(reader: Reader) -> None:
    first, second = (reader.get(f"/page?id={key_of(BRIDGE)}&n={n}").text for n in (1, 2))
    assert ("2.6 million" in first, "3.1 million" in first) == (True, False)
    assert ("2.6 million" in second, "3.1 million" in second) == (False, True)
    assert f"fetched {SECOND:%Y-%m-%d}" in text(reader.article(BRIDGE))
    assert f"fetched {FIRST:%Y-%m-%d}" in text(reader.article(BRIDGE, n="1"))


def test_where_the_visit_is_not_archived_another_is_shown_and_named(tmp_path: Path) -> None:
    desk = usual(tmp_path / "desk")
    desk.write(
        Article(BOATS, id=key_of(BOATS), title="Boats, again", fetched_at="2025-06-01T00:00:00+00:00", revision=2)
    )
    reader = Reader(desk.open(), make_app(desk.open()).test_client())
    page = reader.article(BOATS)
    assert "does not hold the visit of 2025-06-01 00:00. This is the page as it was fetched 2025-03-01" in text(page)
    assert "Read again today, it is Forty-one boats" in field(page, "title")


def test_a_value_that_reads_otherwise_today_says_how(reader: Reader) -> None:
    assert "Read again today" not in text(reader.article(BOATS))


def test_the_difference_of_two_revisions_marks_words(reader: Reader) -> None:
    page = html.document_fromstring(reader.get(f"/difference?id={key_of(BRIDGE)}").text)
    assert page.xpath("//del/text()") == ["its", "2.6"]
    assert page.xpath("//ins/text()") == ["the", "3.1"]
    assert "paragraphs are the same" in text(page)


@pytest.mark.parametrize(
    "path", ["/article?id=none", "/article", "/page?id=", "/difference?id=x", "/nothing", "/../etc/passwd"]
)
def test_what_is_not_there_is_404_on_a_page_of_the_desk(reader: Reader, path: str) -> None:
    response = reader.get(path)
    assert response.status_code == 404
    assert "Review desk" in response.text


@pytest.mark.parametrize("query", ["n=99", "n=-1", "n=0", "n=²", "part=99", "from=99", "n=99999999999999999999"])
def test_numbers_out_of_range_are_the_nearest(reader: Reader, query: str) -> None:
    for address in ("article", "page", "difference"):
        assert reader.get(f"/{address}?id={key_of(BRIDGE)}&{query}").status_code == 200


# This is wrong


def test_the_button_saves_a_fixture_and_says_where(reader: Reader) -> None:
    response = reader.wrong(BOATS, "title", "Forty-one boats")
    assert response.status_code == 303
    (case,) = reader.fixtures
    assert case.parent == reader.desk.fixtures / GROUP
    assert '"title": "Forty-one boats"' in (case / "expect.json").read_text(encoding="utf-8")
    assert f"Saved as {case}" in text(html.document_fromstring(reader.get(response.location).text))


def test_the_value_is_offered_for_correction_as_it_is(reader: Reader) -> None:
    (typed,) = reader.article(BOATS).xpath("//section[@id='field-body']//textarea")
    assert typed.value.lstrip("\n") == reader.desk.index.item(1)["body"]


def test_a_value_that_cannot_be_meant_is_refused_and_kept_in_the_form(reader: Reader) -> None:
    response = reader.wrong(BOATS, "date", "last <b>week</b>")
    assert (response.status_code, reader.fixtures) == (422, [])
    page = html.document_fromstring(response.text)
    assert "Not saved: a date is written" in text(page)
    assert page.xpath("//section[@id='field-date']//textarea")[0].value.strip() == "last <b>week</b>"


def test_what_was_saved_is_named_only_if_it_is_a_fixture_that_is_there(reader: Reader) -> None:
    for name in (GROUP, "elsewhere"):
        (reader.desk.fixtures / name).mkdir(parents=True)
    for name in ("call-0800-owned", "../elsewhere", ".", ".."):
        assert "Saved as" not in text(reader.article(BOATS, saved=name))


def test_a_place_that_cannot_be_written_is_told(opened: Desk, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    desk = Desk(opened.index, tmp_path / "file", opened.sources)
    response = Reader(desk, make_app(desk).test_client()).wrong(BOATS, "title", "Boats")
    assert response.status_code == 500
    assert "Not a directory" in response.text


# Who may talk to the desk


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8765", "127.0.0.1.evil.example", "192.168.1.7:8765", "[::1]:8765", ""]
)
def test_another_host_name_is_refused(reader: Reader, host: str) -> None:
    response = reader.get("/", Host=host)
    assert response.status_code == 400
    assert "Fog" not in response.text


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"}, {"Origin": "null"}, {"Origin": "http://127.0.0.1:9999"},
        {"Sec_Fetch_Site": "cross-site"}, {"Sec_Fetch_Site": "same-site"},
    ],
    ids=str,
)  # fmt: skip
def test_a_form_of_another_origin_is_refused(reader: Reader, headers: dict[str, str]) -> None:
    assert reader.wrong(BOATS, "title", "Boats", **headers).status_code == 403
    assert reader.fixtures == []


@pytest.mark.parametrize("token", ["", "x" * 43, "ü"])
def test_a_form_without_the_token_is_refused(reader: Reader, token: str) -> None:
    fields = {"id": key_of(BOATS), "field": "title", "value": "Boats", "n": "1", "part": "1", "token": token}
    assert reader.send(fields).status_code == 403
    assert reader.send({**fields, "token": reader.desk.token}, Origin=f"http://{HOST}").status_code == 303


def test_the_token_is_another_one_each_time(opened: Desk) -> None:
    tokens = {Desk(opened.index, opened.fixtures, opened.sources).token for _ in range(10)}
    assert len(tokens) == 10
    assert min(map(len, tokens)) >= 43


def test_a_form_that_is_too_long_is_refused(reader: Reader) -> None:
    assert reader.wrong(BOATS, "body", "x" * (MAX_FORM + 1)).status_code == 413
    assert reader.fixtures == []


def test_nothing_is_changed_by_looking(reader: Reader) -> None:
    assert reader.get("/wrong").status_code == 405
    for path in ("/", "/article", "/page", "/difference", "/desk.css"):
        assert reader.client.post(path, base_url=f"http://{HOST}").status_code == 405


# What the browser is told


@pytest.mark.parametrize("path", ["/", f"/article?id={key_of(BOATS)}", f"/difference?id={key_of(BRIDGE)}", "/nothing"])
def test_the_desks_own_pages_run_and_load_nothing_from_elsewhere(reader: Reader, path: str) -> None:
    response = reader.get(path)
    policy = response.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none';")
    assert "script" not in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    page = html.document_fromstring(response.text)
    assert page.xpath("//script | //@style | //@onclick") == []
    assert page.xpath("//link/@href") == ["/desk.css"]
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Referrer-Policy"] == "same-origin"


def test_the_foreign_page_is_sandboxed_twice_and_allowed_one_style_sheet(reader: Reader) -> None:
    (frame,) = reader.article(TIDES).xpath("//iframe")
    assert frame.get("sandbox") == ""
    policy = reader.get(f"/page?id={key_of(TIDES)}").headers["Content-Security-Policy"].split("; ")
    assert policy == [
        "default-src 'none'", f"style-src http://{HOST}", "sandbox", "form-action 'none'", "base-uri 'none'",
        f"frame-ancestors http://{HOST}",
    ]  # fmt: skip


def test_the_foreign_page_holds_nothing_that_acts(reader: Reader) -> None:
    page = html.document_fromstring(reader.get(f"/page?id={key_of(TIDES)}").text)
    assert (
        page.xpath("//script | //img | //form | //iframe | //base | //a | //svg | //style | //object | //video") == []
    )
    assert (
        page.xpath("//meta[@http-equiv] | //@href[not(. = 'http://127.0.0.1:8765/page.css')] | //@src | //@onclick")
        == []
    )
    assert "Beside the point" in text(page)


def test_what_a_page_says_is_text_in_the_desk(tmp_path: Path) -> None:
    hostile = "<script>alert(1)</script>\u202egnp.exe"
    item = Article("javascript:alert(1)", id="x", title=hostile, byline=hostile, body=hostile, publication=hostile)
    desk = NewsDesk(tmp_path / "desk")
    desk.write(item, Article("javascript:alert(1)", id="x", title="a", body=hostile, fetched_at=FIRST.isoformat()))
    client = make_app(desk.open()).test_client()
    for path in ("/", "/?q=script", "/article?id=x&n=1", "/article?id=x&n=2", "/difference?id=x"):
        page = client.get(path, base_url=f"http://{HOST}").text
        assert "<script" not in page
        assert 'href="javascript' not in page
        assert "\u202e" not in page


def test_what_is_asked_for_is_text_too(reader: Reader) -> None:
    for path in ("/?q=", "/?publication=", "/article?id=", f"/article?id={key_of(BOATS)}&saved=", "/"):
        assert "<script" not in reader.get(path + quote('"><script>alert(1)</script>')).text
