"""robots.txt: verdicts by RFC 9309."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.discovery.robots import MAX_BYTES, MAX_DELAY, Robots, RobotsPolicy, Rule, parse_robots, robots_policy

AGENT = "publication-crawler"


def allows(text: str, path: str, agent: str = AGENT) -> bool:
    return parse_robots(text.encode()).is_allowed(f"https://example.com{path}", agent)


@pytest.mark.parametrize(
    ("status", "policy"),
    [(200, "parse"), (206, "parse"), (301, "redirect"), (308, "redirect"), (400, "allow_all"), (401, "allow_all"),
     (403, "allow_all"), (404, "allow_all"), (410, "allow_all"), (429, "disallow_for_now"), (500, "disallow_for_now"),
     (503, "disallow_for_now"), (None, "disallow_for_now"), (101, "disallow_for_now"), (999, "disallow_for_now")],
)  # fmt: skip
def test_a_status_has_one_meaning(status: int | None, policy: str) -> None:
    assert robots_policy(status) is RobotsPolicy(policy)


@pytest.mark.parametrize(
    ("rules", "path", "allowed"),
    [
        ("", "/a", True),
        ("Disallow: /", "/a", False),
        ("Disallow:", "/a", True),
        ("Disallow: /a", "/ab", False),
        ("Disallow: /a/", "/a", True),
        ("Disallow: /a\nAllow: /a/b", "/a/b/c", True),
        ("Allow: /a/b\nDisallow: /a", "/a/c", False),
        ("Allow: /a\nDisallow: /a", "/a", True),
        ("Disallow: /*.pdf$", "/x/y.pdf", False),
        ("Disallow: /*.pdf$", "/x/y.pdf?v=1", True),
        ("Disallow: /*?", "/x?y", False),
        ("Disallow: /a*b*c", "/a-b-c-d", False),
        ("Disallow: /a*b*c", "/a-c-b", True),
        ("Disallow: /a$", "/a", False),
        ("Disallow: /a$", "/ab", True),
        ("Disallow: /a*a$", "/a", True),
        ("Disallow: /%7Ejoe", "/~joe", False),
        ("Disallow: /ö", "/%C3%B6", False),
        ("Disallow: /%c3%b6", "/ö", False),
        ("Disallow: /*?f[", "/a?f[0]=x", False),
        ("Disallow: /*?f%5B", "/a?f[0]=x", False),
        ("Disallow: a", "/a", True),
        ("Disallow: /  # a comment", "/a", False),
        ("disALLOW:/", "/a", False),
        ("Disallow: /robots.txt", "/robots.txt", True),
        ("Disallow: /", "/robots.txt", True),
        ("Disallow: /", "", False),
    ],
)
def test_the_longest_pattern_decides(rules: str, path: str, allowed: bool) -> None:
    assert allows(f"User-agent: *\n{rules}\n", path) is allowed


@pytest.mark.parametrize(
    ("text", "allowed"),
    [
        ("User-agent: publication-crawler\nDisallow: /\n", False),
        ("User-agent: Publication-Crawler\nDisallow: /\n", False),
        ("User-agent: publication-crawler/2.0\nDisallow: /\n", False),
        ("User-agent: publication\nDisallow: /\n", True),
        ("User-agent: *\nDisallow: /\n\nUser-agent: publication-crawler\nDisallow:\n", True),
        ("User-agent: other\nUser-agent: publication-crawler\nDisallow: /\n", False),
        ("User-agent: publication-crawler\nSitemap: /x\nUser-agent: other\nDisallow: /\n", False),
        ("User-agent: publication-crawler\nhello\nUser-agent: other\nDisallow: /\n", False),
        ("User-agent: publication-crawler\nCrawl-delay: 1\nUser-agent: other\nDisallow: /\n", False),
        ("User-agent: publication-crawler\nDisallow: /x\nUser-agent: other\nDisallow: /\n", True),
        ("User-agent: publication-crawler\nDisallow: /x\n\nUser-agent: publication-crawler\nDisallow: /a\n", False),
        ("\ufeffUser-agent: *\r\nDisallow: /\r\n", False),
        ("User-agent: *\rDisallow: /\r", False),
        ("user-agent *\ndisallow /\n", False),
        ("Disallow: /\n", True),
        ("<html><body>Disallow: /</body></html>", True),
    ],
)
def test_groups_belong_to_product_tokens(text: str, allowed: bool) -> None:
    assert allows(text, "/a") is allowed


def test_a_whole_user_agent_is_read_as_its_product() -> None:
    text = "User-agent: publication-crawler\nDisallow: /\n"
    assert not allows(text, "/a", "publication-crawler/1.0 (+https://example.com/bot)")
    assert not allows(text, "/a", "publication-crawler (+https://example.com/bot)")


def test_crawl_delay_and_sitemaps() -> None:
    robots = parse_robots(
        b"Sitemap: https://example.com/a.xml\nUser-agent: *\nCrawl-delay: 2.5\nsitemap: /b.xml\nDisallow: /x\n"
        b"User-agent: slow\nCrawl-delay: 99999999\nUser-agent: odd\nDisallow:\nCrawl-delay: soon\n"
    )
    assert robots.crawl_delay(AGENT) == 2.5
    assert robots.crawl_delay("slow") == MAX_DELAY
    assert robots.sitemaps == ("https://example.com/a.xml", "/b.xml")
    assert Robots().crawl_delay(AGENT) is None


@pytest.mark.parametrize("value", ["-1", "nan", "inf", "", "1s", "1e999"])
def test_a_senseless_delay_never_stops_the_crawl(value: str) -> None:
    delay = parse_robots(f"User-agent: *\nCrawl-delay: {value}\n".encode()).crawl_delay(AGENT)
    assert delay is None or 0 <= delay <= MAX_DELAY


def test_half_a_mebibyte_is_read() -> None:
    padding = b"# " + b"x" * 98 + b"\n"
    late = b"User-agent: *\n" + padding * 5200 + b"Disallow: /late\n"
    assert 500 * 1024 < len(late) < MAX_BYTES
    assert not parse_robots(late).is_allowed("https://example.com/late", AGENT)


def test_hostile_patterns_cost_linear_time() -> None:
    rule = Rule("/" + "*a" * 5000 + "b", allows=False)
    assert not rule.matches("/" + "a" * 8000)


@given(st.binary(max_size=300), st.text(max_size=40), st.text(max_size=20))
def test_nothing_raises(body: bytes, path: str, agent: str) -> None:
    robots = parse_robots(b"User-agent: *\nDisallow: " + body)
    robots.is_allowed(f"https://example.com/{path}", agent)
    robots.is_allowed(path, agent)
    robots.crawl_delay(agent)


@given(st.text(alphabet="ab/*$", max_size=12), st.text(alphabet="ab/$", max_size=12))
def test_matching_agrees_with_a_regular_expression(pattern: str, path: str) -> None:
    anchored = pattern.endswith("$")
    body = pattern[:-1] if anchored else pattern
    expression = ".*".join(re.escape(part) for part in body.split("*")) + (r"\Z" if anchored else "")
    assert Rule(pattern, allows=True).matches(path) is (re.match(expression, path) is not None)
