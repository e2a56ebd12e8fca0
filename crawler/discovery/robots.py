"""robots.txt by RFC 9309: rules, verdicts, crawl delay, sitemaps, and what a status means.

Read by code of our own: Protego 0.7 closes a group at an unknown line, reads product tokens with digits or spaces
otherwise than the RFC, and compiles every rule to a regular expression, which a hostile file can make slow.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from crawler.urls import normalise

MAX_BYTES = 1024 * 1024
"""RFC 9309, section 2.5, asks for at least 500 KiB; what lies beyond is not read."""
MAX_LINE = 16 * 1024
"""Octets of one line that are read: eight times the length of a URL, as Google's parser has it."""
MAX_DELAY = 86_400.0
"""Seconds; a longer crawl delay counts as a day."""


class RobotsPolicy(StrEnum):
    """What an answer to the request for robots.txt means."""

    PARSE = "parse"
    ALLOW_ALL = "allow_all"
    DISALLOW_FOR_NOW = "disallow_for_now"
    REDIRECT = "redirect"


POLICIES = (
    (range(200, 300), RobotsPolicy.PARSE),
    (range(300, 400), RobotsPolicy.REDIRECT),
    (range(429, 430), RobotsPolicy.DISALLOW_FOR_NOW),
    (range(400, 500), RobotsPolicy.ALLOW_ALL),
    (range(500, 600), RobotsPolicy.DISALLOW_FOR_NOW),
)
"""First match wins. RFC 9309, section 2.3.1: a redirect is followed for at least five hops and counts as unavailable
(allow all) beyond; unavailable (4xx) allows all; unreachable (5xx, no answer) disallows all. 429 asks to come later."""


def robots_policy(status: int | None) -> RobotsPolicy:
    """The meaning of a status; None stands for a server that cannot be reached."""
    policies = (policy for statuses, policy in POLICIES if status in statuses)
    return next(policies, RobotsPolicy.DISALLOW_FOR_NOW)


@dataclass(frozen=True, slots=True)
class Rule:
    """One `Allow` or `Disallow` line."""

    pattern: str
    """The path pattern, percent-encoding normalised; `*` and a final `$` are wildcards."""
    allows: bool

    def matches(self, path: str) -> bool:
        """Whether the pattern matches the start of a path, or all of it before a final `$`; linear in both lengths."""
        anchored = self.pattern.endswith("$")
        first, *others = (self.pattern[:-1] if anchored else self.pattern).split("*")
        if not path.startswith(first):
            return False
        position = len(first)
        for part in others[:-1] if anchored else others:
            found = path.find(part, position)
            if found < 0:
                return False
            position = found + len(part)
        if not anchored:
            return True
        return len(path) - len(others[-1]) >= position and path.endswith(others[-1]) if others else path == first


@dataclass(slots=True)
class Group:
    """Rules and the agents that they are for."""

    tokens: set[str] = field(default_factory=set)
    """Lower-case product tokens; `*` for everybody."""
    rules: list[Rule] = field(default_factory=list)
    delay: float | None = None


@dataclass(frozen=True)
class Robots:
    """The rules of one robots.txt."""

    groups: tuple[Group, ...] = ()
    sitemaps: tuple[str, ...] = ()
    """The values of `Sitemap` lines, as written; they belong to no group."""

    @cached_property
    def _ordered(self) -> dict[str, tuple[Rule, ...]]:
        return {}

    def is_allowed(self, url: str, agent: str) -> bool:
        """Whether an agent may fetch a URL: the longest matching pattern decides, `Allow` at a draw (section 2.2.2).

        `agent` is a product token, or a User-Agent value that begins with it. robots.txt itself is always allowed.
        """
        path = _path_of(url)
        if path == "/robots.txt":
            return True
        for rule in self._rules_for(_token_of_agent(agent)):
            if rule.matches(path):
                return rule.allows
        return True

    def crawl_delay(self, agent: str) -> float | None:
        """Seconds between requests that the agent's groups ask for, the longest of them, or None."""
        delays = [group.delay for group in self._groups_for(_token_of_agent(agent)) if group.delay is not None]
        return max(delays, default=None)

    def _groups_for(self, token: str) -> list[Group]:
        own = [group for group in self.groups if token and token in group.tokens]
        return own or [group for group in self.groups if "*" in group.tokens]

    def _rules_for(self, token: str) -> tuple[Rule, ...]:
        """The rules of all the agent's groups together (section 2.2.1), the most specific first."""
        if token not in self._ordered:
            rules = {rule for group in self._groups_for(token) for rule in group.rules}
            self._ordered[token] = tuple(sorted(rules, key=lambda rule: (-len(rule.pattern), not rule.allows)))
        return self._ordered[token]


def _token_of_agent(agent: str) -> str:
    return re.split(r"/|\s\(", agent, maxsplit=1)[0].strip().lower()


def _path_of(url: str) -> str:
    rest = (normalise(url) or url).partition("#")[0].partition("://")[2]
    start = re.search(r"[/?]", rest)
    path = rest[start.start() :] if start else ""
    return _octets(path if path.startswith("/") else f"/{path}")


_ENCODED = re.compile(r"%([0-9A-Fa-f]{2})|([^\x21-\x7e]|[\[\]{}|^`\\])")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")


def _octets(path: str) -> str:
    """The form in which patterns and paths are compared (2.2.2): what URLs cannot hold encoded, unreserved decoded."""
    return _ENCODED.sub(_octet, path)


def _octet(match: re.Match[str]) -> str:
    if match[2]:
        return "".join(f"%{octet:02X}" for octet in match[2].encode("utf-8", "surrogateescape"))
    character = chr(int(match[1], 16))
    return character if character in _UNRESERVED else f"%{match[1].upper()}"


KEYS = {
    "user-agent": "user-agent", "useragent": "user-agent", "user agent": "user-agent",
    "allow": "allow",
    "disallow": "disallow", "dissallow": "disallow", "dissalow": "disallow", "disalow": "disallow",
    "diasllow": "disallow", "disallaw": "disallow",
    "crawl-delay": "crawl-delay", "crawldelay": "crawl-delay",
    "sitemap": "sitemap", "site-map": "sitemap",
}  # fmt: skip
"""Names and the misspellings of them that search engines accept (google/robotstxt, `robots.cc`)."""

_TOKEN = re.compile(r"[A-Za-z_-]+")
_BOM = re.compile(rb"\A(?:\xef\xbb\xbf|\xef\xbb|\xef|\xbb\xbf|\xbb)")


def parse_robots(body: bytes) -> Robots:
    """The rules in the first MiB of a robots.txt; what cannot be read is no rule. Never raises."""
    groups: list[Group] = []
    sitemaps: list[str] = []
    group, naming = Group(), False
    for key, value in _lines(body):
        if key == "sitemap":
            sitemaps += [value] if value else []
        elif key == "user-agent":
            if not naming:
                groups.append(group := Group())
            group.tokens.add(_token_of_line(value))
            naming = True
        elif key == "crawl-delay":
            group.delay = _delay(value) if group.delay is None else group.delay
        else:
            naming = False
            if value:
                group.rules.append(Rule(_octets(value), key == "allow"))
    return Robots(tuple(groups), tuple(dict.fromkeys(sitemaps)))


def _lines(body: bytes) -> Iterator[tuple[str, str]]:
    """Known keys with their values; a colon may be missing where there are just two words."""
    cut = _BOM.sub(b"", body[:MAX_BYTES])
    for line in re.split(rb"\r\n|\r|\n", cut):
        text = line[:MAX_LINE].partition(b"#")[0].decode("utf-8", "surrogateescape").strip()
        name, colon, value = text.partition(":")
        if not colon and len(words := text.split()) == 2:
            name, value = words
        key = KEYS.get(name.strip().lower())
        if key:
            yield key, value.strip()


def _token_of_line(value: str) -> str:
    """The product token of a `User-agent` line; the RFC's token has letters, hyphen and underscore only."""
    if value == "*" or value.startswith(("* ", "*\t")):
        return "*"
    match = _TOKEN.match(value)
    return match[0].lower() if match else ""


def _delay(value: str) -> float | None:
    try:
        seconds = float(value)
    except ValueError:
        return None
    return min(seconds, MAX_DELAY) if seconds >= 0 and not math.isnan(seconds) else None
