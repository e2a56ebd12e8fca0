"""Which query parameters say nothing about the content: the rows of `url_parameters.tsv`, ready to be asked."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

COLUMNS = 4


@dataclass(frozen=True, slots=True)
class ParameterRule:
    """One row: a parameter that addresses of one article may differ in."""

    name: str
    """Lower-case name; a prefix where `is_prefix`."""
    is_prefix: bool
    value: re.Pattern[str] | None
    """What the whole value has to match; None for any value."""
    kind: str
    """`tracking`, `session` or `variant`."""
    evidence: str
    """Who writes the parameter."""

    def covers(self, value: str) -> bool:
        """Whether the rule holds for this value."""
        return self.value is None or self.value.fullmatch(value) is not None


@cache
def parameter_rules() -> tuple[ParameterRule, ...]:
    """Every row, in the file's order."""
    text = files("crawler").joinpath("url_parameters.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return tuple(_rule(*row) for row in rows)


def _rule(name: str, value: str, kind: str, evidence: str) -> ParameterRule:
    pattern = re.compile(value, re.IGNORECASE) if value else None
    return ParameterRule(name.rstrip("*"), name.endswith("*"), pattern, kind, evidence)


@cache
def _exact() -> dict[str, ParameterRule]:
    return {rule.name: rule for rule in parameter_rules() if not rule.is_prefix}


@cache
def _prefixes() -> tuple[str, ...]:
    return tuple(rule.name for rule in parameter_rules() if rule.is_prefix)


def parameter_rule(name: str, value: str) -> ParameterRule | None:
    """The rule by which a parameter is left out of an article's identity, or None where it counts.

    `amp;` before a name is what remains of an ampersand that was escaped twice.
    """
    key = name.lower().removeprefix("amp;")
    rule = _exact().get(key)
    if rule is None and key.startswith(_prefixes()):
        rule = next(rule for rule in parameter_rules() if rule.is_prefix and key.startswith(rule.name))
    return rule if rule is not None and rule.covers(value) else None
