"""How is an address shown where other people read it?

Addresses of feeds carry secrets: passwords before the host, tokens in the query or the path. Logs, errors, briefs and
lists show them without.

Refuses to do: what is shown cannot be fetched, and is never stored in the place of the address.
"""

from __future__ import annotations

import re
from urllib.parse import unquote_plus

MASK = "…"

_USER = re.compile(r"(?<=//)[^/?#\s@]*@")
_SECRET_NAME = re.compile(
    r"token|key|secret|auth|sig|pass|pwd|session|credential|jwt|bearer|hash|^(access|code|sid|uid|user|login|t|k|s|p)$",
    re.IGNORECASE,
)
_PAIR = re.compile(r"([^=&;]*)=([^&;]*)")
# Nobody writes this by hand: long, without a word, letters and digits in turn.
_OPAQUE = re.compile(r"[\w~+=.-]{20,}", re.ASCII)
_TURN = re.compile(r"[a-z]\d|\d[a-z]", re.IGNORECASE)
_TURNS = 3


def shown(address: str) -> str:
    """Return an address without user name, password and what may be a token; the same when it has none. Pure."""
    head, mark, fragment = _USER.sub("", address).partition("#")
    path, query_mark, query = head.partition("?")
    path = "/".join(MASK if _secret_value(part) else part for part in path.split("/"))
    query = _PAIR.sub(_pair, query)
    if query and "=" not in query and _secret_value(query):
        query = MASK
    return path + query_mark + query + (mark + MASK if fragment else mark)


def _pair(match: re.Match[str]) -> str:
    name, value = match[1], match[2]
    return f"{name}={MASK}" if value and (_SECRET_NAME.search(name) or _secret_value(value)) else match[0]


def _secret_value(value: str) -> bool:
    said = unquote_plus(value)
    return bool(_OPAQUE.fullmatch(said)) and len(_TURN.findall(said)) >= _TURNS
