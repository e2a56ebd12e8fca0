"""Why an item is as it is: every choice of a reading as data, and as tables for a reader."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from crawler.extraction.evidence import Candidate, Choice
from crawler.extraction.reading import Reading
from crawler.json_lines import encode_line
from crawler.pipelines.text import clean_line

MAX_CELL = 200
"""Characters of a value that a table shows; `--json` has all."""
PLAIN_WIDTH = 160
"""Columns where the output is no terminal."""


def explanation(reading: Reading) -> dict[str, Any]:
    """Everything that was considered: page type, body blocks with labels, and per field value, source and rivals."""
    article = reading.article
    return {
        "url": article.url,
        "page_type": {"value": article.page_type, "reason": article.page_type_reason},
        "fields": {name: _field(choice) for name, choice in reading.choices.items()},
        "body": {
            "source": reading.body.source,
            "words": article.word_count,
            "complete": article.body_complete,
            "reason": article.body_complete_reason,
            "blocks": [
                {"kept": block.is_body, "label": block.label, "score": round(block.score, 3), "text": block.text}
                for block in reading.body.blocks
            ],
        },
    }


def _field(choice: Choice[Any]) -> dict[str, Any]:
    return {
        "value": _plain(choice.value),
        "from": asdict(choice.winner.evidence()) if choice.winner else None,
        "reason": choice.reason,
        "rivals": [_rival(rival) for rival in choice.rivals],
    }


def _rival(rival: Candidate[Any]) -> dict[str, Any]:
    return {"value": _plain(rival.value), **asdict(rival.evidence())}


def _plain(value: Any) -> Any:
    """The value as JSON has it."""
    return json.loads(encode_line(value))


def show_explanation(found: dict[str, Any], console: Console) -> None:
    """Print what `explanation` returned: tables on a terminal, the same columns without frames elsewhere."""
    page_type = found["page_type"]
    console.print(_text(found["url"]), soft_wrap=True)
    console.print(_text(f"{page_type['value']}: {page_type['reason'] or 'no reason given'}"), soft_wrap=True)
    console.print(_fields(found["fields"], console))
    console.print(_blocks(found["body"], console))


def show_fate(fate: dict[str, Any], console: Console) -> None:
    """Print what `crawler.commands.fate.fate_of` returned."""
    console.print(_text(f"frontier: {fate['verdict']}"), soft_wrap=True)
    for name, text in fate["facts"].items():
        console.print(_text(f"{name}: {text}"), soft_wrap=True)


def _fields(fields: dict[str, Any], console: Console) -> Table:
    table = _table(console, "Field", "Value", "Found in", "Instead of")
    for name, field in fields.items():
        origin = field["from"]
        value = _text(_shown(field["value"])) if origin else _text(field["reason"] or "nothing found", "dim")
        rivals = "\n".join(f"{_shown(rival['value'])} ({_origin(rival)})" for rival in field["rivals"])
        where = "\n".join(filter(None, [_origin(origin) if origin else None, field["reason"] if origin else None]))
        table.add_row(_text(name, "bold"), value, _text(where, ""), _text(rivals, "dim"))
    return table


def _blocks(body: dict[str, Any], console: Console) -> Table:
    complete = {True: "whole", False: "not whole", None: "whole or not cannot be told"}[body["complete"]]
    reason = f" ({body['reason']})" if body["reason"] else ""
    table = _table(
        console, "", "Block", "Score", f"Text: {body['words'] or 0} words from {body['source']}, {complete}{reason}"
    )
    for block in body["blocks"]:
        style = "" if block["kept"] else "dim"
        kept = "keep" if block["kept"] else "drop"
        table.add_row(kept, _text(block["label"]), f"{block['score']:.2f}", _text(_shown(block["text"])), style=style)
    return table


def _table(console: Console, *columns: str) -> Table:
    frame = box.ROUNDED if console.is_terminal else None
    table = Table(box=frame, expand=console.is_terminal, show_lines=console.is_terminal)
    for column in columns:
        table.add_column(_text(column), overflow="fold")
    return table


def _origin(evidence: dict[str, Any]) -> str:
    return f"{evidence['source']} {evidence['where']}, {evidence['level']}"


def _shown(value: Any) -> str:
    """A value for a cell: its main attribute, shortened."""
    if isinstance(value, list):
        text = "; ".join(_shown(entry) for entry in value)
    elif isinstance(value, dict):
        text = str(next((value[key] for key in ("name", "title", "iso", "url") if value.get(key)), value))
    else:
        text = "–" if value is None else str(value)
    return text if len(text) <= MAX_CELL else text[: MAX_CELL - 1].rstrip() + "…"


def _text(value: str, style: str = "") -> Text:
    """Text without markup, and without characters that would steer the terminal: it comes from a page."""
    return Text("\n".join(clean_line(line) or "" for line in value.split("\n")), style=style)
