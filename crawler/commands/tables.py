"""Rows for people: a table on a terminal, the same columns without frames elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Any

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from crawler.pipelines.text import clean_line

PLAIN_WIDTH = 250
"""Columns where the output is no terminal: wide enough to keep a row on its line."""


def print_rows(rows: Sequence[dict[str, Any]]) -> None:
    """Print rows with equal keys; says so where there is none."""
    terminal = sys.stdout.isatty()
    console = Console(width=None if terminal else PLAIN_WIDTH, highlight=False)
    if not rows:
        console.print("Nothing yet.")
        return
    table = Table(box=box.ROUNDED if terminal else None)
    for name in rows[0]:
        table.add_column(name, justify="right" if isinstance(rows[0][name], int | float) else "left")
    for row in rows:
        table.add_row(*(Text(_shown(value)) for value in row.values()))
    console.print(table)


def _shown(value: Any) -> str:
    return "–" if value is None else clean_line(str(value)) or ""
