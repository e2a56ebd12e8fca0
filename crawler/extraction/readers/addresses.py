"""Addresses as markup gives them, made absolute."""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit


def absolute(address: str | None, base: str) -> str | None:
    """An http(s) address made absolute; None for anything else."""
    if not address or address.strip().startswith(("#", "javascript:", "data:", "mailto:", "tel:")):
        return None
    try:
        url = urljoin(base, address.strip())
    except ValueError:
        return None
    return url if url.startswith(("http://", "https://")) else None


def joined(base: str, address: str) -> str:
    """An address made absolute, whatever its scheme; empty where it is none at all ("http://[")."""
    try:
        url = urljoin(base, address)
        urlsplit(url)
    except ValueError:
        return ""
    return url
