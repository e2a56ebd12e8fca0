"""The examples of docs/deployment.md and the first screen of the README are what they claim to be."""

from __future__ import annotations

import configparser
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from crawler.reports.verdict import EXITS, Verdict
from tools.docs.commands import commands
from tools.docs.places import DOCS, ROOT

PAGE = (DOCS / "deployment.md").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")
UNITS = {
    name: text
    for block in re.findall(r"```ini\n(.*?)```", PAGE, re.DOTALL)
    for name, text in re.findall(r"# /etc/systemd/system/(\S+?)(?:,[^\n]*)?\n(.*?)(?=# /etc/|\Z)", block, re.DOTALL)
}


def test_the_page_has_a_service_and_a_timer_for_one_worker_and_for_several() -> None:
    assert sorted(UNITS) == ["crawler.service", "crawler.timer", "crawler@.service", "crawler@.timer"]


@pytest.mark.parametrize("name", UNITS)
def test_a_unit_can_be_read_and_knows_the_exit_codes_that_are_no_failure(name: str) -> None:
    unit = configparser.ConfigParser(strict=False, interpolation=None)
    unit.optionxform = str  # type: ignore[assignment,method-assign]
    unit.read_string(UNITS[name])
    assert unit["Unit"]["Description"]
    if name.endswith(".timer"):
        assert unit["Timer"]["OnCalendar"]
        assert unit["Install"]["WantedBy"] == "timers.target"
    else:
        command = shlex.split(unit["Service"]["ExecStart"])
        assert command[1:] == ["crawl", "articles"]
        fine = {EXITS[Verdict.PARTIAL].code, EXITS[Verdict.LOCKED].code}
        assert {int(code) for code in unit["Service"]["SuccessExitStatus"].split()} == fine


def test_systemd_finds_no_fault_in_the_units(tmp_path: Path) -> None:
    program = shutil.which("systemd-analyze")
    if program is None:
        pytest.skip("systemd-analyze is not installed: apt-get install systemd")
    for name, text in UNITS.items():
        sound = text.replace("/srv/crawler/.venv/bin/scrapy", sys.executable).replace("User=crawler", "User=root")
        (tmp_path / name).write_text(sound, encoding="utf-8")
    paths = [str(tmp_path / name.replace("@", "@1")) for name in UNITS]
    for name in UNITS:
        if "@" in name:
            (tmp_path / name.replace("@", "@1")).symlink_to(tmp_path / name)
    ended = subprocess.run([program, "verify", *paths], capture_output=True, text=True, check=False, timeout=60)
    assert "Unknown key" not in ended.stderr
    assert "Failed to parse" not in ended.stderr


def test_the_compose_file_can_be_read_and_starts_workers_on_a_frontier() -> None:
    yaml = pytest.importorskip("yaml", reason="PyYAML comes with the packages for the docs")
    block = re.search(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
    assert block
    compose = yaml.safe_load(block[1])
    frontier, worker = compose["services"]["frontier"], compose["services"]["worker"]
    assert worker["environment"]["FRONTIER_URL"].startswith("postgresql://crawler@frontier/")
    assert frontier["environment"]["POSTGRES_DB"] in worker["environment"]["FRONTIER_URL"]
    assert set(worker["secrets"]) <= set(compose["secrets"])
    assert "scrapy crawl articles" in worker["build"]["dockerfile_inline"]


def test_the_first_screen_of_the_readme_has_the_commands_an_item_and_a_picture() -> None:
    first = README.split("\n## ", maxsplit=1)[0]
    assert first.count("\n") <= 45
    assert "make crawl" in first
    assert "<!-- item -->" in first
    pictures = re.findall(r'src="([^"]+)"', first)
    assert pictures
    assert all((ROOT / picture).is_file() for picture in pictures)


def test_the_readme_names_only_commands_that_exist_and_every_exit_code() -> None:
    known = {name for name, _ in commands()}
    named = set(re.findall(r"^scrapy (\w+)|[;&] scrapy (\w+)|bin/scrapy (\w+)", README, re.MULTILINE))
    assert {name for found in named for name in found if name} <= known
    table = README.partition("| exit code |")[2]
    codes = {int(code) for row in re.findall(r"^\| ([\d, ]+) \|", table, re.MULTILINE) for code in row.split(",")}
    assert codes == {exit_.code for exit_ in EXITS.values()}
