"""Read the pages of corpora with one extractor: `predict.py CORPORA… --output FOLDER [--tool NAME] [--only NAME …]`.

CORPORA is a folder of corpora (see `corpora.py`). Writes FOLDER/<corpus>.jsonl, one object a page with its `id`.
"""

from __future__ import annotations

import argparse
import functools
import json
import signal
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

from corpora import Corpus, opened
from readers import READERS, Reader

SECONDS = 60
"""A page that takes longer counts as failed: some peers do not come back from a few of them."""


@functools.cache
def _reader(tool: str) -> Reader:
    return READERS[tool]()


def _give_up(_signal: int, _frame: object) -> None:
    message = f"no answer within {SECONDS} s"
    raise TimeoutError(message)


def read(record: dict[str, Any], *, corpus: Corpus, tool: str) -> dict[str, Any]:
    """The prediction for one record; the error's text where the extractor raised."""
    body, headers = corpus.page(record)
    signal.signal(signal.SIGALRM, _give_up)
    signal.alarm(SECONDS)
    try:
        item = _reader(tool)(body, record["url"], headers)
    except Exception as error:  # noqa: BLE001 - a page that an extractor fails on is named in the output and counted
        return {"id": record["id"], "error": repr(error)}
    finally:
        signal.alarm(0)
    return {**item, "id": record["id"]}


def predictions(corpus: Corpus, tool: str, processes: int | None = None) -> Iterator[dict[str, Any]]:
    """One prediction a record, in the corpus' order."""
    with ProcessPoolExecutor(processes) as pool:
        yield from pool.map(partial(read, corpus=corpus, tool=tool), corpus.records(), chunksize=8)


def write(corpus: Corpus, tool: str, file: Path) -> int:
    """Write a corpus' predictions; returns how many pages failed."""
    failed = 0
    with file.open("w", encoding="utf-8") as out:
        for item in predictions(corpus, tool):
            failed += "error" in item
            out.write(json.dumps(item, ensure_ascii=False) + "\n")
    return failed


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpora", type=Path, nargs="+")
    parser.add_argument("--output", type=Path, required=True)
    parser.add_argument("--tool", choices=READERS, default="crawler")
    parser.add_argument("--only", nargs="*", default=())
    options = parser.parse_args()
    options.output.mkdir(parents=True, exist_ok=True)
    for place in options.corpora:
        with opened(place, tuple(options.only)) as corpora:
            for corpus in corpora:
                failed = write(corpus, options.tool, options.output / f"{corpus.name}.jsonl")
                sys.stderr.write(f"{corpus.name}: {failed} pages failed\n")


if __name__ == "__main__":
    main()
