from __future__ import annotations

from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

from crawler.reports.metrics import PREFIX, write_metrics
from crawler.reports.verdict import Verdict
from tests.reports.test_web_page import publication, run_of

DRIFT = {"measure": "field:byline", "since": "2026-01-05T12:00:00+00:00"}


def samples(path: Path) -> dict[tuple[str, frozenset[str]], float]:
    families = text_string_to_metric_families(path.read_text(encoding="utf-8"))
    found = {
        (each.name.removeprefix(PREFIX), frozenset(each.labels.values())): each.value
        for f in families
        for each in f.samples
    }
    assert all(name for name, _ in found)
    return found


def test_a_run_is_told_in_the_text_format_of_prometheus(tmp_path: Path) -> None:
    path = tmp_path / "new" / "crawler.prom"
    outcomes = {"new": 6, "rejected": 2}
    report = publication(outcomes=outcomes, drift=[DRIFT], verdict="drift", items=6, filled={"byline": 3})
    write_metrics(path, run_of({'a "quoted"\\name\n': report}, Verdict.DRIFT))
    found = samples(path)
    name = 'a "quoted"\\name\n'
    assert found[("run_exit_code", frozenset())] == 10
    assert found[("run_finished_timestamp_seconds", frozenset())] == 1767960060
    assert found[("publication_visited_addresses", frozenset({name, "new"}))] == 6
    assert found[("publication_visited_addresses", frozenset({name, "blocked"}))] == 0
    assert found[("publication_field_coverage_ratio", frozenset({name, "byline"}))] == 0.5
    assert found[("publication_drift_since_timestamp_seconds", frozenset({name, "field:byline"}))] == 1767614400
    assert list(path.parent.iterdir()) == [path], "nothing half written stays"


def test_a_run_that_ended_early_is_told_too(tmp_path: Path) -> None:
    write_metrics(tmp_path / "m.prom", run_of({}, Verdict.DISK))
    assert samples(tmp_path / "m.prom")[("run_exit_code", frozenset())] == 7


def test_metrics_that_cannot_be_written_are_logged(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    write_metrics(tmp_path / "file" / "m.prom", run_of({}))
    assert "the metrics cannot be written" in caplog.text
