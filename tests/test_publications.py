from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.errors import ConfigurationError
from crawler.publication_values import slug_of
from crawler.publications import KEYS, PARSERS, Publication, load_publications, publication_from_url


def written(folder: Path, text: str) -> Path:
    path = folder / "publications.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_table_with_an_address_is_a_publication(tmp_path: Path) -> None:
    (one,) = load_publications(written(tmp_path, '[example]\nurl = "https://example.org"\n'))
    assert one == Publication("example", "https://example.org/")


def test_every_key_is_read(tmp_path: Path) -> None:
    text = """
    [example-news]
    feeds = ["/feed/", "https://feeds.example.net/all.xml"]
    url = "https://example.org/news/"
    name = " Example News "
    sitemaps = ["map.xml"]
    include = ['/\\d{4}/']
    exclude = ["[?]print="]
    language = "pt-BR"
    timezone = "America/Sao_Paulo"
    delay = 2
    verify_tls = false
    subdomains = true
    enabled = false
    """
    (one,) = load_publications(written(tmp_path, text))
    assert one.name == "Example News"
    assert one.feeds == ("https://example.org/feed/", "https://feeds.example.net/all.xml")
    assert one.sitemaps == ("https://example.org/news/map.xml",)
    assert one.include[0].search("https://example.org/2024/x")
    assert one.exclude[0].search("https://example.org/x?print=1")
    assert (one.language, one.timezone, one.delay) == ("pt-BR", "America/Sao_Paulo", 2.0)
    assert (one.verify_tls, one.subdomains, one.enabled) == (False, True, False)
    assert one.profile.language == "pt-BR"


def test_every_attribute_has_a_parser() -> None:
    assert set(KEYS) == set(PARSERS)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            '[a]\nurl = "https://a.example/"\nfeed = []',
            'publications.toml: [a] unknown key "feed"; did you mean "feeds"?',
        ),
        ('[a]\nurl = "https://a.example/"\nxyzzy = 1', 'unknown key "xyzzy"; known keys: url, name'),
        ('[a]\nname = "A"', '[a] "url" is missing'),
        ('[a]\nurl = "ftp://a.example/"', '[a] "url": expects an address like'),
        ('[a]\nurl = "https://u:p@a.example/"', "user name or password"),
        ('[a]\nurl = "https://a.example:port/"', '[a] "url"'),
        ('[a]\nurl = "https://a.example/"\nfeeds = "/feed/"', "[a] \"feeds\": expects a list like ['/feed/']"),
        ('[a]\nurl = "https://a.example/"\ninclude = ["("]', "is no regular expression"),
        ('[a]\nurl = "https://a.example/"\nlanguage = "English"', '[a] "language": expects a language tag'),
        ('[a]\nurl = "https://a.example/"\ntimezone = "CEST"', '[a] "timezone": expects an IANA time zone'),
        ('[a]\nurl = "https://a.example/"\ndelay = true', '[a] "delay": expects seconds'),
        ('[a]\nurl = "https://a.example/"\ndelay = nan', '[a] "delay": expects seconds'),
        ('[a]\nurl = "https://a.example/"\nenabled = "no"', "[a] \"enabled\": expects true or false, got 'no'"),
        ('[Big News]\nurl = "https://a.example/"', "call it [big-news]"),
        ('url = "https://a.example/"', '"url": stands outside a table'),
        ('[a]\nurl = "https://x.example/"\n[b]\nurl = "https://x.example"', '[b] "url": [a] has the same'),
        ("[a]\nurl = \n", "(at line 2"),
        ("", "no publication"),
    ],
)
def test_a_mistake_is_named_with_file_table_key_and_remedy(tmp_path: Path, text: str, message: str) -> None:
    path = written(tmp_path, text.replace("[Big News]", '["Big News"]'))
    with pytest.raises(ConfigurationError) as caught:
        load_publications(path)
    assert message in str(caught.value)
    assert str(path) in str(caught.value)


def test_all_mistakes_are_named_at_once(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError) as caught:
        load_publications(written(tmp_path, '[a]\nurl = 1\ndelay = "x"\n[b]\nnmae = "B"\n'))
    assert len(str(caught.value).splitlines()) == 4


def test_a_missing_or_unreadable_file_is_a_configuration_error(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="create it"):
        load_publications(tmp_path / "none.toml")
    (tmp_path / "latin.toml").write_bytes(b'[a]\nname = "\xe9"')
    with pytest.raises(ConfigurationError, match="UTF-8"):
        load_publications(tmp_path / "latin.toml")


def test_an_address_alone_is_a_publication_named_by_its_host() -> None:
    assert publication_from_url("https://www.Example.org:8080/blog").slug == "example-org-8080"
    with pytest.raises(ConfigurationError, match="expects an address"):
        publication_from_url("example.org")


@given(st.text(max_size=100))
def test_a_slug_is_a_safe_file_name_and_stays_what_it_is(text: str) -> None:
    slug = slug_of(text)
    assert slug == slug_of(slug)
    assert slug.replace("-", "a").isalnum()
    assert slug.isascii()
    assert len(slug) <= 64
