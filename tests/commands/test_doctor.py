from __future__ import annotations

import json
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from crawler.commands.doctor import answered
from crawler.commands.health import OLD_PART, Finding, Mark, findings
from crawler.frontier.sqlite import open_sqlite
from tests.running import scrapy
from tests.site import Answer, Site

NOW = datetime(2026, 3, 1, tzinfo=UTC)


def checked(folder: Path, *, now: datetime = NOW, **settings: Any) -> dict[str, Finding]:
    """Subject → finding, of a folder with one publication."""
    sites = folder / "publications.toml"
    if not sites.exists():
        sites.write_text('[a]\nurl = "https://a.example/"\n', encoding="utf-8")
    defaults = {
        "OUTPUT_DIR": str(folder / "output"), "FRONTIER_URL": f"sqlite:///{folder}/state/f.sqlite",
        "USER_AGENT": "bot (+https://c.example)", "DOWNLOAD_DELAY": 1.0, "FETCH_ALLOW_PRIVATE": "",
    }  # fmt: skip
    return {found.subject: found for found in findings({**defaults, **settings}, sites, now=now)}


def test_a_sound_installation_has_nothing_to_mend(tmp_path: Path) -> None:
    open_sqlite(tmp_path / "state" / "f.sqlite").close()
    found = checked(tmp_path)
    assert {finding.mark for finding in found.values()} == {Mark.GOOD}
    assert "sound, schema" in found["frontier"].text
    assert "scrapy 2." in found["versions"].text


def test_what_has_to_be_mended_is_named_with_a_remedy(tmp_path: Path) -> None:
    state = tmp_path / "state" / "f.sqlite"
    state.parent.mkdir()
    state.write_bytes(b"no database" * 100)
    (tmp_path / "output").write_text("a file", encoding="utf-8")
    (tmp_path / "publications.toml").write_text('[a]\nurll = "x"\n', encoding="utf-8")
    found = checked(tmp_path, now=datetime(1970, 1, 1, tzinfo=UTC))
    bad = {subject: finding for subject, finding in found.items() if finding.mark is Mark.BAD}
    assert set(bad) == {"OUTPUT_DIR", "frontier", "publications", "clock"}
    assert 'did you mean "url"?' in bad["publications"].text
    assert bad["frontier"].remedy
    assert "no folder" in bad["OUTPUT_DIR"].text


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "closed").mkdir(mode=0o555)
    found = checked(tmp_path, OUTPUT_DIR=str(tmp_path / "closed" / "output"))
    assert found["OUTPUT_DIR"].mark is Mark.BAD


def test_impolite_settings_and_leftovers_are_doubtful(tmp_path: Path) -> None:
    part = tmp_path / "output" / ".a-run.jsonl.part"
    part.parent.mkdir()
    part.touch()
    long_ago = datetime.now(UTC).timestamp() - OLD_PART - 60
    os.utime(part, (long_ago, long_ago))
    found = checked(tmp_path, USER_AGENT="bot", DOWNLOAD_DELAY=0.0, FETCH_ALLOW_PRIVATE="a.example:80")
    doubtful = {subject for subject, finding in found.items() if finding.mark is Mark.DOUBT}
    assert doubtful == {"USER_AGENT", "DOWNLOAD_DELAY", "FETCH_ALLOW_PRIVATE", "leftovers"}
    assert part.name in found["leftovers"].text
    assert checked(tmp_path, FETCH_ALLOW_PRIVATE="a.example")["settings"].mark is Mark.BAD


def test_each_publication_is_asked_once_and_a_silent_one_has_to_be_looked_at(site: Site, tmp_path: Path) -> None:
    site.fault("/closed/", Answer(403))
    tables = {"open": site.url, "closed": f"{site.url.rstrip('/')}/closed/", "off": f"{site.url}x/"}
    text = "".join(f'[{slug}]\nurl = "{url}"\n' for slug, url in tables.items()) + "enabled = false\n"
    (tmp_path / "publications.toml").write_text(text, encoding="utf-8")
    run = scrapy("doctor", "--json", "-s", f"FETCH_ALLOW_PRIVATE={site.host}", "-s", "DOWNLOAD_DELAY=0", cwd=tmp_path)
    found = {row["subject"]: row for row in map(json.loads, run.stdout.splitlines())}
    assert run.returncode == 2, run.stderr
    assert found["open"]["mark"] == "✓"
    assert (found["closed"]["mark"], "HTTP 403" in found["closed"]["text"]) == ("✗", True)
    assert "off" not in found
    assert [hit.path for hit in site.hits()].count("/robots.txt") == 1


def test_without_network_nobody_is_asked(site: Site, tmp_path: Path) -> None:
    (tmp_path / "publications.toml").write_text(f'[open]\nurl = "{site.url}"\n', encoding="utf-8")
    run = scrapy("doctor", "--no-network", cwd=tmp_path)
    assert (run.returncode, site.hits()) == (0, []), run.stdout
    assert "✓ publications: publications.toml: 1, of which 1 are enabled" in run.stdout.splitlines()


def test_what_a_publication_answers_is_told_with_a_remedy() -> None:
    assert answered("a", "https://a.example/", 200).mark is Mark.GOOD
    assert "scrapy try" in str(answered("a", "https://a.example/", 500).remedy)
    assert "ask the publisher" in str(answered("a", "https://a.example/", "robots.txt disallows").remedy)
    assert answered("a", "https://a.example/", "DNS").mark is Mark.BAD
