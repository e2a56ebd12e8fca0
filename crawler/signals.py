"""Signals between the rooms that do not import one another: the writer and the frontier."""

from __future__ import annotations

articles_written = object()
"""Sent when lines are durable. `ids`: the `Article.id` of each line, in order."""

output_repaired = object()
"""Sent at start for each file that a killed run left. `lines`: its whole lines as dicts, in order.

A receiver may return a set of indexes: lines that are written elsewhere too, and that the writer then leaves out."""
