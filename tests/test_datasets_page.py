"""Every command of docs/datasets.md is run, and prints what the page says it prints; so is its Python."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.test_tutorial import commands, matches
from tools.docs.places import DOCS, ROOT

PAGE = (DOCS / "datasets.md").read_text(encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    pytest.importorskip("pyarrow", reason="pyarrow is not installed: pip install 'publication-crawler[dataset]'")
    pytest.importorskip("rensa", reason="rensa is not installed: pip install 'publication-crawler[dataset]'")
    (tmp_path / "scrapy.cfg").write_bytes((ROOT / "scrapy.cfg").read_bytes())
    run(tmp_path, [sys.executable, "-m", "sample", "--port", "0"])
    return tmp_path


def run(folder: Path, command: list[str]) -> str:
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    environment = {
        **os.environ,
        "PATH": path,
        "PYTHONPATH": str(ROOT),
        "HF_HUB_OFFLINE": "1",
        "HF_HOME": f"{folder}/hf",
    }
    done = subprocess.run(
        command, cwd=folder, env=environment, text=True, timeout=120, check=False, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )  # fmt: skip
    assert done.returncode == 0, f"{command}\n{done.stdout}"
    return done.stdout


def test_the_page_runs_as_written(folder: Path) -> None:
    for command, expected in commands(PAGE):
        printed = run(folder, ["/bin/sh", "-c", command])
        for line in expected:
            assert matches(line, printed), f"$ {command}\nprinted\n{printed}\nwithout\n{line}"
    listed = re.findall(r"^  (\S+(?:\.md|\.json|\.parquet|\.sqlite|\.csv))", PAGE, re.MULTILINE)
    written = {str(p.relative_to(folder / "dataset")) for p in (folder / "dataset").rglob("*") if p.is_file()}
    assert written == set(listed)
    for reader in ("pandas", "polars", "duckdb", "datasets"):
        pytest.importorskip(reader, reason=f"{reader} is not installed: pip install --group datasets-test")
    code = re.search(r"```python\n(.*?)```", PAGE, re.DOTALL)
    assert code
    run(folder, [sys.executable, "-c", code[1]])
