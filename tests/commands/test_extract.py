from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from crawler.processes import map_in_order
from tests.running import scrapy

PAGE = """<!doctype html><html lang="en"><head><title>Boats stay | Harbour Post</title>
<meta property="article:published_time" content="2026-02-20T09:00:00+01:00"></head>
<body><article><h1>Boats stay</h1><p>The harbour office counted forty-one boats on Monday morning, nine more than
a week before, and nobody there would say whether the fee had anything to do with it.</p>
<p>Most of them came in on Saturday, when the wind turned, and tied up along the eastern mole.</p>
</article></body></html>"""


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    (tmp_path / "html").mkdir()
    (tmp_path / "html" / "1.html").write_text(PAGE, encoding="utf-8")
    (tmp_path / "html" / "2.html").write_text(PAGE.replace("Boats", "Jäger"), encoding="latin-1")
    records: list[Any] = [
        {"id": number, "url": f"https://a.example/{number}/", "html_path": "html/1.html"} for number in range(40)
    ]
    records[7]["html_path"] = "html/none.html"
    records[8].update(html_path="html/2.html", encoding="latin-1", fetched_at="2026-03-01")
    del records[9]["url"]
    records[11]["url"] = None
    records[10]["id"] = {"any": ["id"]}
    path = tmp_path / "pages.jsonl"
    path.write_text("".join(json.dumps(record) + "\n" for record in records) + "\nno json\n", encoding="utf-8")
    return path


def test_a_page_on_disk_is_printed_as_its_item(pages: Path) -> None:
    run = scrapy("extract", "html/1.html", "--url", "https://a.example/boats/", cwd=pages.parent)
    assert run.returncode == 0, run.stderr
    item = json.loads(run.stdout)
    assert item["title"] == "Boats stay"
    assert item["publication"] == "a.example"
    assert item["word_count"] == len(item["body"].split())


def test_many_pages_give_one_line_each_in_order_and_failures_are_lines(pages: Path) -> None:
    run = scrapy("extract", "--pages", "pages.jsonl", "--output", "out.jsonl", cwd=pages.parent)
    assert run.returncode == 0, run.stderr
    lines = [json.loads(line) for line in (pages.parent / "out.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [line["id"] for line in lines] == [*range(10), {"any": ["id"]}, *range(11, 40), None]
    assert lines[0]["title"] == "Boats stay"
    assert "FileNotFoundError" in lines[7]["error"]
    assert lines[8]["title"] == "Jäger stay"
    assert lines[8]["fetched_at"] == "2026-03-01T00:00:00+00:00"
    assert lines[9] == {"id": 9, "error": "ValueError: the record lacks url"}
    assert lines[11]["title"] == "Boats stay"
    assert "error" in lines[40]
    assert "41 pages, 3 failed" in run.stderr
    assert not list(pages.parent.glob(".*"))


def test_without_an_output_file_lines_go_to_standard_output(pages: Path) -> None:
    run = scrapy("extract", "--pages", "pages.jsonl", "--processes", "1", cwd=pages.parent)
    assert len(run.stdout.splitlines()) == 41


@pytest.mark.parametrize(
    "arguments", [["html/1.html"], ["--url", "https://a.example/"], ["no.html", "--url", "https://a.example/"]]
)
def test_wrong_arguments_are_explained(pages: Path, arguments: list[str]) -> None:
    run = scrapy("extract", *arguments, cwd=pages.parent)
    assert run.returncode == 2
    assert "Traceback" not in run.stderr


def deadly(number: int) -> int:
    if number == 13:
        os._exit(9)
    if number == 17:
        raise ValueError(number)
    return number * 2


def test_a_page_that_takes_its_process_down_takes_no_other_with_it() -> None:
    found = list(map_in_order(deadly, range(40), workers=2))
    assert [task for task, _ in found] == list(range(40))
    assert {task: type(result).__name__ for task, result in found if not isinstance(result, int)} == {
        13: "BrokenProcessPool",
        17: "ValueError",
    }
    assert all(result == task * 2 for task, result in found if isinstance(result, int))
