"""Score the extractor on development corpora: `evaluate.py CORPORA [--only NAME …] [--update-floors] [--docs]`.

Prints, for every corpus and measure, our score beside the peers' (`peers.json`, made by `--tool NAME`), and fails when
a score falls below its floor (`floors.json`, pinned to the corpus' digest). `--docs` rewrites the table of
`docs/quality.md`. `--nameless` replaces all class names and ids by hashes and prints what is left: how far readers hold
on a theme that nobody knows. The peers' scores beside it are those of the pages as they are.
"""

from __future__ import annotations

import argparse
import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from corpora import Corpus, opened
from metrics import measure
from predict import predictions
from readers import READERS

HERE = Path(__file__).parent
FLOORS = HERE / "floors.json"
PEERS = HERE / "peers.json"
QUALITY = HERE.parent.parent / "docs" / "quality.md"
MARKS = ("<!-- scores -->", "<!-- end of scores -->")
TOLERANCE = 0.0005
"""Floors are rounded to three digits."""

Scores = dict[str, dict[str, Any]]


def score(corpus: Corpus, tool: str) -> Scores:
    """Measure → value and number of pages, for one corpus. Of `wcxb` only article pages are scored."""
    records = [record for record in corpus.records() if record.get("page_type", "article") == "article"]
    items = {item["id"]: item for item in predictions(corpus, tool)}
    found = measure(records, items)
    return {name: {"value": round(value.value, 4), "pages": value.pages} for name, value in found.items()}


def load(file: Path) -> dict[str, Any]:
    """A JSON file's object, empty where there is no file."""
    return json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}


def save(file: Path, content: dict[str, Any]) -> None:
    """Write a JSON file in a form that diffs well."""
    file.write_text(json.dumps(content, indent=1, sort_keys=True, ensure_ascii=False) + "\n", encoding="utf-8")


def below(floors: dict[str, Any], corpus: Corpus, scores: Scores) -> list[str]:
    """What fell below its floor; floors of another edition of the corpus say so and do not judge."""
    pinned = floors.get(corpus.name, {})
    if pinned and pinned["digest"] != corpus.digest():
        return [f"{corpus.name}: floors are pinned to another edition ({pinned['digest']}); pin them anew"]
    return [
        f"{corpus.name}: {name} is {scores[name]['value'] if name in scores else 'missing'}, its floor is {floor}"
        for name, floor in pinned.get("floors", {}).items()
        if name not in scores or scores[name]["value"] < floor - TOLERANCE
    ]


def rows(name: str, scores: Scores, peers: dict[str, Any]) -> list[list[str]]:
    """Table rows of one corpus: measure, pages, ours, each peer."""
    table = []
    for measure_name, ours in scores.items():
        theirs = (peers.get(tool, {}).get(name, {}).get(measure_name) for tool in sorted(peers))
        cells = [f"{entry['value']:.3f}" if entry else "–" for entry in theirs]
        table.append([name, measure_name, str(ours["pages"]), f"{ours['value']:.3f}", *cells])
    return table


def markdown(table: list[list[str]], peers: dict[str, Any]) -> str:
    """The table as Markdown."""
    head = ["corpus", "measure", "pages", "this project", *sorted(peers)]
    lines = [head, ["---", "---", "--:", "--:", *("--:" for _ in peers)], *table]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def write_docs(table: str) -> None:
    """Replace the table between the marks of docs/quality.md."""
    text = QUALITY.read_text(encoding="utf-8")
    before, rest = text.split(MARKS[0])
    after = rest.split(MARKS[1])[1]
    today = datetime.now(UTC).date().isoformat()
    QUALITY.write_text(f"{before}{MARKS[0]}\nMeasured on {today}.\n\n{table}\n{MARKS[1]}{after}", encoding="utf-8")


def run(options: argparse.Namespace) -> int:
    """Score, print, compare with the floors; the exit status."""
    floors, peers, table, failures = load(FLOORS), load(PEERS), [], []
    with opened(options.corpora, tuple(options.only), nameless=options.nameless) as corpora:
        for corpus in corpora:
            scores = score(corpus, options.tool)
            if options.tool != "crawler":
                peers.setdefault(options.tool, {})[corpus.name] = scores
                save(PEERS, peers)
                continue
            table += rows(corpus.name, scores, peers)
            failures += below(floors, corpus, scores)
            pins = {name: int(entry["value"] * 1000) / 1000 for name, entry in scores.items()}
            floors[corpus.name] = {"digest": corpus.digest(), "floors": pins}
    if options.tool != "crawler":
        return 0
    if options.nameless:
        sys.stdout.write(markdown(table, peers) + "\n")
        return 0
    return conclude(options, (floors, peers), table, failures)


def conclude(options: argparse.Namespace, known: tuple[Any, Any], table: list[list[str]], failures: list[str]) -> int:
    """Print the table, write what was asked for, name what fell below a floor."""
    floors, peers = known
    text = markdown(table, peers)
    sys.stdout.write(text + "\n")
    if options.docs:
        write_docs(text)
    if options.update_floors:
        save(FLOORS, floors)
        return 0
    sys.stderr.write("".join(f"below its floor: {failure}\n" for failure in failures))
    return 1 if failures else 0


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--only", nargs="*", default=())
    parser.add_argument("--tool", choices=READERS, default="crawler")
    parser.add_argument("--update-floors", action="store_true")
    parser.add_argument("--docs", action="store_true")
    parser.add_argument("--nameless", action="store_true")
    options = parser.parse_args()
    if options.nameless and (options.tool != "crawler" or options.update_floors or options.docs):
        parser.error("--nameless goes with none of --tool, --update-floors and --docs: its scores are no reference")
    sys.exit(run(options))


if __name__ == "__main__":
    main()
