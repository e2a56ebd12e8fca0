"""Memory that is given back to the system between large documents."""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from functools import cache

LARGE = 1 << 20
"""Bytes of a document from which on it leaves memory behind that is worth giving back."""


def give_back() -> None:
    """Give freed memory back to the system; nothing where the C library is not glibc.

    A tree of a million elements is freed in pieces between which others live, and glibc keeps all of it: a run grew by
    what each hostile page took at its worst. This takes some milliseconds, so it is done before large documents only.
    """
    trim = _malloc_trim()
    if trim is not None:
        trim(0)


@cache
def _malloc_trim() -> Callable[[int], int] | None:
    found: Callable[[int], int] | None = getattr(ctypes.CDLL(None), "malloc_trim", None)
    return found
