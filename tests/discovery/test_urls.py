"""URLs: one form to fetch, one identity for all variants of an article."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from w3lib.url import safe_url_string

from crawler.url_rules import parameter_rules
from crawler.urls import MAX_LENGTH, clean, host_key, identity, is_same_site, normalise, origin, robots_url

BASE = "https://www.example.com/news/2024/story.html?x=1"

NORMALISED = [
    ("HTTP://Example.COM/A", "http://example.com/A"),
    ("https://example.com", "https://example.com/"),
    ("https://example.com:443/a", "https://example.com/a"),
    ("http://example.com:80/a", "http://example.com/a"),
    ("https://example.com:80/a", "https://example.com:80/a"),
    ("https://example.com/a/./b/../c", "https://example.com/a/c"),
    ("https://example.com/../../a", "https://example.com/a"),
    ("https://example.com/%7euser/%c3%a9", "https://example.com/~user/%C3%A9"),
    ("https://example.com/é", "https://example.com/%C3%A9"),
    ("https://example.com/100%", "https://example.com/100%25"),
    ("https://example.com/%zz", "https://example.com/%25zz"),
    ("https://example.com/a%2Fb", "https://example.com/a%2Fb"),
    ("https://example.com/a|b?f[0]=x^{y}", "https://example.com/a%7Cb?f%5B0%5D=x%5E%7By%7D"),
    ("https://example.com/a?", "https://example.com/a"),
    ("https://example.com/a??", "https://example.com/a??"),
    ("https://münchen.example/", "https://xn--mnchen-3ya.example/"),
    ("https://example.com\\a\\b", "https://example.com/a/b"),
    ("ht\ntps://exa\tmple.com/a", "https://example.com/a"),
    ("  https://example.com/a  ", "https://example.com/a"),
    ("\u00a0https://example.com/a\u2003", "https://example.com/a"),
    ("\ufeffhttps://example.com/a", "https://example.com/a"),
    ("https://user:secret@example.com/a", "https://example.com/a"),
    ("https://example.com/@user", "https://example.com/@user"),
    ("https://example.com/a#part", "https://example.com/a"),
    ("https://example.com/a?b#c?d", "https://example.com/a?b"),
    ("https://example.com/a b", "https://example.com/a%20b"),
    ("http://2130706433/", "http://127.0.0.1/"),
    ("http://[0:0:0:0:0:0:0:1]:8080/", "http://[::1]:8080/"),
]


@pytest.mark.parametrize(("url", "expected"), NORMALISED)
def test_an_address_has_one_form(url: str, expected: str) -> None:
    assert normalise(url) == expected


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("other.html", "https://www.example.com/news/2024/other.html"),
        ("/other", "https://www.example.com/other"),
        ("//cdn.example.net/x", "https://cdn.example.net/x"),
        ("?page=2", "https://www.example.com/news/2024/story.html?page=2"),
        ("../2023/", "https://www.example.com/news/2023/"),
        ("#top", "https://www.example.com/news/2024/story.html?x=1"),
        ("", "https://www.example.com/news/2024/story.html?x=1"),
        ("https:other", "https://www.example.com/news/2024/other"),
    ],
)
def test_a_link_is_resolved_as_browsers_do(url: str, expected: str) -> None:
    assert normalise(url, BASE) == expected


@pytest.mark.parametrize(
    "url",
    ["", "x", "/x", "javascript:alert(1)", "mailto:a@example.com", "file:///etc/passwd", "ftp://example.com/",
     "data:,x", "http://", "http://[::1", "http://a b/", "http://example.com:99999/", "\ud800", "about:blank",
     "http://\x00/",
     "https://example.com/" + "a" * MAX_LENGTH],
)  # fmt: skip
def test_what_cannot_be_fetched_is_no_address(url: str) -> None:
    assert normalise(url) is None
    assert clean(url) is None


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://example.com/a?utm_source=x&utm_medium=y", "https://example.com/a"),
        ("https://example.com/a?id=5&fbclid=z&b=2", "https://example.com/a?id=5&b=2"),
        ("https://example.com/a?UTM_Source=x", "https://example.com/a"),
        ("https://example.com/a?id=5&amp;utm_source=x", "https://example.com/a?id=5"),
        ("https://example.com/a;jsessionid=0AB?x=1", "https://example.com/a?x=1"),
        ("https://example.com/a?PHPSESSID=0123456789abcdef", "https://example.com/a"),
        ("https://example.com/(S(lit3py55t21z5v55vlm25s55))/a", "https://example.com/a"),
        ("https://example.com/a?replytocom=17", "https://example.com/a"),
        ("https://example.com/a?showComment=1711000000000&b=1", "https://example.com/a?b=1"),
        ("https://example.com/?p=123", "https://example.com/?p=123"),
        ("https://example.com/article?sid=24/05/01/1234", "https://example.com/article?sid=24/05/01/1234"),
        ("https://example.com/article?sid=1234", "https://example.com/article?sid=1234"),
        ("https://example.com/article?sid=0123456789abcdef0123", "https://example.com/article"),
        ("https://example.com/?s=debian", "https://example.com/?s=debian"),
        ("https://example.com/a?ref=homepage", "https://example.com/a"),
        ("https://example.com/git?ref=v1.2", "https://example.com/git?ref=v1.2"),
        ("https://example.com/a?cmp=newsletter_may", "https://example.com/a"),
        ("https://example.com/a?cmp=4711", "https://example.com/a?cmp=4711"),
    ],
)
def test_what_says_nothing_of_the_content_is_removed_and_nothing_else(url: str, expected: str) -> None:
    assert clean(url) == expected


VARIANTS = [
    "https://www.example.com/2024/05/some-long-slug/",
    "http://www.example.com/2024/05/some-long-slug/",
    "https://example.com/2024/05/some-long-slug",
    "https://EXAMPLE.com:443/2024/05/some-long-slug/?utm_campaign=x#comments",
    "https://example.com./2024/05/some-long-slug/",
    "https://example.com//2024/05/some-long-slug//",
    "https://example.com/2024/05/some-long-slug/index.html",
    "https://example.com/2024/05/some-long-slug/index.php",
    "https://example.com/2024/05/some-long-slug/amp/",
    "https://example.com/2024/05/some-long-slug/?amp=1",
    "https://example.com/2024/05/some-long-slug?outputType=amp",
    "https://example.com/2024/05/some-long-slug?tmpl=component&print=1&layout=default",
    "https://example.com/2024/05/some-l%6Fng-slug/",
    "https://example.com/2024/05/x/../some-long-slug/?",
]


@pytest.mark.parametrize("url", VARIANTS)
def test_variants_of_an_address_are_one_article(url: str) -> None:
    assert identity(url) == "example.com/2024/05/some-long-slug"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://example.com/?p=1", "https://example.com/?p=2"),
        ("https://example.com/a", "https://example.com/A"),
        ("https://example.com/a", "https://example.org/a"),
        ("https://news.example.com/a", "https://example.com/a"),
        ("https://example.com/a/2/", "https://example.com/a/"),
        ("https://example.com/a?page=2", "https://example.com/a"),
        ("https://example.com:8080/a", "https://example.com/a"),
        ("https://example.com/guides/amp/", "https://example.com/guides/"),
        ("https://example.com/what-is-amp", "https://example.com/what-is"),
        ("https://example.com/a%2Fb", "https://example.com/a/b"),
        ("https://www.com/a", "https://com/a"),
    ],
)
def test_different_articles_stay_apart(one: str, other: str) -> None:
    assert identity(one) != identity(other)


def test_the_order_of_parameters_is_no_part_of_the_identity() -> None:
    assert identity("https://example.com/a?b=2&a=1") == identity("https://example.com/a?a=1&b=2&")
    assert identity("https://example.com/a?q=x%20y") == identity("https://example.com/a?q=x+y")


def test_text_that_is_no_address_is_its_own_identity() -> None:
    assert identity(" urn:isbn:1 ") == "urn:isbn:1"


def test_hosts_and_origins() -> None:
    assert origin("HTTPS://www.Example.com:8443/a?b") == "https://www.example.com:8443"
    assert origin("nonsense") == ""
    assert robots_url("http://example.com/a/b?c") == "http://example.com/robots.txt"
    assert host_key("https://www.example.com/a") == host_key("http://example.com./") == "example.com"
    assert host_key("https://example.com:8443/") == "example.com:8443"
    assert host_key("http://[::1]:8080/") == "[::1]:8080"


@pytest.mark.parametrize(
    ("url", "subdomains", "expected"),
    [
        ("http://www.example.com/b", False, True),
        ("https://blog.example.com/b", False, False),
        ("https://blog.example.com/b", True, True),
        ("https://notexample.com/b", True, False),
        ("https://example.com.evil.test/b", True, False),
        ("https://example.com:8080/b", False, False),
        ("mailto:a@example.com", True, False),
    ],
)
def test_a_site_is_its_host(url: str, subdomains: bool, expected: bool) -> None:
    assert is_same_site(url, "https://example.com/", subdomains=subdomains) is expected


def test_every_parameter_rule_says_why() -> None:
    rules = parameter_rules()
    assert len({rule.name for rule in rules}) == len(rules)
    for rule in rules:
        assert rule.name == rule.name.lower()
        assert rule.kind in {"tracking", "session", "variant"}
        assert rule.evidence


texts = st.text(max_size=60)
urls = st.one_of(
    texts,
    st.builds(
        "{}://{}{}/{}?{}#{}".format,
        st.sampled_from(["http", "https", "HTTP", "ftp"]),
        st.sampled_from(["", "user:pw@", "@"]),
        st.sampled_from(
            ["example.com", "WWW.Example.com:80", "münchen.de", "[::1]", "127.1", "example.com.", "www.www.de"]
        ),
        st.text(alphabet="abé/.%2eF;~\\ \t()S-", max_size=30),
        st.text(alphabet="ab=&%20+utm_source;é'\"", max_size=30),
        texts,
    ),
)


@given(urls, st.one_of(st.none(), urls))
def test_no_text_raises(url: str, base: str | None) -> None:
    normalise(url, base)
    clean(url, base)
    origin(url)
    host_key(url)
    identity(url)


@given(urls)
def test_normalising_twice_changes_nothing(url: str) -> None:
    once = normalise(url)
    assume(once is not None)
    assert normalise(once or "") == once
    cleaned = clean(url)
    assert cleaned is None or clean(cleaned) == cleaned


@given(st.text(alphabet="ab/é%|^[]{}`'\"<>\\~;:@!$&()*+,=?. 2Ff", max_size=20))
def test_scrapy_requests_the_normalised_address_as_it_is(path: str) -> None:
    address = normalise("https://example.com/" + path) or ""
    assert safe_url_string(address) == address


@given(urls)
def test_identity_survives_cleaning(url: str) -> None:
    cleaned = clean(url)
    assume(cleaned is not None)
    assert identity(cleaned or "") == identity(url)
