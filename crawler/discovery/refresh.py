"""Where a page sends its readers on: `<meta http-equiv="refresh">`, the redirect of those who cannot set a status."""

from __future__ import annotations

import re

from lxml import etree

from crawler.discovery.anchors import base_of
from crawler.page import Page
from crawler.urls import normalise

LONGEST = 5.0
"""Seconds within which a page that sends on is none to be read; slower ones reload themselves, or say farewell."""
_CONTENT = re.compile(r"\s*(\d{0,4}(?:\.\d*)?)\s*(?:[;,\s]\s*(?:url\s*=\s*)?(.*))?", re.IGNORECASE | re.DOTALL)
"""HTML standard, "shared declarative refresh steps": a time, then an address, with or without `url=` and quotes."""


def refresh_target(page: Page) -> str | None:
    """The address that a page sends its readers to at once; None where it does not, or only those without scripts."""
    if b"refresh" not in page.body.lower():
        return None
    for element in page.root.iterfind(".//meta[@http-equiv][@content]"):
        if (element.get("http-equiv") or "").strip().lower() == "refresh" and not _is_for_scriptless(element):
            return _target(element.get("content") or "", page)
    return None


def _is_for_scriptless(element: etree._Element) -> bool:
    return next(element.iterancestors("noscript"), None) is not None


def _target(content: str, page: Page) -> str | None:
    match = _CONTENT.fullmatch(content)
    if match is None or not match[2] or float(match[1] or 0) > LONGEST:
        return None
    quote = match[2][0] if match[2][0] in "'\"" else ""
    address = match[2][1:].partition(quote)[0] if quote else match[2]
    target = normalise(address, base_of(page))
    return target if target != normalise(page.url) else None
