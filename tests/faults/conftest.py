"""One crawl of every faulty publication at once, and what is left of it."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.crawling import ROOT, read_lines
from tests.faults.content import DOCUMENTS, JSON_LD, SOURCES, TEXT
from tests.faults.network import BOMBS, COMPRESSION, NETWORK, REDIRECTS, payload
from tests.faults.server import FAULTY, Laboratory, Publication
from tests.faults.table import Fault

CONNECTIONS = (*NETWORK, *COMPRESSION, *REDIRECTS)
CONTENTS = (*DOCUMENTS, *TEXT, *JSON_LD, *SOURCES)
FAULTS = (*CONNECTIONS, *CONTENTS)
LONGEST = 180
"""Seconds that a crawl of all faults may take."""
RECORDER = Path(__file__).parent / "recorder"
SETTINGS = {
    "DOWNLOAD_DELAY": "0",
    "RETRY_DELAY": "0.1",
    "RETRY_TIMES": "1",
    "FRONTIER_PATIENCE": "5",
}


@dataclass
class Result:
    """What a crawl of the laboratory left."""

    folder: Path
    code: int
    log: str
    seconds: float
    report: dict[str, Any]
    records: dict[str, tuple[str, str]]
    """Address → outcome and reason."""
    items: dict[str, dict[str, Any]]
    """Address → item."""
    events: list[list[Any]]
    """What `recorder` wrote down."""
    publications: dict[str, Publication] = field(default_factory=dict)
    """Fault → the publication that had it."""


def slug(number: int) -> str:
    return f"fault-{number}"


def crawl(folder: Path, laboratory: Laboratory, **settings: str) -> Result:
    """Crawl every publication of a laboratory in one process."""
    tables = [
        f'[{slug(number)}]\nurl = "{publication.url}/"\n' for number, publication in enumerate(laboratory.publications)
    ]
    (folder / "publications.toml").write_text("".join(tables), encoding="utf-8")
    record = folder / "record.jsonl"
    environment = {
        **os.environ, "OUTPUT_DIR": str(folder / "output"), "FRONTIER_URL": f"sqlite:///{folder}/state/frontier.sqlite",
        "FETCH_ALLOW_PRIVATE": ",".join(f"127.0.0.1:{publication.port}" for publication in laboratory.publications),
        "PYTHONPATH": str(RECORDER), "RECORD_TO": str(record), "PYTHONDONTWRITEBYTECODE": "1", "TMPDIR": str(folder),
    }  # fmt: skip
    command = [sys.executable, "-m", "scrapy", "crawl", "articles", "-a", f"sites={folder / 'publications.toml'}"]
    command += [part for name, value in {**SETTINGS, **settings}.items() for part in ("-s", f"{name}={value}")]
    with (folder / "log.txt").open("w", encoding="utf-8") as log:
        try:
            ended = subprocess.run(
                command, cwd=ROOT, env=environment, stdout=log, stderr=log, timeout=LONGEST, check=False
            )
            code = ended.returncode
        except subprocess.TimeoutExpired:
            code = -9
    return _result(folder, code)


def _result(folder: Path, code: int) -> Result:
    reports = list((folder / "output" / "reports").glob("*.json"))
    report = json.loads(reports[0].read_text(encoding="utf-8")) if reports else {}
    assert (folder / "state").is_dir(), (folder / "log.txt").read_text(encoding="utf-8")[-3000:]
    database = sqlite3.connect(folder / "state" / "frontier.sqlite")
    rows = database.execute("SELECT url, coalesce(outcome, ''), coalesce(reason, '') FROM urls").fetchall()
    database.close()
    lines = [line for path in (folder / "output").glob("*.jsonl") for line in read_lines(path)]
    recorded = (folder / "record.jsonl").read_text(encoding="utf-8").split("\n")[:-1]
    events = [json.loads(line) for line in recorded]
    return Result(
        folder,
        code, (folder / "log.txt").read_text(encoding="utf-8"), report.get("seconds", 0.0), report,
        {url: (outcome, reason) for url, outcome, reason in rows}, {line["url"]: line for line in lines}, events,
    )  # fmt: skip


@dataclass
class Results:
    """The crawls of all faults, and which of them a fault was in."""

    connections: Result
    contents: Result

    def of(self, fault: Fault) -> Result:
        """The crawl that met a fault."""
        return self.connections if fault in CONNECTIONS else self.contents

    @property
    def both(self) -> tuple[Result, Result]:
        """One after the other."""
        return self.connections, self.contents

    def address(self, fault: Fault, path: str = FAULTY) -> str:
        """An address at the publication that had a fault."""
        return self.of(fault).publications[fault.name].url + path

    def report(self, fault: Fault) -> dict[str, Any]:
        """The run's report on the publication that had a fault."""
        place = (CONNECTIONS if fault in CONNECTIONS else CONTENTS).index(fault)
        return self.of(fault).report["publications"][slug(place)]


@pytest.fixture(scope="session")
def results(tmp_path_factory: pytest.TempPathFactory) -> Results:
    """Two crawls: what takes long to read would let faults of the connection run out of time."""
    for name in BOMBS:
        payload(name)  # beforehand: making them takes longer than the crawl waits for an answer
    return Results(
        served(CONNECTIONS, tmp_path_factory.mktemp("connections"), seconds=8),
        served(CONTENTS, tmp_path_factory.mktemp("contents"), seconds=30),
    )


def served(faults: tuple[Fault, ...], folder: Path, *, seconds: int) -> Result:
    """The crawl of some faults."""
    publications = [Publication(fault.name, fault.place, fault.reply) for fault in faults]
    with Laboratory(publications) as laboratory:
        found = crawl(folder, laboratory, DOWNLOAD_TIMEOUT=str(seconds))
    found.publications = {publication.name: publication for publication in publications}
    return found
