"""Pages per core-second of `scrapy reprocess`: `reprocess.py CORPORA [--only NAME …] [--pages N] [--month PAGES]`.

Packs pages of the corpora into WARC files as Common Crawl's CC-NEWS has them, reads them again on one process and on
several, and says what a month of CC-NEWS would take. CPU time of all processes counts: wall time on a shared machine is
noise. The same job on a Ray cluster of this machine is measured where Ray is installed (`--ray`).
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "evaluation"), str(HERE.parent.parent)]

from corpora import Corpus, opened  # noqa: E402

from crawler.reprocessing.job import Job, JobOptions  # noqa: E402
from crawler.reprocessing.outputs import OneFile  # noqa: E402

MONTH = 11_700_000
"""Documents in a month of CC-NEWS: 11.5 to 11.7 million each in March, April and May 2024, as counted by the data set
maxidl/FineNews-unfiltered (Hugging Face), which is made of every page of these months."""
FILES = 4
"""WARC files that the pages are spread over."""


@dataclass(frozen=True)
class Figure:
    """One way to do the job."""

    name: str
    pages: int
    cpu: float | None
    """Seconds of all processes; None where they are not ours to count."""
    wall: float

    @property
    def rate(self) -> float | None:
        """Pages per core-second."""
        return self.pages / self.cpu if self.cpu else None

    def row(self) -> str:
        """A row of a Markdown table."""
        cpu, rate = (f"{value:.1f}" if value else "–" for value in (self.cpu, self.rate))
        return f"| {self.name} | {cpu} | {rate} | {self.wall:.1f} |\n"


def pack(corpora: list[Corpus], folder: Path, count: int) -> tuple[list[str], int, int]:
    """WARC files with the same pages every time; returns them, the bytes of the pages and how many they are."""
    pages = [
        (record["url"], corpus.folder / record["html_path"], corpus.page(record)[1])
        for corpus in corpora
        for record in corpus.records()
        if str(record.get("url") or "").startswith("http")
    ]
    random.Random(0).shuffle(pages)  # noqa: S311 - a sample, no secret
    chosen, size, files = pages[:count], 0, []
    for number in range(FILES):
        files.append(str(folder / f"{number}.warc.gz"))
        with Path(files[-1]).open("wb") as out:
            writer = WARCWriter(out, gzip=True)
            for url, path, headers in chosen[number::FILES]:
                size += path.stat().st_size
                add(writer, url, path.read_bytes(), headers.get("content-type", "text/html"))
    return files, size, len(chosen)


def add(writer: WARCWriter, url: str, body: bytes, kind: str) -> None:
    """One response record."""
    http = StatusAndHeaders("200 OK", [("Content-Type", kind)], protocol="HTTP/1.1")
    date = {"WARC-Date": "2026-01-15T12:00:00Z"}
    writer.write_record(
        writer.create_warc_record(
            url, "response", payload=BytesIO(body), length=len(body), http_headers=http, warc_headers_dict=date
        )
    )


def cpu() -> float:
    """CPU seconds of this process and of those that it has waited for."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in used)


def measured(files: list[str], processes: int, folder: Path) -> Figure:
    """The job on this machine."""
    began, started = cpu(), time.monotonic()
    with OneFile(str(folder / "out.jsonl")) as output:
        total = Job(JobOptions("bench", processes), output).run(files)
    return Figure(
        f"{processes} process{'es' if processes > 1 else ''}", total.pages, cpu() - began, time.monotonic() - started
    )


def on_ray(files: list[str], processes: int, folder: Path, pages: int) -> Figure:
    """The job as `--engine ray` does it; start and end of the cluster are in the wall time."""
    command = [sys.executable, "-m", "scrapy", "reprocess", *files, "--engine", "ray", "--processes", str(processes)]
    began = time.monotonic()
    environment = {**os.environ, "SCRAPY_SETTINGS_MODULE": "crawler.settings"}
    subprocess.run([*command, "--output", str(folder / "parquet")], check=True, env=environment, capture_output=True)
    return Figure(f"Ray, {processes} workers", pages, None, time.monotonic() - began)


def sizing(rate: float, month: int) -> str:
    """The arithmetic of a month, as rows of a Markdown table."""
    core_hours = month / rate / 3600
    rows = [f"{month:,} pages / {rate:.1f} pages per core-second / 3,600 = {core_hours:,.0f} core-hours", ""]
    rows += ["| cores | hours for a month of CC-NEWS |", "| ---: | ---: |"]
    rows += [f"| {cores} | {core_hours / cores:,.1f} |" for cores in (2, 8, 32, 128, 512)]
    return "\n".join(rows)


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--only", nargs="*", default=())
    parser.add_argument("--pages", type=int, default=1000)
    parser.add_argument("--month", type=int, default=MONTH)
    parser.add_argument("--processes", type=int, nargs="*", default=[1, os.cpu_count() or 1])
    parser.add_argument("--ray", action="store_true", help="also on a Ray cluster of this machine")
    options = parser.parse_args()
    with opened(options.corpora, tuple(options.only)) as corpora, tempfile.TemporaryDirectory() as scratch:
        files, size, pages = pack(corpora, Path(scratch), options.pages)
        figures = [measured(files, processes, Path(scratch)) for processes in options.processes]
        if options.ray:
            figures.append(on_ray(files, options.processes[-1], Path(scratch), pages))
    sys.stdout.write(f"{pages} pages, {size / pages / 1000:.0f} kB each\n\n")
    sys.stdout.write("| | CPU s | pages per core-second | wall s |\n| --- | ---: | ---: | ---: |\n")
    sys.stdout.writelines(figure.row() for figure in figures)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    sys.stdout.write(f"\npeak of a process: {peak:.0f} MiB\n\n{sizing(figures[0].rate or 1.0, options.month)}\n")


if __name__ == "__main__":
    main()
