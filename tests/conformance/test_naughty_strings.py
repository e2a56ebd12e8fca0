"""The big list of naughty strings through page, extraction, cleaning and export: one item, one line, one record."""

from __future__ import annotations

import csv
import html
import io
import json
from dataclasses import asdict
from urllib.parse import quote

from crawler.commands.pages import item_of
from crawler.exporters.csv import FORMULA, SafeCsvItemExporter
from crawler.extraction import extract
from crawler.items import Article, Author
from crawler.json_lines import encode_line
from crawler.page import Page
from crawler.publication_values import slug_of
from crawler.visible import log_entry

PARAGRAPH = "<p>The harbour was quiet that evening, and nobody expected the ferry to come in before the storm.</p>"


def page(text: str) -> Page:
    shown = html.escape(text)
    body = (
        f"<!doctype html><html lang=en><head><title>{shown}</title></head><body><article><h1>{shown}</h1>"
        f"<p class=byline>By <a rel=author href='/a'>{shown}</a></p>{PARAGRAPH * 5}<p>{shown}</p></article>"
    )
    return Page(body.encode("utf-8", "replace"), f"https://example.org/2024/{quote(text, errors='replace')}", {})


def naughty(suite) -> list[str]:
    return json.loads((suite("blns") / "blns.json").read_text(encoding="utf-8"))


def test_every_string_gives_one_item_and_one_line(suite):
    for text in naughty(suite):
        item = item_of(page(text))
        line = encode_line(item)
        assert line.count(b"\n") == 1
        assert len(line.decode().splitlines()) == 1
        assert json.loads(line)["url"] == item.url
        assert "harbour was quiet" in (item.body or "")


def test_every_string_is_one_record_of_csv_that_no_spreadsheet_runs(suite):
    items = [
        Article("https://e.org/", title=text, byline=text, body=text, authors=[Author(text)]) for text in naughty(suite)
    ]
    file = io.BytesIO()
    exporter = SafeCsvItemExporter(file)
    exporter.start_exporting()
    for item in items:
        exporter.export_item(item)
    exporter.finish_exporting()
    rows = list(csv.DictReader(io.StringIO(file.getvalue().decode(), newline="")))
    assert len(rows) == len(items)
    assert not any(cell.startswith(FORMULA) for row in rows for cell in row.values())


def test_every_string_is_one_entry_of_the_log_and_a_file_name_of_letters(suite):
    for text in naughty(suite):
        assert "\x1b" not in log_entry(text)
        assert set(slug_of(text)) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")


def test_the_same_page_gives_the_same_item_twice(suite):
    for text in naughty(suite)[::25]:
        assert asdict(extract(page(text))) == asdict(extract(page(text)))
