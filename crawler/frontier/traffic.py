"""What is under way to each host of a run, and which hosts are left alone."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class _Host:
    busy: int = 0
    not_before: float = 0.0
    failures: int = 0


class Traffic:
    """One entry for each host that the run has in hand."""

    def __init__(self, *, per_host: int) -> None:
        self._per_host = per_host
        self._hosts: dict[str, _Host] = {}
        self.set_aside: dict[str, str] = {}
        """Host → why it is left alone for the rest of this run."""
        self.parting: set[str] = set()
        """Hosts that go to another worker as soon as no request to them is under way."""

    def meet(self, host: str, *, not_before: float = 0.0) -> None:
        """A host comes into this run's hands."""
        if host not in self._hosts:
            self._hosts[host] = _Host(not_before=not_before)

    def leave(self, host: str) -> None:
        """It goes out of them."""
        self._hosts.pop(host, None)

    def is_free(self, host: str, *, now: float) -> bool:
        """Whether it may have another request now."""
        entry = self._hosts.get(host)
        if host in self.parting:
            return False
        return entry is None or (entry.busy < self._per_host and entry.not_before <= now)

    def is_idle(self, host: str) -> bool:
        """Whether no request to it is under way."""
        return host not in self._hosts or self._hosts[host].busy == 0

    def started(self, host: str) -> None:
        """A request goes out."""
        self.meet(host)
        self._hosts[host].busy += 1

    def ended(self, host: str) -> None:
        """It is over."""
        if host in self._hosts:
            self._hosts[host].busy = max(0, self._hosts[host].busy - 1)

    def pause(self, host: str, *, until: float) -> None:
        """No request before a time."""
        self.meet(host)
        self._hosts[host].not_before = max(self._hosts[host].not_before, until)

    def failed(self, host: str) -> int:
        """Count a failure; returns how many there were in a row."""
        self.meet(host)
        self._hosts[host].failures += 1
        return self._hosts[host].failures

    def succeeded(self, host: str) -> None:
        """The host answered: failures count from the start again."""
        if host in self._hosts:
            self._hosts[host].failures = 0
