"""The files of a run's report: JSON for programs, HTML for people."""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from crawler.reports.web_page import html_of

logger = logging.getLogger(__name__)


def write_reports(folder: Path, report: Mapping[str, Any]) -> None:
    """Write `<run>.json` and `<run>.html`, each whole or not at all; what keeps one from being written is logged."""
    run_id = report["run_id"]
    _write(folder / f"{run_id}.json", lambda: json.dumps(report, ensure_ascii=False, indent=2))
    _write(folder / f"{run_id}.html", lambda: html_of(report))


def _write(path: Path, make: Callable[[], str]) -> None:
    part = path.with_name(f".{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with part.open("w", encoding="utf-8", errors="backslashreplace") as file:
            file.write(make())
            file.flush()
            os.fsync(file.fileno())
        part.rename(path)
    except OSError as error:
        logger.error("%s: the report cannot be written: %s", path, error.strerror)  # noqa: TRY400 - names the file
