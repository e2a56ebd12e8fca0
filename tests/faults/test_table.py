"""Every fault of the table: an item or a recorded refusal, never a crash."""

from __future__ import annotations

import re

import pytest

from crawler.reports.verdict import EXITS, Verdict
from tests.faults.conftest import FAULTS, Result, address, slug
from tests.faults.server import SOUND
from tests.faults.table import Fault


@pytest.mark.parametrize("fault", FAULTS, ids=[fault.name for fault in FAULTS])
def test_each_fault_has_the_outcome_that_the_table_says(result: Result, fault: Fault) -> None:
    outcome, reason = result.records.get(address(result, fault), ("", ""))
    assert outcome == fault.outcome, reason
    assert fault.reason in reason
    item = result.items.get(address(result, fault))
    assert (item is not None) == (fault.outcome == "new")
    if fault.item:
        assert fault.item(item), item


@pytest.mark.parametrize("fault", FAULTS, ids=[fault.name for fault in FAULTS])
def test_each_fault_leads_to_the_exit_code_that_the_table_says(result: Result, fault: Fault) -> None:
    report = result.report["publications"][slug(FAULTS.index(fault))]
    assert report["verdict"] == fault.verdict, report
    assert EXITS[Verdict(report["verdict"])].code == EXITS[Verdict(fault.verdict)].code


def test_the_run_ends_in_order_and_says_that_work_is_left(result: Result) -> None:
    assert result.code == EXITS[Verdict.PARTIAL].code, result.log[-3000:]
    assert "Traceback" not in result.log


def test_the_sound_article_beside_a_fault_is_never_lost(result: Result) -> None:
    lost = [
        fault.name
        for fault in FAULTS
        if fault.verdict in ("done", "partial")
        and fault.place != "front"
        and result.publications[fault.name].url + SOUND not in result.items
    ]
    assert lost == []


def test_memory_stays_below_400_mib_over_all_faults(result: Result) -> None:
    assert max(event[1] for event in result.events if event[0] == "peak") < 400


def test_no_connection_goes_elsewhere_than_to_the_publications(result: Result) -> None:
    ports = {publication.port for publication in result.publications.values()}
    made = [event[1] for event in result.events if event[0] == "socket.connect"]
    allowed = {f"('127.0.0.1', {port})" for port in ports}
    assert made
    assert sorted(set(made) - allowed) == []


def test_no_process_is_started_and_nothing_is_unpickled(result: Result) -> None:
    assert [event for event in result.events if event[0].startswith(("subprocess", "os.", "pickle"))] == []


def test_no_file_is_written_outside_the_run_and_none_read_that_a_page_names(
    result: Result, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = str(tmp_path_factory.getbasetemp())
    written = [event[1] for event in result.events if event[0] == "open" and isinstance(event[3], int) and event[3] & 3]
    assert [path for path in written if not str(path).startswith((folder, "/dev/null"))] == []
    opened = {str(event[1]) for event in result.events if event[0] == "open"}
    assert not opened & {"/etc/passwd", "/etc/shadow"}


def test_the_log_can_be_printed(result: Result) -> None:
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", result.log)
