"""The last run as metrics for Prometheus: a file for node_exporter's textfile collector."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from prometheus_client import write_to_textfile
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from crawler.reports.verdict import EXITS, Verdict

PREFIX = "publication_crawler_"
OUTCOMES = ("new", "updated", "unchanged", "listed", "gone", "missing", "rejected", "skipped", "blocked", "failed")
"""Outcomes with a sample for every publication, zero or not: a series that comes and goes cannot be alerted on."""

logger = logging.getLogger(__name__)

Sample = tuple[Sequence[str], float]
"""Values of the labels, and the number."""


class RunMetrics(Collector):
    """The metrics of a report. All are gauges: each tells of one run, nothing adds up over runs."""

    def __init__(self, report: Mapping[str, Any]) -> None:
        self._report = report

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Called by the library when it writes."""
        report = self._report
        for name, text, value in (
            ("run_exit_code", "Exit code of the last run (0: done).", report["exit_code"]),
            ("run_started_timestamp_seconds", "When the last run began.", _unix(report["started"])),
            ("run_finished_timestamp_seconds", "When the last run ended.", _unix(report["finished"])),
            ("run_duration_seconds", "How long the last run took.", report["seconds"]),
        ):
            yield GaugeMetricFamily(PREFIX + name, text, value=value)
        publications: Mapping[str, Mapping[str, Any]] = report["publications"]
        yield from _of_publications(publications)


def _of_publications(publications: Mapping[str, Mapping[str, Any]]) -> Iterator[GaugeMetricFamily]:
    for name, text, labels, samples_of in FAMILIES:
        family = GaugeMetricFamily(f"{PREFIX}publication_{name}", text, labels=("publication", *labels))
        for slug, report in publications.items():
            for values, number in samples_of(report):
                family.add_metric((slug, *values), number)
        yield family


def _coverage(report: Mapping[str, Any]) -> Iterator[Sample]:
    return (((name,), count / report["items"]) for name, count in report["filled"].items())


def _outcomes(report: Mapping[str, Any]) -> Iterator[Sample]:
    return (((outcome,), report["outcomes"].get(outcome, 0)) for outcome in OUTCOMES)


def _drifts(report: Mapping[str, Any]) -> Iterator[Sample]:
    return (((drift["measure"],), _unix(drift["since"])) for drift in report["drift"])


def _median_words(report: Mapping[str, Any]) -> Iterator[Sample]:
    return (((), words) for words in (report["median_words"],) if words is not None)


FAMILIES: tuple[tuple[str, str, Sequence[str], Callable[[Mapping[str, Any]], Iterable[Sample]]], ...] = (
    ("exit_code", "Exit code of the publication's own verdict.", (),
     lambda report: [((), EXITS[Verdict(report["verdict"])].code)]),
    ("articles", "Articles written so far, in all runs.", (), lambda report: [((), report["articles_known"])]),
    ("queued_addresses", "Addresses left for the next run.", (), lambda report: [((), report["queued"])]),
    ("visited_addresses", "Addresses of the last run by outcome.", ("outcome",), _outcomes),
    ("field_coverage_ratio", "Share of the last run's articles that have the field.", ("field",), _coverage),
    ("body_words_median", "Median length of the last run's articles, in words.", (), _median_words),
    ("drifts", "Measures that have left what is usual.", (), lambda report: [((), len(report["drift"]))]),
    ("drift_since_timestamp_seconds", "Since when a measure has left what is usual.", ("measure",), _drifts),
)  # fmt: skip
"""Name, help text, labels besides the publication, and samples of a publication's report."""


def _unix(text: str) -> float:
    return datetime.fromisoformat(text).timestamp()


def write_metrics(path: Path, report: Mapping[str, Any]) -> None:
    """Write the file whole or not at all; what keeps it from being written is logged."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_to_textfile(str(path), RunMetrics(report))
    except OSError as error:
        logger.error("%s: the metrics cannot be written: %s", path, error.strerror)  # noqa: TRY400 - names the file
