"""`scrapy`, in a process that kills itself at a given moment: `python -m tests.killed MOMENT crawl articles …`."""

from __future__ import annotations

import os
import pathlib
import signal
import sys
from collections.abc import Callable
from typing import Any

from scrapy.cmdline import execute

from crawler.frontier.sql import SqlStore
from crawler.pipelines.output_files import OutputFile

MOMENTS: dict[str, tuple[type, str, int]] = {
    "line": (OutputFile, "append", 5),
    "sync": (OutputFile, "sync", 1),
    "commit": (SqlStore, "settle", 6),
    "rename": (pathlib.Path, "rename", 1),
}
"""Moment → the operation after whose n-th call the process is gone."""


def dying_after(operation: Callable[..., Any], calls: int) -> Callable[..., Any]:
    """The operation, which takes the process with it at its n-th call."""
    left = [calls]

    def wrapped(*arguments: Any, **named: Any) -> Any:
        result = operation(*arguments, **named)
        left[0] -= 1
        if left[0] == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return result

    return wrapped


if __name__ == "__main__":
    owner, name, calls = MOMENTS[sys.argv.pop(1)]
    setattr(owner, name, dying_after(getattr(owner, name), calls))
    execute()
