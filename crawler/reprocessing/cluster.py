"""A job over many WARC files on a Ray cluster: one task for each file, Parquet out. Needs `ray[data]`."""

from __future__ import annotations

import os
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import Any

try:
    import ray
    import ray.data
except ImportError as missing:  # pragma: no cover - where it is not installed
    from crawler.errors import ConfigurationError

    raise ConfigurationError("--engine ray: install it, as in: pip install 'publication-crawler[cluster]'") from missing

from crawler.reprocessing.job import Job, JobOptions
from crawler.reprocessing.manifest import Tally
from crawler.reprocessing.parquet import ParquetPerInput, on_this_machine


def read_input(row: dict[str, Any], run_id: str, folder: str) -> dict[str, Any]:
    """A task: one input into its Parquet file and manifest. Never raises: what goes wrong is in the tally."""
    file = str(row["file"])
    try:
        with on_this_machine(file) as opener, ParquetPerInput(folder) as output:
            # A process of its own reads the pages, so that a page that kills it costs a page and not the task.
            options = JobOptions(run_id, opener=opener, start_method="forkserver")
            tally = Job(options, output).run([file])
    except Exception as error:  # noqa: BLE001 - the edge of one file: it is reported, the others go on
        tally = Tally()
        tally.problem(f"{file}: {type(error).__name__}: {error}")
    return {"file": file, "tally": tally.as_json(), "worker": f"{os.uname().nodename}:{os.getpid()}"}


class ClusterJob:
    """Hands the inputs that are not done to the cluster's workers."""

    def __init__(self, run_id: str, *, folder: str, address: str | None, processes: int) -> None:
        self._run_id = run_id
        self._folder = _everywhere(folder)
        self._address = address
        self._processes = processes
        self.skipped = 0
        """Inputs that were done already."""
        self.workers: set[str] = set()
        """Worker processes that took part."""

    def run(self, files: Iterable[str]) -> Tally:
        """Read the inputs; returns what all came to, those that were done before included."""
        total, left = Tally(), []
        output = ParquetPerInput(self._folder)
        for file in map(_everywhere, files):
            done = output.done(file)
            total.add(done or Tally())
            left += [] if done else [file]
            self.skipped += bool(done)
        if left:
            self._start()
            for row in self._answers(left):
                total.add(Tally.from_json(row["tally"]))
                self.workers.add(row["worker"])
        return total

    def _start(self) -> None:
        if self._address or os.environ.get("RAY_ADDRESS"):
            ray.init(address=self._address, log_to_driver=False)
        else:
            ray.init(num_cpus=self._processes, include_dashboard=False, log_to_driver=False)
        ray.data.DataContext.get_current().enable_progress_bars = False

    def _answers(self, files: list[str]) -> Iterable[dict[str, Any]]:
        inputs = ray.data.from_items([{"file": file} for file in files], override_num_blocks=len(files))
        read = partial(read_input, run_id=self._run_id, folder=self._folder)
        answers: Iterable[dict[str, Any]] = inputs.map(read, num_cpus=1).iter_rows()
        return answers


def _everywhere(name: str) -> str:
    """A name that means the same on every machine: workers do not run in the folder of the command."""
    return name if "://" in name else str(Path(name).absolute())
