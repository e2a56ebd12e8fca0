import gzip
import time
import zlib
from contextlib import suppress

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.fetching.decompression import DamagedError, TooLargeError, decompress, zstd

TEXT = b"<p>Some words of an article, more than once.</p>" * 200
LIMIT = 1_000_000


def raw_deflate(data):
    compressor = zlib.compressobj(wbits=-15)
    return compressor.compress(data) + compressor.flush()


STREAMS = {
    "gzip": gzip.compress,
    "deflate": zlib.compress,
    "br": brotli.compress,
    "zstd": zstd.compress,
    "x-gzip": gzip.compress,
}


@pytest.mark.parametrize("name", STREAMS)
def test_each_encoding_comes_off(name):
    assert decompress(STREAMS[name](TEXT), [name], LIMIT) == TEXT


@pytest.mark.parametrize("name", STREAMS)
@pytest.mark.parametrize("left", [0.5, 0.9, 0.99])
def test_a_stream_that_breaks_off_is_no_body(name, left):
    whole = STREAMS[name](TEXT)
    with pytest.raises(DamagedError):
        decompress(whole[: max(4, int(len(whole) * left))], [name], LIMIT)


@pytest.mark.parametrize("name", STREAMS)
def test_a_bomb_is_refused_before_it_unfolds(name):
    bomb = STREAMS[name](bytes(50_000_000))
    started = time.monotonic()
    with pytest.raises(TooLargeError):
        decompress(bomb, [name], LIMIT)
    assert time.monotonic() - started < 2


def test_nested_encodings_come_off_in_order_and_not_without_end():
    assert decompress(brotli.compress(gzip.compress(TEXT)), ["gzip", "br"], LIMIT) == TEXT
    with pytest.raises(TooLargeError):
        decompress(TEXT, ["gzip"] * 10, LIMIT)


def test_members_follow_one_another_and_garbage_behind_is_ignored():
    assert decompress(gzip.compress(b"one ") + gzip.compress(b"two") + b"\0\0", ["gzip"], LIMIT) == b"one two"
    with pytest.raises(TooLargeError):
        decompress(gzip.compress(bytes(600_000)) * 2, ["gzip"], LIMIT)


def test_bad_checksums_are_damage():
    body = bytearray(gzip.compress(TEXT))
    body[-6] ^= 0xFF
    with pytest.raises(DamagedError):
        decompress(bytes(body), ["gzip"], LIMIT)


def test_what_is_not_compressed_or_in_no_known_encoding_stays():
    assert decompress(TEXT, ["gzip"], LIMIT) == TEXT
    assert decompress(TEXT, ["identity", "x-unknown"], LIMIT) == TEXT
    assert decompress(raw_deflate(TEXT), ["deflate"], LIMIT) == TEXT
    assert decompress(b"", ["gzip"], LIMIT) == b""


@given(st.binary(max_size=200), st.sampled_from([*STREAMS, "deflate", "identity"]))
def test_any_bytes_give_a_body_or_a_reason(body, name):
    with suppress(DamagedError, TooLargeError):
        assert len(decompress(body, [name], LIMIT)) <= LIMIT


@given(st.binary(max_size=2000), st.sampled_from([*STREAMS]))
def test_compression_round_trips(body, name):
    if body:
        assert decompress(STREAMS[name](body), [name], LIMIT) == body
