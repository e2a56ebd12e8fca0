"""Milliseconds a page, side by side: `extraction.py CORPORA [--only NAME …] [--pages N] [--peers PYTHON]`.

Every page is read by every extractor in turn within one run, and its bytes are parsed by bare lxml beside each reading,
so that the ratios hold on a noisy machine. Peers run in a worker of their own environment (`--peers`, the interpreter
that has them); each worker measures its own lxml parse. Memory is each worker's peak.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import subprocess
import sys
import time
from pathlib import Path
from statistics import median
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "evaluation"))

from corpora import Corpus, opened  # noqa: E402
from readers import READERS  # noqa: E402

REPEATS = 3
"""Readings of a page, of which the quickest counts: the rest is the machine's noise."""


def cpu(work: Any) -> float:
    """CPU milliseconds of the quickest of a few calls."""
    best = float("inf")
    for _ in range(REPEATS):
        start = time.process_time()
        work()
        best = min(best, time.process_time() - start)
    return best * 1000


def serve(tool: str) -> None:
    """Worker: for each JSON line (path, url, headers) answer with the milliseconds of parse and reading."""
    from lxml import etree

    read = READERS[tool]()
    for line in sys.stdin:
        task = json.loads(line)
        body = Path(task["path"]).read_bytes()
        parse = cpu(lambda body=body: etree.fromstring(body, etree.HTMLParser()))
        try:
            took = cpu(lambda body=body, task=task: read(body, task["url"], task["headers"]))
        except Exception as error:  # noqa: BLE001 - a page that a peer fails on is left out of its figures, and counted
            took, task["error"] = None, repr(error)
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        sys.stdout.write(json.dumps({"parse": parse, "read": took, "memory": memory}) + "\n")
        sys.stdout.flush()


def worker(python: str, tool: str) -> subprocess.Popen[str]:
    """A worker process for one extractor."""
    command = [python, __file__, "--serve", tool]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def ask(process: subprocess.Popen[str], task: dict[str, Any]) -> dict[str, Any]:
    """One page's figures from a worker."""
    assert process.stdin is not None  # noqa: S101 - both were asked for as pipes
    assert process.stdout is not None  # noqa: S101
    process.stdin.write(json.dumps(task) + "\n")
    process.stdin.flush()
    answer: dict[str, Any] = json.loads(process.stdout.readline())
    return answer


def sample(corpora: list[Corpus], count: int) -> list[dict[str, Any]]:
    """The same pages every time, drawn from all corpora."""
    tasks = []
    for corpus in corpora:
        for record in corpus.records():
            headers = corpus.page(record)[1]
            tasks.append({"path": str(corpus.folder / record["html_path"]), "url": record["url"], "headers": headers})
    random.Random(0).shuffle(tasks)  # noqa: S311 - a sample, no secret
    return tasks[:count]


def report(figures: dict[str, list[dict[str, Any]]]) -> str:
    """One line an extractor."""
    lines = [f"{'':18}{'ms a page':>10}{'median':>9}{'× parse':>9}{'failed':>8}{'peak MiB':>10}"]
    for tool, answers in figures.items():
        done = [answer for answer in answers if answer["read"] is not None]
        total, parse = sum(a["read"] for a in done), sum(a["parse"] for a in done)
        middle, peak = median(a["read"] for a in done), max(a["memory"] for a in answers)
        mean, ratio, failed = total / len(done), total / parse, len(answers) - len(done)
        lines.append(f"{tool:18}{mean:10.2f}{middle:9.2f}{ratio:9.1f}{failed:8}{peak:10.0f}")
    parses = [answer["parse"] for answer in next(iter(figures.values()))]
    lines.insert(1, f"{'bare lxml parse':18}{sum(parses) / len(parses):10.2f}{median(parses):9.2f}{1:9.1f}")
    return "\n".join(lines)


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpora", type=Path, nargs="?")
    parser.add_argument("--only", nargs="*", default=())
    parser.add_argument("--pages", type=int, default=200)
    parser.add_argument("--peers", help="Python interpreter of the environment that has the peers")
    parser.add_argument("--serve", choices=READERS, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.serve:
        serve(options.serve)
        return
    if options.corpora is None:
        parser.error("name the corpora's folder")
    pythons = {tool: options.peers for tool in READERS if tool != "crawler"} if options.peers else {}
    workers = {tool: worker(python, tool) for tool, python in {"crawler": sys.executable, **pythons}.items()}
    with opened(options.corpora, tuple(options.only)) as corpora:
        tasks = sample(corpora, options.pages)
        figures = {tool: [] for tool in workers}
        for task in tasks:
            for tool, process in workers.items():
                figures[tool].append(ask(process, task))
    sys.stdout.write(f"{len(tasks)} pages, CPU time, quickest of {REPEATS} readings\n{report(figures)}\n")


if __name__ == "__main__":
    main()
