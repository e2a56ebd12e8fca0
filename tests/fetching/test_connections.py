"""The guard where connections are made: whole crawls of addresses on loopback that are excepted, or not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from scrapy.utils.test import get_crawler
from twisted.internet.address import IPv4Address, IPv6Address

from crawler.fetching.guard import guard_of
from crawler.fetching.handler import _Certificates
from crawler.fetching.resolver import GuardedResolver
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


@pytest.fixture
def site_on_ipv6() -> Iterator[Site]:
    """A publication that has no IPv4 address."""
    try:
        site = Site(5, address="::1")
    except OSError as error:
        pytest.skip(f"this machine has no IPv6 loopback: {error}")
    with site:
        yield site


def test_a_publication_that_has_only_ipv6_is_crawled(site_on_ipv6: Site, tmp_path: Path) -> None:
    run = Crawls(tmp_path, site_on_ipv6.host).run(f"url={site_on_ipv6.url}")
    assert run.code == 0, run.log[-2000:]
    assert sorted(line["url"] for line in run.lines) == sorted(site_on_ipv6.article_urls)


@pytest.mark.parametrize("host", ["[::1]", "[0:0::0:1]", "[::ffff:7f00:1]"])
def test_a_private_address_of_ipv6_is_not_connected_to(site_on_ipv6: Site, tmp_path: Path, host: str) -> None:
    port = site_on_ipv6.host.rpartition(":")[2]
    crawls = Crawls(tmp_path, f"[::1]:{int(port) - 1}")
    run = crawls.run(f"url=http://{host}:{port}/", RETRY_TIMES="0", FRONTIER_PATIENCE="1")
    assert site_on_ipv6.hits() == []
    assert "not a public address" in run.log


class Book:
    """A resolver with the addresses of a name."""

    def __init__(self, *addresses: IPv4Address | IPv6Address) -> None:
        self.addresses = addresses

    def resolveHostName(self, receiver: Any, *_: object) -> None:  # noqa: N802
        for address in self.addresses:
            receiver.addressResolved(address)
        receiver.resolutionComplete()


class Asking:
    """Whoever wants the addresses of a name."""

    def __init__(self) -> None:
        self.addresses: list[str] = []

    def addressResolved(self, address: Any) -> None:  # noqa: N802
        self.addresses.append(address.host)

    def resolutionComplete(self) -> None:  # noqa: N802
        pass


def test_of_a_name_with_several_addresses_the_public_ones_are_left() -> None:
    book = Book(
        IPv6Address("TCP", "::1", 80), IPv4Address("TCP", "8.8.8.8", 80), IPv6Address("TCP", "2606:4700::1", 80)
    )
    resolver, asking = GuardedResolver(book, guard_of(None)), Asking()
    resolver.resolveHostName(asking, "rebinding.example", 80)
    assert asking.addresses == ["8.8.8.8", "2606:4700::1"]
    assert resolver.refused("rebinding.example", 80) is None


def test_a_name_with_private_addresses_alone_is_refused_with_one_of_them() -> None:
    book = Book(IPv4Address("TCP", "127.0.0.1", 80), IPv6Address("TCP", "::ffff:10.0.0.1", 80))
    resolver, asking = GuardedResolver(book, guard_of(None)), Asking()
    resolver.resolveHostName(asking, "localtest.example", 80)
    assert asking.addresses == []
    assert resolver.refused("localtest.example", 80) == "::ffff:10.0.0.1"


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
