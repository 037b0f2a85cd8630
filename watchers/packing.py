"""Is this body packed though nobody says so?

Servers pack what is packed already, hand out a `.gz` as it lies there, or call gzip by its old name x-gzip, which is
the same (RFC 9110, 8.4.1.3). Nothing that is read here begins as gzip does.

Refuses to do: codings that are named are the HTTP library's; no more than the cap is ever unpacked.
"""

from __future__ import annotations

import zlib

import aiohttp
from isal import isal_zlib

# Feeds come packed, and Intel's ISA-L unpacks them at less than half the cost of zlib. Holds for all of the process.
aiohttp.set_zlib_backend(isal_zlib)

_GZIP = b"\x1f\x8b\x08"
_GZIP_HEAD = 10
_LAYERS = 2
_MEMBERS = 50
"""Of one layer; what is left of a body is copied for each of them."""


def unpacked(body: bytes, cap: int) -> bytes:
    """Return a body out of its gzip layers; as it is where there is none or it is broken.

    Args:
        cap: bytes; of what is larger one more is returned.
    """
    for _ in range(_LAYERS):
        if not body.startswith(_GZIP):
            break
        try:
            body = _members(body, cap)
        except zlib.error:
            break
    return body


def _members(packed: bytes, cap: int) -> bytes:
    """Return what gzip packed, in one member or, as logs are packed and some servers do, in several (RFC 1952, 2.2)."""
    whole = bytearray()
    for _ in range(_MEMBERS):
        if not packed.startswith(_GZIP) or len(whole) > cap:
            break
        member = zlib.decompressobj(wbits=31)
        try:
            whole += member.decompress(packed, cap + 1 - len(whole))
        except zlib.error:
            if not whole:
                raise
            break  # what follows the first one is none: whoever adds bytes of his own loses these alone
        packed = member.unused_data
    return bytes(whole)


def too_short(coding: str, received: int) -> bool:
    """Tell whether a body that is called gzip is none; ISA-L waits for as many bytes as gzip's head has."""
    return coding == "gzip" and 0 < received < _GZIP_HEAD
