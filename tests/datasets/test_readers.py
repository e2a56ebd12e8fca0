"""A dataset is read by what people read datasets with."""

from __future__ import annotations

import warnings
from pathlib import Path

import pytest

pytest.importorskip("pyarrow", reason="pyarrow is not installed: pip install 'publication-crawler[dataset]'")
pytest.importorskip("rensa", reason="rensa is not installed: pip install 'publication-crawler[dataset]'")

from tests.datasets.lines import Desk, article

REASON = "is not installed: pip install --group datasets-test"
EXPECTED = {("paper-0", "2025-03", "About a"), ("paper-16", "undated", "About b")}


@pytest.fixture
def dataset(tmp_path: Path) -> Path:
    desk = Desk(tmp_path)
    desk.write(
        article("a", publication="Paper 0"), article("b", publication="Paper 16", date=None, authors=[], evidence={})
    )
    desk.build()
    return desk.dataset


def test_pandas(dataset: Path) -> None:
    pandas = pytest.importorskip("pandas", reason=f"pandas {REASON}")
    frame = pandas.read_parquet(dataset / "data")
    assert set(frame[["publication", "month", "title"]].itertuples(index=False, name=None)) == EXPECTED


def test_polars(dataset: Path) -> None:
    polars = pytest.importorskip("polars", reason=f"polars {REASON}")
    frame = polars.scan_parquet(dataset / "data/**/*.parquet", hive_partitioning=True)
    assert set(frame.select("publication", "month", "title").collect().rows()) == EXPECTED
    names = frame.select("title", polars.col("authors").list.eval(polars.element().struct.field("name"))).collect()
    assert sorted(names.rows()) == [("About a", ["Mara Lind"]), ("About b", [])]


def test_duckdb(dataset: Path) -> None:
    duckdb = pytest.importorskip("duckdb", reason=f"duckdb {REASON}")
    with duckdb.connect() as connection:
        found = connection.read_parquet(f"{dataset}/data/**/*.parquet", hive_partitioning=True)
        rows = found.project("publication, month, title").fetchall()
        places = found.order("title").project('evidence[1]."where"').fetchall()
    assert places == [("h1",), (None,)]
    assert set(rows) == EXPECTED


def test_load_dataset_finds_the_splits(dataset: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    monkeypatch.setenv("HF_HOME", str(tmp_path / "home"))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # its own, at import
        datasets = pytest.importorskip("datasets", reason=f"datasets {REASON}")
        loaded = datasets.load_dataset(str(dataset), cache_dir=str(tmp_path / "cache"))
    rows = {row["title"]: (split, row["split"]) for split, part in loaded.items() for row in part}
    assert set(rows) == {"About a", "About b"}
    assert all(found == stated for found, stated in rows.values())
