"""A job: lines in the order of the archives, whatever is damaged, and nothing twice."""

from __future__ import annotations

import gzip
import json
import os
from pathlib import Path
from typing import Any

import pytest

from crawler.errors import ConfigurationError
from crawler.reprocessing import job as jobs
from crawler.reprocessing.comparison import Comparison, EarlierLines
from crawler.reprocessing.job import Answer, Job, JobOptions
from crawler.reprocessing.manifest import Tally
from crawler.reprocessing.outputs import FilePerInput, Nowhere, OneFile, Output
from crawler.reprocessing.work import Chunk, chunks, input_files
from tests.reprocessing.foreign import Warc, article
from tests.running import scrapy


def archive(path: Path, numbers: range) -> Path:
    warc = Warc(path)
    for number in numbers:
        warc.answer(f"https://news.example/2024/ferry-{number}/", article(number))
    return warc.done()


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]


def read(output: Output, *files: Path, processes: int = 2) -> tuple[Tally, Job]:
    job = Job(JobOptions("run-1", processes), output)
    with output:
        return job.run([str(file) for file in files]), job


def test_lines_come_in_the_order_of_the_archives(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "chunks", lambda file, opener: chunks(file, opener=opener, size=1))
    files = [archive(tmp_path / "b.warc.gz", range(6)), archive(tmp_path / "a.warc", range(6, 12))]
    tally, _ = read(OneFile(str(tmp_path / "out.jsonl")), *files)
    assert (tally.pages, tally.items, tally.problem_count) == (12, 12, 0)
    urls = [line["url"] for line in lines(tmp_path / "out.jsonl")]
    assert urls == [f"https://news.example/2024/ferry-{number}/" for number in range(12)]


def test_a_page_that_was_archived_twice_is_one_line(tmp_path: Path) -> None:
    first, second = archive(tmp_path / "a.warc.gz", range(2)), archive(tmp_path / "b.warc.gz", range(1, 3))
    again = Warc(tmp_path / "c.warc.gz").answer("https://news.example/2024/ferry-1/?print=1", article(1)).done()
    tally, _ = read(OneFile(str(tmp_path / "out.jsonl")), first, second, again)
    assert (tally.pages, tally.items) == (5, 3)
    assert tally.dropped == {"duplicate of an earlier page": 2}


@pytest.mark.parametrize("kind", ["cut", "garbage", "no archive", "missing"])
def test_a_bad_file_is_reported_and_ends_nothing(tmp_path: Path, kind: str) -> None:
    bad, good = archive(tmp_path / "a.warc.gz", range(3)), archive(tmp_path / "b.warc.gz", range(3, 5))
    content = bad.read_bytes()
    if kind == "missing":
        bad.unlink()
    else:
        bad.write_bytes({"cut": content[:-20], "garbage": content + b"garbage", "no archive": b"PDF"}[kind])
    tally, _ = read(OneFile(str(tmp_path / "out.jsonl")), bad, good)
    assert tally.items == {"cut": 4, "garbage": 5, "no archive": 2, "missing": 2}[kind]
    assert tally.problem_count == 1
    assert str(bad) in tally.problems[0]


def test_a_file_that_is_one_gzip_member_is_named_with_its_remedy(tmp_path: Path) -> None:
    plain = archive(tmp_path / "plain.warc", range(3))
    whole = tmp_path / "whole.warc.gz"
    whole.write_bytes(gzip.compress(plain.read_bytes()))
    tally, _ = read(Nowhere(), whole)
    assert tally.problem_count == 1
    assert "warcio recompress" in tally.problems[0]


def deadly(chunk: Chunk, *, run_id: str, **_: object) -> Answer:
    """What reads a piece, and dies of the record at the byte that the run is called after."""
    answer = Answer()
    for span in chunk.spans:
        if span.start == int(run_id):
            os._exit(1)
        answer.tally.pages += 1
        answer.lines.append((b"{}\n", (span.start,), None))
    return answer


def test_a_page_that_brings_its_process_down_takes_no_other_with_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = archive(tmp_path / "a.warc.gz", range(4))
    (chunk,) = chunks(str(file))
    monkeypatch.setattr(jobs, "read_piece", deadly)
    tally = Job(JobOptions(str(chunk.spans[1].start), 2), Nowhere()).run([str(file)])
    assert (tally.pages, tally.items, tally.problem_count) == (3, 3, 1)
    assert f"byte {chunk.spans[1].start}" in tally.problems[0]


# outputs


def test_a_file_appears_whole_or_not_at_all(tmp_path: Path) -> None:
    output = OneFile(str(tmp_path / "out.jsonl"))
    with output:
        output.write("a.warc", b"{}\n")
        assert not (tmp_path / "out.jsonl").exists()
    assert (tmp_path / "out.jsonl").read_bytes() == b"{}\n"
    output.__enter__()
    output.__exit__(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert (tmp_path / "out.jsonl").read_bytes() == b"{}\n"


def test_a_folder_has_a_file_for_each_input_and_passes_over_what_is_done(tmp_path: Path) -> None:
    files = [archive(tmp_path / "a.warc.gz", range(2)), archive(tmp_path / "b.warc.gz", range(2, 4))]
    first, _ = read(FilePerInput(tmp_path / "out"), files[0])
    again, job = read(FilePerInput(tmp_path / "out"), *files)
    assert (first.items, again.items) == (2, 4)
    assert job.skipped == [str(files[0])]
    assert sorted(path.name for path in (tmp_path / "out").glob("*.jsonl")) == ["a.jsonl", "b.jsonl"]
    assert [len(lines(tmp_path / "out" / name)) for name in ("a.jsonl", "b.jsonl")] == [2, 2]


def test_what_could_not_be_opened_is_tried_again_and_what_was_damaged_is_told_again(tmp_path: Path) -> None:
    absent, damaged = tmp_path / "absent.warc.gz", archive(tmp_path / "damaged.warc.gz", range(2))
    damaged.write_bytes(damaged.read_bytes()[:-9])
    read(FilePerInput(tmp_path / "out"), absent, damaged)
    archive(absent, range(5, 7))
    tally, job = read(FilePerInput(tmp_path / "out"), absent, damaged)
    assert job.skipped == [str(damaged)]
    assert (tally.items, tally.problem_count) == (3, 1)


def test_two_inputs_of_one_name_are_refused(tmp_path: Path) -> None:
    for folder in ("x", "y"):
        (tmp_path / folder).mkdir()
        archive(tmp_path / folder / "a.warc.gz", range(1))
    with pytest.raises(ConfigurationError, match="one name"):
        input_files([str(tmp_path / "x"), str(tmp_path / "y")])
    with pytest.raises(ConfigurationError, match="no such"):
        input_files([str(tmp_path / "z")])
    assert input_files([str(tmp_path / "x"), "s3://bucket/b.warc.gz"])[1] == "s3://bucket/b.warc.gz"


# comparison


def earlier(path: Path, *items: dict[str, Any]) -> EarlierLines:
    path.write_text("".join(json.dumps(item) + "\n" for item in items), encoding="utf-8")
    return EarlierLines(path)


def item(number: int, **values: Any) -> dict[str, Any]:
    fields = {"url": f"https://a.example/{number}", "title": "One", "byline": None, "tags": ["a"], "run_id": "new"}
    return {"id": f"id{number}", "revision": 1, **fields, **values}


def test_what_changed_is_counted_by_field(tmp_path: Path) -> None:
    lines_ = earlier(
        tmp_path / "old.jsonl",
        item(1, run_id="old"), item(2, title="By Ada: One", byline="Ada"), item(3), item(4), item(5),
    )  # fmt: skip
    comparison = Comparison(lines_)
    for now in (item(1), item(2), item(3, byline="Ada"), item(6)):
        comparison.take(json.dumps(now).encode(), now["id"])
    comparison.take(None, "id4")
    report = comparison.report()
    lines_.close()
    assert (report["compared"], report["equal"], report["new"]["count"]) == (3, 1, 1)
    assert report["no_longer_articles"] == {"count": 1, "examples": ["https://a.example/4"]}
    assert report["not_in_these_archives"] == 1
    kinds = {name: (one["changed"], one["appeared"], one["vanished"]) for name, one in report["fields"].items()}
    assert kinds == {"byline": (0, 1, 1), "title": (1, 0, 0)}
    assert report["fields"]["title"]["examples"] == [
        {"url": "https://a.example/2", "kind": "changed", "before": "By Ada: One", "after": "One"}
    ]


def test_an_output_without_lines_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="no lines"):
        earlier(tmp_path / "old.jsonl")


# the command


def test_the_command_ends_with_the_partial_code_where_a_file_is_bad(tmp_path: Path) -> None:
    archive(tmp_path / "a.warc.gz", range(2))
    (tmp_path / "b.warc.gz").write_bytes(b"garbage")
    ended = scrapy("reprocess", "a.warc.gz", "b.warc.gz", cwd=tmp_path)
    assert ended.returncode == 3
    assert len(ended.stdout.splitlines()) == 2
    assert "b.warc.gz" in ended.stderr


def test_the_command_compares_and_says_so_as_table_and_json(tmp_path: Path) -> None:
    archive(tmp_path / "a.warc.gz", range(2))
    assert scrapy("reprocess", "a.warc.gz", "--output", "out.jsonl", cwd=tmp_path).returncode == 0
    changed = lines(tmp_path / "out.jsonl")
    changed[0]["byline"] = "By Somebody"
    (tmp_path / "old.jsonl").write_text("".join(json.dumps(line) + "\n" for line in changed), encoding="utf-8")
    table = scrapy("reprocess", "a.warc.gz", "--changed-against", "old.jsonl", cwd=tmp_path)
    assert "2 lines compared, 1 equal" in table.stdout
    assert "By Somebody" in table.stdout
    told = scrapy("reprocess", "a.warc.gz", "--changed-against", "old.jsonl", "--json", cwd=tmp_path)
    assert json.loads(told.stdout)["fields"]["byline"]["changed"] == 1


def test_the_command_needs_files_that_are_there(tmp_path: Path) -> None:
    assert scrapy("reprocess", cwd=tmp_path).returncode == 2
    assert scrapy("reprocess", "absent.warc.gz", cwd=tmp_path).returncode == 2
