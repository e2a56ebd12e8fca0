"""`python -m tools.show FOLDER`: where a crawl's items are, and what one of them looks like."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from rich.console import Console
from rich.text import Text

MAX_TEXT = 150
"""Characters of a text that are shown."""
MAX_ENTRIES = 3
"""Entries of a list, and files, that are shown."""


def show(folder: Path) -> None:
    """Print the newest file's first item, shortened, and the last files."""
    console = Console(highlight=False)
    files = sorted(folder.glob("*.jsonl"), key=lambda path: path.stat().st_mtime)
    if not files:
        console.print(Text(f"No items under {folder}/ yet; {folder}/reports/ says why."))
        return
    with files[-1].open(encoding="utf-8") as lines:
        item = json.loads(next(lines))
    for name, value in item.items():
        text = json.dumps(shortened(value), ensure_ascii=False)
        console.print(Text.assemble((f"{name}: ", "bold"), text), soft_wrap=True)
    console.print(Text("That is one item, long texts and lists cut. The last files:", style="bold"))
    for path in files[-MAX_ENTRIES:]:
        with path.open("rb") as lines:
            console.print(Text(f"  {path}: {sum(1 for _ in lines)} items"))


def shortened(value: object) -> object:
    """The value with every long text and list cut."""
    if isinstance(value, str):
        return value if len(value) <= MAX_TEXT else value[:MAX_TEXT].rstrip() + " …"
    if isinstance(value, list):
        return [shortened(entry) for entry in value[:MAX_ENTRIES]]
    if isinstance(value, dict):
        return {key: shortened(entry) for key, entry in value.items()}
    return value


if __name__ == "__main__":
    show(Path(sys.argv[1] if len(sys.argv) > 1 else "output"))
