"""How is a stranger's text kept from acting as Discord's markup?

`escape` takes a clean line (handlers/plain.py) and returns text that Discord shows letter by letter: no format, no
mention, no masked link, no link where a bare address stands in a title. A backslash stands only where one is needed,
since somebody who copies a quote copies it too.

Refuses to do: no cleaning and no shortening; whoever shortens does so first.
"""

from __future__ import annotations

import re
from datetime import datetime

from handlers.plain import shorten

LONGEST_LINK = 400
"""Characters of an address that is still linked inside a text; longer ones would eat the message."""

_ACTIVE = re.compile(r"[\\`*_~|<\[\]]|@(?=everyone|here)|:(?=//)", re.IGNORECASE)
# A heading, a small line, a list or a quote begins only at the start of a line.
_AT_START = re.compile(r"^(\d*)([#>+.)-])")


def escape(text: str) -> str:
    """Return a clean line so that Discord shows it as it is."""
    return _AT_START.sub(r"\1\\\2", _ACTIVE.sub(r"\\\g<0>", text))


def cut(text: str, limit: int) -> str:
    """Return a clean line of at most `limit` characters, escaped; escapes may add to that."""
    return escape(shorten(text, limit))


def link(label: str, url: str) -> str:
    """Return a masked link, the label alone where there is no address or one too long.

    Brackets in a label end it before its time, whatever stands before them, so they become round.
    """
    shown = escape(label.replace("[", "(").replace("]", ")"))
    return f"[{shown}]({url})" if url and len(url) <= LONGEST_LINK else shown


def moment(when: datetime, style: str = "f") -> str:
    """Return a moment that every reader sees in their own time zone and language.

    Args:
        style: Discord's letter: f date and time, D date, R "3 hours ago".
    """
    return f"<t:{int(when.timestamp())}:{style}>"
