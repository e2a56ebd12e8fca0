"""CSV for Scrapy's feed exports in which no cell is taken for a formula."""

from __future__ import annotations

import dataclasses
from typing import Any

from scrapy.exporters import CsvItemExporter

from crawler.json_lines import encode_line

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What spreadsheets take for the beginning of a formula, full-width forms included (OWASP, "CSV Injection")."""


class SafeCsvItemExporter(CsvItemExporter):
    """Scrapy's exporter; cells that begin like a formula get an apostrophe in front, structured values are JSON."""

    def serialize_field(self, field: Any, name: str, value: Any) -> Any:
        """The cell of a value."""
        if isinstance(value, (dict, list, tuple)) or dataclasses.is_dataclass(value):
            value = encode_line(value).decode().rstrip("\n") if value else ""
        cell = super().serialize_field(field, name, value)
        return neutralised(cell) if isinstance(cell, str) else cell


def neutralised(cell: str) -> str:
    """The text of a cell that no spreadsheet evaluates, without NUL and without lone surrogates."""
    cell = cell.replace("\0", "").encode("utf-8", "replace").decode()
    return f"'{cell}" if cell.lstrip(" \u00a0\u200b\ufeff").startswith(FORMULA) else cell
