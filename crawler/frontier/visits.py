"""From an answer to a settlement: what a visit means for a record, and when it is due again. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from crawler.frontier import schedule
from crawler.frontier.identity import key_of
from crawler.frontier.records import NewUrl, Outcome, Record, Settlement
from crawler.frontier.schedule import DAY, RetryPolicy
from crawler.page import Link
from crawler.urls import host_key

MISSING_AGAIN = 1 * DAY
"""Pause before a missing page is asked for a second time; missing twice, it is gone."""
GUESS_AGAIN = 30 * DAY
"""Pause before a well-known address that does not exist is tried again."""
BLOCKED_AGAIN = 1 * DAY
REJECTED_AGAIN = 60 * DAY
"""What was no article may become one (a stub that is filled), but seldom does."""


OUTSIDE = "outside since/until"
"""The reason of records that are left for a run with another time window."""


def new_url(
    link: Link, *, publication: str, now: float, visit_before: float | None = None, skip: str | None = None
) -> NewUrl:
    """A link as it is handed to the frontier."""
    place = schedule.priority(link.kind, link.score)
    published = schedule.unix(link.date) if skip == OUTSIDE else None
    key, host = key_of(link.url), host_key(link.url)
    return NewUrl(
        key, host, publication, link, place, now, visit_before=visit_before, skip=skip, published=published
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Validators:
    """What makes the next request conditional."""

    etag: str = ""
    last_modified: str = ""


@dataclass(frozen=True, slots=True)
class Visit:
    """One visit of a record at a time."""

    record: Record
    now: float
    """Unix time of the answer."""

    def next_article_visit(self, changed: float | None = None) -> float | None:
        """When an article is visited again."""
        since = changed or self.record.changed or self.now
        return schedule.next_article_visit(now=self.now, changed=since)

    def _next_listing_visit(self, stable: int) -> float:
        longest = schedule.longest_pause(self.record.kind, self.record.links)
        return schedule.next_listing_visit(longest=longest, now=self.now, stable=stable)

    def listed(self, validators: Validators, *, digest: str, reason: str | None = None) -> Settlement:
        """A document that names others was read; `digest` tells whether it changed.

        `reason`: why it is no article, where it was taken for one.
        """
        stable = self.record.stable + 1 if digest == self.record.text_hash else 0
        due = self._next_listing_visit(stable)
        outcome = Outcome.REJECTED if reason else Outcome.LISTED
        return Settlement(
            self.record.key, outcome, reason, due=due, etag=validators.etag, last_modified=validators.last_modified,
            text_hash=digest, fetched=self.now, stable=stable,
        )  # fmt: skip

    def unchanged(self) -> Settlement:
        """304: nothing changed; what the record was, it stays."""
        record, stable = self.record, self.record.stable + 1
        if record.outcome == Outcome.REJECTED:
            due = self._next_listing_visit(stable) if record.text_hash else self.now + REJECTED_AGAIN
            return Settlement(record.key, Outcome.REJECTED, record.reason, due=due, fetched=self.now, stable=stable)
        again = self.next_article_visit() if record.revision else self._next_listing_visit(stable)
        return Settlement(record.key, Outcome.UNCHANGED, due=again, fetched=self.now, stable=stable)

    def article(
        self, validators: Validators, *, published: float | None, run_id: str, content: str | None = None
    ) -> Settlement:
        """An article that is about to be written, as the next revision of its record."""
        first = self.record.revision == 0
        changed = published if first and published is not None and published < self.now else self.now
        return Settlement(
            self.record.key, Outcome.NEW if first else Outcome.UPDATED, due=self.next_article_visit(changed),
            etag=validators.etag, last_modified=validators.last_modified, revision=self.record.revision + 1,
            changed=changed, fetched=self.now, run_id=run_id, content=content,
        )  # fmt: skip

    def rejected(self, reason: str, validators: Validators | None = None) -> Settlement:
        """Fetched, and not an article."""
        given = validators or Validators()
        return Settlement(
            self.record.key, Outcome.REJECTED, reason, due=self.now + REJECTED_AGAIN, etag=given.etag,
            last_modified=given.last_modified, fetched=self.now,
        )  # fmt: skip

    def skipped(self, reason: str, *, published: float | None = None) -> Settlement:
        """Not fetched, or not wanted now."""
        return Settlement(self.record.key, Outcome.SKIPPED, reason, changed=published)

    def redirected(self, target: str, *, most_hops: int = 10) -> Settlement:
        """3xx: the target gets a record of its own, unless it is a variant of this very URL: then that is fetched."""
        record = self.record
        key, hops = key_of(target), record.hops + 1
        if target == record.url or hops > most_hops:
            return Settlement(record.key, Outcome.FAILED, "redirect loop", fetched=self.now, due=self.now + 7 * DAY)
        if key != record.key:
            return Settlement(record.key, Outcome.REDIRECT, alias_of=key, fetched=self.now, due=self.now + 90 * DAY)
        return Settlement(
            record.key, Outcome.WAITING, "redirect", due=self.now, queued=True, url=target, hops=hops
        )  # fmt: skip

    def alias(self, key: str) -> Settlement:
        """Another address of an article that has its own record."""
        return Settlement(self.record.key, Outcome.ALIAS, alias_of=key, fetched=self.now)

    def missing(self, status: int) -> Settlement:
        """404 or 410: once is an accident, twice is gone."""
        record = self.record
        twice = record.outcome == Outcome.MISSING
        again = GUESS_AGAIN if twice or any(link.source == "well_known" for link in record.links) else MISSING_AGAIN
        return Settlement(
            record.key, Outcome.GONE if twice else Outcome.MISSING, f"HTTP {status}",
            due=self.now + again, fetched=self.now, etag="", last_modified="",
        )  # fmt: skip

    def gone(self, run_id: str) -> Settlement:
        """An article that is missing for the second time: its tombstone is about to be written."""
        return Settlement(
            self.record.key, Outcome.GONE, due=self.now + GUESS_AGAIN, fetched=self.now, etag="", last_modified="",
            revision=self.record.revision + 1, run_id=run_id,
        )  # fmt: skip

    def blocked(self, reason: str) -> Settlement:
        """robots.txt, the server or our own guard refuses."""
        return Settlement(self.record.key, Outcome.BLOCKED, reason, due=self.now + BLOCKED_AGAIN, fetched=self.now)

    def broken(self, reason: str) -> Settlement:
        """An error of ours: the same page gives it again, so only the next run tries."""
        return Settlement(self.record.key, Outcome.FAILED, reason, due=0.0)

    def failed(self, reason: str, *, policy: RetryPolicy, jitter: float) -> Settlement:
        """Try again: within this run while there are tries left, else with the next run."""
        attempts = self.record.attempts + 1
        if attempts < policy.attempts:
            due = schedule.retry_time(attempts, now=self.now, jitter=jitter, policy=policy)
            return Settlement(self.record.key, Outcome.WAITING, reason, due=due, queued=True, attempts=attempts)
        return Settlement(self.record.key, Outcome.FAILED, reason, due=0.0)
