"""Rows for people: a table on a terminal, the same columns without frames elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Any, TextIO

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from crawler.pipelines.text import clean_line

PLAIN_WIDTH = 250
"""Columns where the output is no terminal: wide enough to keep a row on its line."""
NARROW = 100
"""Columns of a terminal below which frames would take the room that the values need."""


def console_for(stream: TextIO) -> Console:
    """A console as wide as the terminal; wide, and without colours, where it is none. NO_COLOR is obeyed."""
    return Console(file=stream, width=None if stream.isatty() else PLAIN_WIDTH, highlight=False)


def print_rows(rows: Sequence[dict[str, Any]]) -> None:
    """Print rows with equal keys; says so where there is none."""
    console = console_for(sys.stdout)
    if not rows:
        console.print("Nothing yet.")
        return
    framed = console.is_terminal and console.width >= NARROW
    table = Table(box=box.ROUNDED if framed else None, pad_edge=framed)
    for name in rows[0]:
        is_number = any(isinstance(row[name], int | float) for row in rows)
        table.add_column(name, justify="right" if is_number else "left", overflow="fold")
    for row in rows:
        table.add_row(*(Text(_shown(value)) for value in row.values()))
    console.print(table)


def _shown(value: Any) -> str:
    return "–" if value is None else clean_line(str(value)) or ""
