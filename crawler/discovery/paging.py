"""The address of the next page of a list whose pages are numbered in a parameter."""

from __future__ import annotations

import re

MAX_PAGES = 10_000
"""No list is followed further by number alone."""


def next_by_number(url: str, parameter: str, *, first: int = 1) -> str | None:
    """The URL with the parameter one higher (an absent one counts as `first`), or None beyond the bound."""
    pattern = re.compile(rf"([?&]){re.escape(parameter)}=(\d{{1,6}})(?=&|$)")
    match = pattern.search(url)
    if match is None:
        return f"{url}{'&' if '?' in url else '?'}{parameter}={first + 1}"
    number = int(match[2]) + 1
    return pattern.sub(rf"\g<1>{parameter}={number}", url, count=1) if number <= MAX_PAGES else None
