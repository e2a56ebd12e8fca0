"""'This is wrong' saves what the tests run: red while the rule is wrong, green for everything else."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("flask", reason="Flask is not installed: pip install 'publication-crawler[review]'")

from crawler.errors import StorageError
from crawler.page import Page
from crawler.review.fixtures import GROUP, name_of, save
from crawler.review.values import PARSERS, UnfitError
from tests.extraction import test_fixtures
from tests.review.newsdesk import BOATS, COOKIE, FIRST, page_of, sample_pages

ITEM = {"id": "f17ed974376f13d987100b93", "publication": "The Ellery Courier", "title": "Forty-one boats wintered"}


def boats() -> Page:
    page = page_of(BOATS, sample_pages()[BOATS], FIRST)
    return Page(page.body, page.url, {**page.headers, "Set-Cookie": COOKIE}, page.fetched_at, page.links, page.profile)


def saved(folder: Path, **corrections: str) -> dict[str, Any]:
    """What the fixture expects after corrections as they were typed."""
    values = {name: PARSERS[name](text) for name, text in corrections.items()}
    case = save(folder, name_of(ITEM, 1), boats(), values)
    return dict(json.loads((case / "expect.json").read_text(encoding="utf-8")))


def run_of(folder: Path) -> tuple[int, set[str]]:
    """Exit code and failed fields of the project's own fixture tests, run over a folder of fixtures."""
    tests = folder / "tests"
    (tests / "extraction").mkdir(parents=True, exist_ok=True)
    shutil.copy(test_fixtures.__file__, tests / "extraction" / "test_fixtures.py")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-k", "not there_are", str(tests)]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    run = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=120, check=False)
    return run.returncode, set(re.findall(rf"FAILED \S+::test_\w+\[{GROUP}/\S+:(\w+)\]", run.stdout))


def test_the_tests_run_the_fixture_and_are_red_for_the_wrong_value_alone(tmp_path: Path) -> None:
    saved(tmp_path / "tests" / "fixtures", title="Forty-one boats")
    assert run_of(tmp_path) == (1, {"title"})


def test_the_tests_are_green_when_the_page_is_read_as_expected(tmp_path: Path) -> None:
    expected = saved(tmp_path / "tests" / "fixtures", byline="Mara Lind", section="Harbour")
    assert expected["byline"] == "Mara Lind"
    assert run_of(tmp_path) == (0, set())


def test_a_page_that_is_no_article_is_expected_to_be_none(tmp_path: Path) -> None:
    expected = saved(tmp_path / "tests" / "fixtures", page_type="listing")
    assert "body" not in expected
    assert run_of(tmp_path) == (1, {"page_type"})


def test_further_corrections_join_the_earlier_ones(tmp_path: Path) -> None:
    saved(tmp_path, byline="Ada Brandt\nMara Lind", body="First block.\n\nSecond block.")
    expected = saved(tmp_path, title="Forty-one boats")
    assert expected["title"] == "Forty-one boats"
    assert expected["byline"] == "Ada Brandt, Mara Lind"
    assert expected["body"] == ["First block.", "Second block."]
    assert expected["word_count"] == 4
    assert saved(tmp_path, title="Boats")["title"] == "Boats"


def test_what_follows_from_a_correction_is_expected_too(tmp_path: Path) -> None:
    expected = saved(tmp_path, byline="Mara Lind\nAda Brandt", date="2025-02", author_bio="")
    assert [author["name"] for author in expected["authors"]] == ["Mara Lind", "Ada Brandt"]
    assert expected["authors"][0]["url"].endswith("/author/mara-lind/")
    assert (expected["author_bio"], expected["authors"][0]["bio"]) == (None, None)
    assert (expected["date"], expected["date_precision"]) == ("2025-02", "month")


def test_markdown_of_blocks_that_stay_is_kept(tmp_path: Path) -> None:
    blocks = saved(tmp_path / "a")["body"]
    expected = saved(tmp_path / "b", body="\n\n".join(blocks[1:]))
    assert expected["body_markdown"][1].startswith("## ")


def test_a_fixture_holds_page_address_time_and_what_was_known_and_no_cookie(tmp_path: Path) -> None:
    saved(tmp_path, title="Boats")
    case = tmp_path / GROUP / name_of(ITEM, 1)
    assert (case / "page.html").read_bytes() == boats().body
    known = json.loads((case / "page.json").read_text(encoding="utf-8"))
    assert (known["url"], known["fetched_at"]) == (BOATS, FIRST.isoformat())
    assert known["links"][0]["source"] == "feed"
    assert known["headers"] == {"Content-Type": "text/html; charset=UTF-8"}
    assert all(COOKIE not in path.read_text(encoding="utf-8") for path in case.iterdir())


@pytest.mark.parametrize(
    "hostile", ["../../../etc/cron.d/x", "/etc/passwd", "..", "a\x00b", "C:\\x", "~/.ssh", "\u202e" * 300]
)
def test_the_folder_is_named_by_our_own_slugs_alone(hostile: str) -> None:
    name = name_of({"id": hostile, "publication": hostile, "title": hostile}, 2)
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name)
    assert len(name) < 90


def test_a_symbolic_link_in_the_folders_place_is_not_followed(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (tmp_path / GROUP).mkdir()
    (tmp_path / GROUP / name_of(ITEM, 1)).symlink_to(elsewhere)
    with pytest.raises(StorageError, match="symbolic link"):
        saved(tmp_path, title="Boats")
    assert list(elsewhere.iterdir()) == []


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / GROUP).write_text("a file")
    with pytest.raises(StorageError, match=GROUP):
        saved(tmp_path, title="Boats")


@pytest.mark.parametrize(
    ("name", "typed", "value"),
    [
        ("title", "  Forty\n boats ", "Forty boats"), ("title", " ", None), ("tags", "a\n\n b  c \n", ["a", "b c"]),
        ("body", " One.\nStill one.\n \n\nTwo. ", "One.\nStill one.\n\nTwo."),
        ("date", "2025", "2025"), ("date", "", None),
        ("date", "2025-03-04T10:00:00+01:00", "2025-03-04T10:00:00+01:00"), ("language", "pt-BR", "pt-BR"),
        ("canonical_url", "https://a.example/x", "https://a.example/x"),
    ],
)  # fmt: skip
def test_what_is_typed_becomes_a_value(name: str, typed: str, value: Any) -> None:
    assert PARSERS[name](typed) == value


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("date", "yesterday"),
        ("date", "04.03.2025"),
        ("language", "English!"),
        ("canonical_url", "javascript:alert(1)"),
        ("page_type", "news"),
    ],
)
def test_what_is_no_value_is_refused_with_what_is(name: str, typed: str) -> None:
    with pytest.raises(UnfitError):
        PARSERS[name](typed)
