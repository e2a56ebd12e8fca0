from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from crawler.json_lines import encode_line
from tests.running import scrapy
from tools.docs.places import ROOT


def test_what_is_missing_is_named_with_the_remedy(tmp_path: Path) -> None:
    program = "import sys; sys.modules['pyarrow'] = None; from scrapy.cmdline import execute; execute()"
    environment = {**os.environ, "SCRAPY_SETTINGS_MODULE": "crawler.settings", "PYTHONPATH": str(ROOT)}
    run = subprocess.run(
        [sys.executable, "-c", program, "dataset", "build"], cwd=tmp_path, env=environment, capture_output=True,
        text=True, timeout=60, check=False,
    )  # fmt: skip
    assert (run.returncode, run.stderr) == (
        2, 'scrapy dataset needs pyarrow: pip install "publication-crawler[dataset]"\n'
    )  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["build"], "output: no *.jsonl there"),
        (["build", "--format", "xml"], "parquet, sqlite, csv"),
        (["build", "--split", "1,2,3"], "80,10,10"),
        ([], "scrapy dataset build"),
    ],
)
def test_an_order_that_cannot_be_meant_says_what_can(arguments: list[str], said: str, tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    pytest.importorskip("rensa")
    run = scrapy("dataset", *arguments, cwd=tmp_path)
    assert run.returncode == 2
    assert said in run.stdout + run.stderr


def test_a_damaged_line_is_told_and_ends_in_partial(tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    lines = pytest.importorskip("tests.datasets.lines")
    path = lines.Desk(tmp_path).write(lines.article("a"))
    path.write_bytes(path.read_bytes() + b"{\n")
    run = scrapy("dataset", "build", cwd=tmp_path)
    assert run.returncode == 3
    assert "1 rows in 1 files" in run.stdout
    assert "1 lines are no items" in run.stderr


def test_a_feed_may_be_parquet() -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    lines = pytest.importorskip("tests.datasets.lines")
    from crawler.exporters.parquet import ParquetItemExporter  # noqa: PLC0415 - needs pyarrow

    file = io.BytesIO()
    exporter = ParquetItemExporter(file)
    exporter.start_exporting()
    exporter.export_item(lines.article("a"))
    exporter.finish_exporting()
    (row,) = parquet.read_table(io.BytesIO(file.getvalue())).to_pylist()
    assert row["authors"][0]["name"] == "Mara Lind"
    assert encode_line(row["title"]) == b'"About a"\n'
