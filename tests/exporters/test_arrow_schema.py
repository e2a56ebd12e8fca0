"""The Arrow schema says what the published schema says, and takes every line."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields

import pytest

from crawler.items import Article, Author, Evidence, Image, PostLink

pa = pytest.importorskip("pyarrow", reason="needs pyarrow: pip install 'publication-crawler[cluster]'")

from crawler.exporters.arrow_schema import record_batch, schema_of  # noqa: E402


def test_every_field_is_a_column_in_its_order() -> None:
    assert schema_of(Article).names == [field.name for field in fields(Article)]


def test_types_and_nullability_follow_the_items() -> None:
    schema = schema_of(Article)
    assert schema.field("url") == pa.field("url", pa.string(), nullable=False)
    assert schema.field("title") == pa.field("title", pa.string())
    assert schema.field("revision").type == pa.int64()
    assert schema.field("body_complete") == pa.field("body_complete", pa.bool_())
    assert [field.name for field in schema.field("authors").type.value_type] == [field.name for field in fields(Author)]
    assert pa.types.is_map(schema.field("evidence").type)


def test_an_article_comes_back_as_it_was() -> None:
    article = Article(
        "https://a.example/1", title="Tide", authors=[Author("Ada Brandt", bio="Writes.")], tags=["sea", "ferry"],
        images=[Image("https://a.example/i.jpg", alt="Quay")], latest_posts=[PostLink("Ebb", "https://a.example/2")],
        evidence={"title": Evidence("meta", "og:title", "declared")}, body_complete=False,
    )  # fmt: skip
    (row,) = record_batch([asdict(article)], schema_of(Article)).to_pylist()
    row["evidence"] = dict(row["evidence"])
    assert row == asdict(article)


def test_a_line_of_an_older_version_lacks_fields_without_harm() -> None:
    (row,) = record_batch([{"url": "https://a.example/1", "page_type": "article", "encoding_doubtful": False,
                            "revision": 1, "unknown": 3}], schema_of(Article)).to_pylist()  # fmt: skip
    assert (row["url"], row["title"], row["authors"], row["evidence"]) == ("https://a.example/1", None, [], [])


def test_a_type_without_a_counterpart_is_refused() -> None:
    @dataclass
    class Odd:
        either: int | str

    @dataclass
    class Complex:
        number: complex

    for item in (Odd, Complex):
        with pytest.raises(TypeError):
            schema_of(item)
