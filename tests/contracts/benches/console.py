"""How is the console tried out?"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator

from bot.domain import Storyline
from bot.ports import Notifier
from handlers.console import ConsoleNotifier

Bench = tuple[Notifier, Callable[[], str]]


def benches(storyline: Storyline, secret: str) -> Iterator[tuple[str, Bench]]:
    """Yield each way of showing notices: its name, a notifier, and what its channel shows so far.

    Args:
        secret: token and the like of a platform that needs one; a terminal needs none.
    """
    for name, as_json, width in (("people", False, 80), ("narrow", False, 40), ("json", True, 80)):
        out = io.StringIO()
        yield name, (ConsoleNotifier(storyline, out, as_json=as_json, width=width), out.getvalue)
