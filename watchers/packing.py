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


def unpacked(body: bytes, cap: int) -> bytes:
    """Return a body out of its gzip layers; as it is where there is none or it is broken.

    Args:
        cap: bytes; of what is larger one more is returned.
    """
    for _ in range(_LAYERS):
        if not body.startswith(_GZIP):
            break
        try:
            body = zlib.decompressobj(wbits=31).decompress(body, cap + 1)
        except zlib.error:
            break
    return body


def too_short(coding: str, received: int) -> bool:
    """Tell whether a body that is called gzip is none; ISA-L waits for as many bytes as gzip's head has."""
    return coding == "gzip" and 0 < received < _GZIP_HEAD
