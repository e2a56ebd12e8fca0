"""How a run went, in one word, and the exit code that says so: one table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """The word for a run."""

    DONE = "done"
    PARTIAL = "partial"
    NOTHING_EXTRACTED = "nothing_extracted"
    BLOCKED = "blocked"
    SITE_DOWN = "site_down"
    CONFIGURATION = "configuration"
    DISK = "disk"
    LOCKED = "locked"
    INTERRUPTED = "interrupted"
    DRIFT = "drift"
    CRASHED = "crashed"


@dataclass(frozen=True, slots=True)
class Exit:
    """What a verdict means to whoever started the run."""

    code: int
    meaning: str
    act: str


EXITS: Mapping[Verdict, Exit] = {
    Verdict.DONE: Exit(
        0,
        "Everything that was due was visited, or another run has it in hand; no new article is fine.",
        "Nothing to do.",
    ),
    Verdict.CRASHED: Exit(1, "An error of the program ended the run.", "Report it with the log; run again."),
    Verdict.CONFIGURATION: Exit(
        2, "A setting, an argument or publications.toml cannot be meant.", "Mend it; see stderr."
    ),
    Verdict.PARTIAL: Exit(
        3, "Work is left: retries that wait too long, or errors.", "Run again; alert if it persists."
    ),
    Verdict.NOTHING_EXTRACTED: Exit(
        4, "Pages were fetched, articles expected, none could be read.", "Look at the site: its layout changed."
    ),
    Verdict.BLOCKED: Exit(5, "robots.txt or the server refused everything.", "Ask the publisher, or stop crawling it."),
    Verdict.SITE_DOWN: Exit(6, "No publication answered.", "Run again later; alert if it persists."),
    Verdict.DISK: Exit(7, "Output or frontier could not be written.", "Make room or mend rights; run again."),
    Verdict.LOCKED: Exit(
        8, "Another run has all the work in hand, or holds the frontier.", "Nothing, if runs overlap."
    ),
    Verdict.INTERRUPTED: Exit(9, "A signal ended the run; it can be resumed.", "Run again."),
    Verdict.DRIFT: Exit(
        10,
        "The pages differ from those of earlier runs: fields, lengths, languages, or articles are missing.",
        "Look at what changed on the site; the report names the measures, and since when.",
    ),
}
"""Verdict → exit code. 1 and 2 are also what Python and Scrapy themselves end with in these cases."""


@dataclass(frozen=True, slots=True)
class Account:
    """What is counted of one publication in one run."""

    outcomes: Mapping[str, int]
    """Outcome → how many."""
    articles_known: int
    """Articles written in this and earlier runs."""
    queued: int
    """Records that are due or will be, not yet visited."""
    set_aside: str | None = None
    """Why the publication's host was left alone, where it was."""
    held_by_others: bool = False
    limited: bool = False
    """Whether the run stopped at the number of articles that was asked for."""

    def count(self, *outcomes: str) -> int:
        """The sum of some outcomes."""
        return sum(self.outcomes.get(outcome, 0) for outcome in outcomes)


def of_publication(account: Account) -> Verdict:
    """How it went with one publication."""
    answered = account.count(
        "new", "updated", "unchanged", "listed", "gone", "missing", "redirect", "alias", "rejected"
    )
    blocked, failed = account.count("blocked"), account.count("failed", "waiting")
    if account.held_by_others and not answered:
        return Verdict.LOCKED
    if not answered and blocked:
        return Verdict.BLOCKED
    if not account.count("new", "updated", "unchanged", "listed", "alias", "rejected") and (
        failed or account.set_aside
    ):
        return Verdict.SITE_DOWN
    if account.articles_known == 0 and answered and not _is_put_off(account):
        return Verdict.NOTHING_EXTRACTED
    left = account.queued and not account.limited and not account.held_by_others
    if left or account.set_aside or account.count("failed"):
        return Verdict.PARTIAL
    return Verdict.DONE


def _is_put_off(account: Account) -> bool:
    """Whether a host wants to be left alone before any article of it was seen: nothing is known of its layout."""
    return account.set_aside is not None and not account.count("rejected")


def with_drift(verdict: Verdict, *, drifted: bool) -> Verdict:
    """A drift outweighs what is left to do, and yields to what explains it."""
    return Verdict.DRIFT if drifted and verdict in (Verdict.DONE, Verdict.PARTIAL) else verdict


def of_run(verdicts: Mapping[str, Verdict], *, ended: Verdict | None) -> Verdict:
    """How it went with all of them. `ended`: what ended the run before its time, where something did.

    A single publication that failed makes a run over several PARTIAL: the others are done, the report names it.
    A single one that drifted makes it DRIFT: to run again does not help. Those that another run has in hand are that
    run's, unless there are no others.
    """
    if ended is not None:
        return ended
    found = set(verdicts.values())
    if Verdict.DRIFT in found:
        return Verdict.DRIFT
    found = found - {Verdict.LOCKED} or found
    return found.pop() if len(found) == 1 else Verdict.PARTIAL
