"""What can be counted of a dataset, from the table of its lines."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from crawler.datasets.index import FIELDS

OF_CHOSEN = "FROM chosen JOIN lines USING (line) JOIN articles USING (article)"


@dataclass(frozen=True, slots=True)
class Facts:
    """Counts; pairs are (value, rows)."""

    rows: int
    articles: int
    gone: int
    """Articles that are gone; with `latest`, none of them is among the rows."""
    restricted: int
    """Articles left out for what their pages state."""
    duplicates: int
    first_date: str | None
    last_date: str | None
    undated: int
    publications: tuple[tuple[str, int, str | None, str | None], ...]
    """Short name, rows, first and last day."""
    languages: tuple[tuple[str | None, int], ...]
    access: tuple[tuple[str | None, int], ...]
    robots: tuple[tuple[str, int], ...]
    """Restriction as pages state it → rows."""
    coverage: tuple[tuple[str, int], ...]
    """Field → rows that have a value."""
    runs: tuple[str, ...]


def facts_of(connection: sqlite3.Connection) -> Facts:
    """Count what was chosen."""

    def all_of(query: str) -> tuple[tuple[object, ...], ...]:
        return tuple(connection.execute(query.replace("OF_CHOSEN", OF_CHOSEN)))

    days = "min(substr(moment, 1, 10)), max(substr(moment, 1, 10))"
    sums = ", ".join(f"coalesce(sum(filled >> {bit} & 1), 0)" for bit in range(len(FIELDS)))
    counted = "count(*), count(DISTINCT article), count(DISTINCT CASE WHEN duplicate_of IS NOT NULL THEN article END)"
    ((rows, articles, duplicates, first, last, dated),) = all_of(f"SELECT {counted}, {days}, count(moment) OF_CHOSEN")
    ((gone, restricted),) = all_of("SELECT count(gone_at), coalesce(sum(restricted), 0) FROM articles")
    ((*filled,),) = all_of(f"SELECT {sums} OF_CHOSEN")
    return Facts(
        rows, articles, gone, restricted, duplicates, first, last, rows - dated,  # type: ignore[arg-type, operator]
        all_of(f"SELECT publication, count(*), {days} OF_CHOSEN GROUP BY publication ORDER BY publication"),  # type: ignore[arg-type]
        all_of("SELECT language, count(*) OF_CHOSEN GROUP BY language ORDER BY count(*) DESC, language"),  # type: ignore[arg-type]
        all_of("SELECT lines.access, count(*) OF_CHOSEN GROUP BY lines.access ORDER BY count(*) DESC, lines.access"),  # type: ignore[arg-type]
        all_of("SELECT value, count(DISTINCT line) OF_CHOSEN, json_each(robots) GROUP BY value ORDER BY value"),  # type: ignore[arg-type]
        tuple(zip(FIELDS, filled, strict=True)),  # type: ignore[arg-type]
        tuple(str(run) for (run,) in all_of("SELECT DISTINCT run OF_CHOSEN WHERE run <> '' ORDER BY run")),
    )  # fmt: skip
