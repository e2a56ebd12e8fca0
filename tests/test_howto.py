"""Every how-to page is followed in a copy of the project: files are written, changes made, commands run."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from sample.server import PORT, served
from tests.test_tutorial import commands, matches
from tools.docs.places import DOCS, ROOT

PAGES = sorted((DOCS / "howto").glob("*.md"))
BLOCK = re.compile(r"(?P<before>[^\n]*)\n\n```(?P<kind>\w+)\n(?P<text>.*?)```", re.DOTALL)
NAMED = re.compile(r"`(?P<path>[\w/.-]+)`:$")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The parts of the project that a page may change."""
    for name in ("crawler", "sample"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("scrapy.cfg", "publications.toml"):
        shutil.copy(ROOT / name, tmp_path)
    return tmp_path


def test_there_is_a_page_for_each_task() -> None:
    assert len(PAGES) == 8


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_page_leads_where_it_says(page: Path, project: Path) -> None:
    with served(0) as origin:
        text = page.read_text(encoding="utf-8").replace(f"127.0.0.1:{PORT}", origin.removeprefix("http://"))
        environment = {
            **os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}", "PYTHONPATH": str(project),
            "PYTHONDONTWRITEBYTECODE": "1",
        }  # fmt: skip
        path: Path | None = None
        done = 0
        for block in BLOCK.finditer(text):
            named = NAMED.search(block["before"])
            path = project / named["path"] if named else path
            done += follow(block["kind"], block["text"], path=path, project=project, environment=environment)
        assert done


def follow(kind: str, text: str, *, path: Path | None, project: Path, environment: dict[str, str]) -> int:
    """Do what a block says; 0 for a block that is only to be read."""
    if kind == "console":
        for command, expected in commands(f"```console\n{text}```"):
            run(command, expected, project, environment)
    elif kind == "diff":
        assert path
        change(path, text)
    elif kind in ("python", "html", "toml"):
        assert path
        path.write_text(text, encoding="utf-8")
    else:
        return 0
    return 1


def run(command: str, expected: list[str], project: Path, environment: dict[str, str]) -> None:
    """Run a command, and see that it prints every expected line."""
    if command.startswith("export "):
        name, _, value = command.removeprefix("export ").partition("=")
        environment[name] = value
        return
    ended = subprocess.run(
        ["/bin/sh", "-c", command], cwd=project, env=environment, text=True, timeout=120, check=False,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    assert ended.returncode == 0, f"{command}\n{ended.stdout}"
    for line in expected:
        assert matches(line, ended.stdout), f"$ {command}\nprinted\n{ended.stdout}\nwithout\n{line}"


def change(path: Path, diff: str) -> None:
    """Apply lines with + and - at the one place that has the others."""
    lines = diff.splitlines(keepends=True)
    before = "".join(line[1:] for line in lines if line[0] in " -")
    after = "".join(line[1:] for line in lines if line[0] in " +")
    text = path.read_text(encoding="utf-8")
    assert f"\n{text}".count(f"\n{before}") == 1, f"{path}: {before!r} stands there not just once"
    path.write_text(f"\n{text}".replace(f"\n{before}", f"\n{after}")[1:], encoding="utf-8")
