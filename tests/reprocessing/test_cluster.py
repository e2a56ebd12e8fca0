"""The same job on a Ray cluster of this machine: the same items, done inputs passed over, a bad one reported."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from typing import Any

import pytest

from tests.reprocessing.foreign import Warc, article
from tests.running import scrapy

MISSING = [name for name in ("ray", "pyarrow", "fsspec") if importlib.util.find_spec(name) is None]
needs_cluster = pytest.mark.skipif(bool(MISSING), reason="needs pip install 'publication-crawler[cluster]'")


def archive(path: Path, numbers: range) -> Path:
    warc = Warc(path)
    for number in numbers:
        warc.answer(f"https://news.example/2024/ferry-{number}/", article(number))
    return warc.done()


def rows(path: Path) -> list[dict[str, Any]]:
    from pyarrow import parquet  # noqa: PLC0415 - not installed everywhere

    found: list[dict[str, Any]] = parquet.read_table(path).to_pylist()
    return [{**row, "evidence": dict(row["evidence"])} for row in found]


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]


def without_run(items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{**item, "run_id": None} for item in items]


@needs_cluster
def test_workers_of_a_cluster_write_what_one_machine_writes(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for number in range(3):
        archive(tmp_path / "in" / f"{number}.warc.gz", range(number * 5, number * 5 + 5))
    (tmp_path / "in" / "bad.warc.gz").write_bytes((tmp_path / "in" / "0.warc.gz").read_bytes()[:-40])
    cluster = ("reprocess", "in", "--engine", "ray", "--processes", "2", "--output", "parquet")
    ended = scrapy(*cluster, cwd=tmp_path)
    assert ended.returncode == 3, ended.stderr
    assert "bad.warc.gz: breaks off" in ended.stderr
    assert scrapy("reprocess", *(f"in/{n}.warc.gz" for n in range(3)), "--output", "o/", cwd=tmp_path).returncode == 0
    for number in range(3):
        expected = without_run(lines(tmp_path / "o" / f"{number}.jsonl"))
        assert without_run(rows(tmp_path / "parquet" / f"{number}.parquet")) == expected
        assert len(expected) == 5
    assert len(rows(tmp_path / "parquet" / "bad.parquet")) == 4

    (tmp_path / "parquet" / "_manifest" / "1.json").unlink()
    again = scrapy(*cluster, cwd=tmp_path)
    assert again.returncode == 3
    assert "4 files, 3 done before, 1 workers" in again.stderr


@needs_cluster
def test_a_file_elsewhere_is_copied_before_it_is_read() -> None:
    import fsspec  # noqa: PLC0415 - not installed everywhere

    from crawler.reprocessing.parquet import on_this_machine  # noqa: PLC0415

    fsspec.filesystem("memory").pipe_file("/bucket/a.warc.gz", b"WARC/1.0")
    with on_this_machine("memory://bucket/a.warc.gz") as opener:
        copy = Path(opener.copy)
        with opener("memory://bucket/a.warc.gz") as file:
            assert file.read() == b"WARC/1.0"
        assert copy.exists()
    assert not copy.exists()


def test_a_cluster_needs_a_folder_and_compares_nothing(tmp_path: Path) -> None:
    archive(tmp_path / "a.warc.gz", range(1))
    assert scrapy("reprocess", "a.warc.gz", "--engine", "ray", cwd=tmp_path).returncode == 2


@pytest.mark.skipif("ray" not in MISSING, reason="Ray is installed")
def test_a_missing_engine_is_named_with_its_remedy(tmp_path: Path) -> None:
    archive(tmp_path / "a.warc.gz", range(1))
    ended = scrapy("reprocess", "a.warc.gz", "--engine", "ray", "--output", "o", cwd=tmp_path)
    assert ended.returncode == 2
    assert "pip install" in ended.stderr
