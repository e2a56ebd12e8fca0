import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.exporters.csv import FORMULA, SafeCsvItemExporter, neutralised
from crawler.items import Article, Author


def exported(*items):
    file = io.BytesIO()
    exporter = SafeCsvItemExporter(file)
    exporter.start_exporting()
    for item in items:
        exporter.export_item(item)
    exporter.finish_exporting()
    return list(csv.DictReader(io.StringIO(file.getvalue().decode(), newline="")))


@pytest.mark.parametrize(
    "cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1", '=HYPERLINK("http://x")']
)
def test_a_cell_that_begins_like_a_formula_is_text(cell):
    assert neutralised(cell) == f"'{cell}"


def test_other_cells_and_numbers_stay():
    row = exported(Article(url="https://e.org/", title="Up 5 = good", word_count=-3))[0]
    assert (row["title"], row["word_count"]) == ("Up 5 = good", "-3")


def test_structured_values_are_json_and_records_keep_their_lines():
    rows = exported(
        Article(url="https://e.org/1", authors=[Author("=cmd|' /C calc'!A0")], body='a\n"quoted", b\r\nc'),
        Article(url="https://e.org/2"),
    )
    assert len(rows) == 2
    assert rows[0]["authors"].startswith('[{"name":"=cmd')
    assert rows[0]["body"] == 'a\n"quoted", b\r\nc'


@given(st.text())
def test_any_text_is_one_cell_that_no_spreadsheet_runs(text):
    rows = exported(Article(url="https://e.org/", title=text, body=text))
    assert len(rows) == 1
    assert not rows[0]["title"].startswith(FORMULA)
