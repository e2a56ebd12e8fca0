"""What a new version of the extractor changed: new lines against an earlier output, field by field."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from typing import Any

import orjson

from crawler.errors import ConfigurationError

RUN_FACTS = frozenset({"id", "revision", "run_id", "fetched_at", "changed_fields"})
"""Fields that say which visit a line is of, not what its page says."""
EXAMPLES = 3
"""Examples that are kept of each field and kind of change."""
MAX_TEXT = 300
"""Characters of a value in an example."""


@dataclass(slots=True)
class FieldChange:
    """How often a field differs, and in which way."""

    changed: int = 0
    """Another value."""
    appeared: int = 0
    """A value where there was none."""
    vanished: int = 0
    """No value where there was one."""
    examples: list[dict[str, Any]] = field(default_factory=list)
    """url, kind, before and after of the first ones of each kind."""

    @property
    def count(self) -> int:
        """Lines in which the field differs."""
        return self.changed + self.appeared + self.vanished


class EarlierLines:
    """The lines of an earlier output, found by article and revision; kept on disk, their places in memory."""

    def __init__(self, output: Path) -> None:
        """A file or a folder of JSON Lines. Raises ConfigurationError where it holds no line."""
        files = sorted(output.glob("*.jsonl")) if output.is_dir() else [output]
        self._places: dict[int, tuple[int, int]] = {}
        try:
            for number, file in enumerate(files):
                self._index(number, file)
        except (FileNotFoundError, ValueError) as error:
            raise ConfigurationError(f"{output}: {error}") from error
        if not self._places:
            raise ConfigurationError(f"{output}: no lines with an id in it")
        self._open = [file.open("rb") for file in files]

    def _index(self, number: int, file: Path) -> None:
        offset = 0
        with file.open("rb") as lines:
            for line in lines:
                item = orjson.loads(line)
                if item.get("id"):
                    self._places[_key(item)] = (number, offset)
                offset += len(line)

    def take(self, item: Mapping[str, Any]) -> dict[str, Any] | None:
        """The earlier line of the same article and revision, once; None where there is none."""
        place = self._places.pop(_key(item), None)
        return self._read(place) if place else None

    def left(self) -> Iterator[dict[str, Any]]:
        """The lines that nobody took."""
        yield from map(self._read, self._places.values())

    def close(self) -> None:
        """Let go of the files."""
        for file in self._open:
            file.close()

    def _read(self, place: tuple[int, int]) -> dict[str, Any]:
        number, offset = place
        self._open[number].seek(offset)
        found: dict[str, Any] = orjson.loads(self._open[number].readline())
        return found


class Comparison:
    """Takes the lines of a job one by one."""

    def __init__(self, earlier: EarlierLines) -> None:
        self._earlier = earlier
        self._rejected: set[str] = set()
        self.compared = 0
        """Lines that are in both."""
        self.equal = 0
        """Lines of these that say the same."""
        self.new: list[str] = []
        """Addresses that are articles now and were not in the earlier output; the first ones."""
        self.new_count = 0
        self.fields: dict[str, FieldChange] = {}
        self.together: Counter[str] = Counter()
        """Names of the fields of a line that changed together, with commas → lines."""

    def take(self, line: bytes | None, article_id: str | None) -> None:
        """Compare a line with its earlier one; without a line, note that the page is no article."""
        if line is None:
            self._rejected.add(article_id or "")
            return
        after = orjson.loads(line)
        before = self._earlier.take(after)
        if before is None:
            self.new_count += 1
            self.new += [after["url"]] if len(self.new) < EXAMPLES else []
            return
        self.compared += 1
        names = [name for name in after if name not in RUN_FACTS and before.get(name) != after[name]]
        self.equal += not names
        self.together.update([", ".join(names)] if names else [])
        for name in names:
            self._note(name, before, after)

    def _note(self, name: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
        change = self.fields.setdefault(name, FieldChange())
        old, new = before.get(name), after[name]
        kind = "changed" if old and new else "appeared" if new else "vanished"
        if not old and not new:  # null became false, or an empty list
            kind = "changed"
        setattr(change, kind, getattr(change, kind) + 1)
        if sum(example["kind"] == kind for example in change.examples) < EXAMPLES:
            change.examples.append({"url": after["url"], "kind": kind, "before": _short(old), "after": _short(new)})

    def report(self) -> dict[str, Any]:
        """Everything as one JSON object; fields in the order of how often they changed."""
        lost = [line for line in self._earlier.left() if line.get("id") in self._rejected]
        elsewhere = sum(1 for _ in self._earlier.left()) - len(lost)
        ordered = sorted(self.fields.items(), key=lambda pair: -pair[1].count)
        return {
            "compared": self.compared, "equal": self.equal,
            "new": {"count": self.new_count, "examples": self.new},
            "no_longer_articles": {"count": len(lost), "examples": [line["url"] for line in lost[:EXAMPLES]]},
            "not_in_these_archives": elsewhere,
            "fields": {
                name: {
                    "differs": change.count, "changed": change.changed, "appeared": change.appeared,
                    "vanished": change.vanished, "examples": change.examples,
                }
                for name, change in ordered
            },
            "together": dict(self.together.most_common(10)),
        }  # fmt: skip


def _key(item: Mapping[str, Any]) -> int:
    text = f"{item.get('id')} {item.get('revision') or 1}".encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(text, digest_size=8).digest())


def _short(value: Any) -> Any:
    """The value, a long one as the beginning of its text."""
    text = value if isinstance(value, str) else orjson.dumps(value).decode()
    return value if len(text) <= MAX_TEXT else f"{text[:MAX_TEXT]}… ({len(text)} characters)"
