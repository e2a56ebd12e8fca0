"""The verdict of a run: a table."""

from __future__ import annotations

import pytest

from crawler.reports.verdict import EXITS, Account, Verdict, of_publication, of_run, with_drift


def account(known: int = 214, queued: int = 0, **rest: object) -> Account:
    outcomes = {name: count for name, count in rest.items() if isinstance(count, int) and not isinstance(count, bool)}
    facts = {name: value for name, value in rest.items() if name not in outcomes}
    return Account(outcomes, known, queued, **facts)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("account", "verdict"),
    [
        (account(new=3, listed=5), Verdict.DONE),
        (account(unchanged=20), Verdict.DONE),  # 0 new of 214 known
        (account(new=3, waiting=2), Verdict.DONE),  # it waited, and then it came
        (account(new=3, queued=9), Verdict.PARTIAL),
        (account(new=3, failed=1), Verdict.PARTIAL),
        (account(new=3, set_aside="HTTP 429", queued=4), Verdict.PARTIAL),
        (account(new=5, queued=9, limited=True), Verdict.DONE),
        (account(known=0, listed=4, rejected=60), Verdict.NOTHING_EXTRACTED),
        (account(known=0, listed=1), Verdict.NOTHING_EXTRACTED),
        (account(known=0, listed=2, waiting=1, set_aside="503", queued=2), Verdict.PARTIAL),  # no article came yet
        (account(known=0, listed=2, rejected=9, set_aside="503"), Verdict.NOTHING_EXTRACTED),
        (account(blocked=3), Verdict.BLOCKED),
        (account(known=0, blocked=1), Verdict.BLOCKED),
        (account(waiting=4, queued=1), Verdict.SITE_DOWN),
        (account(failed=4), Verdict.SITE_DOWN),
        (account(held_by_others=True), Verdict.LOCKED),
        (account(held_by_others=True, new=1), Verdict.DONE),
        (account(held_by_others=True, new=1, queued=9), Verdict.DONE),  # the other run has them
    ],
)
def test_how_it_went_with_one_publication(account: Account, verdict: Verdict) -> None:
    assert of_publication(account) is verdict


@pytest.mark.parametrize(
    ("verdicts", "ended", "verdict"),
    [
        (["done", "done"], None, "done"),
        (["done", "site_down"], None, "partial"),
        (["blocked", "blocked"], None, "blocked"),
        (["blocked", "site_down"], None, "partial"),
        (["done", "drift", "partial", "blocked"], None, "drift"),
        (["drift"], "interrupted", "interrupted"),
        (["done"], "interrupted", "interrupted"),
        (["done", "locked"], None, "done"),
        (["locked", "locked"], None, "locked"),
        ([], "disk", "disk"),
    ],
)
def test_how_it_went_with_all(verdicts: list[str], ended: str | None, verdict: str) -> None:
    each = {str(number): Verdict(one) for number, one in enumerate(verdicts)}
    assert of_run(each, ended=Verdict(ended) if ended else None) == verdict


@pytest.mark.parametrize(
    ("verdict", "outcome"),
    [("done", "drift"), ("partial", "drift"), ("blocked", "blocked"), ("nothing_extracted", "nothing_extracted")],
)
def test_a_drift_outweighs_what_is_left_to_do_and_yields_to_what_explains_it(verdict: str, outcome: str) -> None:
    assert with_drift(Verdict(verdict), drifted=True) == outcome
    assert with_drift(Verdict(verdict), drifted=False) == verdict


def test_every_verdict_has_a_code_of_its_own() -> None:
    assert set(EXITS) == set(Verdict)
    assert len({exit_.code for exit_ in EXITS.values()}) == len(EXITS)
    assert EXITS[Verdict.DONE].code == 0
