"""Runs `scrapy crawl articles` as cron would: a process of its own, judged by its files and its exit code."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent


@dataclass(frozen=True)
class Run:
    """A crawl that has ended."""

    code: int
    log: str
    lines: list[dict[str, Any]]
    """Lines of the files that this run completed."""
    report: dict[str, Any]

    @property
    def outcomes(self) -> dict[str, int]:
        """Outcomes of the (first) publication."""
        return next(iter(self.report["publications"].values()))["outcomes"]


@dataclass
class Crawls:
    """Crawls that share one folder for output and frontier."""

    folder: Path
    allow: str
    settings: dict[str, str] = field(default_factory=dict)
    command: tuple[str, ...] = ("crawl", "articles")

    @property
    def output(self) -> Path:
        return self.folder / "output"

    @property
    def frontier(self) -> Path:
        return self.folder / "state" / "frontier.sqlite"

    def start(self, *arguments: str, killed_at: str | None = None, **settings: str) -> subprocess.Popen[str]:
        """A crawl that is running; `arguments` are those of `-a`, settings those of `-s`; `killed_at`: see `killed`."""
        defaults = {"DOWNLOAD_DELAY": "0", "RETRY_DELAY": "0.2", "FRONTIER_PATIENCE": "30"}
        chosen = {**defaults, **self.settings, **settings}
        program = ["tests.killed", killed_at] if killed_at else ["scrapy"]
        command = [sys.executable, "-m", *program, *self.command]
        command += [part for argument in arguments for part in ("-a", argument)]
        command += [part for name, value in chosen.items() for part in ("-s", f"{name}={value}")]
        environment = {
            **os.environ, "OUTPUT_DIR": str(self.output), "FRONTIER_URL": f"sqlite:///{self.frontier}",
            "FETCH_ALLOW_PRIVATE": self.allow,
        }  # fmt: skip
        log = (self.folder / "log.txt").open("a", encoding="utf-8")
        with log:
            return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log, text=True)

    def finished(self, process: subprocess.Popen[str], *, known: set[Path], seconds: float = 90) -> Run:
        """Wait for a crawl and read what it left; `known`: files that were there before."""
        code = process.wait(seconds)
        log = (self.folder / "log.txt").read_text(encoding="utf-8")
        lines = [line for path in sorted(self.files() - known) for line in read_lines(path)]
        reports = sorted((self.output / "reports").glob("*.json"), key=lambda path: path.stat().st_mtime)
        report = json.loads(reports[-1].read_text(encoding="utf-8")) if reports else {}
        return Run(code, log, lines, report)

    def run(self, *arguments: str, **settings: str) -> Run:
        """A crawl from start to end."""
        known = self.files()
        return self.finished(self.start(*arguments, **settings), known=known)

    def files(self) -> set[Path]:
        """The completed files."""
        return set(self.output.glob("*.jsonl"))

    def make_due(self) -> None:
        """As if time had passed: every article, and all that is visited again at some time, is due now."""
        with sqlite3.connect(self.frontier) as connection:
            connection.execute("UPDATE urls SET due = 1 WHERE due IS NOT NULL OR revision > 0")
        connection.close()

    def all_lines(self) -> list[dict[str, Any]]:
        """Every line of every completed file."""
        return [line for path in sorted(self.files()) for line in read_lines(path)]


def read_lines(path: Path) -> list[dict[str, Any]]:
    """The lines of a file; raises where one is not whole."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]


def wait_for(condition: Callable[[], bool], *, seconds: float = 40) -> None:
    """Return as soon as the condition holds; fail where it does not in time."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.01)
