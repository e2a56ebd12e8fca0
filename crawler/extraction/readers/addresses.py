"""Addresses as markup gives them, made absolute."""

from __future__ import annotations

from urllib.parse import urljoin


def absolute(address: str | None, base: str) -> str | None:
    """An http(s) address made absolute; None for anything else."""
    if not address or address.strip().startswith(("#", "javascript:", "data:", "mailto:", "tel:")):
        return None
    try:
        url = urljoin(base, address.strip())
    except ValueError:
        return None
    return url if url.startswith(("http://", "https://")) else None
