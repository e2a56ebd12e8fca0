"""Every command of docs/tutorial.md is run, and prints what the page says it prints."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from sample.server import PORT, served
from tools.docs.places import DOCS, ROOT


def test_the_tutorial_runs_as_written(tmp_path: Path) -> None:
    (tmp_path / "scrapy.cfg").write_bytes((ROOT / "scrapy.cfg").read_bytes())
    with served(0) as origin:
        text = (DOCS / "tutorial.md").read_text(encoding="utf-8")
        text = text.replace(f"127.0.0.1:{PORT}", origin.removeprefix("http://"))
        toml = re.search(r"```toml\n(.*?)```", text, re.DOTALL)
        assert toml
        (tmp_path / "publications.toml").write_text(toml[1], encoding="utf-8")
        environment = {
            **os.environ,
            "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
            "PYTHONPATH": str(ROOT),
        }
        for command, expected in commands(text):
            if command.startswith("export "):
                name, _, value = command.removeprefix("export ").partition("=")
                environment[name] = value
                continue
            run = subprocess.run(
                ["/bin/sh", "-c", command], cwd=tmp_path, env=environment, text=True, timeout=120, check=False,
                stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            )  # fmt: skip
            assert run.returncode == 0, f"{command}\n{run.stdout}"
            for line in expected:
                assert matches(line, run.stdout), f"$ {command}\nprinted\n{run.stdout}\nwithout\n{line}"


def commands(text: str) -> Iterator[tuple[str, list[str]]]:
    """(command, lines that it prints) of every console block."""
    for block in re.findall(r"```console\n(.*?)```", text, re.DOTALL):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, *lines = part.splitlines()
            yield command, [line for line in lines if line.strip()]


def matches(line: str, output: str) -> bool:
    """Whether a line was printed; `…` stands for anything."""
    pattern = ".*".join(re.escape(part.strip()) for part in line.split("…"))
    return any(re.fullmatch(rf"\s*{pattern}\s*", printed) for printed in output.splitlines())
