"""What `-a` may say."""

from __future__ import annotations

from datetime import date

import pytest

from crawler.errors import ConfigurationError
from crawler.spiders.arguments import read_arguments
from crawler.spiders.articles import ArticlesSpider


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"url": "nonsense"}, "nonsense"),
        ({"sites": "missing.toml"}, "missing.toml"),
        ({"colour": "red"}, "colour"),
        ({"url": "https://example.org/", "sites": "a.toml"}, "exclude each other"),
        ({"url": " , "}, "empty"),
        ({"url": "https://example.org/", "since": "tomorrow"}, "since=tomorrow"),
        ({"url": "https://example.org/", "limit": "many"}, "limit=many"),
        ({"url": "https://example.org/", "limit": "0"}, "limit=0"),
        ({"url": "https://example.org/", "since": "2024-02-01", "until": "2024-01-01"}, "until=2024-01-01"),
    ],
)
def test_what_cannot_be_meant_is_named(arguments: dict[str, str], words: str) -> None:
    with pytest.raises(ConfigurationError, match=words):
        ArticlesSpider.check_arguments(**arguments)


def test_several_addresses_are_several_publications_each_once() -> None:
    url = "https://a.example/,https://b.example/, https://a.example/"
    read = read_arguments(url=url, sites=None, since="2024-01-01", until=None, limit="5")
    assert [publication.url for publication in read.publications] == ["https://a.example/", "https://b.example/"]
    assert (read.since, read.limit) == (date(2024, 1, 1), 5)
