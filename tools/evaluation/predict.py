"""Extract the pages of a development corpus, in parallel: `python tools/evaluation/predict.py CORPUS… --output FOLDER`.

CORPUS is a folder with `pages.jsonl` (`id`, `url`, `html_path`, optional `encoding`). Writes FOLDER/<corpus>.jsonl in
the form that the scorer of the corpora reads.
"""

from __future__ import annotations

import argparse
import json
import sys
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any

from crawler.extraction import extract
from crawler.page import Page


def read(record: dict[str, Any], folder: Path) -> dict[str, Any]:
    """The prediction for one record, under the scorer's names; the error's text where extraction raised."""
    headers = {"content-type": f"text/html; charset={record['encoding']}"} if record.get("encoding") else {}
    body = (folder / record["html_path"]).read_bytes()
    try:
        item = asdict(extract(Page(body, record["url"], headers)))
    except Exception as error:  # noqa: BLE001 - the failing page is named in the output and the run goes on
        return {"id": record["id"], "error": repr(error)}
    image = item["images"][0]["url"] if item["images"] else None
    return {**item, "id": record["id"], "lang": item["language"], "image": image}


def predict(corpus: Path, output: Path) -> int:
    """Write the corpus' predictions; returns how many pages failed."""
    with (corpus / "pages.jsonl").open(encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines if line.strip()]
    failed = 0
    with ProcessPoolExecutor() as pool, (output / f"{corpus.name}.jsonl").open("w", encoding="utf-8") as out:
        for item in pool.map(partial(read, folder=corpus), records, chunksize=8):
            failed += "error" in item
            out.write(json.dumps(item, ensure_ascii=False) + "\n")
    return failed


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpora", nargs="+", type=Path)
    parser.add_argument("--output", type=Path, required=True)
    options = parser.parse_args()
    options.output.mkdir(parents=True, exist_ok=True)
    for corpus in options.corpora:
        failed = predict(corpus, options.output)
        sys.stderr.write(f"{corpus.name}: {failed} pages failed\n")


if __name__ == "__main__":
    main()
