"""`scrapy crawl`: its log file, before anything is fetched."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from crawler.reports.verdict import EXITS, Verdict
from tests.crawling import ROOT


def crawl(*options: str) -> subprocess.CompletedProcess[str]:
    """A crawl of an address that cannot be meant, which ends before it fetches."""
    command = [sys.executable, "-m", "scrapy", "crawl", "articles", "-a", "url=ftp://harbour.example/", *options]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=60)


def test_the_folder_of_the_log_file_is_made_as_in_the_readme(tmp_path: Path) -> None:
    line = re.search(r"--logfile (\S+)", (ROOT / "README.md").read_text(encoding="utf-8"))
    assert line
    log = tmp_path / line[1]
    ended = crawl("--logfile", str(log))
    assert ended.returncode == EXITS[Verdict.CONFIGURATION].code
    assert log.is_file()


def test_a_log_file_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "log").write_text("a file, not a folder", encoding="utf-8")
    ended = crawl("--logfile", str(tmp_path / "log" / "crawl.log"))
    assert ended.returncode == EXITS[Verdict.CONFIGURATION].code
    assert "Traceback" not in ended.stderr
    assert f"--logfile {tmp_path}/log/crawl.log: its folder cannot be made" in ended.stdout + ended.stderr
