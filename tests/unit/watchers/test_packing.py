"""Is what is packed without a word unpacked, and nothing else touched?"""

from __future__ import annotations

import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchers.packing import unpacked


@given(st.binary(max_size=2_000), st.integers(0, 2))
def test_a_body_comes_out_of_up_to_two_layers(body: bytes, layers: int) -> None:
    packed = b"x" + body
    for _ in range(layers):
        packed = gzip.compress(packed)
    assert unpacked(packed, 10_000) == b"x" + body


def test_a_body_of_several_members_is_whole_and_many_of_them_cost_no_more() -> None:
    assert unpacked(b"".join(gzip.compress(part) for part in (b"<rss>", b"", b"</rss>")), 10_000) == b"<rss></rss>"
    assert unpacked(gzip.compress(b"x" * 60) * 3, 100) == b"x" * 101
    assert unpacked(gzip.compress(b"<rss/>") + b"\x1f\x8b\x08\xff and more", 10_000) == b"<rss/>"
    assert unpacked(gzip.compress(b"x") * 100_000, 10_000) == b"x" * 50


@given(st.binary(max_size=200))
def test_what_is_broken_or_not_packed_raises_nothing(junk: bytes) -> None:
    assert unpacked(junk, 100) == junk or junk.startswith(b"\x1f\x8b")
    assert len(unpacked(b"\x1f\x8b\x08" + junk, 10_000)) <= 10_001


@pytest.mark.parametrize("layers", [1, 2])
def test_no_more_than_the_cap_and_one_byte_is_unpacked(layers: int) -> None:
    bomb = b" " * 10_000_000
    for _ in range(layers):
        bomb = gzip.compress(bomb)
    assert len(unpacked(bomb, 20_000)) == 20_001
