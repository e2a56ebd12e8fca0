"""A pytest plugin: hypothesis with forty times as many examples, and no deadline."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("fuzz", max_examples=4000, deadline=None)
settings.load_profile("fuzz")
