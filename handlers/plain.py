"""What of a stranger's text may reach a screen?

Titles, quotes, publishers and addresses come from the network. `plain` makes one printable line of them: no
control, format or invisible characters, no stacked accents, no more than a limit. `plain_url` lets an address
through only when it is a web address, with every character that some markup gives a meaning percent-encoded.

Refuses to do: no platform's markup is escaped here; each platform escapes its own, after this.
"""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import quote, urlsplit

ELLIPSIS = "…"
QUOTE_LIMIT = 600
TITLE_LIMIT = 200
NAME_LIMIT = 60
CODE_LIMIT = 20
URL_LIMIT = 2000

# Letters and marks that Unicode calls visible and that show nothing: fillers, joiners, braille blank.
_INVISIBLE = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u2800\u3164\uffa0")
_MOST_MARKS_ON_A_LETTER = 3
_JOINED_TO_THE_LEFT = re.compile("[\ufe00-\ufe0f\U0001f3fb-\U0001f3ff]")
_REGIONAL = re.compile("[\U0001f1e6-\U0001f1ff]")
# RFC 3986 reserved characters less those that chat markup reads: ( ) [ ] ' * are encoded, "%" is kept.
_URL_SAFE = ":/?#@!$&+,;=%~-._"


def plain(text: str, limit: int) -> str:
    """Make one safe line of hostile text.

    Args:
        text: anything, of any length.
        limit: most characters to return, the ellipsis included; at least 1.
    """
    # A bound before the costly walk: marks and spaces that are dropped may hide text, within reason.
    head = _visible(text[: limit * 20 + 1000])
    return shorten(" ".join(unicodedata.normalize("NFC", head).split()), limit)


def shorten(text: str, limit: int) -> str:
    """Cut a clean line at a limit, at the end of a word where one is near, never inside a character."""
    if len(text) <= limit:
        return text
    end = limit - len(ELLIPSIS)
    while end > 0 and _joined(text, end):
        end -= 1
    space = text.rfind(" ", 0, end + 1)
    if space >= end * 0.7:
        end = space
    return text[:end].rstrip(" ,;:-–—") + ELLIPSIS


def plain_url(url: str) -> str:
    """Return a web address that no markup can misread, "" for anything that is not a web address."""
    stripped = url.strip()
    if len(stripped) > URL_LIMIT or any(c.isspace() or not c.isprintable() for c in stripped):
        return ""
    try:
        parts = urlsplit(stripped)
    except ValueError:
        return ""
    if parts.scheme.lower() not in {"http", "https"} or not parts.hostname or parts.username is not None:
        return ""
    encoded = quote(stripped, safe=_URL_SAFE)
    return encoded if len(encoded) <= URL_LIMIT else ""


def _visible(text: str) -> str:
    """Drop what shows nothing or moves what is shown; turn every kind of space into a plain one."""
    kept: list[str] = []
    marks = 0
    for character in text:
        if character.isspace():
            kept.append(" ")
            continue
        if not character.isprintable() or character in _INVISIBLE:
            continue
        marks = marks + 1 if unicodedata.category(character) in {"Mn", "Me"} else 0
        if marks <= _MOST_MARKS_ON_A_LETTER:
            kept.append(character)
    return "".join(kept)


def _joined(text: str, index: int) -> bool:
    """Tell whether the character at `index` belongs to the one before it."""
    character = text[index]
    if unicodedata.category(character).startswith("M") or _JOINED_TO_THE_LEFT.match(character):
        return True
    if not _REGIONAL.match(character):
        return False
    before = index
    while before > 0 and _REGIONAL.match(text[before - 1]):
        before -= 1
    return (index - before) % 2 == 1
