"""Content encodings taken off within a bound, and only where the whole stream is there."""

from __future__ import annotations

import sys
import zlib
from collections.abc import Callable, Iterable, Mapping

import brotli  # type: ignore[import-untyped]

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

ACCEPTED = b"gzip, deflate, br, zstd"
"""What is asked for."""

MAX_LAYERS = 3
"""Encodings on top of one another. Honest servers use one; two come from a proxy that compresses again."""


class TooLargeError(ValueError):
    """More comes out than is allowed, or there are more layers than are taken off."""


class DamagedError(ValueError):
    """The stream ends early or is not what it says."""


def decompress(body: bytes, encodings: Iterable[str], limit: int) -> bytes:
    """The body without its content encodings (RFC 9110 section 8.4). Raises `TooLargeError` and `DamagedError`.

    `identity` and unknown encodings are left; so is a body that does not begin as its encoding does, which servers
    send that set the header by the file's name.
    """
    layers = [name.strip().lower() for name in encodings if name.strip()]
    if len(layers) > MAX_LAYERS:
        raise TooLargeError(f"{len(layers)} content encodings")
    for name in reversed(layers):
        decoder = _DECODERS.get(name)
        body = decoder(body, limit) if decoder and body else body
    return body


def _gunzip(body: bytes, limit: int) -> bytes:
    if not body.startswith(b"\x1f\x8b"):
        return body
    parts: list[bytes] = []
    while body.startswith(b"\x1f\x8b"):
        # RFC 1952 section 2.2: members follow one another; what else follows the last one is ignored, as by gzip(1).
        inflater = zlib.decompressobj(zlib.MAX_WBITS | 16)
        parts.append(_inflated(inflater, body, limit - sum(map(len, parts))))
        body = inflater.unused_data
    return b"".join(parts)


def _deflate(body: bytes, limit: int) -> bytes:
    # RFC 9110 section 8.4.1.2 means the zlib format; some servers send the bare stream.
    is_zlib = len(body) > 1 and body[0] & 0x0F == 8 and (body[0] << 8 | body[1]) % 31 == 0
    return _inflated(zlib.decompressobj(zlib.MAX_WBITS if is_zlib else -zlib.MAX_WBITS), body, limit)


def _inflated(inflater: zlib._Decompress, body: bytes, limit: int) -> bytes:
    try:
        content = inflater.decompress(body, max(1, limit + 1))
    except zlib.error as error:
        raise DamagedError(str(error)) from error
    if len(content) > limit:
        raise TooLargeError(f"more than {limit} bytes")
    if not inflater.eof:
        raise DamagedError("the stream ends early")
    return content


def _unbrotli(body: bytes, limit: int) -> bytes:
    decompressor, parts, size, rest = brotli.Decompressor(), [], 0, body
    try:
        while not decompressor.is_finished():
            part = decompressor.process(rest, output_buffer_limit=1 << 16)
            rest, size = b"", size + len(part)
            parts.append(part)
            if size > limit:
                raise TooLargeError(f"more than {limit} bytes")
            if not part and decompressor.can_accept_more_data():
                raise DamagedError("the stream ends early")
    except brotli.error as error:
        raise DamagedError(str(error)) from error
    return b"".join(parts)


def _unzstd(body: bytes, limit: int) -> bytes:
    if not body.startswith(b"\x28\xb5\x2f\xfd"):
        return body
    parts: list[bytes] = []
    while body.startswith(b"\x28\xb5\x2f\xfd"):
        decompressor = zstd.ZstdDecompressor()
        left = limit - sum(map(len, parts))
        try:
            parts.append(decompressor.decompress(body, max_length=max(1, left + 1)))
        except zstd.ZstdError as error:
            raise DamagedError(str(error)) from error
        if len(parts[-1]) > left:
            raise TooLargeError(f"more than {limit} bytes")
        if not decompressor.eof:
            raise DamagedError("the stream ends early")
        body = decompressor.unused_data
    return b"".join(parts)


_DECODERS: Mapping[str, Callable[[bytes, int], bytes]] = {
    "gzip": _gunzip,
    "x-gzip": _gunzip,
    "deflate": _deflate,
    "br": _unbrotli,
    "zstd": _unzstd,
}
