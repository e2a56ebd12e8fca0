"""Text from elsewhere made fit for a log or a terminal: nothing acts, nothing hides, nothing secret."""

from __future__ import annotations

import re

_ACTING = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f"  # C0, DEL and C1 controls: escape sequences, carriage return, backspace
    "\u061c\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb"  # CVE-2021-42574
    "\ud800-\udfff\U000e0000-\U000e007f]"  # lone surrogates; tags, which spell unseen text
)
_USERINFO = re.compile(r"(?<=://)[^/\s@?#]{1,500}@")
_SECRET = re.compile(
    r"""(?i)([?&;"'\s](?:access_?token|api_?key|auth|client_secret|key|passw(?:or)?d|secret|session(?:_?id)?|sig|signature|token)=)"""
    r"""[^&;\s"'<>]{1,2000}"""
)
_HEADER = re.compile(r"(?i)\b((?:proxy-)?authorization|(?:set-)?cookie)(['\"]?\s*[:=]\s*)[^\n]{1,2000}")
CONTINUED = "\n  | "
"""What a line break within one entry of a log becomes: no page can write a line that looks like an entry."""


def visible(text: str) -> str:
    """The text with every character that acts on a terminal or reorders a line spelled out, as `\\x1b` or `\\u202e`."""
    return _ACTING.sub(_spelled, text) if not (text.isascii() and text.isprintable()) else text


def without_secrets(text: str) -> str:
    """The text without credentials in addresses, secrets in query strings, and values of credential headers."""
    if "@" in text:
        text = _USERINFO.sub("***@", text)
    if "=" in text:
        text = _SECRET.sub(r"\1***", text)
    return _HEADER.sub(r"\1\2***", text)


def log_entry(text: str) -> str:
    """One entry of a log: visible, without secrets, further lines marked as belonging to it."""
    return visible(without_secrets(text)).replace("\n", CONTINUED)


def _spelled(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
