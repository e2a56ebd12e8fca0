"""Who may talk to the desk: this machine's browser, showing the desk's own pages, and nobody through it."""

from __future__ import annotations

from collections.abc import Mapping
from hmac import compare_digest

from flask import Request

HOSTS = ("127.0.0.1", "localhost")
"""Names under which the desk answers. A page elsewhere whose name resolves to 127.0.0.1 (DNS rebinding) has another."""
MAX_FORM = 4 << 20
"""Bytes of a form: a long body fits."""
ALWAYS: Mapping[str, str] = {
    "X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin", "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Resource-Policy": "same-origin",
    "X-Robots-Tag": "noindex",
}  # fmt: skip
OWN_PAGES = (
    "default-src 'none'; style-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none';"
    " frame-ancestors 'none'"
)
"""Of the desk's pages: they have no script at all."""
FOREIGN_PAGES = (
    "default-src 'none'; style-src {origin}; sandbox; form-action 'none'; base-uri 'none'; frame-ancestors {origin}"
)
"""Of an archived page. Sandboxed it has no origin of its own, so 'self' would match nothing: the address is given."""


def is_own_form(request: Request, token: str) -> bool:
    """Whether a form was sent from a page of the desk: it knows the token, and the browser names no other origin."""
    origin = request.headers.get("Origin")
    site = request.headers.get("Sec-Fetch-Site", "same-origin")
    given = request.form.get("token", "").encode("utf-8", "replace")
    own = origin in (None, request.host_url.rstrip("/")) and site == "same-origin"
    return own and compare_digest(given, token.encode())
