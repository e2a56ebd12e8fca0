from __future__ import annotations

import io
import os
import pty
import re
import subprocess
import sys

from rich.console import Console

from crawler.reports.progress import Tally, counts_of, line_of, table_of
from tests.crawling import ROOT, Crawls

TALLY = {
    ("small", "new", ""): 1,
    ("big", "new", ""): 30,
    ("big", "rejected", "no title"): 2,
    ("big", "skipped", "excluded"): 3,
    ("big", "failed", "HTTP 500"): 4,
}


class Frontier:
    """A frontier's numbers."""

    def __init__(self, tally: Tally, set_aside: dict[str, str]) -> None:
        self.tally = tally
        self.set_aside = set_aside

    def left(self) -> dict[str, int]:
        return {}


def test_addresses_are_counted_by_publication_and_kind_of_outcome() -> None:
    counts = counts_of(TALLY)
    assert list(counts) == ["big", "small"]
    assert counts["big"] == {"new": 30, "left out": 5, "errors": 4}
    assert counts_of({("a", "an outcome of tomorrow", ""): 1}) == {"a": {"left out": 1}}


def test_a_run_is_told_in_one_line() -> None:
    assert line_of(TALLY, 20) == "31 new, 5 left out, 4 errors; 2.0 addresses a second, 20 s"
    assert line_of({}, 0) == "0 new; 0.0 addresses a second, 0 s"
    assert line_of({("big", "new", ""): 40}, 20, 41).endswith("2.0 addresses a second, 20 s; 41 left, some 20 s")
    assert line_of({("big", "new", ""): 40}, 20, 4100).endswith("; 4100 left, some 34 min")
    assert line_of({("big", "new", ""): 40}, 20, 41000).endswith("; 41000 left, some 6 h")
    assert line_of({}, 0, 41) == "0 new; 0.0 addresses a second, 0 s"


def test_the_table_names_hosts_that_are_left_alone_and_does_not_grow_without_bound() -> None:
    tally = {(f"publication-{number}", "new", ""): number for number in range(50)}
    console = Console(file=io.StringIO(), width=120)
    console.print(table_of(Frontier(tally, {"a.example": "HTTP 429"}), 1, {"publication-49": 4711}))
    console.print(table_of(Frontier(tally, {}), 1, {}))
    assert isinstance(console.file, io.StringIO)
    assert "left alone: a.example (HTTP 429)" in console.file.getvalue()
    assert "and 30 more" in console.file.getvalue()
    assert re.search(r"publication-49 .* 4711 *\n", console.file.getvalue())


def test_a_crawl_on_a_terminal_shows_a_table_and_elsewhere_a_line(crawls: Crawls) -> None:
    plain = crawls.run(f"url=http://{crawls.allow}/")
    assert "30 new, " in plain.log
    assert "╭" not in plain.log
    assert "│" not in plain.log


def test_the_table_lives_on_the_terminal_and_the_log_runs_above_it(crawls: Crawls) -> None:
    output = on_a_terminal(crawls)
    assert "publication" in output
    shown = re.findall(r"(\d+) new, [^\n]* addresses a second", output)
    assert shown[-1] == "30", output  # the last table has the run's true numbers
    assert "Traceback" not in output
    *_, last = filter(None, output.replace("\r", "").split("\n"))
    assert last == "exit code 0"
    assert f"items:  {crawls.output}" in output


def test_a_quiet_crawl_says_nothing_and_still_writes_its_report(crawls: Crawls) -> None:
    assert on_a_terminal(crawls, "--quiet") == ""
    assert list((crawls.output / "reports").glob("*.html"))


def on_a_terminal(crawls: Crawls, *options: str) -> str:
    """What a crawl prints on standard error when that is a terminal."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "scrapy", "crawl", "articles", "-a", f"url=http://{crawls.allow}/", *options]
    settings = {"OUTPUT_DIR": str(crawls.output), "FRONTIER_URL": f"sqlite:///{crawls.frontier}"}
    more = {"FETCH_ALLOW_PRIVATE": crawls.allow, "DOWNLOAD_DELAY": "0", "TERM": "xterm", "COLUMNS": "120"}
    process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **settings, **more}, stderr=theirs)
    os.close(theirs)
    parts = []
    with open(ours, "rb", buffering=0) as terminal:
        try:
            while part := terminal.read(4096):
                parts.append(part)
        except OSError:  # EIO: the other end is closed, which is how a terminal ends on Linux
            pass
    assert process.wait(30) == 0
    return b"".join(parts).decode("utf-8", "replace")
