"""robots.txt by RFC 9309: rules, verdicts, crawl delay, sitemaps, and what a status means."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from protego import Protego

MAX_BYTES = 512 * 1024
"""RFC 9309, section 2.5: at least 500 KiB are parsed."""


class RobotsPolicy(StrEnum):
    """What an answer to the request for robots.txt means."""

    PARSE = "parse"
    ALLOW_ALL = "allow_all"
    DISALLOW_FOR_NOW = "disallow_for_now"
    REDIRECT = "redirect"


def robots_policy(status: int | None) -> RobotsPolicy:
    """The meaning of a status, None for an unreachable server (RFC 9309, section 2.3.1).

    2xx is parsed; 3xx is followed for at least five hops and counts as unavailable beyond; 4xx is unavailable: all is
    allowed; except 429, which asks to come later; 5xx and no answer are unreachable: nothing is allowed for now.
    """
    if status is None or status == 429 or status >= 500 or status < 200:
        return RobotsPolicy.DISALLOW_FOR_NOW
    if status < 300:
        return RobotsPolicy.PARSE
    return RobotsPolicy.REDIRECT if status < 400 else RobotsPolicy.ALLOW_ALL


@dataclass(frozen=True)
class Robots:
    """The rules of one robots.txt."""

    rules: Protego

    def is_allowed(self, url: str, agent: str) -> bool:
        """Whether an agent may fetch a URL; `agent` is a product token or a whole User-Agent value."""
        return bool(self.rules.can_fetch(url, agent))

    def crawl_delay(self, agent: str) -> float | None:
        """Seconds between requests that the agent's group asks for, or None."""
        delay = self.rules.crawl_delay(agent)
        return float(delay) if delay is not None else None

    @property
    def sitemaps(self) -> tuple[str, ...]:
        """The addresses of `Sitemap` lines, as written."""
        return tuple(self.rules.sitemaps)


def parse_robots(body: bytes) -> Robots:
    """The rules in the first 512 KiB of a robots.txt; what cannot be read is no rule."""
    return Robots(Protego.parse(body[:MAX_BYTES].decode("utf-8-sig", "replace")))
