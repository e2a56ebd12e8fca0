"""Output and archive of crawls that never were, over the sample publication, and a desk on top of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from crawler.archive.exchange import Exchange
from crawler.archive.facts import PageAt, VisitFacts
from crawler.archive.writer import ArchiveOptions, ArchiveWriter
from crawler.extraction import extract
from crawler.frontier.identity import key_of
from crawler.items import Article, Author, Evidence
from crawler.json_lines import encode_line
from crawler.page import Link, Page, SiteProfile
from crawler.reprocessing.rereading import finished
from crawler.review.index import Index
from crawler.review.sources import Sources
from crawler.review.web import Desk
from sample.pages import NAME, posts, site

ORIGIN = "https://courier.example"
BOATS, BRIDGE, TIDES = (f"{ORIGIN}{post.path}" for post in posts()[:3])
FIRST, SECOND = datetime(2025, 3, 1, 6, tzinfo=UTC), datetime(2025, 3, 8, 6, tzinfo=UTC)
RUNS = {FIRST: "20250301T060000Z-aaaaaa", SECOND: "20250308T060000Z-bbbbbb"}
COOKIE = "session=7f3c9d1e"
HOSTILE = (
    "<script>document.title='owned'</script><img src=https://evil.example/x.png onerror=alert(1)>"
    "<meta http-equiv=refresh content='0;url=https://evil.example/'><base href=https://evil.example/>"
    "<form action=https://evil.example/><input name=a><button>Send</button></form><iframe src=https://evil.example/></iframe>"
    "<a href='javascript:alert(1)' style='position:fixed' onclick=alert(1)>Press here</a><svg onload=alert(1)></svg>"
    "<style>@import 'https://evil.example/x.css'; body{background:url(https://evil.example/y.png)}</style>"
    "<link rel=stylesheet href=https://evil.example/z.css><video autoplay src=https://evil.example/v.mp4></video>"
    "<object data=https://evil.example/o></object><p id=title>Beside the point</p>"
)
"""Markup that would run, load, submit and lead away."""


class NewsDesk:
    """A folder with `output`, `archive` and `fixtures`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.output, self.archive, self.fixtures = folder / "output", folder / "archive", folder / "fixtures"
        self.output.mkdir(parents=True)
        self._files = 0

    def crawl(self, pages: dict[str, bytes], moment: datetime, *, revision: int = 1) -> None:
        """A run that read these pages (address → bytes), as one file of lines and one of exchanges."""
        writer = ArchiveWriter(ArchiveOptions(self.archive, RUNS[moment]))
        items = [self._visit(page_of(url, body, moment), revision, writer) for url, body in pages.items()]
        writer.close()
        self.write(*items)

    def write(self, *items: Article) -> Path:
        """One more finished file."""
        self._files += 1
        path = self.output / f"courier-{self._files}.jsonl"
        path.write_bytes(b"".join(map(encode_line, items)))
        return path

    @staticmethod
    def _visit(page: Page, revision: int, writer: ArchiveWriter) -> Article:
        article, moment = finished(extract(page)).article, page.fetched_at
        assert article is not None, f"{page.url} is no article"
        assert moment is not None
        item = replace(article, id=key_of(page.url), publication=NAME, revision=revision, run_id=RUNS[moment])
        headers = (("Content-Type", "text/html; charset=UTF-8"), ("Set-Cookie", COOKIE))
        kept = writer.write(Exchange(page.url, 200, headers, page.body, moment))
        facts = VisitFacts(
            page.url, item.id or "", NAME, RUNS[moment], revision, pages=(PageAt(page.url, moment.isoformat(), kept),),
            links=page.links, profile=page.profile, fetched_at=moment.isoformat(),
        )  # fmt: skip
        writer.write_facts(page.url, facts.as_json(), written_at=moment)
        return item

    def open(self) -> Desk:
        """The desk, everything read."""
        index = Index(self.folder / "index.sqlite")
        index.prepare()
        sources = Sources(index, [self.output], self.archive if self.archive.exists() else None)
        assert sources.read(progress=lambda _: None) == 0
        return Desk(index, self.fixtures, sources)


def page_of(url: str, body: bytes, moment: datetime) -> Page:
    headers = {"Content-Type": "text/html; charset=UTF-8"}
    post = next((post for post in posts() if url.startswith(f"{ORIGIN}{post.path}")), None)
    links = (Link(url, "feed", f"{ORIGIN}/feed/", date=post.date.isoformat()),) if post else ()
    return Page(body, url, headers, moment, links, SiteProfile(NAME))


def sample_pages() -> dict[str, bytes]:
    """Every article of the sample publication, first parts only."""
    pages = site(ORIGIN)
    return {f"{ORIGIN}{post.path}": pages[post.path].body.encode() for post in posts()}


def usual(folder: Path) -> NewsDesk:
    """A publication of which one article was revised, one is gone, one hostile; and another without an archive."""
    desk = NewsDesk(folder)
    pages = sample_pages()
    pages[TIDES] = pages[TIDES].replace(b"</h1>", b"</h1>" + HOSTILE.encode(), 1)
    desk.crawl(pages, FIRST)
    changed = (
        pages[BRIDGE].replace(b"2.6 million", b"3.1 million").replace(b"put off its decision", b"put off the decision")
    )
    desk.crawl({BRIDGE: changed}, SECOND, revision=2)
    desk.write(*others())
    return desk


def others() -> list[Article]:
    """Lines of a publication that was crawled without an archive."""
    common = {"publication": "Upland Post", "fetched_at": FIRST.isoformat(), "run_id": RUNS[FIRST]}
    whole = Article(
        "https://upland.example/snow/", id=key_of("https://upland.example/snow/"), title="Snow closes the pass",
        byline="Ada Brandt", authors=[Author("Ada Brandt")], date="2025-01-12", date_precision="day",
        body="The pass has been closed since Sunday evening.", language="en", word_count=8,
        evidence={"title": Evidence("markup", "h1", "bound"), "date": Evidence("url", "path", "inferred")}, **common,
    )  # fmt: skip
    bare = Article("https://upland.example/fog/", id=key_of("https://upland.example/fog/"), title="Fog", **common)
    gone = Article(
        "https://upland.example/thaw/", id=key_of("https://upland.example/thaw/"), page_type="gone", **common
    )
    cut = replace(
        whole, url="https://upland.example/sleet/", id=key_of("https://upland.example/sleet/"), date=None,
        title="Sleet, and what it does to slates", body_complete=False, evidence={},
    )  # fmt: skip
    return [whole, bare, gone, cut]
