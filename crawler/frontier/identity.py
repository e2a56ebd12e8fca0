"""The key of a URL record, which is also the article's `id`."""

from __future__ import annotations

from hashlib import blake2b

from crawler.urls import identity


def key_of(url: str) -> str:
    """24 hexadecimal digits, equal for all variants of one address (scheme, www, tracking parameters)."""
    return blake2b(identity(url).encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()


def text_hash(*texts: str | None) -> str:
    """16 hexadecimal digits of the texts with white space folded: equal where nothing but layout changed."""
    folded = "\x00".join(" ".join((text or "").split()) for text in texts)
    return blake2b(folded.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
