"""Every fault of the table: an item or a recorded refusal, never a crash."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from crawler.reports.verdict import EXITS, Verdict
from tests.faults.conftest import FAULTS, Results
from tests.faults.server import SOUND
from tests.faults.table import Fault

EVERY = pytest.mark.parametrize("fault", FAULTS, ids=[fault.name for fault in FAULTS])


def test_the_table_is_long_and_names_each_fault_once() -> None:
    assert len({fault.name for fault in FAULTS}) == len(FAULTS) > 160


@EVERY
def test_each_fault_has_the_outcome_that_the_table_says(results: Results, fault: Fault) -> None:
    result, address = results.of(fault), results.address(fault)
    outcome, reason = result.records.get(address, ("", ""))
    assert outcome == fault.outcome, reason
    assert fault.reason in reason
    item = result.items.get(address)
    assert (item is not None) == (fault.outcome == "new")
    if fault.item:
        assert item
        assert fault.item(item), item


@EVERY
def test_each_fault_leads_to_the_exit_code_that_the_table_says(results: Results, fault: Fault) -> None:
    report = results.report(fault)
    assert report["verdict"] == fault.verdict, report
    assert EXITS[Verdict(report["verdict"])].code == EXITS[Verdict(fault.verdict)].code


def test_the_runs_end_in_order_and_say_that_work_is_left(results: Results) -> None:
    for result in results.both:
        assert result.code == EXITS[Verdict.PARTIAL].code, result.log[-3000:]
        assert "Traceback" not in result.log


def test_the_sound_article_beside_a_fault_is_never_lost(results: Results) -> None:
    beside = [fault for fault in FAULTS if fault.verdict in ("done", "partial") and fault.outcome != "waiting"]
    assert [fault.name for fault in beside if results.address(fault, SOUND) not in results.of(fault).items] == []


def test_memory_stays_below_400_mib_over_all_faults(results: Results) -> None:
    for result in results.both:
        assert max(event[1] for event in result.events if event[0] == "peak") < 400


def test_no_connection_goes_elsewhere_than_to_the_publications(results: Results) -> None:
    for result in results.both:
        allowed = {f"('127.0.0.1', {publication.port})" for publication in result.publications.values()}
        made = {event[1] for event in result.events if event[0] == "socket.connect"}
        assert made
        assert made - allowed == set()


def test_no_process_is_started_and_nothing_is_unpickled(results: Results) -> None:
    for result in results.both:
        assert [event for event in result.events if event[0].startswith(("subprocess", "os.", "pickle"))] == []


def test_no_file_is_written_outside_the_run_and_none_read_that_a_page_names(results: Results) -> None:
    for result in results.both:
        opened = [event for event in result.events if event[0] == "open" and isinstance(event[3], int)]
        folder = str(Path(result.folder))
        written = {str(event[1]) for event in opened if event[3] & 3}
        assert [path for path in written if not path.startswith((folder, "/dev/null"))] == []
        assert not {str(event[1]) for event in opened} & {"/etc/passwd", "/etc/shadow"}


def test_the_logs_can_be_printed(results: Results) -> None:
    for result in results.both:
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", result.log)
