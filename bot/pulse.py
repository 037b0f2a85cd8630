"""Does the bot that runs on this machine live? `python -m bot.pulse`

The container asks this twice a minute, so nothing but the standard library is loaded; exit status 0 when the bot lives,
or answers no such questions (port 0), 1 when it does not.

Refuses to do: no settings file and no database is read; how well the bot is, `stancewatch health` tells.
"""

from __future__ import annotations

import os
import sys
from http.client import HTTPException
from urllib.request import OpenerDirector, ProxyHandler, build_opener

HOST, PORT = "127.0.0.1", 8765
"""Where the bot answers, unless its settings say otherwise."""

SECONDS = 8.0
"""How long an answer may take."""

_HERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - compared
"""What asks on this machine for what listens everywhere; what listens on `::` takes no IPv4."""


def page(host: str, port: int, name: str) -> str:
    """Return the address of one of the bot's own pages, given where the bot listens."""
    host = _HERE.get(host, host)
    return f"http://{f'[{host}]' if ':' in host else host}:{port}/{name}"


def opener() -> OpenerDirector:
    """Return what opens them: a proxy of the environment is for the way out, not for this machine."""
    return build_opener(ProxyHandler({}))


def lives() -> bool:
    """Ask the bot of this environment's host and port."""
    host = os.environ.get("STANCEWATCH_HEALTH_HOST") or HOST
    port = int(os.environ.get("STANCEWATCH_HEALTH_PORT") or PORT)
    if not port:
        return True
    try:
        with opener().open(page(host, port, "healthz"), timeout=SECONDS):
            return True
    except (OSError, HTTPException):
        return False


if __name__ == "__main__":
    sys.exit(not lives())
