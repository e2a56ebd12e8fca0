"""The guard where connections are made: whole crawls of addresses on loopback that are excepted, or not."""

from __future__ import annotations

import pytest
from scrapy.utils.test import get_crawler

from crawler.fetching.handler import _Certificates
from crawler.reports.verdict import EXITS, Verdict
from tests.crawling import Crawls
from tests.site import Answer, Site


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "2130706433", "0177.0.0.1", "0x7f.1", "[::ffff:127.0.0.1]"])
def test_a_private_address_is_not_connected_to_however_it_is_written(site: Site, crawls: Crawls, host: str) -> None:
    port = site.host.rpartition(":")[2]
    crawls.allow = "127.0.0.1:1,example.org:80"
    run = crawls.run(f"url=http://{host}:{port}/", RETRY_TIMES="0", FRONTIER_PATIENCE="1")
    assert site.hits() == []
    assert run.code in (EXITS[Verdict.BLOCKED].code, EXITS[Verdict.SITE_DOWN].code), run.log[-2000:]
    assert "not a public address" in run.log


def test_an_exception_of_one_port_opens_no_other(site: Site, crawls: Crawls) -> None:
    with Site(3) as other:
        site.fault("/robots.txt", Answer(302, {"Location": f"http://{other.host}/robots.txt"}))
        crawls.run(f"url={site.url}", RETRY_TIMES="0", FRONTIER_PATIENCE="1")
        assert other.hits() == []


def test_an_exception_without_port_is_named_before_anything_is_fetched(site: Site, crawls: Crawls) -> None:
    crawls.allow = "127.0.0.1"
    run = crawls.run(f"url={site.url}")
    assert site.hits() == []
    assert run.code == EXITS[Verdict.CONFIGURATION].code, run.log[-2000:]
    assert "FETCH_ALLOW_PRIVATE" in run.log


def test_certificates_are_verified_and_one_publication_may_be_excepted() -> None:
    class Asked:
        def __init__(self, name: str = "") -> None:
            self.name = name

        @classmethod
        def from_crawler(cls, crawler: object) -> Asked:
            return cls("unverified")

        def creatorForNetloc(self, hostname: bytes, port: int) -> str:  # noqa: N802
            return self.name

    crawler = get_crawler()
    crawler.spider = type("Spider", (), {"unverified_hosts": frozenset({"old.example"})})()
    certificates = _Certificates(crawler, Asked("verified"))
    assert certificates.creatorForNetloc(b"old.example", 443) == "unverified"
    assert certificates.creatorForNetloc(b"example.org", 443) == "verified"
